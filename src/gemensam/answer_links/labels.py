"""Why a link is refused, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gemensam.web.labels import Refusal

REFUSALS: dict[str, Promise | Refusal] = {
    "link_unknown": Refusal(_("This link does not hold."), 404),
    "link_label_missing": _("Say which function the link is for."),
    "link_label_personal": _("Name a function, not a person, an address or a telephone number."),
}
