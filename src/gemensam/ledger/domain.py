"""Entries about the log itself: spaces and their circles, vocabularies pinned, seals, disposals, nodes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.policy import DIRECTORY, ROOT_KINDS, ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

EVERY_SPACE = ROOT_KINDS | {DIRECTORY, ROSTERS, "sub", "outer"}


@dataclass(frozen=True)
class Reader:
    """An organisation and a function ("*" = any of its functions) that reads a narrower space."""

    organisation: str
    function: str = "*"


@dataclass(frozen=True)
class Pin:
    """A vocabulary list and the entry of `directory` that published the version in use here."""

    code: str
    digest: str


@dataclass(frozen=True)
class SpaceOpened:
    """Founding of a space. `circle` only for kinds `sub` and `outer`; fixed for ever, can only be reduced."""

    space_kind: str
    title: str
    parent: str = ""
    circle: tuple[Reader, ...] = ()
    pins: tuple[Pin, ...] = ()
    purpose: str = ""


@dataclass(frozen=True)
class CircleReduced:
    """Readers taken out of a narrower space by its keeper."""

    removed: tuple[Reader, ...]
    reason: str


@dataclass(frozen=True)
class SpaceClosed:
    """The space takes no more entries, but disposals and corrections by program."""

    reason: str


@dataclass(frozen=True)
class VocabulariesPinned:
    """A space changes the versions of the lists that it uses: a decision of its own (starter data)."""

    pins: tuple[Pin, ...]
    reason: str


@dataclass(frozen=True)
class SpaceData:
    """The state of a space thing."""

    kind: str
    title: str
    parent: str = ""
    circle: tuple[tuple[str, str], ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    opened_at: int = 0
    pinned: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    circle_version: int = 1


SPACE = SubjectType(
    "space",
    owner=Machine(
        {
            ("", "space.opened"): "open",
            ("open", "space.circle_reduced"): "open",
            ("open", "space.vocabularies_pinned"): "open",
            ("open", "space.closed"): "closed",
        }
    ),
    index=lambda thing: [(("spaces",), (thing.created_clock, thing.subject))],
)


def _opened(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> SpaceData:
    if payload is None:  # cannot be disposed of; without it nobody reads (deny by default)
        return SpaceData("sub", "")
    circle = tuple((reader["organisation"], reader["function"]) for reader in payload["circle"])
    pins = _pins(payload)
    return SpaceData(
        payload["space_kind"], payload["title"], payload["parent"], circle, pins, header.occurred_at, ((digest, pins),)
    )


def _pins(payload: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((pin["code"], pin["digest"]) for pin in payload["pins"]))


def _reduced(data: SpaceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> SpaceData:
    removed = {(reader["organisation"], reader["function"]) for reader in (payload or {}).get("removed", ())}
    circle = tuple(reader for reader in data.circle if reader not in removed) if payload else ()
    return replace(data, circle=circle, circle_version=data.circle_version + 1)


def _pinned(data: SpaceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> SpaceData:
    if payload is None:
        return data
    pins = tuple(sorted({**dict(data.pins), **dict(_pins(payload))}.items()))
    pinned = (*data.pinned, (digest, pins))
    return replace(data, pins=pins, pinned=pinned)


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _decide_opened(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    narrow = payload["space_kind"] in ("sub", "outer")
    if payload["space_kind"] == "sub" and not payload["circle"]:
        raise Refused("circle_empty")
    if bool(payload["parent"]) != narrow:
        raise Refused("parent_wrong")
    if decision.draft.subject != decision.draft.space:
        raise Refused("subject_must_be_space")
    return payload


def _decide_reduced(decision: Decision) -> Mapping[str, Any]:
    """Nobody is to believe that a reader is gone who was named otherwise than the circle names it."""
    payload, thing = decision.draft.payload, decision.thing
    circle = thing.data.circle if thing is not None else ()
    removed = [(reader["organisation"], reader["function"]) for reader in payload["removed"]]
    if not removed or not set(removed) <= set(circle):
        raise Refused("readers_missing")
    return payload


@dataclass(frozen=True)
class ArrivalsSealed:
    """The order in which entries came to this node, fixed in its own feed (design 5.7).

    `digest` is the SHA-256 over the lines "position digest received_at" from `first` to `last`.
    """

    first: int
    last: int
    digest: str
    previous: str = ""


@dataclass(frozen=True)
class SealData:
    """The last sealed position."""

    last: int = 0
    digest: str = ""


SEAL = SubjectType("seal", owner=Machine({("", "arrivals.sealed"): "kept", ("kept", "arrivals.sealed"): "kept"}))


def _sealed(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> SealData:
    return SealData(payload["last"], digest) if payload else SealData()


@dataclass(frozen=True)
class DisposalDecided:
    """Gallring: payloads of the entries named in `refs` (rel `disposes`) are removed, on every node (R58)."""

    decision: str
    reason: str


DISPOSAL = SubjectType(
    "disposal",
    owner=Machine({("", "disposal.decided"): "decided"}),
    index=lambda thing: [(("disposals",), (thing.created_clock, thing.subject))],
)


def _decide_disposed(decision: Decision) -> Mapping[str, Any]:
    if not decision.draft.payload["decision"].strip():
        raise Refused("decision_missing")
    return decision.draft.payload


def _disposed(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> tuple[str, ...]:
    return tuple(ref.digest for ref in header.refs if ref.rel == "disposes")


# Felinförd uppgift (R47): what an entry names with this relation is held apart, or let back.
PLACED, LIFTED, UPHELD = "quarantine.placed", "quarantine.lifted", "quarantine.upheld"
QUARANTINES, HANDLES = "quarantines", "handle_quarantine"
QUARANTINE_REASON_MAX = 500


@dataclass(frozen=True)
class QuarantinePlaced:
    """Anybody who reads entries has their texts held apart, at once. The reason says nothing of what they said."""

    reason: str


@dataclass(frozen=True)
class QuarantineSettled:
    """A contact for protective security lets the texts back, or lets the quarantine stand."""

    reason: str


@dataclass(frozen=True)
class QuarantineData:
    """A quarantine: (subject, digest) of each entry, whether their texts are held, and how it has been settled.

    `settled`: the last word (`lifted` or `upheld`), whose, and when (ms UTC); empty while nobody has decided.
    """

    entries: tuple[tuple[str, str], ...]
    held: bool = True
    settled: tuple[str, str, int] | None = None


def _quarantine_index(thing: Any) -> list[tuple[tuple[str, ...], tuple[Any, ...]]]:
    data: QuarantineData = thing.data
    order = (thing.created_clock, thing.subject)
    found: list[tuple[tuple[str, ...], tuple[Any, ...]]] = [(("quarantines",), order), (("text_moves",), (*order, 0))]
    if not data.held:
        return [*found, (("text_moves",), (*order, 1))]
    for subject, digest in data.entries:
        found += [(("quarantined", digest), order), (("quarantined_things", subject), (*order, digest))]
    return found


QUARANTINE = SubjectType(
    "quarantine",
    owner=Machine({("", PLACED): "placed"}),
    each=Machine({("", LIFTED): "lifted", ("", UPHELD): "upheld", ("upheld", LIFTED): "lifted"}),
    index=_quarantine_index,
)


def _decide_placed(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `malformed`, `reason_missing`, `text_too_long`, `not_disposable`, `already_held`."""
    refs = decision.draft.refs
    if not refs or any(ref.rel != QUARANTINES or ref.space != decision.space.id or not ref.digest for ref in refs):
        raise Refused("malformed")
    for ref in refs:
        thing = decision.state.thing(ref.subject)
        if thing is not None and thing.type == "quarantine":
            raise Refused("not_disposable", kind=PLACED)
        if decision.state.size("quarantined", ref.digest):
            raise Refused("already_held")
    return _with_reason(decision)


