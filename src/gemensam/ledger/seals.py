"""Sealing of arrivals: the order in which entries came here, fixed in this node's own feed (design 5.7, F13)."""

import hashlib

from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append, now_ms, program
from gemensam.ledger.domain import SealData
from gemensam.ledger.log import LOG, fetch, read_stored
from gemensam.ledger.node import Node

HOUR_MS = 60 * 60 * 1000


def seal_subject(node: Node) -> str:
    """Return the subject of a node's seals in every space: one chain of seals per incarnation."""
    return f"seal-{node.name}-{node.incarnation}"


def seal_arrivals(space: str, node: Node, now: int | None = None) -> Receipt | None:
    """Seal what has arrived since the last seal; returns None where nothing but seals has come."""
    state = LOG.catch_up(space)
    last = _last_seal(space, node)
    first = last.last + 1
    if not _anything_but_seals(space, first):
        return None
    payload = {
        "first": first,
        "last": state.position,
        "digest": arrivals_digest(arrival_lines(space, first, state.position)),
        "previous": last.digest,
    }
    draft = Draft("arrivals.sealed", space, seal_subject(node), payload)
    return append(program(node.organisation), [draft], now=now, by_program=True)[0]


def seal_due(space: str, node: Node, now: int | None = None) -> Receipt | None:
    """Seal a space where an hour has passed since its oldest unsealed entry.

    Asked of every space at each beat: so it folds none, or idle spaces would never be dropped.
    """
    oldest = fetch(
        "SELECT received_at FROM ledger_entry WHERE space = %s AND position > %s AND kind <> 'arrivals.sealed' "
        "ORDER BY position LIMIT 1",
        [space, _last_seal(space, node).last],
    )
    due = bool(oldest) and (now_ms() if now is None else now) - oldest[0][0] >= HOUR_MS
    return seal_arrivals(space, node, now) if due else None


def _last_seal(space: str, node: Node) -> SealData:
    """Return the node's last seal as it stands in the log."""
    sql = (
        "SELECT e.digest, p.body FROM ledger_entry e "
        "JOIN ledger_payload p ON p.space = e.space AND p.position = e.position "
        "WHERE e.space = %s AND e.subject = %s ORDER BY e.position DESC LIMIT 1"
    )
    rows = fetch(sql, [space, seal_subject(node)])
    return SealData(read_stored(rows[0][1])["last"], rows[0][0]) if rows else SealData()


def _anything_but_seals(space: str, first: int) -> bool:
    sql = "SELECT 1 FROM ledger_entry WHERE space = %s AND position >= %s AND kind <> 'arrivals.sealed' LIMIT 1"
    return bool(fetch(sql, [space, first]))


def arrival_lines(space: str, first: int, last: int) -> list[tuple[int, str, int]]:
    """Return (position, digest, received_at) of arrivals from `first` to `last`."""
    sql = (
        "SELECT position, digest, received_at FROM ledger_entry "
        "WHERE space = %s AND position BETWEEN %s AND %s ORDER BY position"
    )
    return fetch(sql, [space, first, last])


def arrivals_digest(lines: list[tuple[int, str, int]]) -> str:
    """Return the SHA-256 over "position digest received_at" lines."""
    told = "".join(f"{position} {digest} {received_at}\n" for position, digest, received_at in lines)
    return hashlib.sha256(told.encode()).hexdigest()
