"""Which combined picture is awaited next: as the latest one promised, else as the takt says. Pure; times in ms UTC."""

from gemensam.core.state import Thing
from gemensam.picture.domain.cadences import Cadence
from gemensam.picture.domain.rhythm import MINUTE

# A picture that comes this little early is the one that was awaited; a proposal, like every time target.
LEAD_MS = 60 * MINUTE
# How far back a missed picture of the takt is still awaited.
LATE_MS = 12 * 60 * MINUTE


def due_by_takt(latest: Thing | None, cadence: Cadence | None, at: int) -> int | None:
    """Return when the takt wants the next picture: a time that has passed while it did not come, or a coming one."""
    if cadence is None:
        return None
    held_until = latest.data.clock.ms + LEAD_MS if latest is not None else cadence.set_at
    return cadence.beats.following("picture", max(held_until, at - LATE_MS))


def awaited_picture(latest: Thing | None, cadence: Cadence | None, at: int) -> int | None:
    """Return when the next picture is awaited, None where nobody has said; earlier than `at`: it is late.

    What the latest picture says of the next one holds, until a takt is set after it.
    """
    if latest is not None and latest.data.next_at and not _is_newer(cadence, latest):
        return int(latest.data.next_at)
    return due_by_takt(latest, cadence, at)


def _is_newer(cadence: Cadence | None, latest: Thing) -> bool:
    return cadence is not None and cadence.set_at > latest.data.clock.ms