def _decide_settled(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_held`, `malformed` (what is lifted is not what is held), `reason_missing`."""
    thing = decision.thing
    if thing is None or not thing.data.held:
        raise Refused("not_held")
    named = tuple((ref.subject, ref.digest) for ref in decision.draft.refs if ref.rel == QUARANTINES)
    if decision.draft.kind == LIFTED and set(named) != set(thing.data.entries):
        raise Refused("malformed")
    return _with_reason(decision)


def _with_reason(decision: Decision) -> Mapping[str, Any]:
    reason = decision.draft.payload["reason"]
    if not reason.strip():
        raise Refused("reason_missing")
    if len(reason) > QUARANTINE_REASON_MAX:
        raise Refused("text_too_long", field="reason", limit=QUARANTINE_REASON_MAX, length=len(reason))
    return decision.draft.payload


def _placed(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> QuarantineData:
    return QuarantineData(tuple((ref.subject, ref.digest) for ref in header.refs if ref.rel == QUARANTINES))


def _settled(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    word = header.kind.partition(".")[2]
    settled = (word, header.organisation, header.clock.ms)
    return replace(data, held=data.held and header.kind != LIFTED, settled=settled)


@dataclass(frozen=True)
class NodeAdmitted:
    """A node's public key (Ed25519, hexadecimal) and the organisations for which it may write."""

    name: str
    public_key: str
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class NodeData:
    """The state of a node thing: its keys, newest last, and the organisations that it speaks for."""

    name: str
    public_keys: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


NODE = SubjectType(
    "node",
    owner=Machine({("", "node.admitted"): "admitted", ("admitted", "node.admitted"): "admitted"}),
    index=lambda thing: [(("nodes",), (thing.subject,))],
)


def _admitted(data: NodeData | None, header: Header, digest: str, payload: Mapping[str, Any] | None) -> NodeData:
    if payload is None:
        return data or NodeData("")
    keys = (*(data.public_keys if data else ()), payload["public_key"])
    return NodeData(payload["name"], tuple(dict.fromkeys(keys)), tuple(payload["organisations"]))


KINDS = (
    Kind(
        "space.opened", 1, SPACE, SpaceOpened, "open_space", _opened,
        spaces=EVERY_SPACE, decide=_decide_opened, disposable=False, text=lambda payload: payload["title"],
    ),
    Kind("space.circle_reduced", 1, SPACE, CircleReduced, "open_space", _reduced,
         spaces=frozenset({"sub", "outer"}), decide=_decide_reduced, disposable=False),
    Kind("space.vocabularies_pinned", 1, SPACE, VocabulariesPinned, "open_space", _pinned, disposable=False),
    Kind("space.closed", 1, SPACE, SpaceClosed, "open_space", _kept, folds_payload=False),
    Kind("arrivals.sealed", 1, SEAL, ArrivalsSealed, "", _sealed,
         spaces=EVERY_SPACE, by_program=True, disposable=False),
    Kind("disposal.decided", 1, DISPOSAL, DisposalDecided, "dispose", _disposed,
         spaces=EVERY_SPACE, decide=_decide_disposed, folds_payload=False, disposable=False),
    Kind(PLACED, 1, QUARANTINE, QuarantinePlaced, "", _placed, decide=_decide_placed, folds_payload=False,
         disposable=False),
    Kind(LIFTED, 1, QUARANTINE, QuarantineSettled, HANDLES, _settled, decide=_decide_settled, folds_payload=False,
         disposable=False),
    Kind(UPHELD, 1, QUARANTINE, QuarantineSettled, HANDLES, _settled, decide=_decide_settled, folds_payload=False,
         disposable=False),
    Kind("node.admitted", 1, NODE, NodeAdmitted, "administer", _admitted,
         spaces=frozenset({DIRECTORY}), disposable=False),
)  # fmt: skip
