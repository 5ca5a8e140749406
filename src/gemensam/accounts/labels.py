"""Words for what accounts refuse."""

from django.utils.translation import gettext_lazy as _

from gemensam.web.labels import Refusal, Text

REFUSALS: dict[str, Text | Refusal] = {
    "username_wrong": _(
        "A login name has 3 to 60 letters and digits; full stop, hyphen and underscore may stand between them."
    ),
    "username_is_personnummer": _("A login name must not be a personal identity number. Choose another."),
    "username_taken": _("The login name is taken. Choose another."),
    "password_weak": _("Choose a better password: %(why)s"),
    "unknown_function": Refusal(_("The directory has no such function."), 404),
    "unknown_account": Refusal(_("Your organisation has no account with that login name."), 404),
    "already_appointed": Refusal(_("The account may already act in that function."), 409),
    "not_appointed": _("The account may not act in that function."),
    "function_not_chosen": _("The account has several functions: say which one."),
    "ends_before_now": _("The last day has already passed."),
    "own_appointment": Refusal(_("You cannot end the function that you act in yourself. Ask a colleague."), 409),
    "own_second_factor": Refusal(_("Remove your own second factor under My account."), 409),
    "invitation_unknown": Refusal(_("This link is not complete. Copy the whole link from the message."), 404),
    "invitation_used": Refusal(_("This invitation has been used. If it was not you, tell whoever invited you."), 410),
    "invitation_withdrawn": Refusal(_("This invitation has been withdrawn. Ask for a new one."), 410),
    "invitation_expired": Refusal(_("This invitation is too old. Ask for a new one."), 410),
}
