"""The only writer of the log (design 5.1): under the append lock catch up, judge, decide, sign, insert, commit.

Acknowledged means on disk: when `append` returns, the entries survive a power cut.
"""

import logging
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection
from pydantic import ValidationError

from gemensam.core import canonical, entry
from gemensam.core.clock import tick
from gemensam.core.entry import Header, sorted_refs
from gemensam.core.feed import FIRST, FeedName
from gemensam.core.fold import Arrived
from gemensam.core.kinds import Kind
from gemensam.core.personal_numbers import texts_of
from gemensam.core.policy import DIRECTORY, Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger import cautions, judge
from gemensam.ledger.extracts import Statement, extract_row
from gemensam.ledger.glance import glance
from gemensam.ledger.locks import append_lock
from gemensam.ledger.log import LOG, fetch, new_folder, places
from gemensam.ledger.moving import move_texts, moves_texts
from gemensam.ledger.node import Signer, signer
from gemensam.ledger.registry import adapter, registry
from gemensam.ledger.removing import DISPOSAL, is_disposal, remove_texts, sweep_sqlite
from gemensam.ledger.search_tables import INSERT, stored_form
from gemensam.ledger.search_words import space_token, stems
from gemensam.ledger.spaces import info_of, known_spaces, write_info
from gemensam.ledger.tips import Tip, Tips
from gemensam.ledger.wall import now_ms

__all__ = ["Draft", "Receipt", "append", "now_ms", "on_appended", "program"]

LATEST_INSTANT = 7_258_118_400_000  # the year 2200
logger = logging.getLogger(__name__)
AppendedCallback = Callable[[str, str, int], None]
_callbacks: list[AppendedCallback] = []


def on_appended(callback: AppendedCallback) -> None:
    """Register what is told (space, kind, position) after each commit of this process."""
    if callback not in _callbacks:
        _callbacks.append(callback)


def program(organisation: str = "") -> Principal:
    """Return the program itself as a principal, for the organisation that runs this node."""
    return Principal("", organisation or _signer().node.organisation, "program", frozenset({""}))


@dataclass(frozen=True)
class Prepared:
    """A draft whose form has been checked before the lock is taken."""

    draft: Draft
    kind: Kind
    payload: Mapping[str, Any]


def append(
    principal: Principal, drafts: Sequence[Draft], *, key: str = "", now: int | None = None, by_program: bool = False
) -> tuple[Receipt, ...]:
    """Write entries in one commit and return where they stand.

    `key` is the client's idempotency key, per account: the same key and drafts give the first result, other
    drafts `Refused("id_reused")`. `by_program` is for founding and seals, where no person's rights are judged.
    Raises `Refused` (see `judge`), `invalid_payload`, `personal_number`, `storage_full`, `storage_failed`; then nothing
    is written.
    """
    prepared = [prepare(draft) for draft in drafts]
    if not by_program:
        for one in prepared:
            cautions.check_texts(texts_of(one.payload))
    spaces = sorted({draft.space for draft in drafts})
    LOG.warm([DIRECTORY, *(known_spaces().keys() & set(spaces))])
    wanted = _digest_of(principal, drafts) if key else ""
    try:
        with append_lock(spaces):
            commit = _Commit(principal, spaces, now=now_ms() if now is None else now, by_program=by_program)
            receipts = tuple(commit.write(one, _client_id(key, place), wanted) for place, one in enumerate(prepared))
    except (Refused, IntegrityError) as error:
        # What is sent once more is refused (its subject is there by now) or collides with its own key: the first
        # result is its answer. Looked for only then, so that no other entry waits for it under the lock.
        if key and (first := _repeat(principal, key, len(drafts), wanted)):
            return first
        raise error if isinstance(error, Refused) else Refused("storage_failed") from error
    except DatabaseError as error:
        raise storage_refusal(error) from error
    commit.finish()
    _seal_publications(prepared, now)
    if connection.vendor == "sqlite" and any(one.kind.name == DISPOSAL for one in prepared):
        _sweep()
    return receipts


