"""With which members, columns, scale and takt a space's matrix is made. Pure."""

from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.organisations.domain import Organisation, members, organisations, pinned_vocabulary, vocabulary
from gemensam.picture.domain.cadences import Cadence, cadence_from, cadence_in_force
from gemensam.picture.domain.matrix import Frame
from gemensam.picture.domain.rhythm import MINUTE

# Until somebody sets the takt of a space: the ordinary week, or the limits of the first hours.
UNSET = {"standing": "vecka"}
UNSET_ELSEWHERE = "akut"
STALE_WITHOUT_LISTS_MS = 24 * 60 * MINUTE


def frame_for(directory: SpaceState, state: SpaceState, happened_by: int | None = None) -> Frame:
    """Return the frame of a space's matrix: pinned rows and scale, and the takt in force (then, if asked)."""
    rows = pinned_vocabulary(directory, state, "rows")
    status = pinned_vocabulary(directory, state, "status")
    columns = tuple(item["code"] for item in sorted(rows.items, key=lambda item: int(item.get("order", 0))))
    digits = {item["code"]: int(item["digit"]) for item in status.items}
    cadence, stale_after_ms = takt(directory, state, happened_by)
    return Frame(columns, digits, stale_after_ms, cadence, here_since(directory, state), _in_words(directory, state))


def _in_words(directory: SpaceState, state: SpaceState) -> frozenset[str]:
    """Return the report templates that ask for no status."""
    try:
        found = pinned_vocabulary(directory, state, "report_templates").items
    except Refused:
        return frozenset()
    return frozenset(item["code"] for item in found if not item.get("sets_status", True))


def here_since(directory: SpaceState, state: SpaceState) -> dict[str, int]:
    """Return from when each organisation has been in a space: when both it and the space were there (ms UTC)."""
    thing = state.thing(state.space)
    opened_at = int(getattr(thing.data, "opened_at", 0)) if thing is not None else 0
    return {one.subject: max(opened_at, one.created_clock.ms) for one in directory.group("organisations")}


def takt(directory: SpaceState, state: SpaceState, happened_by: int | None = None) -> tuple[Cadence | None, int]:
    """Return the takt of a space (None: nobody has set one) and how old a value may be, in ms."""
    cadence = cadence_in_force(state, happened_by)
    if cadence is not None:
        return cadence, cadence.stale_after_ms
    kind = space_kind(state)
    proposed = _proposed(directory, UNSET.get(kind, UNSET_ELSEWHERE))
    if proposed is None:
        return None, STALE_WITHOUT_LISTS_MS
    return (proposed if kind in UNSET else None), proposed.stale_after_ms


def space_kind(state: SpaceState) -> str:
    """Return the kind of a space from its own founding entry, "" before it is founded."""
    thing = state.thing(state.space)
    return str(getattr(thing.data, "kind", "")) if thing is not None else ""


def _proposed(directory: SpaceState, code: str) -> Cadence | None:
    try:
        item = vocabulary(directory, "cadences").item(code)
    except Refused:
        return None
    return cadence_from(item) if item is not None else None


def members_of(directory: SpaceState, space: SpaceInfo) -> tuple[Organisation, ...]:
    """Return the members that a space's matrix has rows for: its circle, guests included, by their short names."""
    circle = {organisation for organisation, _ in space.circle}
    if space.kind == "sub":
        found = [one for one in organisations(directory) if one.id in circle]
    elif space.kind == "outer":
        found = [one for one in organisations(directory) if one.member or one.id in circle]
    else:
        found = list(members(directory))
    return tuple(sorted(found, key=lambda one: sort_key(one.short)))
