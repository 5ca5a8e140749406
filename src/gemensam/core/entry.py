"""The entry: one fact of the log (design sections 2 and 5.2).

An entry *is* the SHA-256 of its signed header. The header holds no free text, no person's name and no
contact datum; those are in the payload, whose salted digest the header carries.
"""

import hashlib
from typing import Any, NamedTuple

from gemensam.core import canonical
from gemensam.core.refusal import Refused

FORMAT = b"gemensam/entry/1\0"
SALT_BYTES = 32
MAX_HEADER_BYTES = 131_072  # 500 references with their digests
MAX_PAYLOAD_BYTES = 262_144


class Clock(NamedTuple):
    """Logical time of an entry: milliseconds since 1970 (UTC) and a counter within them."""

    ms: int
    counter: int


class Ref(NamedTuple):
    """A pointer to a thing, or with `digest` to one entry, in the same or a wider space."""

    rel: str
    space: str
    subject: str
    digest: str = ""


class Order(NamedTuple):
    """The order of entries within a thing, the same on every node."""

    clock: Clock
    node: str
    number: int


class Header(NamedTuple):
    """The signed part of an entry; times are milliseconds since 1970 in UTC (a tuple: the fold makes many)."""

    kind: str
    version: int
    space: str
    subject: str
    organisation: str
    by_organisation: str
    function: str
    via: str
    occurred_at: int
    clock: Clock
    refs: tuple[Ref, ...]
    marks: tuple[str, ...]
    circle: int
    vocabulary: str
    payload: str
    node: str
    incarnation: int
    number: int
    previous: str
    key: str

    @property
    def order(self) -> Order:
        return Order(self.clock, self.node, self.number)

    @property
    def on_behalf(self) -> bool:
        """Whether another organisation typed it than the one whose information it is (R71)."""
        return self.organisation != self.by_organisation


_TEXTS = (
    "kind", "space", "subject", "organisation", "by_organisation", "function",
    "via", "vocabulary", "payload", "node", "previous", "key",
)  # fmt: skip
_NUMBERS = ("version", "occurred_at", "circle", "incarnation", "number")
_FIELDS = frozenset(_TEXTS) | frozenset(_NUMBERS) | {"clock", "refs", "marks"}


def header_bytes(header: Header) -> bytes:
    """Return the canonical bytes of a header: what is signed (after `FORMAT`), stored and sent."""
    value: dict[str, Any] = {name: getattr(header, name) for name in (*_TEXTS, *_NUMBERS)}
    value["clock"] = list(header.clock)
    value["refs"] = [list(ref) for ref in header.refs]
    value["marks"] = list(header.marks)
    return canonical.encode(value)


def signed_message(header: bytes) -> bytes:
    return FORMAT + header


def entry_digest(header: bytes) -> str:
    """Return the entry's identity: SHA-256 of the signed message, in hexadecimal."""
    return hashlib.sha256(FORMAT + header).hexdigest()


def payload_digest(salt: bytes, payload: bytes) -> str:
    """Return SHA-256(salt ‖ canonical payload bytes); without the salt it cannot be guessed (F22c)."""
    return hashlib.sha256(salt + payload).hexdigest()


def parse_header(data: bytes) -> Header:
    """Read a header from another node or a file.

    Raises `Refused`: `header_too_large`, `header_malformed`, or what `canonical.decode` raises.
    """
    if len(data) > MAX_HEADER_BYTES:
        raise Refused("header_too_large", limit=MAX_HEADER_BYTES)
    value = canonical.decode(data)
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise Refused("header_malformed")
    _check_types(value)
    return header_from(value)


def _check_types(value: dict[str, Any]) -> None:
    texts = all(isinstance(value[name], str) for name in _TEXTS)
    numbers = all(type(value[name]) is int for name in _NUMBERS)
    clock = value["clock"]
    clock_fits = isinstance(clock, list) and len(clock) == 2 and all(type(part) is int and part >= 0 for part in clock)
    marks = value["marks"]
    marks_fit = isinstance(marks, list) and all(isinstance(mark, str) for mark in marks) and marks == sorted(set(marks))
    if not (texts and numbers and clock_fits and marks_fit and _refs_fit(value["refs"])):
        raise Refused("header_malformed")


def _refs_fit(refs: object) -> bool:
    if not isinstance(refs, list) or refs != sorted(refs, key=str):
        return False
    return all(isinstance(ref, list) and len(ref) == 4 and all(isinstance(part, str) for part in ref) for ref in refs)


def header_from(value: dict[str, Any]) -> Header:
    """Build a header from the value of trusted canonical bytes (the fold's hot path)."""
    ms, counter = value["clock"]
    refs = tuple([Ref(*ref) for ref in value["refs"]])
    return Header(
        value["kind"], value["version"], value["space"], value["subject"], value["organisation"],
        value["by_organisation"], value["function"], value["via"], value["occurred_at"], Clock(ms, counter),
        refs, tuple(value["marks"]), value["circle"], value["vocabulary"], value["payload"], value["node"],
        value["incarnation"], value["number"], value["previous"], value["key"],
    )  # fmt: skip


def read_header(data: bytes | str) -> Header:
    """Read a header that this node has stored after checking it."""
    return header_from(canonical.read_trusted(data))


def sorted_refs(refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
    return tuple(sorted(set(refs), key=lambda ref: str(list(ref))))
