"""Checking a log: every hash, link and seal; signatures on all cores. No database and no Django here.

By default each feed's head, publications and seals have their signatures checked, and every hash and link of the
chains, which bind the rest; `every_signature` checks all.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic_core import from_json

from gemensam.core.entry import FORMAT, Header, header_from, payload_digest
from gemensam.core.feed import FeedName, Head, check_link
from gemensam.core.refusal import Refused

FILE_FORMAT = "gemensam/space/1"
TAIL_FORMAT = b"gemensam/file/1\0"
ALWAYS_SIGNED = ("picture.published", "minutes.published", "arrivals.sealed", "space.opened", "node.admitted")
LARGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry as stored or exported; `salt` and `payload` are None where the text has been disposed of.

    `columns` is what a database says beside it: digest, kind and subject, which must be those of the header.
    """

    position: int
    received_at: int
    header: str
    signature: str
    salt: str | None
    payload: str | None
    columns: tuple[str, str, str] | None = None


@dataclass
class Verdict:
    """What a check found. `faults` is empty when everything holds; each fault is (code, where)."""

    entries: int = 0
    signatures: int = 0
    missing_payloads: int = 0
    feeds: dict[FeedName, Head] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults

    def fault(self, code: str, where: object) -> None:
        self.faults.append((code, str(where)))


Keys = Mapping[tuple[str, str], Ed25519PublicKey]


def public_keys(nodes: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Ed25519PublicKey]:
    """Return the keys by (node, key id) from `{"node": …, "keys": [hex…]}` objects."""
    return {
        (node["node"], key[:16]): Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        for node in nodes
        for key in node["keys"]
    }


def check_entries(
    entries: Iterable[Recorded],
    keys: Keys,
    *,
    space: str = "",
    every_signature: bool = False,
    disposed_later: Set[str] = frozenset(),
) -> Verdict:
    """Check a space's entries in order of arrival: positions, digests, chains, payloads, seals, signatures.

    `disposed_later`: digests of entries whose texts went by a decision that came after the last entry here; it is
    looked at when all entries have been read.
    """
    verdict = Verdict()
    check = _Check(verdict, keys, space, every_signature)
    for recorded in entries:
        check.take(recorded)
    check.finish(disposed_later)
    return verdict


