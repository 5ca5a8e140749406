"""Taking a duty over together with a handover (R40): what the room of shift changes asks of this one."""

from gemensam.core.policy import ROSTERS
from gemensam.ledger.reading import Lens
from gemensam.rosters import commands
from gemensam.rosters.domain.reading import reach
from gemensam.rosters.shown import contact_choices


def contacts_to_take(lens: Lens) -> list[tuple[str, str]]:
    """Return (id, label) of the contacts that can take the rest of the shift that the reader's function has now.

    The one that holds it stands first; empty where no shift is going on, or the rosters are not readable.
    """
    if not any(info.id == ROSTERS for info in lens.spaces()):
        return []
    state = lens.state(ROSTERS)
    held = reach(lens.directory, state, lens.principal.function, lens.now)
    if not held.shift:
        return []
    return sorted(contact_choices(state, lens.principal.organisation), key=lambda each: each[0] != held.contact)


def take_duty(lens: Lens, contact: str) -> bool:
    """Let a contact hold the rest of the shift that the writer's function has now; returns whether that changed it.

    The roster is read by all members: what one tells the next stays in the handover.
    Raises `Refused` as `commands.hand_over_shift` does.
    """
    held = reach(lens.directory, lens.state(ROSTERS), lens.principal.function, lens.now)
    if not held.shift or held.contact == contact:
        return False
    thing = lens.state(ROSTERS).thing(held.shift)
    seen = thing.last if thing is not None else ""
    commands.hand_over_shift(lens, held.shift, contact, "", sent=commands.Sent(seen))
    return True
