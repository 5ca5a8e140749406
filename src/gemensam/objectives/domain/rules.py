"""What every decision of this room checks under the append lock."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gemensam.coordination.domain.rules import check_item, check_words, need_text, require_any
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.writing import Decision
from gemensam.governance.domain.periods import PERIOD, PeriodData, years_of
from gemensam.organisations.domain import pinned_vocabulary

__all__ = [
    "CIRCLE", "PERIOD", "check_codes", "check_day", "check_item", "check_words", "is_group", "need_text", "require_any",
    "require_group", "years_in",
]  # fmt: skip
CIRCLE = frozenset({"sub"})
TITLE_MAX = 200  # characters
# Who in a working group may write a revision or a comment: to be named in its circle is not enough.
WRITING = frozenset({"govern", "plan", "undertake", "answer_remiss", "assess_capability"})


def years_in(state: SpaceState) -> PeriodData | None:
    """Return the years of a period's space, None for any other space."""
    thing = state.thing(years_of(state.space))
    return thing.data if thing is not None and isinstance(thing.data, PeriodData) else None


def is_group(space: SpaceInfo, parent: SpaceState) -> bool:
    """Whether a narrower space is a working group's: it lies within a period."""
    return space.kind == "sub" and years_in(parent) is not None


def require_group(decision: Decision) -> None:
    """Raise `Refused("not_in_a_group")` outside a working group's space, `not_permitted` for who only reads."""
    if not is_group(decision.space, decision.wider(decision.space.parent)):
        raise Refused("not_in_a_group")
    require_any(decision, WRITING, named="plan")


def check_codes(decision: Decision, vocabulary: str, value: str, refusal: str) -> Mapping[str, Any]:
    """Return an item of a list that a person may choose; raises `Refused(refusal)`."""
    item = check_item(decision, vocabulary, value, refusal)
    if item.get("set_by") == "program":
        raise Refused(refusal, value=value)
    return item


def codes_of(decision: Decision, vocabulary: str) -> tuple[str, ...]:
    """Return the codes of a list as the space uses it."""
    return pinned_vocabulary(decision.directory, decision.state, vocabulary).codes()


def check_day(field: str, text: str, *, needed: bool) -> None:
    """Raise `Refused("objective_day_wrong")` for what is no day (ISO), or for none where one is needed."""
    if not text and not needed:
        return
    try:
        if date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise Refused("objective_day_wrong", field=field, given=text[:40])
