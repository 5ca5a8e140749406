"""What every decision of this room checks under the append lock."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from gemensam.core.entry import Ref
from gemensam.core.policy import Principal, SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisations, pinned_vocabulary

HERE = frozenset({"standing", "incident", "exercise", "sub", "outer"})
# Relations of this room. `of`: the conference that a thing belongs to; `corrects` and `answers`: what the writer saw.
OF, CORRECTS, ANSWERS = "of", "corrects", "answers"
LINE_MAX, TEXT_MAX, LIST_MAX = 500, 4_000, 100
# Any of these may speak for an organisation at a conference; to read is not enough.
SPEAKING = frozenset({"report", "undertake", "confirm", "lead", "record", "compile"})
RECORDING = frozenset({"lead", "record"})
D = TypeVar("D")


def data_of(thing: Thing, kind: type[D]) -> D:
    """Return a thing's data as its type; raises `TypeError` for a thing of another type."""
    if not isinstance(thing.data, kind):
        raise TypeError(f"{thing.subject} is a {thing.type}")
    return thing.data


def is_program(principal: Principal) -> bool:
    """Whether it is the program that writes, by itself."""
    return not principal.account and "" in principal.permissions


def require_any(decision: Decision, permissions: frozenset[str], *, named: str) -> None:
    """Raise `Refused("not_permitted")` unless the writer's function holds one of several permissions."""
    if not is_program(decision.principal) and permissions.isdisjoint(decision.principal.permissions):
        raise Refused("not_permitted", permission=named)


def require_voice(decision: Decision) -> None:
    """Check that the writer may speak for its organisation; to enter for another is judged by the ledger (R71)."""
    if decision.organisation == decision.principal.organisation:
        require_any(decision, SPEAKING, named="undertake")
    elif decision.draft.via:
        check_item(decision, "via", decision.draft.via, "unknown_via")


def check_seen(decision: Decision, rel: str, current: str) -> None:
    """Raise `Refused("moved")` where the text that the writer answers or corrects is no longer the one in force.

    `based_on` would not do: the last entry of a thing moves with every other party's entry.
    """
    for ref in decision.draft.refs:
        if ref.rel == rel and ref.digest and ref.digest != current:
            raise Refused("moved", last=current, based_on=ref.digest)


def conference_of(refs: Iterable[Ref]) -> str:
    """Return the conference that an entry belongs to, or ""; from the header, so that disposal does not change it."""
    return next((ref.subject for ref in refs if ref.rel == OF), "")


def check_conference(decision: Decision, *, needed: bool) -> Thing | None:
    """Return the conference that a draft belongs to.

    Raises `Refused`: `conference_missing` where one is needed, `not_a_conference`, `conference_not_here`: a
    thing's numbers come from its own space only (F4, F20).
    """
    named = [ref for ref in decision.draft.refs if ref.rel == OF]
    if not named:
        if needed:
            raise Refused("conference_missing")
        return None
    if named[0].space != decision.space.id:
        raise Refused("conference_not_here")
    thing = decision.state.thing(named[0].subject)
    if thing is None or thing.type != "conference":
        raise Refused("not_a_conference", subject=named[0].subject)
    return thing


def check_words(*, longest: int = LINE_MAX, **texts: str) -> None:
    """Raise `Refused`: `text_too_long`."""
    for field, text in texts.items():
        if len(text) > longest:
            raise Refused("text_too_long", field=field, limit=longest, length=len(text))


def need_text(field: str, text: str) -> None:
    """Raise `Refused("words_missing")` for an empty text."""
    if not text.strip():
        raise Refused("words_missing", field=field)


def check_item(decision: Decision, code: str, value: str, refusal: str) -> Mapping[str, Any]:
    """Return an item of a list as the space has pinned it; raises `Refused(refusal)`."""
    found = pinned_vocabulary(decision.directory, decision.state, code).item(value)
    if found is None:
        raise Refused(refusal, value=value)
    return found


def participants(directory: SpaceState, space: SpaceInfo) -> tuple[str, ...]:
    """Return the organisations that a conference in a space is for, in Swedish order of names.

    A root: the members. A narrower space: its circle. An outer space: the members and its guests.
    """
    circle = {organisation for organisation, _ in space.circle}
    joined = organisations(directory)
    if space.kind == "sub":
        return tuple(found.id for found in joined if found.id in circle)
    return tuple(found.id for found in joined if found.member or found.id in circle)


def readers(directory: SpaceState, space: SpaceInfo) -> frozenset[str]:
    """Return the organisations that may take part at all: participants, and in a root whoever else reads it."""
    if space.kind == "sub":
        return frozenset(participants(directory, space))
    circle = {organisation for organisation, _ in space.circle}
    return frozenset(found.id for found in organisations(directory) if found.insider or found.id in circle)


def check_organisations(decision: Decision, named: Iterable[str]) -> None:
    """Raise `Refused("no_such_organisation")` where an organisation does not read the space."""
    allowed = readers(decision.directory, decision.space)
    for organisation in named:
        if organisation not in allowed:
            raise Refused("no_such_organisation", organisation=organisation)
