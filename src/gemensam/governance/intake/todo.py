"""What the start page says of incoming files."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.governance.intake.files import PERMISSION, count_open
from gemensam.ledger.reading import Lens
from gemensam.web.start import Todo


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield that files wait to be compared, for who registers decisions."""
    if lens.may(PERMISSION) and (count := count_open(lens)):
        told = ngettext("%(count)s document read in, to compare", "%(count)s documents read in, to compare", count)
        yield Todo(told % {"count": count}, _("Compare"), "/governance/decisions/read/")
