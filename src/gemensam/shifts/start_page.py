"""What a shift change puts on the start page: a handover that waits to be taken."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gemensam.ledger.reading import Lens
from gemensam.shifts.queries import spaces_waiting
from gemensam.web.spaces import title_of
from gemensam.web.start import Todo


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the handovers that wait for whoever has the reader's function now."""
    waiting = spaces_waiting(lens)
    for info in lens.spaces():
        if info.id in waiting:
            yield Todo(_("A handover waits"), _("Take over"), f"/spaces/{info.id}/handover/", title_of(lens, info))
