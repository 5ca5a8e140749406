"""What can be chosen for the combined picture: the sentences of the reports and statements that stand (R25).

Taken from the space's own state alone. What only a narrower circle reads is shown apart, with its name, and
cannot be chosen (F4): its owner has to post a version for the wider circle.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.domain import items, matrix
from gemensam.picture.domain.analysis import analyses
from gemensam.picture.domain.items import Item
from gemensam.picture.domain.matrix import Chosen, chosen_of
from gemensam.picture.domain.pictures import ChosenStatement, latest_picture
from gemensam.picture.domain.publishing import STANDS, copy_of, item_named, item_names
from gemensam.picture.queries import Live

STATEMENTS_SHOWN = 200
# A cell that says nothing but this is no news; with words of its own it is.
SILENT = frozenset({matrix.UNKNOWN, matrix.RETURNS, matrix.NARROWER})

_KEPT = tuple(each.name for each in fields(ChosenStatement))


@dataclass(frozen=True, slots=True)
class Choosable:
    """A sentence with its source. `copy` is what the picture would keep of it; `is_new`: since the latest picture."""

    copy: ChosenStatement
    heading: str
    is_new: bool
    is_stale: bool

    @property
    def ref(self) -> str:
        return f"{self.copy.subject} {self.copy.entry} {self.copy.part}"


def kept(copy: ChosenStatement) -> dict[str, Any]:
    """Return a copy as a picture's content holds it: by name, without copying what its fields hold."""
    return {name: getattr(copy, name) for name in _KEPT}


def list_choosable(lens: Lens, space: str, live: Live) -> list[Choosable]:
    """Return the sentences that stand in a space now, worst first and then newest; `live` is the space's own matrix."""
    state = lens.state(space)
    picture = latest_picture(state)
    before = picture.data.clock.ms if picture is not None else 0
    limit = live.matrix.at - live.frame.stale_after_ms
    copies = [
        (copy_of(thing, item), item.heading)
        for thing, item in _items(lens, state, [row.organisation for row in live.matrix.rows])
    ]
    found = [
        Choosable(copy, heading, copy.reported_at > before, max(copy.stated_at, copy.confirmed_at) < limit)
        for copy, heading in copies
    ]
    return sorted(found, key=lambda one: (_severity(one, live), -one.copy.stated_at, one.ref))


def _severity(one: Choosable, live: Live) -> int:
    return -live.frame.digits.get(one.copy.status, 0)


def _items(lens: Lens, state: SpaceState, organisations: list[str]) -> Iterator[tuple[Thing, Item]]:
    sources = [(organisation, chosen_of(state, organisation)) for organisation in organisations]
    reports = {subject for _, chosen in sources for subject in _subjects(chosen)}
    statements = _statements(state)
    things = [thing for subject in sorted(reports) if (thing := state.thing(subject)) is not None]
    things += [*statements, *analyses(state)]
    payloads = lens.payloads(state.space, [thing.data.content for thing in things])
    newest = {(who, row): found.subject for who, chosen in sources for row, found in chosen.cells.items()}
    latest = {chosen.latest[0] for _, chosen in sources if chosen.latest}
    names = item_names(lens.directory, state)
    for thing in things:
        payload = payloads.get(thing.data.content)
        if payload is None:
            continue
        said = items.READ[thing.type](payload, names)
        told = _standing(thing, said, newest, latest) if thing.type == "report" else said
        yield from ((thing, item) for item in told)


def _subjects(chosen: Chosen) -> Iterator[str]:
    if chosen.latest:
        yield chosen.latest[0]
    yield from (found.subject for found in chosen.cells.values())


def _statements(state: SpaceState) -> list[Thing]:
    found = [thing for thing in state.group("statements") if thing.status == "recorded"]
    return found[-STATEMENTS_SHOWN:]


def _standing(
    thing: Thing, said: Sequence[Item], newest: Mapping[tuple[str, str], str], latest: set[str]
) -> Iterator[Item]:
    """Yield a report's sentences that stand: cells that no newer report has replaced, the rest of the latest."""
    for item in said:
        if item.kind != items.CELL:
            if thing.subject in latest:
                yield item
        elif newest.get((thing.organisation, item.row)) == thing.subject and _says_something(item):
            yield item


def _says_something(item: Item) -> bool:
    return bool(item.text.strip()) or bool(item.extra) or item.status not in (SILENT | {"ingen"})


def standing_now(lens: Lens, space: str, subject: str, part: str) -> ChosenStatement | None:
    """Return a chosen sentence as its entry in force says it now; None where it has been taken back."""
    state = lens.state(space)
    thing = state.thing(subject)
    if thing is None or thing.status not in STANDS.get(thing.type, ()):
        return None
    payload = lens.payloads(space, [thing.data.content]).get(thing.data.content)
    if payload is None:
        return None
    item = item_named(thing, payload, part, item_names(lens.directory, state))
    return copy_of(thing, item) if item is not None else None


def newest_instead(lens: Lens, space: str, organisation: str, row: str) -> tuple[str, str] | None:
    """Return (report, entry) of the newest statement of a member on a row, or None."""
    found = chosen_of(lens.state(space), organisation).cells.get(row)
    return (found.subject, found.report.content) if found is not None else None
