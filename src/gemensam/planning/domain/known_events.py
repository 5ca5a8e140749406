"""A known event (känd händelse): what is known to come, whose it is, what it may lead to, how it is planned for (G12).

The event is its responsible organisation's. Any member writes its own planning notes to it, and one whom a clash
concerns may accept the clash with a reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from sys import intern
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.picture.domain.places import ANYWHERE, NOWHERE, Place, Where, where_of
from gemensam.picture.domain.reports import AttachmentRef
from gemensam.planning.domain.clashes import Occurrence
from gemensam.rosters.domain.local import instant, local

HERE = frozenset({"standing", "exercise"})
ENTERED, CANCELLED, SAID = "entered", "cancelled", "said"
EVENT_KINDS, CLASH_RULES, RESOURCES = "known_event_kinds", "clash_rules", "strained_resources"
TITLE_MAX, FILES_MAX, YEARS_MAX = 120, 10, 20
DAY_MS = 86_400_000
LONGEST_MS = 366 * DAY_MS
AHEAD_MS = 400 * DAY_MS  # how far clashes are looked for


@dataclass(frozen=True)
class KnownEventEntered:
    """A known event, whole. Times in ms UTC, `until_at` not counted; `whole_days`: its times are local midnights.

    `kind` is of `known_event_kinds`, `resources` of `strained_resources`; `organiser` is who arranges it, in words.
    `yearly_until`: it comes each year up to this one; 0 for once.
    """

    title: str
    kind: str
    from_at: int
    until_at: int
    whole_days: bool = False
    where: Place = NOWHERE
    place: str = ""
    organiser: str = ""
    effect: str = ""
    source: str = ""
    resources: tuple[str, ...] = ()
    yearly_until: int = 0


@dataclass(frozen=True)
class KnownEventChanged(KnownEventEntered):
    """The event as it is now, whole, with the reason."""

    reason: str = ""


@dataclass(frozen=True)
class KnownEventCancelled:
    """Why it does not take place."""

    reason: str


@dataclass(frozen=True)
class PlanningNoted:
    """What an organisation has planned for it, with files of the space."""

    text: str
    attachments: tuple[AttachmentRef, ...] = ()


@dataclass(frozen=True)
class NoteWithdrawn:
    """The own note (its entry's digest) that holds no longer, and why."""

    note: str
    reason: str


@dataclass(frozen=True)
class ClashAccepted:
    """The clash, by its key, that may stand, and why."""

    key: str
    reason: str


@dataclass(frozen=True)
class ClashReopened:
    """The clash that the organisation accepts no longer, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The event as one entry gives it; `at`: when that was said (ms UTC). Texts are in the payload of `digest`."""

    digest: str
    at: int
    kind: str = ""
    from_at: int = 0
    until_at: int = 0
    whole_days: bool = False
    where: Where = ANYWHERE
    resources: tuple[str, ...] = ()
    yearly_until: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One word of an organisation about an event: a note, or about a clash (`key`)."""

    kind: str
    organisation: str
    at: int
    digest: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class KnownEventData:
    """A known event in the state; `ended_at` in ms UTC, 0 where it takes place."""

    terms: tuple[Terms, ...] = ()
    ended_at: int = 0
    ended: str = ""
    said: tuple[Said, ...] = ()

    def terms_at(self, happened_by: int | None = None) -> Terms | None:
        """Return the event as it was last said, by an instant where one is asked for."""
        return next((each for each in reversed(self.terms) if happened_by is None or each.at <= happened_by), None)

    def notes(self, happened_by: int | None = None) -> tuple[Said, ...]:
        """Return the planning notes that hold, oldest first."""
        told = [each for each in self.said if happened_by is None or each.at <= happened_by]
        gone = {(each.organisation, each.key) for each in told if each.kind == WITHDRAWN}
        return tuple(each for each in told if each.kind == PLANNED and (each.organisation, each.digest) not in gone)

    def acceptances(self, key: str, happened_by: int | None = None) -> tuple[Said, ...]:
        """Return who accepts a clash: the last word of each organisation about it."""
        told = (each for each in self.said if each.key == key and (happened_by is None or each.at <= happened_by))
        last = {each.organisation: each for each in told if each.kind in (ACCEPTED, REOPENED)}
        return tuple(each for _name, each in sorted(last.items()) if each.kind == ACCEPTED)


PLANNED, WITHDRAWN = "known_event.planned", "known_event.note_withdrawn"
ACCEPTED, REOPENED = "known_event.clash_accepted", "known_event.clash_reopened"


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    last = thing.data.terms_at()
    yield ("known_events",), (last.from_at if last else 0, thing.subject)


KNOWN_EVENT = SubjectType(
    "known_event",
    owner=Machine(
        {
            ("", "known_event.entered"): ENTERED,
            (ENTERED, "known_event.changed"): ENTERED,
            (ENTERED, "known_event.cancelled"): CANCELLED,
            (CANCELLED, "known_event.changed"): ENTERED,
        }
    ),
    each=Machine(
        {
            ("", PLANNED): SAID,
            ("", ACCEPTED): SAID,
            (SAID, PLANNED): SAID,
            (SAID, WITHDRAWN): SAID,
            (SAID, ACCEPTED): SAID,
            (SAID, REOPENED): SAID,
        }
    ),
    index=_index,
)


def apply_told(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> KnownEventData:
    before = data if isinstance(data, KnownEventData) else KnownEventData()
    given = payload or {}
    facts: dict[str, Any] = {name: given[name] for name in _FACTS if name in given}
    if given:
        facts |= {"where": where_of(given), "resources": tuple(given["resources"]), "kind": intern(given["kind"])}
    terms = Terms(digest, header.occurred_at, **facts)
    return replace(before, terms=(*before.terms, terms), ended_at=0, ended="")


_FACTS = ("from_at", "until_at", "whole_days", "yearly_until")


def apply_cancelled(
    data: KnownEventData, header: Header, digest: str, payload: Mapping[str, Any] | None
) -> KnownEventData:
    return replace(data, ended_at=header.occurred_at, ended=digest)


def apply_said(data: KnownEventData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> KnownEventData:
    given = payload or {}
    key = str(given.get("key") or given.get("note") or "")
    word = Said(intern(header.kind), intern(header.organisation), header.occurred_at, digest, key)
    return replace(data, said=(*data.said, word))


def takes_place(data: KnownEventData, happened_by: int | None = None) -> bool:
    """Whether it had not been cancelled, by an instant where one is asked for."""
    return not data.ended_at or (happened_by is not None and data.ended_at > happened_by)


def occurrences_of(
    subject: str, organisation_id: str, terms: Terms, begin: int, end: int
) -> tuple[Occurrence, ...]:  # fmt: skip
    """Return when an event takes place between two instants (ms UTC), a yearly one at the same local time each year.

    29 February is the 28th in other years.
    """
    first = local(terms.from_at).year
    last = max(terms.yearly_until, first)
    found = (_in_year(subject, organisation_id, terms, year) for year in range(first, last + 1))
    return tuple(one for one in found if one.until_at > begin and one.from_at < end)


def _in_year(subject: str, organisation_id: str, terms: Terms, year: int) -> Occurrence:
    later = year - local(terms.from_at).year
    times = (_years_later(terms.from_at, later), _years_later(terms.until_at, later))
    return Occurrence(*times, subject, year, organisation_id, terms.where.kommuner, terms.resources)


def _years_later(at: int, years: int) -> int:
    if not years:
        return at
    there = local(at)
    try:
        day = date(there.year + years, there.month, there.day)
    except ValueError:
        day = date(there.year + years, 2, 28)
    of_minute = there.second * 1000 + there.microsecond // 1000
    return instant(day, there.hour * 60 + there.minute) + of_minute