class _Check:
    """One pass over a space."""

    def __init__(self, verdict: Verdict, keys: Keys, space: str, every: bool) -> None:
        self._verdict, self._keys, self._space, self._every = verdict, keys, space, every
        self._arrivals: list[str] = []
        self._heads: dict[FeedName, tuple[Header, str, bytes]] = {}
        self._pending: list[tuple[Header, str, bytes]] = []
        self._missing: dict[str, int] = {}
        self._disposed: set[str] = set()
        self._held: set[str] = set()  # in quarantine: their texts are kept elsewhere until it is lifted
        self._arrived_at = -1

    def take(self, recorded: Recorded) -> None:
        self._verdict.entries += 1
        try:
            self._take(recorded, header_from(from_json(recorded.header)))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            self._verdict.fault("header_malformed", recorded.position)

    def _take(self, recorded: Recorded, header: Header) -> None:
        message = FORMAT + recorded.header.encode()
        digest = hashlib.sha256(message).hexdigest()
        self._check_place(recorded, header)
        self._check_chain(recorded, header, digest)
        self._check_columns(recorded, header, digest)
        self._check_payload(recorded, header, digest)
        self._check_seal(recorded, header)
        if header.kind == "quarantine.lifted":
            self._held -= _quarantined_by(header)
        elif header.kind == "quarantine.placed":
            self._held |= _quarantined_by(header)
        else:
            self._disposed |= disposed_by(header)
        self._arrivals.append(f"{recorded.position} {digest} {recorded.received_at}\n")
        signed = (header, recorded.signature, message)
        if self._every or header.kind in ALWAYS_SIGNED:
            self._pending.append(signed)
        self._heads[FeedName(header.node, header.incarnation)] = signed

    def finish(self, disposed_later: Set[str]) -> None:
        for digest in self._missing.keys() - self._disposed - self._held - disposed_later:
            self._verdict.fault("text_missing", self._missing[digest])
        if not self._every:
            self._pending.extend(self._heads.values())
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            size = max(1, len(self._pending) // ((os.cpu_count() or 1) * 4))
            parts = [self._pending[start : start + size] for start in range(0, len(self._pending), size)]
            for wrong in pool.map(self._wrong_signatures, parts):
                for header in wrong:
                    self._verdict.fault("signature_wrong", f"{header.node}/{header.number}")
        self._verdict.signatures = len(self._pending)

    def _wrong_signatures(self, part: list[tuple[Header, str, bytes]]) -> list[Header]:
        return [header for header, signature, message in part if not self._is_signed(header, signature, message)]

    def _is_signed(self, header: Header, signature: str, message: bytes) -> bool:
        key = self._keys.get((header.node, header.key))
        if key is None:
            return False
        try:
            key.verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def _check_place(self, recorded: Recorded, header: Header) -> None:
        if recorded.position != self._verdict.entries:
            self._verdict.fault("position_wrong", recorded.position)
        if self._space and header.space != self._space:
            self._verdict.fault("space_wrong", recorded.position)
        if recorded.received_at < self._arrived_at:
            self._verdict.fault("arrival_order_changed", recorded.position)
        self._arrived_at = recorded.received_at

    def _check_chain(self, recorded: Recorded, header: Header, digest: str) -> None:
        feed = FeedName(header.node, header.incarnation)
        try:
            check_link(self._verdict.feeds.get(feed), header)
        except Refused as refusal:
            self._verdict.fault(refusal.code, recorded.position)
        self._verdict.feeds[feed] = Head(header.number, digest, header.clock)

    def _check_columns(self, recorded: Recorded, header: Header, digest: str) -> None:
        if recorded.columns not in (None, (digest, header.kind, header.subject)):
            self._verdict.fault("row_changed", recorded.position)

    def _check_payload(self, recorded: Recorded, header: Header, digest: str) -> None:
        if recorded.payload is None or recorded.salt is None:
            self._verdict.missing_payloads += 1
            self._missing[digest] = recorded.position
        elif payload_digest(bytes.fromhex(recorded.salt), recorded.payload.encode()) != header.payload:
            self._verdict.fault("payload_changed", recorded.position)

    def _check_seal(self, recorded: Recorded, header: Header) -> None:
        if header.kind != "arrivals.sealed" or recorded.payload is None:
            return
        seal = json.loads(recorded.payload)
        told = "".join(self._arrivals[seal["first"] - 1 : seal["last"]])
        if hashlib.sha256(told.encode()).hexdigest() != seal["digest"] or seal["last"] >= recorded.position:
            self._verdict.fault("arrival_order_changed", recorded.position)


def disposed_by(header: Header) -> set[str]:
    """Return the digests of the entries whose texts an entry removes, or puts into quarantine."""
    if header.kind == "quarantine.placed":
        return _quarantined_by(header)
    named = header.refs if header.kind == "disposal.decided" else ()
    return {ref.digest for ref in named if ref.rel == "disposes"}


def _quarantined_by(header: Header) -> set[str]:
    return {ref.digest for ref in header.refs if ref.rel == "quarantines"}


def check_file(lines: Iterable[bytes], *, every_signature: bool = False) -> tuple[Mapping[str, Any], Verdict]:
    """Check an exported file; returns its first line and the verdict.

    Raises `Refused`: `file_empty`, `file_not_ours`, `file_malformed`, `file_cut` (the last line is missing).
    """
    reader = _FileReader(iter(lines))
    head = reader.head()
    try:
        keys = public_keys(head["nodes"])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("file_malformed", line=1) from error
    verdict = check_entries(
        reader.entries(), keys, space=head["space"], every_signature=every_signature,
        disposed_later=reader.disposed_later,
    )  # fmt: skip
    reader.check_end(verdict, keys)
    if verdict.entries != head["position"]:
        verdict.fault("entries_missing", f"{verdict.entries}/{head['position']}")
    return head, verdict


class _FileReader:
    """Reads a file line by line, keeping the sum of what has been read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._sha = hashlib.sha256()
        self._count = 0
        self._tail: Mapping[str, Any] | None = None
        self._wrong_blobs: list[str] = []
        self.disposed_later: set[str] = set()

    def head(self) -> Mapping[str, Any]:
        head = self._next()
        if head is None:
            raise Refused("file_empty")
        if head.get("format") != FILE_FORMAT:
            raise Refused("file_not_ours")
        wanted: dict[str, type] = {"space": str, "position": int, "nodes": list, "exported_at": int}
        if any(not isinstance(head.get(name), kind) for name, kind in wanted.items()):
            raise Refused("file_malformed", line=1)
        return head

    def entries(self) -> Iterator[Recorded]:
        while (line := self._next()) is not None:
            if "blob" in line:
                self._check_blob(line)
            elif "disposed" in line:
                self.disposed_later.update(map(str, line["disposed"]))
            else:
                yield self._recorded(line)

    def check_end(self, verdict: Verdict, keys: Keys) -> None:
        if self._tail is None:
            raise Refused("file_cut")
        for digest in self._wrong_blobs:
            verdict.fault("attachment_changed", digest)
        tail = self._tail
        if (tail.get("lines"), tail.get("sha256")) != (self._count, self._sha.hexdigest()):
            verdict.fault("file_changed", "sha256")
        key = keys.get((str(tail.get("node")), str(tail.get("key"))))
        message = TAIL_FORMAT + f"{tail.get('lines')} {tail.get('sha256')}".encode()
        if key is None or not _verifies(key, str(tail.get("signature")), message):
            verdict.fault("file_signature_wrong", tail.get("node"))

    def _next(self) -> Mapping[str, Any] | None:
        data = next(self._lines, None)
        if data is None:
            return None
        line = _parse(data, self._count + 1)
        if "lines" in line and "sha256" in line:
            self._tail = line
            if next(self._lines, None) is not None:
                raise Refused("file_malformed", line=self._count + 2)
            return None
        self._sha.update(data)
        self._count += 1
        return line

    def _recorded(self, line: Mapping[str, Any]) -> Recorded:
        try:
            return Recorded(
                line["position"], line["received_at"], line["header"], line["signature"], line["salt"], line["payload"]
            )
        except KeyError as error:
            raise Refused("file_malformed", line=self._count) from error

    def _check_blob(self, line: Mapping[str, Any]) -> None:
        try:
            data = bytes.fromhex(line["salt"]) + base64.b64decode(line["body"], validate=True)
        except (KeyError, ValueError, TypeError) as error:
            raise Refused("file_malformed", line=self._count) from error
        if hashlib.sha256(data).hexdigest() != line["blob"]:
            self._wrong_blobs.append(str(line["blob"]))


def _parse(data: bytes, number: int) -> Mapping[str, Any]:
    if len(data) > LARGEST_LINE:
        raise Refused("file_malformed", line=number)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("file_not_ours" if number == 1 else "file_malformed", line=number) from error
    if not isinstance(value, dict):
        raise Refused("file_not_ours" if number == 1 else "file_malformed", line=number)
    return value


def _verifies(key: Ed25519PublicKey, signature: str, message: bytes) -> bool:
    check: Callable[[bytes, bytes], None] = key.verify
    try:
        check(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
