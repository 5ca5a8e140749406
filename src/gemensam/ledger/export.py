"""A space as a signed file (JSON Lines) that `gemensam verify` checks with nothing but the file (R56, R88).

Line 1 says what the file is and holds the nodes' public keys; then one line an entry in order of arrival, with its
canonical header and payload as they were signed; then the attachments; the last line holds the counts and the node's
signature over the SHA-256 of all lines before it.
"""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from gemensam.core import canonical
from gemensam.core.entry import read_header
from gemensam.core.moment import Moment
from gemensam.core.policy import DIRECTORY
from gemensam.ledger.blobs import held_text
from gemensam.ledger.domain import NodeData
from gemensam.ledger.log import LOG, fetch
from gemensam.ledger.node import signer
from gemensam.ledger.reading import Lens
from gemensam.ledger.verify import FILE_FORMAT, TAIL_FORMAT, disposed_by

PAGE = 1_000
LATEST = 2**62
_ROWS = (
    "SELECT e.position, e.received_at, e.header, e.signature, p.salt, p.body FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.space = e.space AND p.position = e.position AND p.position > %s "
    "WHERE e.space = %s AND e.position > %s AND e.position <= %s ORDER BY e.position LIMIT %s"
)


def export_lines(lens: Lens, space: str, moment: Moment | None = None) -> Iterator[bytes]:
    """Yield the lines of a readable space's file, each with its line end.

    Only the space itself: what is narrower, or drafts, or who typed, is not in it. Raises `Refused("not_found")`.
    """
    state = lens.state(space, moment)
    before = moment.knew_at if moment is not None and moment.knew_at is not None else LATEST
    return _signed(_lines(lens, space, state.position, before))


def _lines(lens: Lens, space: str, position: int, before: int) -> Iterator[dict[str, Any]]:
    yield {
        "format": FILE_FORMAT,
        "space": space,
        "exported_at": lens.now,
        "position": position,
        "demonstration": bool(getattr(settings, "GEMENSAM_DEMO", False)),
        "nodes": public_keys_of(),
    }
    after = 0
    while rows := fetch(_ROWS, [after, space, after, position, PAGE]):
        for row in rows:
            yield _entry(row)
        after = rows[-1][0]
    yield from _blobs(space, before)
    if gone := _disposed_later(space, position):
        yield {"disposed": gone}


def _blobs(space: str, before: int) -> Iterator[dict[str, Any]]:
    """Yield the attachments that had been stored by an instant, one at a time: together they may be large."""
    sql = "SELECT digest FROM ledger_blob WHERE space = %s AND stored_at <= %s ORDER BY digest"
    held = held_text(space)
    for (digest,) in fetch(sql, [space, before]):
        if digest in held:
            continue
        one = "SELECT name, media_type, salt, body FROM ledger_blob WHERE space = %s AND digest = %s"
        for name, media_type, salt, body in fetch(one, [space, digest]):
            data = base64.b64encode(bytes(body)).decode()
            yield {"blob": digest, "name": name, "media_type": media_type, "salt": salt, "body": data}


def _disposed_later(space: str, position: int) -> list[str]:
    """Return the entries whose texts went by decisions that are not in the file: so that none seems torn out."""
    sql = "SELECT header FROM ledger_entry WHERE space = %s AND position > %s AND kind IN (%s, %s) ORDER BY position"
    decisions = (read_header(row[0]) for row in fetch(sql, [space, position, "disposal.decided", "quarantine.placed"]))
    return sorted(set[str]().union(*(disposed_by(decision) for decision in decisions)))


def _entry(row: tuple[Any, ...]) -> dict[str, Any]:
    position, received_at, header, signature, salt, body = row
    return {
        "position": position,
        "received_at": received_at,
        "header": header,
        "signature": signature,
        "salt": salt,
        "payload": body,
    }


def public_keys_of() -> list[dict[str, Any]]:
    """Return the public keys of all nodes in the directory, as files carry them."""
    nodes = LOG.catch_up(DIRECTORY).group("nodes")
    found = [(thing.subject, thing.data) for thing in nodes if isinstance(thing.data, NodeData)]
    return [{"node": name, "name": data.name, "keys": list(data.public_keys)} for name, data in found]


def _signed(lines: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    sha = hashlib.sha256()
    count = 0
    for line in lines:
        data = canonical.encode_trusted(line) + b"\n"
        sha.update(data)
        count += 1
        yield data
    writer = signer(Path(settings.GEMENSAM_DATA))
    message = TAIL_FORMAT + f"{count} {sha.hexdigest()}".encode()
    tail = {"lines": count, "sha256": sha.hexdigest(), "node": writer.node.name, "key": writer.key_id}
    yield canonical.encode_trusted({**tail, "signature": writer.sign(message)}) + b"\n"
