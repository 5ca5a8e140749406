"""A member's larmlista: its functions in order, and the reserve path last (R6). One for each organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.rosters.domain import rules

SET, CONFIRMED = "call_list.set", "call_list.confirmed"
STEPS_MAX = 12


@dataclass(frozen=True)
class CallListSet:
    """The organisation's own functions in the order in which they are called, and who is asked when none answers."""

    steps: tuple[str, ...]
    reserve_organisation: str = ""
    reserve_text: str = ""


@dataclass(frozen=True)
class CallListConfirmed:
    """The list has been gone through and holds. `tested`: it was called, and somebody answered (R8)."""

    tested: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListData:
    """A call list in the state; times in ms UTC, 0 where it has not happened."""

    steps: tuple[str, ...] = ()
    reserve_organisation: str = ""
    reserve_text: str = ""
    set_at: int = 0
    confirmed_at: int = 0
    tested_at: int = 0


def subject_of(organisation_id: str) -> str:
    """Return the subject of an organisation's call list."""
    return f"calls-{organisation_id}"


CALL_LIST = SubjectType(
    "call_list",
    owner=Machine(
        {
            ("", SET): "set",
            ("", CONFIRMED): "proposed",  # what the directory proposes, gone through or tested as it stands
            ("proposed", CONFIRMED): "proposed",
            ("proposed", SET): "set",
            ("set", SET): "set",
            ("set", CONFIRMED): "set",
        }
    ),
    index=lambda thing: [(("call_lists",), (thing.organisation, thing.subject))],
)


def _set(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ListData:
    before = data if isinstance(data, ListData) else ListData()
    if payload is None:
        return before
    return ListData(
        tuple(payload["steps"]), payload["reserve_organisation"], payload["reserve_text"], header.occurred_at,
        header.occurred_at, before.tested_at,
    )  # fmt: skip


def _confirmed(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ListData:
    before = data if isinstance(data, ListData) else ListData()
    at = header.occurred_at
    tested_at = max(before.tested_at, at) if payload is not None and payload["tested"] else before.tested_at
    return replace(before, confirmed_at=max(before.confirmed_at, at), tested_at=tested_at)


def decide_set(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_your_organisation`, `steps_missing`, `too_many_steps`, `step_twice`, `functions_not_own`,
    `reserve_wrong`, `text_too_long`.
    """
    payload = decision.draft.payload
    _check_subject(decision)
    steps = payload["steps"]
    if not steps:
        raise Refused("steps_missing")
    if len(steps) > STEPS_MAX:
        raise Refused("too_many_steps", limit=STEPS_MAX)
    if len(set(steps)) != len(steps):
        raise Refused("step_twice")
    rules.check_own_functions(decision, steps)
    _check_reserve(decision, payload["reserve_organisation"])
    rules.check_text("reserve_text", payload["reserve_text"], limit=200)
    return payload


def _check_reserve(decision: Decision, reserve: str) -> None:
    found = organisation(decision.directory, reserve) if reserve else None
    if reserve and (found is None or reserve == decision.organisation):
        raise Refused("reserve_wrong")


def decide_confirmed(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_your_organisation`, `text_too_long`."""
    _check_subject(decision)
    rules.check_text("note", decision.draft.payload["note"])
    return decision.draft.payload


def _check_subject(decision: Decision) -> None:
    """There is one list for each organisation, and nobody makes another's."""
    if decision.draft.subject != subject_of(decision.organisation):
        raise Refused("not_your_organisation", organisation=decision.draft.subject)


def _text(payload: Mapping[str, Any]) -> str:
    return str(payload["reserve_text"])


KINDS = (
    Kind(SET, 1, CALL_LIST, CallListSet, rules.ADMINISTER_OWN, _set, spaces=rules.HERE, decide=decide_set, text=_text),
    Kind(CONFIRMED, 1, CALL_LIST, CallListConfirmed, rules.ADMINISTER_OWN, _confirmed, spaces=rules.HERE,
         decide=decide_confirmed),
)  # fmt: skip
