"""Rows of a space's log for its page: newest first, by position, filtered without reading the whole log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger.describing import CORRECTING
from gemensam.ledger.log import fetch, places
from gemensam.ledger.reading import Lens, LogRow, log_row, position_at

ROWS_PER_PAGE = 50
# A filter looks through so many entries for one page, so that no page waits for the whole log.
WINDOW = 5_000
_ROWS = (
    "SELECT e.position, e.received_at, e.digest, e.header, e.signature, p.body FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.space = e.space AND p.position = e.position WHERE e.space = %s "
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries: of an organisation, of a group of kinds, corrections alone, of one thing."""

    organisation: str = ""
    group: str = ""
    corrections: bool = False
    subject: str = ""

    @property
    def any(self) -> bool:
        return bool(self.organisation or self.group or self.corrections or self.subject)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the log: filters, and a position to continue from, down or up (0 and 0: the newest)."""

    filters: Filters
    before: int = 0
    after: int = 0

    @property
    def newest(self) -> bool:
        return not self.before and not self.after


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the log. `older` and `newer` are positions to continue from (0: nothing more).

    `looked_to`: the lowest position that a filter looked at, where the page is not full and there is more below.
    """

    rows: tuple[LogRow, ...]
    older: int
    newer: int
    looked_to: int = 0


def list_rows(lens: Lens, space: str, place: Place, moment: Moment | None = None) -> Rows:
    """Return the entries before a position, or the oldest after one, newest first.

    Raises `Refused("not_found")` for a space that is not readable.
    """
    state = lens.state(space, moment)
    if place.after:
        return _upward(space, state, place.filters, place.after)
    return _downward(space, state, place.filters, place.before)


def before_time(lens: Lens, space: str, instant: int) -> int:
    """Return the position before which everything had arrived by an instant (ms UTC)."""
    lens.space(space)
    return position_at(space, instant) + 1


def _downward(space: str, state: SpaceState, filters: Filters, before: int) -> Rows:
    top = min(before, state.position + 1) if before else state.position + 1
    low = max(0, top - 1 - _reach(filters))
    where, values = _conditions(filters)
    sql = _ROWS + f"AND e.position < %s AND e.position > %s {where} ORDER BY e.position DESC LIMIT %s"
    found = fetch(sql, [space, top, low, *values, ROWS_PER_PAGE + 1])
    rows, more = found[:ROWS_PER_PAGE], len(found) > ROWS_PER_PAGE
    if more:
        return Rows(_read(rows, state), rows[-1][0], _newer(state, top - 1))
    return Rows(_read(rows, state), low + 1 if low else 0, _newer(state, top - 1), low + 1 if low else 0)


def _upward(space: str, state: SpaceState, filters: Filters, after: int) -> Rows:
    high = min(state.position, after + _reach(filters))
    where, values = _conditions(filters)
    sql = _ROWS + f"AND e.position > %s AND e.position <= %s {where} ORDER BY e.position LIMIT %s"
    found = fetch(sql, [space, after, high, *values, ROWS_PER_PAGE + 1])
    rows, more = found[:ROWS_PER_PAGE], len(found) > ROWS_PER_PAGE
    reached = rows[-1][0] if more else high
    return Rows(_read(rows[::-1], state), after + 1 if after else 0, _newer(state, reached))


def _reach(filters: Filters) -> int:
    return WINDOW if filters.any and not filters.subject else 2**53


def _newer(state: SpaceState, position: int) -> int:
    return position if position < state.position else 0


def _read(rows: Sequence[Any], state: SpaceState) -> tuple[LogRow, ...]:
    return tuple(log_row(row, state) for row in rows)


def _conditions(filters: Filters) -> tuple[str, list[str]]:
    """Return SQL and its values. A header is canonical JSON: a quote within one of its texts is written \\"."""
    where, values = [], []
    if filters.subject:
        where.append("AND e.subject = %s")
        values.append(filters.subject)
    if filters.organisation:
        where.append("AND e.header LIKE %s ESCAPE '!'")
        values.append(f'%"organisation":"{_literal(filters.organisation)}"%')
    if filters.group:
        where.append("AND e.kind LIKE %s ESCAPE '!'")
        values.append(f"{_literal(filters.group)}.%")
    if filters.corrections:
        verbs = " OR ".join(["e.kind LIKE %s"] * len(CORRECTING))
        where.append(f"AND ({verbs} OR e.header LIKE %s)")
        values.extend([*(f"%.{verb}" for verb in CORRECTING), '%["corrects",%'])
    return " ".join(where), values


def corrected_by(state: SpaceState, rows: Sequence[LogRow]) -> dict[str, int]:
    """Return, for the things of some rows, the position of the last entry that changed or took back what was said."""
    subjects = sorted({row.header.subject for row in rows})
    if not subjects:
        return {}
    verbs = " OR ".join(["e.kind LIKE %s"] * len(CORRECTING))
    sql = (
        "SELECT e.subject, max(e.position) FROM ledger_entry e WHERE e.space = %s AND e.position <= %s "  # noqa: S608  only placeholders
        "AND e.subject IN " + places(subjects) + f" AND ({verbs}) GROUP BY e.subject"
    )
    found = fetch(sql, [state.space, state.position, *subjects, *(f"%.{verb}" for verb in CORRECTING)])
    return {subject: int(position) for subject, position in found}


def _literal(text: str) -> str:
    """Escape what LIKE takes for signs of its own, and what JSON writes otherwise: then nothing matches."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def parse_filters(query: Mapping[str, str]) -> Filters:
    """Read the filters of an address; raises `Refused("bad_request")` for words that are too long."""
    words = {name: query.get(name, "").strip() for name in ("organisation", "group", "subject")}
    if any(len(word) > 200 or "\0" in word for word in words.values()):
        raise Refused("bad_request")
    return Filters(words["organisation"], words["group"], bool(query.get("corrections")), words["subject"])
