"""Lägen: the läge of an incident as a register, a member's own beredskapsläge, and höjd beredskap (R10–R12, R14).

The ladder is data (list `modes`): nothing here knows what *Aktiverade lägen* contains.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from sys import intern
from typing import Any

from gemensam.activation.domain import rules
from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain.reading import vocabulary

SET, RECORDED, LIFTED = "set", "recorded", "lifted"
MODES, CHECKLIST = "modes", "closing_checklist"
STATE, SIGNAL, DISPLAYED = "state", "signal", "displayed"  # kinds of items in the list
OWN_MAX = 60


@dataclass(frozen=True)
class Check:
    """A point of the closing checklist: done, or why not."""

    code: str
    is_done: bool = False
    note: str = ""


@dataclass(frozen=True)
class ModeSet:
    """An incident's läge and level from now on. `decided_by`: the decision that it rests on, in words (R14).

    `checks`: the closing checklist, where the incident goes back to the läge in which nothing is asked.
    """

    mode: str
    reason: str
    level: str = ""
    decided_by: str = ""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class OwnModeSet:
    """A member's own beredskapsläge in its own words, never translated to another's scale (R11)."""

    words: str
    note: str = ""


@dataclass(frozen=True)
class HeightenedRecorded:
    """An external decision on höjd beredskap (R12). `level`: skärpt or högsta, in words; `on`: its date, ISO 8601."""

    level: str
    decided_by: str
    on: str
    source: str


@dataclass(frozen=True, slots=True)
class ModeData:
    """One entry of the register; the last in order is in force. Its text is in the payload of `content`."""

    content: str
    mode: str
    level: str
    at: int
    function: str
    is_closing: bool = False


@dataclass(frozen=True, slots=True)
class OwnModeData:
    """A member's own läge; `content` names the entry with its words, `changes` how many there were before."""

    content: str
    at: int
    function: str
    changes: int = 0


@dataclass(frozen=True, slots=True)
class HeightenedData:
    """A recorded decision on höjd beredskap; `ended` names the entry that recorded its end."""

    content: str
    at: int
    ended: str = ""
    ended_at: int = 0


MODE = SubjectType(
    "mode",
    owner=Machine({("", "mode.set"): SET}),
    index=lambda thing: [(("modes",), (thing.created_clock, thing.subject))],
)
OWN_MODE = SubjectType(
    "own_mode",
    owner=Machine({("", "own_mode.set"): SET, (SET, "own_mode.set"): SET}),
    index=lambda thing: [(("own_modes",), (thing.subject,))],
)


def _heightened_index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("heightened",), key
    if thing.status == RECORDED:
        yield ("heightened_now",), key


HEIGHTENED = SubjectType(
    "heightened",
    owner=Machine({("", "heightened.recorded"): RECORDED, (RECORDED, "heightened.lifted"): LIFTED}),
    index=_heightened_index,
)


def own_mode_subject(organisation: str) -> str:
    """Return the one subject in which a member says its own läge in a space."""
    return f"own-mode-{organisation}"


def states(directory: SpaceState) -> tuple[Mapping[str, Any], ...]:
    """Return the lägen that an incident can have, lowest first."""
    return tuple(item for item in vocabulary(directory, MODES).items if item.get("kind") in (STATE, SIGNAL))


def resting(directory: SpaceState) -> str:
    """Return the code of the lowest läge: the one in which nothing is asked."""
    found = states(directory)
    return str(found[0]["code"]) if found else ""


def rank(directory: SpaceState, mode: str) -> int:
    """Return how high a läge stands on the ladder; the lowest is 0, and one that the list has not too."""
    codes = [item["code"] for item in states(directory)]
    return codes.index(mode) if mode in codes else 0


def current(state: SpaceState) -> Thing | None:
    """Return the läge in force in a space, None where none has been set."""
    return state.latest("modes")


def current_at(state: SpaceState, happened_by: int | None) -> Thing | None:
    """Return the läge that was in force at an instant by its own time; the one in force now where None."""
    return next(
        (each for each in state.newest("modes") if happened_by is None or each.data.at <= happened_by), None
    )  # fmt: skip


