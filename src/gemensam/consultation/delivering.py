"""Letters of remisses handed to the delivery: to the official address, with a copy to the contact (13.5).

Computed at each look from the states of the periods' spaces and of `rosters`; a member without an address gets none,
and the pages say so. Letters are in Swedish, as the list `remiss_letters` has them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from gemensam.activation.domain.texts import filled
from gemensam.activation.wording import public_address
from gemensam.consultation.domain.letters import Letter, letters
from gemensam.consultation.domain.registries import registry_of
from gemensam.consultation.domain.remisses import RemissData
from gemensam.consultation.domain.rules import items as listed
from gemensam.core.policy import DIRECTORY, ROSTERS
from gemensam.core.state import SpaceState, Thing
from gemensam.delivery import outbox
from gemensam.delivery.outbox import Item, Message
from gemensam.ledger.log import LOG
from gemensam.ledger.spaces import all_spaces
from gemensam.organisations.domain import organisation
from gemensam.rosters.domain.local import local

NAME = "remiss"


def register() -> None:
    """Have the delivery ask for letters."""
    outbox.register_source(NAME, due, wakes=("remiss.", "registry."))


def due(now: int) -> Iterator[Item]:
    """Yield the letters that are due or still to come (ms UTC), one for each address."""
    periods = [info.id for info in all_spaces().values() if info.kind == "period" and not info.closed]
    if not periods:
        return
    directory, rosters = LOG.catch_up(DIRECTORY), LOG.catch_up(ROSTERS)
    texts = {item["code"]: item for item in listed(directory, "remiss_letters")}
    reminders = listed(directory, "remiss_reminders")
    for space in periods:
        for thing in LOG.catch_up(space).group("remisses"):
            for letter in letters(thing, reminders, now):
                if letter.text in texts:
                    yield from _items(directory, rosters, (space, thing), letter, texts[letter.text])


def _items(
    directory: SpaceState, rosters: SpaceState, of: tuple[str, Thing], letter: Letter, text: Mapping[str, Any]
) -> Iterator[Item]:
    space, thing = of
    registry = registry_of(rosters, letter.member)
    for address in dict.fromkeys(each for each in (registry.address, registry.contact) if each):
        # An address that is corrected is written to as well: the id tells it apart.
        known = hashlib.sha256(address.encode()).hexdigest()[:10]
        fields = _fields(directory, thing, letter.member)
        message = Message(
            "email", address, filled(str(text["letter"]), fields), subject=filled(str(text["subject"]), fields),
            link=f"{public_address()}/spaces/{space}/remisser/{thing.subject}/",
        )  # fmt: skip
        yield Item(f"{letter.id}.{known}", letter.cause, space, letter.due_at, letter.not_after, message,
                   reply_to=letter.member)  # fmt: skip


def _fields(directory: SpaceState, thing: Thing, member: str) -> Mapping[str, str]:
    data: RemissData = thing.data
    return {
        "titel": data.title, "avsandare": _name(directory, thing.organisation), "medlem": _name(directory, member),
        "sista_dag": local(data.deadline_at).date().isoformat(),
    }  # fmt: skip


def _name(directory: SpaceState, code: str) -> str:
    found = organisation(directory, code)
    return found.name if found is not None else code
