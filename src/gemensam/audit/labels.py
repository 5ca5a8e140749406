"""Words for what the local log holds."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal

ACTIONS = {
    "login": _("Signed in"),
    "login_failed": _("Sign-in failed"),
    "login_refused": _("Sign-in refused"),
    "logout": _("Signed out"),
    "function_chosen": _("Chose a function"),
    "second_factor_added": _("Second factor added"),
    "second_factor_removed": _("Second factor removed"),
    "second_factor_failed": _("Second factor wrong"),
    "recovery_codes_made": _("Recovery codes made"),
    "password_changed": _("Password changed"),
    "permission_changed": _("Permission changed"),
    "account_allowed": _("Account let in again"),
    "invitation_sent": _("Invitation made"),
    "invitation_withdrawn": _("Invitation withdrawn"),
    "token_created": _("API token made"),
    "token_revoked": _("API token revoked"),
    "link_made": _("Answer link made"),
    "link_revoked": _("Answer link revoked"),
    "link_opened": _("Answer link opened"),
    "link_answered": _("Answered by link"),
    "read_marked": _("Read a marked item"),
    "attachment_read": _("Opened an attachment"),
    "search": _("Searched"),
    "export": _("Exported"),
    "print": _("Made a document"),
    "disposal": _("Disposed of"),
    "quarantine_read": _("Read what is in quarantine"),
    "insight_given": _("Let another organisation see what was known"),
    "insight_withdrawn": _("Ended another organisation's insight"),
    "insight_used": _("Looked at what another organisation knew"),
    "handover_given": _("Handed over at a shift change"),
    "handover_taken": _("Took over at a shift change"),
    "device_keeps": _("Let a device keep pages"),
    "push_subscribed": _("Switched notifications on in a browser"),
    "push_unsubscribed": _("Switched notifications off in a browser"),
    "records_lost": _("Records that could not be kept"),
}

COLUMNS = (
    pgettext_lazy("local log", "Time (UTC)"),
    pgettext_lazy("local log", "What"),
    pgettext_lazy("local log", "Login name"),
    pgettext_lazy("local log", "Function"),
    pgettext_lazy("local log", "Organisation"),
    pgettext_lazy("local log", "Space"),
    pgettext_lazy("local log", "Subject"),
    pgettext_lazy("local log", "Details"),
)

DETAILS = {
    "means": pgettext_lazy("local log", "by"),
    "address": pgettext_lazy("local log", "from address"),
    "reason": pgettext_lazy("local log", "reason"),
    "days": pgettext_lazy("local log", "days"),
    "type": pgettext_lazy("local log", "kind"),
    "change": pgettext_lazy("local log", "change"),
    "function": pgettext_lazy("local log", "function"),
    "organisation": pgettext_lazy("local log", "organisation"),
    "account": pgettext_lazy("local log", "account"),
    "until": pgettext_lazy("local log", "until"),
    "expires_at": pgettext_lazy("local log", "valid until"),
    "by_administrator": pgettext_lazy("local log", "by an administrator"),
    "count": pgettext_lazy("local log", "number"),
    "format": pgettext_lazy("local log", "format"),
    "what": pgettext_lazy("local log", "what"),
    "moment": pgettext_lazy("local log", "moment"),
    "number": pgettext_lazy("local log", "no."),
    "version": pgettext_lazy("local log", "version"),
    "given": pgettext_lazy("local log", "permissions given"),
    "taken": pgettext_lazy("local log", "permissions taken"),
}

VALUES = {
    "password": pgettext_lazy("local log", "password"),
    "totp": pgettext_lazy("local log", "authenticator app"),
    "webauthn": pgettext_lazy("local log", "passkey or security key"),
    "recovery_codes": pgettext_lazy("local log", "recovery code"),
    "appointed": pgettext_lazy("local log", "given"),
    "ended": pgettext_lazy("local log", "ended"),
    "unused": pgettext_lazy("local log", "not used for long"),
    "function_created": pgettext_lazy("local log", "function made"),
    "function_changed": pgettext_lazy("local log", "function changed"),
    "function_retired": pgettext_lazy("local log", "function no longer used"),
    "roles_published": pgettext_lazy("local log", "new version of the roles"),
    "insider": pgettext_lazy("local log", "reads the network's spaces"),
    "guest": pgettext_lazy("local log", "guest"),
    "left": pgettext_lazy("local log", "has left"),
    "space": pgettext_lazy("local log", "space"),
    "log": pgettext_lazy("local log", "log"),
    "directory": pgettext_lazy("local log", "directory"),
    "list": pgettext_lazy("local log", "list"),
    "figures": pgettext_lazy("local log", "key figures"),
    "burden": pgettext_lazy("local log", "what has been asked"),
    "report": pgettext_lazy("local log", "situation report"),
    "matrix": pgettext_lazy("local log", "matrix"),
    "picture": pgettext_lazy("local log", "combined picture"),
    "minutes": pgettext_lazy("local log", "conference notes"),
    "agreements": pgettext_lazy("local log", "agreements"),
    "needs": pgettext_lazy("local log", "needs"),
    "known": pgettext_lazy("local log", "what was known"),
    "timeline": pgettext_lazy("local log", "timeline"),
}

STANDINGS = {
    "later": pgettext_lazy("known", "Came later"),
    "available": pgettext_lazy("known", "Available, not sent"),
    "sent": pgettext_lazy("known", "Sent"),
    "opened": pgettext_lazy("known", "Opened"),
    "own": pgettext_lazy("known", "Own entry"),
}

REFUSALS: dict[str, Refusal] = {
    "no_insight": Refusal(
        _("Only the organisation itself sees what it had access to, and those whom it has let in. Ask it for insight."),
        403,
    ),
    "insight_time": Refusal(_("Give a time that has not passed, at most 90 days away.")),
}