def _set(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ModeData:
    given = payload or {}
    return ModeData(
        digest, intern(given.get("mode", "")), intern(given.get("level", "")), header.occurred_at,
        intern(header.function), bool(given.get("checks")),
    )  # fmt: skip


def _own_set(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> OwnModeData:
    changes = data.changes + 1 if isinstance(data, OwnModeData) else 0
    return OwnModeData(digest, header.occurred_at, intern(header.function), changes)


def _recorded(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> HeightenedData:
    return HeightenedData(digest, header.occurred_at)


def _lifted(data: HeightenedData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> HeightenedData:
    return replace(data, ended=digest, ended_at=header.occurred_at)


def _decide_mode(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `unknown_mode`, `mode_only_shown`, `not_your_step`, `reason_missing`, `unknown_level`,
    `mode_already`, and for a closing `decided_by_missing` or what `_checked` raises.
    """
    payload, directory = decision.draft.payload, decision.directory
    item = rules.item_of(directory, MODES, payload["mode"], "unknown_mode")
    if item.get("kind") == DISPLAYED:
        raise Refused("mode_only_shown", mode=item["name"])
    rules.require_role(decision, item, "confirmed_by")
    rules.need_reason(payload["reason"])
    if payload["level"]:
        rules.item_of(directory, "levels", payload["level"], "unknown_level")
    before = current(decision.state)
    if before is not None and (before.data.mode, before.data.level) == (payload["mode"], payload["level"]):
        raise Refused("mode_already")
    closes = before is not None and before.data.mode != payload["mode"] == resting(directory)
    return {**payload, "checks": _checked(decision) if closes else []}


def _checked(decision: Decision) -> list[Mapping[str, Any]]:
    """Return the whole checklist as it was gone through; what is not done says why (R14).

    Raises `Refused`: `decided_by_missing`, `check_unknown`, `check_unanswered`.
    """
    payload = decision.draft.payload
    if not payload["decided_by"].strip():
        raise Refused("decided_by_missing")
    rules.check_words(decided_by=payload["decided_by"])
    items = [item for item in vocabulary(decision.directory, CHECKLIST).items if not item.get("retired")]
    given = {check["code"]: check for check in payload["checks"]}
    if unknown := given.keys() - {item["code"] for item in items}:
        raise Refused("check_unknown", value=", ".join(sorted(unknown)))
    for item in items:
        check = given.get(item["code"])
        if check is None or not (check["is_done"] or check["note"].strip()):
            raise Refused("check_unanswered", check=item["name"])
        rules.check_words(note=check["note"])
    return [given[item["code"]] for item in items]


def _decide_own(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `own_mode_subject`, `words_missing`, `text_too_long`."""
    payload = decision.draft.payload
    if decision.draft.subject != own_mode_subject(decision.organisation):
        raise Refused("own_mode_subject")
    rules.need_text("words", payload["words"])
    rules.check_words(longest=OWN_MAX, words=payload["words"])
    rules.check_words(note=payload["note"])
    return payload


def _decide_heightened(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `words_missing`, `bad_date`, `text_too_long`, `not_your_step`, `heightened_already`."""
    payload = decision.draft.payload
    shown = next(
        (item for item in vocabulary(decision.directory, MODES).items if item.get("kind") == DISPLAYED), None
    )  # fmt: skip
    if shown is None:
        raise Refused("unknown_mode", value=DISPLAYED)
    rules.require_role(decision, shown, "confirmed_by")
    for name in ("level", "decided_by", "source"):
        rules.need_text(name, payload[name])
        rules.check_words(**{name: payload[name]})
    _check_date(payload["on"])
    if decision.draft.kind == "heightened.recorded" and decision.state.size("heightened_now"):
        raise Refused("heightened_already")
    return payload


def _check_date(on: str) -> None:
    try:
        is_date = date.fromisoformat(on).isoformat() == on
    except ValueError:
        is_date = False
    if not is_date:
        raise Refused("bad_date", value=on)


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("words", "reason", "note", "decided_by", "source") if payload.get(name))


KINDS = (
    Kind("mode.set", 1, MODE, ModeSet, "assess", _set, spaces=rules.INCIDENTS, decide=_decide_mode, text=_text),
    Kind("own_mode.set", 1, OWN_MODE, OwnModeSet, "call", _own_set, spaces=frozenset({"standing", "exercise"}),
         decide=_decide_own, text=_text, folds_payload=False),
    Kind("heightened.recorded", 1, HEIGHTENED, HeightenedRecorded, "assess", _recorded,
         spaces=frozenset({"standing", "exercise"}), decide=_decide_heightened, text=_text, folds_payload=False),
    Kind("heightened.lifted", 1, HEIGHTENED, HeightenedRecorded, "assess", _lifted,
         spaces=frozenset({"standing", "exercise"}), decide=_decide_heightened, text=_text, folds_payload=False),
)  # fmt: skip
TYPES = (MODE, OWN_MODE, HEIGHTENED)
