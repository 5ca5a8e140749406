"""Words of antagande: how a member stands to a document, in a cell and in a sentence, and the states of a chain."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.governance.domain import chain, rules
from gemensam.governance.domain import standing as s
from gemensam.web.labels import Text

STANDING: Mapping[str, Text] = {
    s.NOT_SENT: _("Not sent out"),
    s.CONSULTED: _("Out for consultation"),
    s.SENT: _("Sent out"),
    s.PREPARED: _("Being prepared: a proposal is there"),
    s.ADOPTED: pgettext_lazy("document", "Adopted"),
    s.BY_OFFICIAL: _("Approved by an official, made known"),
    s.CONDITIONED: _("Adopted with a condition"),
    s.REJECTED: _("Not adopted"),
    s.PENDING: _("Applied pending adoption"),
    s.ENDED: pgettext_lazy("document", "Ended"),
    s.REPLACED: pgettext_lazy("document", "Replaced"),
    s.NOT_STATED: _("Not stated"),
}
SHORT: Mapping[str, Text] = {
    **STANDING,
    s.CONSULTED: pgettext_lazy("short", "Consultation"),
    s.PREPARED: pgettext_lazy("short", "Proposal"),
    s.BY_OFFICIAL: pgettext_lazy("short", "By official"),
    s.CONDITIONED: pgettext_lazy("short", "With condition"),
    s.PENDING: pgettext_lazy("short", "Pending"),
}
# A sign beside the word, so that no colour is needed to tell them apart at a glance.
SIGNS: Mapping[str, str] = {
    s.NOT_SENT: "–", s.CONSULTED: "?", s.SENT: "→", s.PREPARED: "…", s.ADOPTED: "●", s.BY_OFFICIAL: "◉",
    s.CONDITIONED: "◐", s.REJECTED: "✕", s.PENDING: "○", s.ENDED: "■", s.REPLACED: "□", s.NOT_STATED: "¿",
}  # fmt: skip
NOW: Mapping[str, Text] = {
    s.CONSULTED: _("%(title)s is out for consultation."),
    s.SENT: _("%(title)s is sent out for adoption."),
    s.PREPARED: _("%(title)s is being prepared: there is a proposal, no decision."),
    s.ADOPTED: _("%(title)s is adopted and holds."),
    s.BY_OFFICIAL: _("%(title)s is approved by the highest official, made known, and holds."),
    s.CONDITIONED: _("%(title)s is adopted with a condition and holds."),
    s.REJECTED: _("%(title)s is not adopted."),
    s.PENDING: _("%(title)s is applied pending adoption."),
    s.ENDED: _("%(title)s has run out."),
    s.REPLACED: _("%(title)s is replaced."),
    s.NOT_STATED: _("%(title)s: not stated."),
}
THEN: Mapping[str, Text] = {
    s.CONSULTED: _("%(title)s was out for consultation."),
    s.SENT: _("%(title)s was sent out for adoption."),
    s.PREPARED: _("%(title)s was being prepared: there was a proposal, no decision."),
    s.ADOPTED: _("%(title)s was adopted and held."),
    s.BY_OFFICIAL: _("%(title)s was approved by the highest official, made known, and held."),
    s.CONDITIONED: _("%(title)s was adopted with a condition and held."),
    s.REJECTED: _("%(title)s was not adopted."),
    s.PENDING: _("%(title)s was applied pending adoption."),
    s.ENDED: _("%(title)s had run out."),
    s.REPLACED: _("%(title)s was replaced."),
    s.NOT_STATED: _("%(title)s: not stated."),
}
NOT_BEGUN = (_("%(title)s is adopted but does not hold yet."), _("%(title)s was adopted but did not hold yet."))
NONE_ADOPTED: Text = _("No adopted %(kind)s.")
CELL: Mapping[str, Text] = {
    chain.STATED: pgettext_lazy("step", "Registered"),
    chain.UNCONFIRMED: _("Not confirmed"),
    chain.RETURNED: pgettext_lazy("step", "Returned"),
    chain.NOT_STATED: _("Not stated"),
    chain.AWAITED: pgettext_lazy("step", "Awaited"),
    chain.OFF_ROUTE: _("Not on this member's route"),
    chain.EARLIEST: _("At the earliest"),
}
COUNTS: Mapping[str, Text] = {
    rules.YES: _("counts as adopted"),
    rules.MARKED: _("counts as adopted, with a mark"),
    rules.OFFICIAL: _("counts as approved by an official, when made known"),
    rules.WITH_OFFICIAL: _("counts only together with an official's approval"),
    rules.NO: _("does not count as adopted"),
    rules.APART: _("is no decision on the document"),
    rules.UNSAID: _("says nothing"),
}
CERTAINTY: Mapping[str, Text] = {
    "stated": pgettext_lazy("certainty", "stated in the document"),
    "inferred": pgettext_lazy("certainty", "concluded"),
    "not_stated": pgettext_lazy("certainty", "not stated"),
    "entered": pgettext_lazy("certainty", "typed by hand"),
}
FIELDS: Mapping[str, Any] = {
    "step": pgettext_lazy("decision", "Step"),
    "outcome": pgettext_lazy("decision", "Outcome"),
    "body": pgettext_lazy("decision", "Body"),
    "date": _("Date"),
    "paragraph": pgettext_lazy("decision", "§"),
    "diarienummer": _("Registration number"),
    "title": _("Title"),
    "conditions": pgettext_lazy("decision", "Condition or addition"),
    "proposed_to": pgettext_lazy("decision", "Proposed to"),
    "approved_by_director": _("Approved by the highest official"),
    "immediately_adjusted": _("Minutes approved at once"),
    "attachments": pgettext_lazy("decision", "Attachments"),
    "send_to": _("The decision is to be sent to"),
    "earlier_decisions": _("Earlier decisions"),
    "file": pgettext_lazy("decision", "File"),
    "note": pgettext_lazy("decision", "Note"),
}
