"""What every decision of this room checks under the append lock."""

from collections.abc import Mapping
from typing import Any, TypeVar

from gemensam.activation.domain.lists import holds_any
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain.reading import vocabulary

INCIDENTS = frozenset({"incident", "exercise"})
LINE_MAX, TEXT_MAX = 200, 2_000
D = TypeVar("D")


def data_of(thing: Thing, kind: type[D]) -> D:
    """Return a thing's data as its type; raises `TypeError` for a thing of another type."""
    if not isinstance(thing.data, kind):
        raise TypeError(f"{thing.subject} is a {thing.type}")
    return thing.data


def by_program(decision: Decision) -> bool:
    return not decision.principal.account and "" in decision.principal.permissions


def item_of(directory: SpaceState, code: str, value: str, refusal: str) -> Mapping[str, Any]:
    """Return an item in use of the newest version of a list; raises `Refused(refusal)`."""
    found = vocabulary(directory, code).item(value)
    if found is None or found.get("retired"):
        raise Refused(refusal, value=value)
    return found


def check_words(*, longest: int = LINE_MAX, **texts: str) -> None:
    """Raise `Refused("text_too_long")`."""
    for field, text in texts.items():
        if len(text) > longest:
            raise Refused("text_too_long", field=field, limit=longest, length=len(text))


def need_text(field: str, text: str) -> None:
    """Raise `Refused("words_missing")` for an empty text."""
    if not text.strip():
        raise Refused("words_missing", field=field)


def need_reason(reason: str) -> None:
    """Raise `Refused`: `reason_missing`, `text_too_long`."""
    if not reason.strip():
        raise Refused("reason_missing")
    check_words(longest=TEXT_MAX, reason=reason)


def require_role(decision: Decision, mode: Mapping[str, Any], field: str) -> None:
    """Raise `Refused("not_your_step")` unless the writer holds a role that the läge names for a step (R10).

    `field`: `called_by`, `assessed_by` or `confirmed_by`; where it names no role, the kind's permission is enough.
    """
    roles = mode.get(field) or ()
    if roles and not by_program(decision) and not holds_any(decision.directory, decision.principal.function, roles):
        raise Refused("not_your_step", roles=", ".join(roles))
