"""Who can make the deadline of a remiss, and what else to think of before it is sent (starter data 13.5, 13.6).

What is too short, which months do not count and how long a member needs are items of the list `remiss_warnings`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemensam.consultation.domain.registries import Meeting, RegistryData

TOO_SHORT, HOLIDAY, COMMITTEE = "for_kort", "semester", "utskott"
NO_DAYS, NO_ADDRESS, NOT_ALL = "dagar_saknas", "adress_saknas", "inte_alla"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: its code, the members that it is about, and the numbers that its text names."""

    code: str
    members: tuple[str, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A remiss as it would be sent: from and to which local day, to whom, of how many members."""

    sent_on: date
    deadline_on: date
    members: tuple[str, ...]
    of: int


def last_possible(meetings: Iterable[Meeting], plan: Plan, preparation_days: int) -> Meeting | None:
    """Return the last meeting that can decide in time: papers can be ready, and it meets by the deadline's day."""
    ready = plan.sent_on + timedelta(days=preparation_days)
    fits = [each for each in meetings if each.papers_by >= ready and each.on <= plan.deadline_on]
    return max(fits, key=lambda each: each.on, default=None)


def counted_days(plan: Plan, months: Sequence[int]) -> int:
    """Return the days after the sending up to the deadline, those of the months that do not count left out."""
    length = (plan.deadline_on - plan.sent_on).days
    days = (plan.sent_on + timedelta(days=n) for n in range(1, length + 1))
    return sum(1 for day in days if day.month not in months)


def warnings(
    plan: Plan, registries: Mapping[str, RegistryData], items: Iterable[Mapping[str, Any]]
) -> tuple[Warned, ...]:
    """Return what is to be thought of, in the order of the list; a warning that the list has not is not given."""
    listed = {item["code"]: item for item in items}
    months = tuple(listed.get(HOLIDAY, {}).get("months", ()))
    found = (_judge(code, item, plan, registries, months) for code, item in listed.items())
    return tuple(each for each in found if each is not None)


def _judge(
    code: str, item: Mapping[str, Any], plan: Plan, registries: Mapping[str, RegistryData], months: Sequence[int]
) -> Warned | None:
    match code:
        case "for_kort":
            weeks = counted_days(plan, months) // 7
            return Warned(code, facts=(("weeks", weeks), ("least", item["weeks"]))) if weeks < item["weeks"] else None
        case "semester":
            touched = plan.sent_on.month in months or plan.deadline_on.month in months
            return Warned(code) if touched else None
        case "utskott":
            return _about(code, plan, late_members(plan, registries, item["preparation_days"]))
        case "dagar_saknas":
            return _about(code, plan, _without(plan, registries, "meetings"))
        case "adress_saknas":
            return _about(code, plan, _without(plan, registries, "address"))
        case "inte_alla":
            left = plan.of - len(plan.members)
            return Warned(code, facts=(("n", left), ("of", plan.of))) if left > 0 else None
    return None


def late_members(plan: Plan, registries: Mapping[str, RegistryData], preparation_days: int) -> tuple[str, ...]:
    """Return the members that have given meeting days, none of which can decide in time."""
    given = ((member, registries[member].meetings) for member in plan.members)
    return tuple(m for m, days in given if days and last_possible(days, plan, preparation_days) is None)


def _without(plan: Plan, registries: Mapping[str, RegistryData], name: str) -> tuple[str, ...]:
    return tuple(member for member in plan.members if not getattr(registries[member], name))


def _about(code: str, plan: Plan, members: tuple[str, ...]) -> Warned | None:
    facts = (("n", len(members)), ("of", len(plan.members)))
    return Warned(code, members, facts) if members else None
