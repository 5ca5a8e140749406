"""What every decision of this room checks under the append lock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gemensam.capabilities.domain.scale import CAPABILITIES, Item, Scale, read_day, scale_of
from gemensam.core.policy import ANY_FUNCTION
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation, pinned_vocabulary

TEXT_MAX, LINE_MAX = 2_000, 300
Circle = tuple[tuple[str, str], ...]
ASSESSES, GOVERNS = "assess_capability", "govern"


def own_circle(member: str) -> Circle:
    """Return the readers of what a member keeps to itself: all its functions."""
    return ((member, ANY_FUNCTION),)


def office_circle(member: str, office: str) -> Circle:
    """Return the readers of what a member tells the joint office: all functions of both."""
    return tuple(sorted({(member, ANY_FUNCTION), (office, ANY_FUNCTION)}))


def office_of(period: SpaceState) -> str:
    """Return the joint office of a period: the organisation that opened its space."""
    thing = period.thing(period.space)
    return thing.organisation if thing is not None else ""


def period_of(decision: Decision) -> SpaceState:
    """Return the state of the period that an entry belongs to: its own space, or the one that its circle lies within.

    Raises `Refused("capability_not_here")` for a narrower space of anything else.
    """
    if decision.space.kind == "period":
        return decision.state
    parent = decision.wider(decision.space.parent)
    thing = parent.thing(parent.space)
    if thing is None or thing.data.kind != "period":
        raise Refused("capability_not_here")
    return parent


def check_member(decision: Decision) -> None:
    """Raise `Refused("assessment_by_member")`: only members assess themselves."""
    found = organisation(decision.directory, decision.organisation)
    if found is None or not found.member:
        raise Refused("assessment_by_member", organisation=decision.organisation)


def check_capability(decision: Decision, period: SpaceState, code: str) -> None:
    """Raise `Refused("unknown_capability")` for a delförmåga that is not in the period's list."""
    if pinned_vocabulary(decision.directory, period, CAPABILITIES).item(code) is None:
        raise Refused("unknown_capability", value=code)


def check_level(decision: Decision, period: SpaceState, payload: Mapping[str, Any]) -> Item:
    """Return the level.

    Raises `Refused`: `unknown_capability_level`, `proof_missing`, `assessment_day`, `proof_in_future`.
    """
    scale: Scale = scale_of(decision.directory, period)
    level = scale.item(payload["level"])
    proven_on = read_day(payload["proven_on"], "proven_on")
    if level.get("needs_proof") and proven_on is None:
        raise Refused("proof_missing", level=level.get("digit") or level["code"])
    if proven_on is not None and proven_on > day_of(decision.now) + timedelta(days=1):
        raise Refused("proof_in_future")
    return level


def day_of(at: int) -> date:
    """Return the day of an instant (ms UTC) in UTC; a local day is at most one later."""
    return datetime.fromtimestamp(at / 1000, UTC).date()


def check_texts(longest: int = TEXT_MAX, **texts: str) -> None:
    """Raise `Refused("text_too_long")`."""
    for field, text in texts.items():
        if len(text) > longest:
            raise Refused("text_too_long", field=field, limit=longest, length=len(text))