def _sweep() -> None:
    """Overwrite what a disposal has deleted; where a long reading stands in the way, `gemensam maintain` does it."""
    try:
        sweep_sqlite()
    except DatabaseError:
        logger.exception("traces of disposed texts are left in the database's files: run `gemensam maintain`")


def _seal_publications(prepared: Sequence[Prepared], now: int | None) -> None:
    """Fix the order of arrivals right after a publication; what cannot be sealed now is within the hour."""
    from gemensam.ledger.seals import seal_arrivals

    for space in sorted({one.draft.space for one in prepared if one.kind.publishes}):
        try:
            seal_arrivals(space, _signer().node, now)
        except Refused as refused:
            logger.warning("the arrivals of a publication were not sealed: %s", refused.code)


def prepare(draft: Draft) -> Prepared:
    """Check a draft's form: known kind and version, a valid payload, sizes, Unicode."""
    kind = registry().find(draft.kind, draft.version)
    if kind is None:
        known = registry().named(draft.kind)
        raise Refused("unknown_version" if known else "unknown_kind", kind=draft.kind, version=draft.version)
    return Prepared(draft, kind, validate(kind, draft.payload))


def validate(kind: Kind, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the payload in Unicode NFC with every field of its schema.

    Raises `Refused`: `payload_too_large`, `invalid_payload`, `bad_time` (fields that end in `_at` are ms since 1970).
    """
    data = _normalised_bytes(payload)
    if len(data) > entry.MAX_PAYLOAD_BYTES:
        raise Refused("payload_too_large", limit=entry.MAX_PAYLOAD_BYTES, size=len(data))
    validator = adapter(kind)
    try:
        value = validator.validate_json(data)
    except ValidationError as error:
        faults = [
            {"field": ".".join(map(str, fault["loc"])), "problem": fault["type"]} for fault in error.errors()[:20]
        ]
        raise Refused("invalid_payload", faults=faults) from error
    complete: Mapping[str, Any] = validator.dump_python(value, mode="json")
    _check_instants(complete)
    return complete


_NESTED = (dict, list, tuple)


def _check_instants(payload: Mapping[str, Any]) -> None:
    """Raise `Refused("bad_time")` for an instant that no page could show: one such would break it for all readers."""
    pending: list[Any] = [payload]
    while pending:
        part = pending.pop()
        if type(part) is not dict:
            pending.extend(item for item in part if type(item) in _NESTED)
            continue
        for name, value in part.items():
            if type(value) is int:
                if name.endswith("_at") and not 0 <= value <= LATEST_INSTANT:
                    raise Refused("bad_time", field=name)
            elif type(value) in _NESTED:
                pending.append(value)


def _normalised_bytes(payload: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes in NFC; a text in NFC has no part that is not, so that most need one look."""
    data = canonical.encode(payload)
    if unicodedata.is_normalized("NFC", data.decode()):
        return data
    return canonical.encode(canonical.normalise(payload))


class _Commit:
    """One transaction's worth of entries; each is decided on the state that the ones before it made."""

    def __init__(self, principal: Principal, spaces: Sequence[str], *, now: int, by_program: bool) -> None:
        self.now = now
        self._signer = _signer()
        node = self._signer.node
        self._feed = FeedName(node.name, node.incarnation)
        seen = glance(sorted({DIRECTORY, *spaces}), self._feed)
        self._lost = seen.lost
        self._before: dict[str, SpaceState] = seen.states
        self._after: dict[str, SpaceState] = dict(seen.states)
        self._told: list[tuple[str, str, int]] = []
        self._court = judge.Court(principal, seen.spaces, self._state, now=now, by_program=by_program)

    def _state(self, space: str) -> SpaceState:
        if space not in self._after:
            self._before[space] = self._after[space] = LOG.catch_up(space)
        return self._after[space]

    def write(self, prepared: Prepared, client_id: str | None, request_digest: str) -> Receipt:
        """Judge, decide, sign and insert one entry."""
        draft, kind = prepared.draft, prepared.kind
        organisation, payload = self._court.decide(kind, draft, prepared.payload)
        state = self._state(draft.space)
        self._check_tip(state)
        body = canonical.encode_trusted(payload)
        salt = secrets.token_bytes(entry.SALT_BYTES)
        header = self._header(draft, organisation, entry.payload_digest(salt, body), state)
        header_data = entry.header_bytes(header)
        if len(header_data) > entry.MAX_HEADER_BYTES:  # no other node would take it
            raise Refused("header_too_large", limit=entry.MAX_HEADER_BYTES)
        digest = entry.entry_digest(header_data)
        row = Arrived(state.position + 1, digest, header, kind.for_fold(payload))
        _run_together(
            self._entry_row(row, header_data),
            *_search_row(row, kind.text(payload)),
            _payload_row(row, salt, body),
            *extract_row(kind, row),
            _request_row(row, self._court.principal.account, client_id, request_digest),
            *_announcement(draft.space),
        )
        if is_disposal(header):
            remove_texts(header)
        elif moves_texts(header):
            move_texts(header)
        self._fold(state, row)
        return Receipt(draft.space, row.position, digest, draft.subject)

    def _check_tip(self, state: SpaceState) -> None:
        """Refuse where the log lacks what was acknowledged: at start by the tip, in a running process by its head."""
        head = state.heads.get(self._feed)
        tips().check(state.space, self._feed.incarnation, head.number if head else 0)
        if head is not None and state.space in self._lost:
            raise Refused("database_behind_tip", space=state.space, acknowledged=head.number, found=0)

    def _header(self, draft: Draft, organisation: str, payload_digest: str, state: SpaceState) -> Header:
        node, principal = self._signer.node, self._court.principal
        head = state.heads.get(self._feed)
        return Header(
            kind=draft.kind,
            version=draft.version,
            space=draft.space,
            subject=draft.subject,
            organisation=organisation,
            by_organisation=principal.organisation,
            function=principal.function,
            via=draft.via,
            occurred_at=self.now if draft.occurred_at is None else draft.occurred_at,
            clock=tick(state.clock, self.now),
            refs=sorted_refs(draft.refs),
            marks=tuple(sorted(set(draft.marks))),
            circle=self._court.circle_version(draft.space),
            vocabulary=judge.vocabulary_of(state),
            payload=payload_digest,
            node=node.name,
            incarnation=node.incarnation,
            number=head.number + 1 if head else 1,
            previous=head.digest if head else FIRST,
            key=self._signer.key_id,
        )

    def _entry_row(self, row: Arrived, header_data: bytes) -> Statement:
        signature = self._signer.sign(entry.signed_message(header_data))
        header = row.header
        sql = (
            "INSERT INTO ledger_entry(space, position, digest, kind, subject, header, signature, received_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
        )
        return sql, [header.space, row.position, row.digest, header.kind, header.subject, header_data.decode(),
                     signature, header.clock.ms]  # fmt: skip

    def _fold(self, state: SpaceState, row: Arrived) -> None:
        folder = new_folder(state)
        folder.add(row)
        after = self._after[state.space] = folder.state()
        if row.header.kind.startswith("space.") and (info := info_of(after)) is not None:
            write_info(info)
            self._court.renew(info)
        self._told.append((state.space, row.header.kind, row.position))

    def finish(self) -> None:
        """After the commit: take the new states over, write the tips, tell the viewers."""
        for space, after in self._after.items():
            if after is self._before[space]:
                continue
            LOG.advance(self._before[space], after)
            head = after.heads[self._feed]
            _write_tip(space, Tip(self._feed.incarnation, head.number, head.digest))
        for told in self._told:
            for callback in _callbacks:
                callback(*told)


def _write_tip(space: str, tip: Tip) -> None:
    """Record what is on disk by now; a tip that could not be written is behind, and what is acknowledged stays so."""
    try:
        tips().write(space, tip)
    except OSError:
        logger.exception("the tip of space %s could not be written", space)


def _run_together(*statements: Statement) -> None:
    """Run statements that answer nothing: on PostgreSQL in one round trip, which holds the lock the shorter."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("; ".join(sql for sql, _ in statements), [one for _, values in statements for one in values])
        else:
            for sql, values in statements:
                cursor.execute(sql, values)


def _payload_row(row: Arrived, salt: bytes, body: bytes) -> Statement:
    sql = "INSERT INTO ledger_payload(space, position, salt, body) VALUES (%s, %s, %s, %s)"
    return sql, [row.header.space, row.position, salt.hex(), body.decode()]


def _search_row(row: Arrived, text: str) -> list[Statement]:
    """Return what makes the entry that has just been inserted found by its text; nothing where it has none."""
    if not text:
        return []
    space, vendor = row.header.space, connection.vendor
    tokens = [space_token(space), *stems(text)]
    return [(INSERT[vendor], [stored_form(vendor, tokens), space, row.position])]


def _announcement(space: str) -> list[Statement]:
    """On PostgreSQL tell the other processes; they hear it when the transaction commits."""
    return [("SELECT pg_notify('gemensam', %s)", [space])] if connection.vendor == "postgresql" else []


def _request_row(row: Arrived, account: str, client_id: str | None, request_digest: str) -> Statement:
    sql = "INSERT INTO ledger_request(space, position, account, client_id, request_digest) VALUES (%s, %s, %s, %s, %s)"
    return sql, [row.header.space, row.position, account, client_id, request_digest]


def _client_id(key: str, place: int) -> str | None:
    return f"{key}/{place}" if key else None


def _repeat(principal: Principal, key: str, count: int, wanted: str) -> tuple[Receipt, ...]:
    """Return the first result of a repeated request; nothing about it for other bytes (F22)."""
    client_ids = [_client_id(key, place) for place in range(count)]
    rows = fetch(
        "SELECT r.request_digest, r.space, r.position, e.digest, e.subject FROM ledger_request r "  # noqa: S608
        "JOIN ledger_entry e ON e.space = r.space AND e.position = r.position "
        "WHERE r.account = %s AND r.client_id IN " + places(client_ids) + " ORDER BY r.id",
        [principal.account, *client_ids],
    )
    if any(row[0] != wanted for row in rows):
        raise Refused("id_reused")
    judge.check_reads(principal, {row[1] for row in rows})
    return tuple(Receipt(row[1], row[2], row[3], row[4], repeated=True) for row in rows)


def _digest_of(principal: Principal, drafts: Sequence[Draft]) -> str:
    """Return what a request is known by when it is repeated: keyed, since it covers the texts (F22c)."""
    value: list[Any] = [[principal.organisation, principal.function]]
    value += [
        [draft.kind, draft.version, draft.space, draft.subject, draft.occurred_at, [list(ref) for ref in draft.refs],
         list(draft.marks), draft.organisation, draft.via, draft.payload]
        for draft in drafts
    ]  # fmt: skip
    # `prepare` has checked the payloads, which are nearly all of it.
    return _signer().recognise(canonical.encode_trusted(value))


def storage_refusal(error: DatabaseError) -> Refused:
    """Return what to tell of a database that did not save: full, busy, or something else; nothing was changed."""
    told = str(error).lower()
    full = any(word in told for word in ("full", "no space", "disk i/o", "disk full"))
    return Refused("storage_full" if full else "storage_busy" if "lock" in told else "storage_failed")


def _signer() -> Signer:
    return signer(Path(settings.GEMENSAM_DATA))


def tips() -> Tips:
    """Return the tips of this data folder."""
    return _tips(Path(settings.GEMENSAM_DATA))


@cache
def _tips(data: Path) -> Tips:
    return Tips(data)
