"""Readers of known events: the calendar with its clashes, and one event with its planning. Times in ms UTC."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.activation.queries import incidents_from
from gemensam.coordination.domain.rules import data_of
from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.planning.domain.clashes import Clash, Occurrence
from gemensam.planning.domain.known_event_rules import clashes_in, concerns
from gemensam.planning.domain.known_events import (
    HERE,
    KNOWN_EVENT,
    KnownEventData,
    Said,
    Terms,
    occurrences_of,
    takes_place,
)

Texts = Mapping[str, Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class EventShown:
    """A known event as it stood at the moment. `text`: the payload of its terms, empty where the text has gone."""

    thing: Thing
    data: KnownEventData
    terms: Terms
    text: Mapping[str, Any]
    takes_place: bool

    @property
    def title(self) -> str:
        return str(self.text.get("title", ""))

    @property
    def subject(self) -> str:
        return self.thing.subject


@dataclass(frozen=True, slots=True)
class ClashShown:
    """A clash with its events, and who accepts it and why; `is_open`: nobody accepts it yet."""

    clash: Clash
    events: tuple[EventShown, ...]
    accepted: tuple[tuple[Said, str], ...]
    may_accept: bool
    may_reopen: bool

    @property
    def is_open(self) -> bool:
        return not self.accepted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the calendar is asked for. `kommun`, `kind`, `organisation`: codes, or ""; `clashing`: only such."""

    kind: str = ""
    kommun: str = ""
    organisation: str = ""
    text: str = ""
    clashing: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One time that an event takes place, with the clashes that it is part of."""

    at: Occurrence
    event: EventShown
    clashes: tuple[ClashShown, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """One known event with all that its page shows. `notes`: (word, payload); `incidents`: what it turned into."""

    shown: EventShown
    ended: str
    notes: tuple[tuple[Said, Mapping[str, Any]], ...]
    clashes: tuple[ClashShown, ...]
    incidents: tuple[tuple[SpaceInfo, Thing], ...]
    acts: frozenset[str]


def all_events(lens: Lens, space: str, moment: Moment) -> dict[str, EventShown]:
    """Return the known events of a space by subject, those cancelled too."""
    state, by = lens.state(space, moment), moment.happened_by
    found = [(thing, data_of(thing, KnownEventData)) for thing in state.group("known_events")]
    kept = [(thing, data, terms) for thing, data in found if (terms := data.terms_at(by)) is not None]
    texts = lens.payloads(space, [terms.digest for _thing, _data, terms in kept])
    return {
        thing.subject: EventShown(thing, data, terms, texts.get(terms.digest) or {}, takes_place(data, by))
        for thing, data, terms in kept
    }


def list_clashes(lens: Lens, space: str, moment: Moment, events: Mapping[str, EventShown]) -> list[ClashShown]:
    """Return the clashes to come, the first in time first, each with who accepts it."""
    found = clashes_in(lens.directory, lens.state(space, moment), moment.at, moment.happened_by)
    reasons = lens.payloads(space, [said.digest for clash in found for said in _accepted(clash, events, moment)])
    return [_clash(lens, clash, events, moment, reasons) for clash in found]


def _accepted(clash: Clash, events: Mapping[str, EventShown], moment: Moment) -> tuple[Said, ...]:
    return events[clash.events[0].subject].data.acceptances(clash.key, moment.happened_by)


def _clash(
    lens: Lens, clash: Clash, events: Mapping[str, EventShown], moment: Moment, reasons: Texts
) -> ClashShown:  # fmt: skip
    accepted = tuple(
        (said, str((reasons.get(said.digest) or {}).get("reason", ""))) for said in _accepted(clash, events, moment)
    )
    own = lens.principal.organisation
    is_concerned = concerns(clash, lens.directory, own) or lens.may("govern")
    writes = lens.may("plan") and not moment.historical
    mine = any(said.organisation == own for said, _reason in accepted)
    shown = tuple(events[each.subject] for each in clash.events)
    return ClashShown(clash, shown, accepted, writes and is_concerned and not mine, writes and mine)


def list_lines(lens: Lens, space: str, moment: Moment, span: tuple[int, int], wanted: Wanted) -> list[Line]:
    """Return what takes place between two instants and is asked for, in the order of time."""
    events = all_events(lens, space, moment)
    by_event: dict[str, list[ClashShown]] = {}
    for clash in list_clashes(lens, space, moment, events):
        for each in clash.clash.events:
            by_event.setdefault(each.key, []).append(clash)
    lines = [
        Line(at, shown, tuple(by_event.get(at.key, ())))
        for shown in events.values()
        if shown.takes_place
        for at in occurrences_of(shown.subject, shown.thing.organisation, shown.terms, *span)
    ]
    return sorted((line for line in lines if _fits(line, wanted)), key=lambda line: line.at)


def _fits(line: Line, wanted: Wanted) -> bool:
    terms, text = line.event.terms, line.event.text
    told = " ".join(str(text.get(name, "")) for name in ("title", "place", "organiser", "effect")).casefold()
    return (
        wanted.kind in ("", terms.kind)
        and (not wanted.kommun or wanted.kommun in terms.where.kommuner)
        and wanted.organisation in ("", line.at.organisation)
        and all(word in told for word in wanted.text.casefold().split())
        and (not wanted.clashing or bool(line.clashes))
    )


def list_cancelled(lens: Lens, space: str, moment: Moment) -> list[EventShown]:
    """Return the events that do not take place though they would still be to come, in the order of time."""
    found = (each for each in all_events(lens, space, moment).values() if not each.takes_place)
    return sorted((each for each in found if each.terms.until_at > moment.at), key=lambda each: each.terms.from_at)


def get_event(lens: Lens, space: str, subject: str, moment: Moment) -> EventPage:
    """Return one known event; raises `Refused("not_found")`."""
    check_has_events(lens, space)
    events = all_events(lens, space, moment)
    shown = events.get(subject)
    if shown is None:
        raise Refused("not_found")
    clashes = [each for each in list_clashes(lens, space, moment, events) if shown in each.events]
    writes = not moment.historical and not lens.space(space).closed
    return EventPage(
        shown, _ending(lens, space, shown), notes_of(lens, space, shown.data, moment), tuple(clashes),
        tuple(incidents_from(lens, subject)), _acts(lens, shown.thing) if writes else frozenset(),
    )  # fmt: skip


def _ending(lens: Lens, space: str, shown: EventShown) -> str:
    """Return why it does not take place, "" where it does."""
    if shown.takes_place:
        return ""
    told = lens.payloads(space, [shown.data.ended]).get(shown.data.ended) or {}
    return str(told.get("reason", ""))


def notes_of(
    lens: Lens, space: str, data: KnownEventData, moment: Moment
) -> tuple[tuple[Said, Mapping[str, Any]], ...]:  # fmt: skip
    """Return the planning notes that hold, oldest first; those whose text has gone are left out."""
    notes = data.notes(moment.happened_by)
    texts = lens.payloads(space, [each.digest for each in notes])
    return tuple((each, text) for each in notes if (text := texts.get(each.digest)))


def check_has_events(lens: Lens, space: str) -> None:
    """Raise `Refused("not_found")` for a space that has no calendar."""
    if lens.space(space).kind not in HERE:
        raise Refused("not_found")


def _acts(lens: Lens, thing: Thing) -> frozenset[str]:
    """Return what this reader may write, by table, owner and permission; who enters for others may for the owner."""
    if not lens.may("plan") or thing.needs_upgrade:
        return frozenset()
    allowed = set(KNOWN_EVENT.each.allowed(thing.party(lens.principal.organisation)))
    if thing.organisation == lens.principal.organisation or lens.may("report_for_others"):
        allowed |= set(KNOWN_EVENT.owner.allowed(thing.status))
    return frozenset(allowed)


def open_clashes_of(lens: Lens, state: SpaceState, moment: Moment) -> Iterable[Clash]:
    """Yield the clashes that concern the reader's organisation and that nobody accepts."""
    for clash in clashes_in(lens.directory, state, moment.at):
        thing = state.thing(clash.events[0].subject)
        is_open = thing is not None and not thing.data.acceptances(clash.key)
        if is_open and concerns(clash, lens.directory, lens.principal.organisation):
            yield clash
