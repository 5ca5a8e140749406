"""Words of delivery: channels, states of attempts, reasons, refusals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.delivery import rules
from gemensam.web.labels import Refusal, Text

CHANNELS: dict[str, Text] = {
    "sms": pgettext_lazy("channel", "SMS"),
    "voice": pgettext_lazy("channel", "Phone call"),
    "email": pgettext_lazy("channel", "E-mail"),
    "push": pgettext_lazy("channel", "Notification"),
}
STATES: dict[str, Text] = {
    rules.STARTED: pgettext_lazy("attempt", "being sent"),
    rules.UNKNOWN: pgettext_lazy("attempt", "not known whether it was sent"),
    rules.SENT: pgettext_lazy("attempt", "sent"),
    rules.DELIVERED: pgettext_lazy("attempt", "delivered"),
    rules.FAILED: pgettext_lazy("attempt", "failed"),
    rules.MISSED: pgettext_lazy("attempt", "missed: too late to send"),
}
# Reasons of our own; any other is the provider's word and is shown as it stands.
REASONS: dict[str, Text] = {
    "stopped": pgettext_lazy("attempt", "the server stopped while it was sent"),
    "fault": pgettext_lazy("attempt", "fault in the program"),
    "exercise": pgettext_lazy("attempt", "held back: an exercise reaches nobody outside the program"),
    "demonstration": pgettext_lazy("attempt", "held back: a demonstration reaches nobody"),
    "no_channel": pgettext_lazy("attempt", "there is no such channel"),
    "no_address": pgettext_lazy("attempt", "the address is missing or cannot be used"),
    "no_provider_account": pgettext_lazy("attempt", "the account with the provider is not set"),
    "no_public_address": pgettext_lazy("attempt", "the server's public address is not set"),
    "no_number": pgettext_lazy("attempt", "the number to send from is not set"),
    "no_speech": pgettext_lazy("attempt", "there is neither a speech program nor a recording"),
    "no_mail_server": pgettext_lazy("attempt", "the mail server is not set"),
    "no_push_contact": pgettext_lazy("attempt", "the contact for push services is not set"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "unknown_channel": _("There is no channel called %(channel)s."),
    "unknown_provider": _("There is no provider called %(provider)s. Known: %(known)s."),
    "bad_subscription": Refusal(_("This browser's subscription cannot be used."), 400),
    "channel_not_set": _("The channel cannot be used yet: %(why)s."),
}


def reason(code: str) -> str:
    """Return the words for a reason: ours translated, a provider's as it stands, empty for none."""
    return str(REASONS.get(code, code))
