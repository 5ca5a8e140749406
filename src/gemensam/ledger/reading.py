"""Reading: the lens of a principal is the only door to states, texts and the log (design 3 and 5.4)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from gemensam.core import policy
from gemensam.core.entry import Header, header_from
from gemensam.core.moment import Moment
from gemensam.core.policy import Membership, Principal, SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger.append import now_ms
from gemensam.ledger.glance import Seen, look
from gemensam.ledger.judge import load_payloads
from gemensam.ledger.log import LOG, fetch, places, read_stored
from gemensam.ledger.registry import rights

LENS_LIVES_MS = 60_000
LARGEST_PAGE = 1_000
LATE_MS = 5 * 60 * 1000
# Each text is asked for by its place: a join PostgreSQL may plan as a walk through all texts of the space.
_LOG_ROWS = (
    "SELECT e.position, e.received_at, e.digest, e.header, e.signature, "
    "(SELECT p.body FROM ledger_payload p WHERE p.space = e.space AND p.position = e.position) "
    "FROM ledger_entry e WHERE e.space = %s "
)


@dataclass(frozen=True, slots=True)
class LogRow:
    """An entry as a reader sees it: `payload` is None where it has been disposed of, or is `held` in quarantine."""

    position: int
    received_at: int
    digest: str
    header: Header
    header_text: str
    signature: str
    payload: Mapping[str, Any] | None
    verdict: str
    held: bool = False

    @property
    def came_late(self) -> bool:
        """Whether it arrived more than five minutes after its clock (F14)."""
        return self.received_at - self.header.clock.ms > LATE_MS


class Arrival(NamedTuple):
    """That an entry came: its position, when (ms UTC), of which kind; nothing of what it says."""

    position: int
    received_at: int
    kind: str
    digest: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will read what is posted in a space (R30); `version` goes back with the post."""

    organisations: tuple[str, ...]
    circle: tuple[tuple[str, str], ...]
    version: int


