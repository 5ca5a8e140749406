"""Answer links of remisses (R85, G5): a member of the send-list answers without an account."""

from gemensam.answer_links.domain import LinkKind
from gemensam.consultation.domain.remisses import SENT
from gemensam.consultation.domain.rules import GOVERN

DAY_MS = 86_400_000
DAYS_AFTER = (0, 14, 60)  # after the last day, for a political answer that comes late
REMISS = LinkKind("remiss", open_in=SENT, permission=GOVERN, asked=lambda data: data.members)
