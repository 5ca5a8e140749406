"""Writers of spaces: opening, closing, taking readers out, choosing versions of lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from gemensam.core.policy import DIRECTORY, ROSTERS, STANDING
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.organisations import domain
from gemensam.organisations.founding import pins

Reader = tuple[str, str]
ALWAYS_THERE = frozenset({DIRECTORY, ROSTERS, STANDING})
KINDS_OF_ROOT = ("incident", "exercise")
KINDS_WITHIN = ("sub", "outer")


@dataclass(frozen=True)
class SpaceGiven:
    """A space to be opened. `readers`: (organisation, function or "*"), only for what is narrower or for guests."""

    kind: str
    title: str
    parent: str = ""
    purpose: str = ""
    readers: tuple[Reader, ...] = ()


def open_space(lens: Lens, given: SpaceGiven, *, space: str = "", key: str = "") -> Receipt:
    """Open a space with the newest versions of the lists; a narrower one keeps those of the space it belongs to.

    Raises `space_kind_wrong`, `readers_missing`, `reader_not_in_parent`, and what `append` raises.
    """
    check_space(lens, given)
    payload = {
        "space_kind": given.kind,
        "title": given.title,
        "parent": given.parent,
        "circle": [{"organisation": organisation, "function": function} for organisation, function in given.readers],
        "pins": _pins(lens, given.parent),
        "purpose": given.purpose,
    }
    space = space or uuid7()
    return append(lens.principal, [Draft("space.opened", space, space, payload)], key=key)[0]


def check_space(lens: Lens, given: SpaceGiven) -> None:
    """Raise what is wrong with a space before it is opened; see `open_space`."""
    if given.kind not in (KINDS_WITHIN if given.parent else KINDS_OF_ROOT):
        raise Refused("space_kind_wrong")
    if given.kind in KINDS_WITHIN and not given.readers:
        raise Refused("readers_missing")
    if given.kind == "sub":
        wider = set(lens.readers(given.parent).organisations)
        strangers = sorted({organisation for organisation, _function in given.readers} - wider)
        if strangers:
            raise Refused("reader_not_in_parent", readers=", ".join(strangers))


def _pins(lens: Lens, parent: str) -> list[dict[str, str]]:
    thing = lens.state(parent).thing(parent) if parent else None
    kept = thing.data.pins if thing is not None else ()
    return [{"code": code, "digest": digest} for code, digest in kept] or pins()


def close_space(lens: Lens, space: str, reason: str, *, based_on: str, key: str = "") -> Receipt:
    """Close a space: it can be read, and nothing more is written in it. Raises `space_permanent`, `no_reason`."""
    if space in ALWAYS_THERE:
        raise Refused("space_permanent")
    if not reason.strip():
        raise Refused("no_reason")
    draft = Draft("space.closed", space, space, {"reason": reason}, based_on=based_on)
    return append(lens.principal, [draft], key=key)[0]


def reduce_circle(lens: Lens, space: str, removed: Sequence[Reader], reason: str, *, based_on: str) -> Receipt:
    """Take readers out of a narrower space; there is no way back but a new space.

    Raises `readers_missing`, `no_reason`, and `founder_not_in_circle` where the writer's own function would go.
    """
    circle = set(lens.space(space).circle)
    chosen = sorted(set(removed) & circle)
    if not chosen:
        raise Refused("readers_missing")
    if not reason.strip():
        raise Refused("no_reason")
    own = lens.principal.organisation
    if not {(own, lens.principal.function), (own, "*")} & (circle - set(chosen)):
        raise Refused("founder_not_in_circle")
    gone = [{"organisation": organisation, "function": function} for organisation, function in chosen]
    payload = {"removed": gone, "reason": reason}
    return append(lens.principal, [Draft("space.circle_reduced", space, space, payload, based_on=based_on)])[0]


def pin_lists(lens: Lens, space: str, codes: Sequence[str], reason: str, *, based_on: str) -> Receipt:
    """Use the newest versions of some lists in a space from now on: a decision of its own, with a reason."""
    if not reason.strip():
        raise Refused("no_reason")
    if not codes:
        raise Refused("vocabulary_unchanged")
    chosen = [{"code": code, "digest": domain.vocabulary(lens.directory, code).digest} for code in sorted(set(codes))]
    payload = {"pins": chosen, "reason": reason}
    return append(lens.principal, [Draft("space.vocabularies_pinned", space, space, payload, based_on=based_on)])[0]
