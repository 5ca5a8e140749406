"""Who may read and write: circles, references, marks (design section 3). Judged at present time."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused

DIRECTORY, ROSTERS, STANDING = "directory", "rosters", "standing"
ROOT_KINDS = frozenset({"standing", "incident", "period", "exercise"})
ANY_FUNCTION = "*"
MAX_DEPTH = 8  # of spaces within spaces


@dataclass(frozen=True, slots=True)
class Principal:
    """A person in a function for an organisation. `account` is a local, opaque id; "" is the program itself."""

    account: str
    organisation: str
    function: str
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True)
class SpaceInfo:
    """What rights need to know of a space. A sub-space or outer space has a `circle` of (organisation, function)."""

    id: str
    kind: str
    parent: str = ""
    opened_by: str = ""
    circle: tuple[tuple[str, str], ...] = ()
    circle_version: int = 1
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """Which organisations belong to the network (`insiders`), and which are guests somewhere."""

    insiders: frozenset[str]
    guests: frozenset[str] = frozenset()
    version: int = 1


def may_read(principal: Principal, space: SpaceInfo, spaces: Mapping[str, SpaceInfo], membership: Membership) -> bool:
    """Return whether a principal reads a space, by present rights (F11, F12)."""
    organisation = principal.organisation
    if space.kind == DIRECTORY:
        return organisation in membership.insiders or organisation in membership.guests
    if space.kind == "sub":
        parent = spaces.get(space.parent)
        return _in_circle(principal, space) and parent is not None and may_read(principal, parent, spaces, membership)
    if space.kind == "outer":
        is_guest = organisation in membership.guests and _in_circle(principal, space)
        return organisation in membership.insiders or is_guest
    return organisation in membership.insiders


def _in_circle(principal: Principal, space: SpaceInfo) -> bool:
    given = {(principal.organisation, principal.function), (principal.organisation, ANY_FUNCTION)}
    return not given.isdisjoint(space.circle)


def reading_organisations(space: SpaceInfo, spaces: Mapping[str, SpaceInfo], membership: Membership) -> tuple[str, ...]:
    """Return the organisations that read a space, sorted by id."""
    if space.kind == "sub":
        named = {organisation for organisation, _ in space.circle}
        parent = spaces.get(space.parent)
        return tuple(sorted(named & set(reading_organisations(parent, spaces, membership)))) if parent else ()
    if space.kind == "outer":
        return tuple(
            sorted(membership.insiders | membership.guests & {organisation for organisation, _ in space.circle})
        )
    extra = membership.guests if space.kind == DIRECTORY else frozenset()
    return tuple(sorted(membership.insiders | extra))


def circle_version(space: SpaceInfo, membership: Membership) -> int:
    """Return the version of a space's readers: another one whenever somebody may have been added.

    A root's changes with the network. A narrower one's changes with those of the network whom its circle names: an
    organisation that left and came back reads again, and the author must see that (F10).
    """
    if space.kind != "sub":
        return space.circle_version + membership.version
    named = sorted({organisation for organisation, _ in space.circle})
    present = [(one, one in membership.insiders) for one in named if one in membership.insiders | membership.guests]
    return space.circle_version + crc32(repr(present).encode())


def is_wider(wide: SpaceInfo, narrow: SpaceInfo, spaces: Mapping[str, SpaceInfo]) -> bool:
    """Return whether every reader of `narrow` also reads `wide`, now and later (F2)."""
    if wide.id == narrow.id or wide.kind == DIRECTORY:
        return True
    if narrow.kind in ("outer", DIRECTORY):  # guests are among their readers, and read no root
        return False
    if narrow.kind == "sub":
        parent = spaces.get(narrow.parent)
        return parent is not None and is_wider(wide, parent, spaces)
    return wide.kind in ROOT_KINDS or wide.kind in (ROSTERS, "outer")


def check_founding(space: SpaceInfo, spaces: Mapping[str, SpaceInfo], membership: Membership) -> None:
    """Check a narrower or outer space against the space that it is to belong to; roots have none.

    Raises `Refused`: `parent_wrong` (an outer space of a narrower one would name it to all; or too deep), and
    `reader_not_in_parent` (whoever comes into the wider circle later would come into this one, F10).
    """
    if not space.parent:
        return
    above = _above(space, spaces)
    if above[0].kind not in (ROOT_KINDS if space.kind == "outer" else ROOT_KINDS | {"sub", "outer"}):
        raise Refused("parent_wrong")
    if len(above) > MAX_DEPTH:
        raise Refused("parent_wrong")
    if space.kind == "sub":
        wider = reading_organisations(above[0], spaces, membership)
        strangers = sorted({organisation for organisation, _ in space.circle} - set(wider))
        if strangers:
            raise Refused("reader_not_in_parent", readers=", ".join(strangers))


def _above(space: SpaceInfo, spaces: Mapping[str, SpaceInfo]) -> list[SpaceInfo]:
    """Return the spaces that a space lies within, nearest first."""
    found: list[SpaceInfo] = []
    while space.parent and space.parent in spaces:
        space = spaces[space.parent]
        found.append(space)
    return found


def check_refs(refs: Iterable[Ref], space: SpaceInfo, spaces: Mapping[str, SpaceInfo]) -> None:
    """Raise `Refused("reference_not_wider")` where a reference names a narrower or another circle."""
    for ref in refs:
        named = spaces.get(ref.space)
        if named is None or not is_wider(named, space, spaces):
            raise Refused("reference_not_wider")


def check_marks(marks: Iterable[str], space: SpaceInfo, *, secrecy: Container[str] = ()) -> None:
    """Check that the marks of an entry allow the circle of its space (F10, R51).

    TLP 2.0: RED is for individual recipients, so for a circle that names functions; AMBER+STRICT for the organisations
    that are involved, so for a circle that names them; AMBER not for guests. `secrecy`: the marks of secrecy, which
    guests do not read either (OSL 8 kap. 1 §). Raises `Refused`: `mark_too_narrow`, `mark_needs_circle`,
    `mark_not_for_guests`.
    """
    for mark in marks:
        if mark == "TLP:RED" and (space.kind != "sub" or any(one == ANY_FUNCTION for _, one in space.circle)):
            raise Refused("mark_too_narrow", mark=mark)
        if (mark in ("TLP:AMBER", "TLP:AMBER+STRICT") or mark in secrecy) and space.kind == "outer":
            raise Refused("mark_not_for_guests", mark=mark)
        if mark == "TLP:AMBER+STRICT" and space.kind != "sub":
            raise Refused("mark_needs_circle", mark=mark)


def check_circle_seen(seen: int | None, current: int) -> None:
    """Raise `Refused("readers_changed")` where readers were added since the author saw the list (F10)."""
    if seen is not None and seen != current:
        raise Refused("readers_changed", seen=seen, current=current)


def require(principal: Principal, permission: str) -> None:
    """Raise `Refused("not_permitted")` where the principal's function does not hold a permission."""
    if permission not in principal.permissions:
        raise Refused("not_permitted", permission=permission)
