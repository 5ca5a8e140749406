"""Letters of remisses handed to the delivery: to the official address, with a copy to the contact (13.5).

Computed at each look from the states of the periods' spaces and of `rosters`; a member without an address gets none,
and the pages say so. Letters are in Swedish, as the list `remiss_letters` has them. The address of an answer link
stands in those of the members that the joint office has chosen, and nowhere else: it is made anew at each look.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gemensam.activation.domain.texts import filled
from gemensam.activation.wording import public_address
from gemensam.answer_links.domain import LinkOf
from gemensam.answer_links.queries import LetterLink, letter_links
from gemensam.consultation.domain.letters import Letter, letters, with_link
from gemensam.consultation.domain.links import REMISS
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


@dataclass(frozen=True)
class _Look:
    """What the letters of one look are written from; `texts`: the items of `remiss_letters` by code."""

    directory: SpaceState
    rosters: SpaceState
    texts: Mapping[str, Mapping[str, Any]]
    now: int

    def text(self, letter: Letter, link: LetterLink | None) -> Mapping[str, Any] | None:
        """Return the item that a letter is written by, with the link where the list has such a letter."""
        found = self.texts.get(with_link(letter.text)) if link is not None else None
        return found or self.texts.get(letter.text)


def due(now: int) -> Iterator[Item]:
    """Yield the letters that are due or still to come (ms UTC), one for each address."""
    periods = [info.id for info in all_spaces().values() if info.kind == "period" and not info.closed]
    if not periods:
        return
    directory, rosters = LOG.catch_up(DIRECTORY), LOG.catch_up(ROSTERS)
    texts = {item["code"]: item for item in listed(directory, "remiss_letters")}
    reminders = listed(directory, "remiss_reminders")
    look = _Look(directory, rosters, texts, now)
    for space in periods:
        for thing in LOG.catch_up(space).group("remisses"):
            yield from _of(look, space, thing, tuple(letters(thing, reminders, now)))


def _of(look: _Look, space: str, thing: Thing, found: tuple[Letter, ...]) -> Iterator[Item]:
    """A link is looked for when a letter is due: what is still to come is written anew then."""
    is_due = any(letter.due_at <= look.now for letter in found)
    links = letter_links(LinkOf(REMISS, space, thing), look.now) if is_due else {}
    for letter in found:
        link = links.get(letter.member)
        text = look.text(letter, link)
        if text is not None:
            fields = {**_fields(look.directory, thing, letter.member), **_link_fields(link)}
            words = filled(str(text["subject"]), fields), filled(str(text["letter"]), fields)
            yield from _items(look, (space, thing.subject), letter, words)


def _items(look: _Look, of: tuple[str, str], letter: Letter, words: tuple[str, str]) -> Iterator[Item]:
    (space, remiss), (subject, text) = of, words
    registry = registry_of(look.rosters, letter.member)
    for address in dict.fromkeys(each for each in (registry.address, registry.contact) if each):
        # An address that is corrected is written to as well: the id tells it apart.
        known = hashlib.sha256(address.encode()).hexdigest()[:10]
        page = f"{public_address()}/spaces/{space}/remisser/{remiss}/"
        message = Message("email", address, text, subject=subject, link=page)
        yield Item(f"{letter.id}.{known}", letter.cause, space, letter.due_at, letter.not_after, message,
                   reply_to=letter.member)  # fmt: skip


def _link_fields(link: LetterLink | None) -> Mapping[str, str]:
    if link is None:
        return {}
    address = f"{public_address()}{reverse('remiss-answer', args=[link.raw])}"
    return {"svarslank": address, "galler_till": local(link.expires_at).date().isoformat()}


def _fields(directory: SpaceState, thing: Thing, member: str) -> Mapping[str, str]:
    data: RemissData = thing.data
    return {
        "titel": data.title, "avsandare": _name(directory, thing.organisation), "medlem": _name(directory, member),
        "sista_dag": local(data.deadline_at).date().isoformat(),
    }  # fmt: skip


def _name(directory: SpaceState, code: str) -> str:
    found = organisation(directory, code)
    return found.name if found is not None else code
