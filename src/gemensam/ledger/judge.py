"""What is judged under the append lock before an entry is written (design 3, 5.1; F4, F7, F8, F10)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from gemensam.core import policy
from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.entry import header_from
from gemensam.core.judging import check_transition
from gemensam.core.kinds import Kind
from gemensam.core.policy import DIRECTORY, Membership, Principal, SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.writing import Decision, Draft
from gemensam.ledger import cautions
from gemensam.ledger.domain import LIFTED, PLACED, UPHELD, SpaceData
from gemensam.ledger.log import LOG, fetch, places, read_stored
from gemensam.ledger.node import signer
from gemensam.ledger.registry import rights
from gemensam.ledger.spaces import all_spaces

MAX_REFS, MAX_MARKS = 500, 20
# A space's id stands in addresses, cursors and the stream's lines: a UUID, and nothing that could end a line there.
_SPACE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What a header names is kept for ever: identities and codes, no room for a name or a telephone number (design 2).
_SUBJECT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:+-]{0,98}[A-Za-z0-9])?")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:+/-]{0,59}")
OPENS_CIRCLE = "open_circle"  # enough to open a narrower space, without `open_space`
# The same within a period, of one's own organisation and the period's opener: there an assessment is kept (G10).
OPENS_OWN_CIRCLE = "assess_capability"
OPENS_PERIOD = "govern"  # what it takes to open a period, whatever else one may open (G3)
OPENS_INCIDENT = "call"  # enough to open an incident: nobody's approval stops a call (R1)
ALWAYS_ALLOWED = frozenset({"space.closed", "arrivals.sealed", "disposal.decided", PLACED, LIFTED, UPHELD})


class Court:
    """Judges drafts of one principal on the states as they are under the lock."""

    def __init__(
        self,
        principal: Principal,
        spaces: Mapping[str, SpaceInfo],
        state_of: Callable[[str], SpaceState],
        *,
        now: int,
        by_program: bool,
    ) -> None:
        self._now, self._by_program, self._state_of = now, by_program, state_of
        self.directory = state_of(DIRECTORY)
        self._membership: Membership = rights().membership(self.directory)
        self._spaces: dict[str, SpaceInfo] = dict(spaces)
        self.principal = principal if by_program else self._with_present_rights(principal)

    def _with_present_rights(self, principal: Principal) -> Principal:
        return replace(principal, permissions=rights().permissions(self.directory, principal.function))

    def renew(self, info: SpaceInfo) -> None:
        """Judge what comes later in the same commit by what an entry has just made of a space."""
        self._spaces[info.id] = info

    def circle_version(self, space: str) -> int:
        return policy.circle_version(self._spaces[space], self._membership)

    def decide(self, kind: Kind, draft: Draft, payload: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Return the organisation and the final payload of an entry that may be written.

        Raises `Refused`: `not_found`, `kind_not_here`, `space_closed`, `not_permitted`, `not_your_organisation`,
        `no_such_organisation`, `occurred_in_future`, `bad_time`, `malformed`, `reference_not_wider`,
        `no_such_reference`, `mark_too_narrow`, `mark_needs_circle`, `mark_not_for_guests`,
        `stop_question`, `readers_changed`, `moved`, `subject_exists`, `no_such_subject`,
        `not_owner`, `not_allowed_now`, `needs_upgrade`, or what the kind's own `decide` raises.
        """
        space = self._space(kind, draft, payload)
        state = self._state_of(draft.space)
        organisation = self._organisation(kind, draft, space)
        self._check_form(draft)
        self._check_place(draft, space)
        check_transition(kind, draft, organisation, state.things.get(draft.subject))
        if kind.decide is not None:
            payload = kind.decide(self._decision(replace(draft, payload=payload), organisation, space, state))
        self._spaces[space.id] = space
        return organisation, payload

    def _space(self, kind: Kind, draft: Draft, payload: Mapping[str, Any]) -> SpaceInfo:
        space = self._spaces.get(draft.space)
        if space is None:
            if kind.name != "space.opened":
                raise Refused("not_found")
            return self._founded(draft, payload)
        if not self._by_program and not policy.may_read(self.principal, space, self._spaces, self._membership):
            raise Refused("not_found")
        if kind.by_program and not self._by_program:
            raise Refused("not_permitted", permission="")
        if space.kind not in kind.spaces:
            raise Refused("kind_not_here", kind=kind.name, space_kind=space.kind)
        if space.closed and kind.name not in ALWAYS_ALLOWED:
            raise Refused("space_closed")
        return space

    def _founded(self, draft: Draft, payload: Mapping[str, Any]) -> SpaceInfo:
        circle = tuple((reader["organisation"], reader["function"]) for reader in payload["circle"])
        space = SpaceInfo(draft.space, payload["space_kind"], payload["parent"], self.principal.organisation, circle)
        if self._by_program:
            self._spaces[space.id] = space
            return space
        if space.kind not in policy.ROOT_KINDS | {"sub", "outer"}:
            raise Refused("kind_not_here", kind=draft.kind, space_kind=space.kind)
        if not _SPACE_ID.fullmatch(space.id):
            raise Refused("malformed")
        parent = self._spaces.get(space.parent)
        if space.parent and (parent is None or not self._reads(parent)):
            raise Refused("not_found")
        policy.check_founding(space, self._spaces, self._membership)
        if space.kind == "sub" and not policy.may_read(
            self.principal, space, {**self._spaces, space.id: space}, self._membership
        ):
            raise Refused("founder_not_in_circle")
        self._spaces[space.id] = space
        return space

    def _reads(self, space: SpaceInfo) -> bool:
        return policy.may_read(self.principal, space, self._spaces, self._membership)

    def _check_writer(self, kind: Kind, space: SpaceInfo) -> None:
        """Check the permission; to open a narrower circle or an incident another one is enough (R46, R1)."""
        if not kind.permission:
            return
        if kind.name == "space.opened" and space.kind == "period":
            policy.require(self.principal, OPENS_PERIOD)
        instead = self._instead(space) if kind.name == "space.opened" else frozenset()
        if instead.isdisjoint(self.principal.permissions):
            policy.require(self.principal, kind.permission)

    def _instead(self, space: SpaceInfo) -> frozenset[str]:
        """Return the permissions that are each enough to open a space, beside that to open any."""
        if space.kind == "incident":
            return frozenset({OPENS_INCIDENT})
        if space.kind != "sub":
            return frozenset()
        return frozenset({OPENS_CIRCLE, OPENS_OWN_CIRCLE} if self._is_own_of_period(space) else {OPENS_CIRCLE})

    def _is_own_of_period(self, space: SpaceInfo) -> bool:
        if self._spaces[space.parent].kind != "period":
            return False
        opened = self._state_of(space.parent).thing(space.parent)
        opener = opened.organisation if opened is not None else ""
        return {organisation for organisation, _ in space.circle} <= {self.principal.organisation, opener}

    def _organisation(self, kind: Kind, draft: Draft, space: SpaceInfo) -> str:
        """Return whose information it is, where this function may write the kind for that organisation."""
        organisation = draft.organisation or self.principal.organisation
        if self._by_program:
            return organisation
        if organisation == self.principal.organisation:
            self._check_writer(kind, space)
            return organisation
        if not kind.on_behalf:
            raise Refused("not_your_organisation", organisation=organisation)
        if kind.on_behalf.isdisjoint(self.principal.permissions):
            raise Refused("not_permitted", permission=min(kind.on_behalf))
        if organisation not in self._membership.insiders | self._membership.guests:
            raise Refused("no_such_organisation", organisation=organisation)
        return organisation

    def _check_form(self, draft: Draft) -> None:
        if draft.occurred_at is not None and draft.occurred_at > self._now + AHEAD_LIMIT_MS:
            raise Refused("occurred_in_future", occurred_at=draft.occurred_at)
        if draft.occurred_at is not None and draft.occurred_at < 0:
            raise Refused("bad_time", field="occurred_at")
        # The directory's own rules say what its identities look like.
        if draft.space != DIRECTORY and not _SUBJECT.fullmatch(draft.subject):
            raise Refused("malformed")
        if not draft.subject or len(draft.refs) > MAX_REFS or len(draft.marks) > MAX_MARKS:
            raise Refused("malformed")
        codes = (draft.via, *draft.marks, *(ref.rel for ref in draft.refs))
        if not all(_CODE.fullmatch(code) for code in codes if code):
            raise Refused("malformed")

    def _check_place(self, draft: Draft, space: SpaceInfo) -> None:
        self._check_marks(draft.marks, space)
        policy.check_refs(draft.refs, space, self._spaces)
        for ref in draft.refs:
            if not self._exists(ref.space, ref.subject, ref.digest):
                raise Refused("no_such_reference", subject=ref.subject)
        policy.check_circle_seen(draft.circle_seen, policy.circle_version(space, self._membership))

    def _check_marks(self, marks: Sequence[str], space: SpaceInfo) -> None:
        secrecy = rights().secrecy_marks(self.directory)
        policy.check_marks(marks, space, secrecy=secrecy)
        if not self._by_program:
            for mark in marks:
                if secrecy.get(mark):
                    cautions.ask_stop(mark)

    def _exists(self, space: str, subject: str, digest: str) -> bool:
        thing = self._state_of(space).thing(subject)
        if thing is None or not digest:
            return thing is not None
        if digest in (thing.created, thing.last):
            return True
        sql = "SELECT 1 FROM ledger_entry WHERE space = %s AND digest = %s AND subject = %s"
        return bool(fetch(sql, [space, digest, subject]))

    def _decision(self, draft: Draft, organisation: str, space: SpaceInfo, state: SpaceState) -> Decision:
        def wider(other: str) -> SpaceState:
            info = self._spaces.get(other)
            if info is None or not policy.is_wider(info, space, self._spaces):
                raise Refused("not_found")
            return self._state_of(other)

        return Decision(
            draft, self.principal, organisation, space, state, self.directory, self._now,
            read_node_name(), lambda digests: load_payloads(space.id, digests), wider,
            lambda digests: load_marks(space.id, digests), lambda digests: load_accounts(space.id, digests),
        )  # fmt: skip


