"""Words for what a shift change refuses."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "note_too_long": _("The note is longer than %(limit)s characters."),
}