class Lens:
    """What one principal may read at one instant. Rights are present rights, whatever moment is looked at."""

    def __init__(self, principal: Principal, now: int, seen: Seen | None = None) -> None:
        seen = seen or look()
        self.now = now
        self.directory = seen.directory
        self._membership: Membership = rights().membership(self.directory)
        self.principal = Principal(
            principal.account, principal.organisation, principal.function,
            rights().permissions(self.directory, principal.function),
        )  # fmt: skip
        self._all = seen.spaces
        self._readable = {
            name: info
            for name, info in self._all.items()
            if policy.may_read(self.principal, info, self._all, self._membership)
        }
        self._states: dict[tuple[str, int | None], SpaceState] = {
            (name, None): state for name, state in seen.states.items() if name in self._readable
        }

    @property
    def valid_until(self) -> int:
        """When this lens must be made anew (ms UTC)."""
        return self.now + LENS_LIVES_MS

    @cached_property
    def rights(self) -> str:
        """A short word for what this principal may read and do: others with the same one may read and do the same."""
        said = [
            sorted(self.principal.permissions),
            [(name, policy.circle_version(info, self._membership)) for name, info in sorted(self._readable.items())],
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def version(self) -> str:
        """A word that changes with any change of what this principal may read or do, and is no other's."""
        return f"{self.principal.organisation} {self.principal.function} {self.rights}"

    def may(self, permission: str) -> bool:
        return permission in self.principal.permissions

    def spaces(self) -> tuple[SpaceInfo, ...]:
        """Return the readable spaces, sorted by id."""
        return tuple(info for _, info in sorted(self._readable.items()))

    def space(self, space: str) -> SpaceInfo:
        """Return a readable space; raises `Refused("not_found")` for any other, hidden or absent."""
        info = self._readable.get(space)
        if info is None:
            raise Refused("not_found")
        return info

    def root_kind(self, space: str) -> str:
        """Return the kind of the root that a readable space belongs to: a guest must see that it is an exercise."""
        info = self.space(space)
        while info.parent:
            info = self._all[info.parent]
        return info.kind

    def state(self, space: str, moment: Moment | None = None) -> SpaceState:
        """Return the state of a readable space, now or as it was known at `moment.knew_at`."""
        self.space(space)
        knew_at = moment.knew_at if moment else None
        found = self._states.get((space, knew_at))
        if found is None:
            found = LOG.catch_up(space) if knew_at is None else LOG.at(space, position_at(space, knew_at))
            self._states[space, knew_at] = found
        return found

    def payloads(self, space: str, digests: Sequence[str]) -> dict[str, Mapping[str, Any] | None]:
        """Return texts of a readable space by entry digest; None where disposed of, absent where unknown."""
        self.space(space)
        return load_payloads(space, digests)

    def readers(self, space: str) -> Readers:
        """Return who reads a space, now."""
        info = self.space(space)
        organisations = policy.reading_organisations(info, self._all, self._membership)
        return Readers(organisations, info.circle, policy.circle_version(info, self._membership))

    def wider(self, space: str) -> tuple[SpaceInfo, ...]:
        """Return the readable spaces whose readers include all of this one's (F2)."""
        narrow = self.space(space)
        return tuple(info for info in self.spaces() if policy.is_wider(info, narrow, self._all))

    def entries(
        self, space: str, *, after: int = 0, limit: int = 100, newest_first: bool = False, moment: Moment | None = None
    ) -> list[LogRow]:
        """Return log rows of a readable space: after a position, or before it when `newest_first` (0: the end)."""
        state = self.state(space, moment)
        upto = state.position
        after = max(0, min(after, upto + 1))
        limit = max(1, min(limit, LARGEST_PAGE))
        if newest_first:
            before = after or upto + 1
            rows = fetch(_LOG_ROWS + "AND e.position < %s ORDER BY e.position DESC LIMIT %s", [space, before, limit])
        else:
            sql = _LOG_ROWS + "AND e.position > %s AND e.position <= %s ORDER BY e.position LIMIT %s"
            rows = fetch(sql, [space, after, upto, limit])
        return [log_row(row, state) for row in rows]

    def entry(self, space: str, digest: str) -> LogRow:
        """Return one log row; raises `Refused("not_found")`."""
        state = self.state(space)
        rows = fetch(_LOG_ROWS + "AND e.digest = %s", [space, digest])
        if not rows:
            raise Refused("not_found")
        return log_row(rows[0], state)

    def count(self, space: str, position: int) -> int:
        """Return how many entries of a readable space stand up to a position, the log's own seals left out."""
        self.space(space)
        sql = "SELECT count(*) FROM ledger_entry WHERE space = %s AND position <= %s AND kind <> 'arrivals.sealed'"
        return int(fetch(sql, [space, position])[0][0])

    def rows(self, space: str, digests: Iterable[str]) -> list[LogRow]:
        """Return the log rows of entries by digest, in order of arrival; those that are not here are left out."""
        state, wanted = self.state(space), sorted(set(digests) - {""})
        found: list[LogRow] = []
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = fetch(f"{_LOG_ROWS}AND e.digest IN {places(part)} ORDER BY e.position", [space, *part])
            found += (log_row(row, state) for row in rows)
        return found

    def history(self, space: str, subject: str, moment: Moment | None = None) -> list[LogRow]:
        """Return all entries of a thing in order of arrival."""
        state = self.state(space, moment)
        sql = _LOG_ROWS + "AND e.subject = %s AND e.position <= %s ORDER BY e.position"
        return [log_row(row, state) for row in fetch(sql, [space, subject, state.position])]

    def arrival_list(self, space: str, moment: Moment | None = None) -> list[Arrival]:
        """Return what has come into a readable space, in order; up to the moment where it is one of the past."""
        sql = "SELECT position, received_at, kind, digest FROM ledger_entry WHERE space = %s AND position <= %s "
        return [Arrival(*row) for row in fetch(sql + "ORDER BY position", [space, self.state(space, moment).position])]

    def arrivals(self, space: str, digests: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Return (position, received_at) of entries by digest."""
        self.space(space)
        found: dict[str, tuple[int, int]] = {}
        wanted = sorted(set(digests))
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            sql = "SELECT digest, position, received_at FROM ledger_entry WHERE space = %s AND digest IN "
            rows = fetch(sql + places(part), [space, *part])
            found.update((digest, (position, received_at)) for digest, position, received_at in rows)
        return found


def log_row(row: Sequence[Any], state: SpaceState) -> LogRow:
    position, received_at, digest, header_text, signature, body = row
    header = header_from(read_stored(header_text))
    payload = read_stored(body) if body is not None else None
    verdict = state.verdict(header, digest)
    # Judged now, whatever moment is looked at (design 3.7).
    held = payload is None and LOG.last_known(state.space).size("quarantined", digest) > 0
    return LogRow(position, received_at, digest, header, header_text, signature, payload, verdict, held)


def position_at(space: str, instant: int) -> int:
    """Return the last position that had arrived at an instant (received times rise with positions)."""
    low, high = 0, LOG.catch_up(space).position
    while low < high:
        middle = (low + high + 1) // 2
        rows = fetch("SELECT received_at FROM ledger_entry WHERE space = %s AND position = %s", [space, middle])
        if rows[0][0] <= instant:
            low = middle
        else:
            high = middle - 1
    return low


def lens_for(principal: Principal, now: int | None = None, seen: Seen | None = None) -> Lens:
    """Return the lens of a principal by present rights, caught up with the log, or as far as was `seen` just now."""
    return Lens(principal, now_ms() if now is None else now, seen)
