"""Who leads a conference: whoever holds the permission, or who convened it by a right of its own.

A caller whose call for joint work nobody has assessed in time may convene the conference itself (R1). What gives such
a right is a thing of another room (a call): that room registers when its things give it, and this one knows no more.
"""

from collections.abc import Callable, Iterable

from gemensam.coordination.domain import rules
from gemensam.core.entry import Ref
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Decision

CONVENES = "convenes"  # the relation from a conference to the thing that gave the right to call it
LEAD = "lead"
Gives = Callable[[Thing], bool]
_rights: dict[str, tuple[str, Gives]] = {}


def register_right(subject_type: str, permission: str, gives: Gives) -> None:
    """Let things of a type give their own organisation the right to call a conference, to whoever may `permission`.

    `gives(thing)` says whether a thing does so as it stands.
    """
    _rights[subject_type] = (permission, gives)


def convened_by(refs: Iterable[Ref]) -> str:
    """Return the thing that a conference was convened by right of, or "" for one that was called as usual."""
    return next((ref.subject for ref in refs if ref.rel == CONVENES), "")


def may_lead(principal: Principal, conference: Thing) -> bool:
    """Whether somebody leads a conference of its own organisation: by permission, or because it was convened."""
    if LEAD in principal.permissions or rules.is_program(principal):
        return True
    return conference.data.convened and not _permissions().isdisjoint(principal.permissions)


def check_leader(decision: Decision, conference: Thing | None = None) -> None:
    """Raise `Refused("not_permitted")` unless the writer may lead the conference: the one it writes on, or this."""
    about = conference or decision.thing
    if about is None or not may_lead(decision.principal, about):
        raise Refused("not_permitted", permission=LEAD)


def may_record(principal: Principal, conference: Thing) -> bool:
    """Whether somebody writes what is said at a conference: who leads it, or a secretary."""
    return not rules.RECORDING.isdisjoint(principal.permissions) or may_lead(principal, conference)


def check_recorder(decision: Decision, named: str) -> None:
    """Raise `Refused("not_permitted")` unless the writer may record; `named`: the permission that it is told of."""
    if decision.thing is None or not may_record(decision.principal, decision.thing):
        raise Refused("not_permitted", permission=named)


def check_caller(decision: Decision) -> None:
    """Raise `Refused`: `not_permitted` unless the writer may call a conference, `not_convening` where it says why
    it may and that gives no such right, or is another organisation's.
    """  # fmt: skip
    about = convened_by(decision.draft.refs)
    if about:
        _check_right(decision, decision.state.thing(about))
    elif LEAD not in decision.principal.permissions and not rules.is_program(decision.principal):
        raise Refused("not_permitted", permission=LEAD)


def _check_right(decision: Decision, thing: Thing | None) -> None:
    permission, gives = _rights.get(thing.type if thing is not None else "", ("", _never))
    if thing is None or thing.organisation != decision.organisation or not gives(thing):
        raise Refused("not_convening")
    if permission not in decision.principal.permissions:
        raise Refused("not_permitted", permission=permission)


def _never(_thing: Thing) -> bool:
    return False


def _permissions() -> frozenset[str]:
    return frozenset(permission for permission, _ in _rights.values())
