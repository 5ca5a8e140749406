"""*Rapporteringsbörda*: how much each member has been asked, and how it went (R18, R92).

Counted within one space, or over the network's own spaces, which every member reads; a narrower circle's requests
are in no sum outside it (design 3.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from gemensam.core.moment import Moment
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.picture.reporting_queries import ANSWERED, DECLINED, UNCONFIRMED, request_view
from gemensam.web import times

NETWORK_SPACES = frozenset({"standing", "incident"})  # what every member reads and is no exercise


@dataclass(frozen=True, slots=True)
class Burden:
    """What one organisation has been asked. `questions`: rows and further questions in all requests.

    `answered`: by a report, its own or one entered for it; `missing`: neither answered nor declined. `median_ms`: from
    request to first answer, None where nothing has been answered.
    """

    organisation: str
    requests: int
    questions: int
    answered: int
    declined: int
    missing: int
    reminders: int
    median_ms: int | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request to one organisation; `took_ms` None where it has not been answered."""

    questions: int
    state: str
    reminders: int
    took_ms: int | None


def burden_in(lens: Lens, space: str, moment: Moment) -> list[Burden]:
    """Return what each organisation has been asked in a space at a moment, by id."""
    return _summed(_asked_in(lens, space, moment, None))


def burden_of_year(lens: Lens, year: int) -> list[Burden]:
    """Return what each organisation has been asked in the network's own spaces in a year (local time), by id."""
    spaces = [info.id for info in lens.spaces() if info.kind in NETWORK_SPACES]
    return _summed(one for space in spaces for one in _asked_in(lens, space, Moment(lens.now), year))


def years_of(lens: Lens) -> list[int]:
    """Return the years in which something was asked in the network's own spaces, and this one, newest first."""
    spaces = [info.id for info in lens.spaces() if info.kind in NETWORK_SPACES]
    found = {_year(thing) for space in spaces for thing in lens.state(space).group("requests")}
    return sorted(found | {times.local(lens.now).year}, reverse=True)


def _asked_in(lens: Lens, space: str, moment: Moment, year: int | None) -> Iterable[tuple[str, _Asked]]:
    state = lens.state(space, moment)
    things = [thing for thing in state.group("requests") if year is None or _year(thing) == year]
    by = moment.happened_by
    things = [thing for thing in things if by is None or thing.data.occurred_at <= by]
    contents = lens.payloads(space, [thing.data.content for thing in things])
    for thing in things:
        extra = len((contents.get(thing.data.content) or {}).get("extra", ()))
        first = _first_answers(state, thing)
        for one in request_view(state, thing, moment).asked:
            asked = len(thing.data.questions) or _rows_of(lens, one.organisation) or 1
            reminders = sum(who == one.organisation for who, _at in thing.data.reminded)
            yield one.organisation, _Asked(asked + extra, one.state, reminders, first.get(one.organisation))


def _first_answers(state: SpaceState, request: Thing) -> Mapping[str, int]:
    """Return how long after the request each organisation's first answer was entered, ms."""
    found: dict[str, int] = {}
    for thing in state.group("answers", request.subject):
        took = max(0, thing.data.clock.ms - request.data.clock.ms)
        found[thing.organisation] = min(took, found.get(thing.organisation, took))
    return found


def _summed(asked: Iterable[tuple[str, _Asked]]) -> list[Burden]:
    by_organisation: dict[str, list[_Asked]] = {}
    for who, one in asked:
        by_organisation.setdefault(who, []).append(one)
    return [_burden(who, ones) for who, ones in sorted(by_organisation.items())]


def _burden(who: str, asked: list[_Asked]) -> Burden:
    took = [one.took_ms for one in asked if one.took_ms is not None]
    answered = sum(one.state in (ANSWERED, UNCONFIRMED) for one in asked)
    declined = sum(one.state == DECLINED for one in asked)
    return Burden(
        organisation=who,
        requests=len(asked),
        questions=sum(one.questions for one in asked),
        answered=answered,
        declined=declined,
        missing=len(asked) - answered - declined,
        reminders=sum(one.reminders for one in asked),
        median_ms=round(median(took)) if took else None,
    )


def _rows_of(lens: Lens, organisation_id: str) -> int:
    found = organisation(lens.directory, organisation_id)
    return len(found.rows) if found is not None else 0


def _year(thing: Thing) -> int:
    return times.local(thing.data.clock.ms).year