def check_reads(principal: Principal, spaces: Iterable[str]) -> None:
    """Raise `Refused("not_found")` where a principal no longer reads one of the spaces (F22)."""
    known = all_spaces()
    membership = rights().membership(LOG.catch_up(DIRECTORY))
    for space in spaces:
        if principal.account and not policy.may_read(principal, known[space], known, membership):
            raise Refused("not_found")


def vocabulary_of(state: SpaceState) -> str:
    """Return the digest of the entry that pinned the vocabularies in use in a space, or ""."""
    thing = state.thing(state.space)
    data = thing.data if thing is not None else None
    return data.pinned[-1][0] if isinstance(data, SpaceData) and data.pinned else ""


def load_payloads(space: str, digests: Sequence[str]) -> dict[str, Mapping[str, Any] | None]:
    """Return payloads of a space by entry digest; None where disposed of."""
    found: dict[str, Mapping[str, Any] | None] = {}
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = fetch(
            "SELECT e.digest, p.body FROM ledger_entry e "  # noqa: S608  only placeholders are added
            "LEFT JOIN ledger_payload p ON p.space = e.space AND p.position = e.position "
            "WHERE e.space = %s AND e.digest IN " + places(part),
            [space, *part],
        )
        found.update((digest, read_stored(body) if body is not None else None) for digest, body in rows)
    return found


def load_marks(space: str, digests: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the marks of those entries of a space that have any, by digest."""
    found: dict[str, tuple[str, ...]] = {}
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        sql = "SELECT digest, header FROM ledger_entry WHERE space = %s AND digest IN " + places(part)  # noqa: S608
        for digest, header in fetch(sql, [space, *part]):
            if marks := header_from(read_stored(header)).marks:
                found[digest] = marks
    return found


def load_accounts(space: str, digests: Sequence[str]) -> dict[str, str]:
    """Return the accounts that typed entries on this node, by digest; local knowledge, which no entry carries."""
    sql = (
        "SELECT e.digest, r.account FROM ledger_entry e "  # noqa: S608  only placeholders are added
        "JOIN ledger_request r ON r.space = e.space AND r.position = e.position "
        "WHERE e.space = %s AND e.digest IN " + places(digests)
    )
    return dict(fetch(sql, [space, *digests])) if digests else {}


def read_node_name() -> str:
    return signer(Path(settings.GEMENSAM_DATA)).node.name
