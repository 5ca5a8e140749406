"""The spaces of this node, as rights need them: taken from `space.*` entries, read afresh at every lens."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import connection

from gemensam.core import canonical
from gemensam.core.policy import SpaceInfo
from gemensam.core.state import SpaceState
from gemensam.ledger.domain import SpaceData
from gemensam.ledger.log import fetch

# By these two a change is noticed: how many spaces there are, and the sum of their versions, which only rises.
SIGNATURE = "(SELECT count(*) FROM ledger_space), (SELECT coalesce(sum(version), 0) FROM ledger_space)"


class _Known:
    """The spaces as last read, and the signature by which a change is noticed."""

    def __init__(self) -> None:
        self.signature = (-1, -1)
        self.spaces: dict[str, SpaceInfo] = {}

    def read(self) -> "_Known":
        rows = fetch("SELECT info FROM ledger_space ORDER BY id", [])
        self.spaces = {info.id: info for info in (_read(row[0]) for row in rows)}
        return self


_kept: list[_Known] = [_Known()]


def all_spaces() -> Mapping[str, SpaceInfo]:
    """Return every space of this node by id; one cheap statement where nothing has changed."""
    count, versions = fetch(f"SELECT {SIGNATURE}", [])[0]
    return spaces_of((int(count), int(versions)))


def spaces_of(signature: tuple[int, int]) -> Mapping[str, SpaceInfo]:
    """Return every space of this node by id, where `signature` has just been read."""
    known = _kept[0]
    if known.signature != signature:
        known = _Known().read()
        known.signature = signature
        _kept[0] = known
    return known.spaces


def known_spaces() -> Mapping[str, SpaceInfo]:
    """Return the spaces as this process knew them last, without asking."""
    return _kept[0].spaces


def forget_spaces() -> None:
    """Drop what is remembered (between tests and after a restore)."""
    _kept[0] = _Known()


def info_of(state: SpaceState) -> SpaceInfo | None:
    """Return what a space's own entries say of its rights; None before it is founded."""
    thing = state.thing(state.space)
    if thing is None or not isinstance(thing.data, SpaceData):
        return None
    data = thing.data
    return SpaceInfo(
        state.space, data.kind, data.parent, thing.organisation, data.circle, data.circle_version,
        thing.status == "closed",
    )  # fmt: skip


def write_info(info: SpaceInfo) -> None:
    """Store a space's rights in the transaction of the entry that founded or changed them."""
    body = canonical.encode(asdict(info)).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_space SET version = version + 1, info = %s WHERE id = %s", [body, info.id])
        if cursor.rowcount == 0:
            cursor.execute("INSERT INTO ledger_space(id, version, info) VALUES (%s, 1, %s)", [info.id, body])


def _read(body: str) -> SpaceInfo:
    value: dict[str, Any] = canonical.read_trusted(body)
    value["circle"] = tuple((organisation, function) for organisation, function in value["circle"])
    return SpaceInfo(**value)
