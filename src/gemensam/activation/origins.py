"""What a call may come from: a thing of a wider space, as a known event, that a capability of a later layer shows.

The capability says for its type of thing what the form of a call begins with and what is carried over; the call's
entry refers to the thing, and the thing stays where it is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens

BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Origin:
    """A thing that a call comes from, in words: what the form begins with, and what was planned.

    `text`: what is known, prefilled. `plans`: (organisation, text) as they stand in the thing's own space, and `files`
    (name, address) of them.
    """

    title: str
    url: str
    words: str
    type: str
    text: str
    plans: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


Teller = Callable[[Lens, str, Thing], Origin]
_tellers: dict[str, Teller] = {}


def register_origin(type_name: str, teller: Teller) -> None:
    """Let calls come from things of a type; `teller(lens, space, thing)` says what is carried over."""
    _tellers[type_name] = teller


def basis_of(named: str) -> Ref:
    """Return the reference that a form names as `space/subject`; raises `Refused("not_found")` for what is none."""
    space, sign, subject = named.partition("/")
    if not (space and sign and subject):
        raise Refused("not_found")
    return Ref(BASIS, space[:100], subject[:100])


def origin_of(lens: Lens, basis: Ref) -> Origin:
    """Return what a call comes from as it is now; raises `Refused("not_found")` for what this reader does not read."""
    thing = lens.state(basis.space).thing(basis.subject)
    if thing is None or thing.type not in _tellers:
        raise Refused("not_found")
    return _tellers[thing.type](lens, basis.space, thing)
