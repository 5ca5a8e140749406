"""Readers of projects: the list with its filters, and one project with who takes part. Times in ms UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.domain.rules import data_of
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.swedish import sort_key
from gemensam.ledger.reading import Lens
from gemensam.planning.domain.projects import HERE, JOINED, PROJECT, Moved, Plan, ProjectData, Word

ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Taking:
    """An organisation's part in a project. `status`: asked, joined, declined, left."""

    organisation: str
    status: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class ProjectShown:
    """A project as it stood at the moment. `text`: the payload of its plan; `moved`: its state, with `told` of it."""

    thing: Thing
    data: ProjectData
    plan: Plan
    moved: Moved
    text: Mapping[str, Any]
    told: Mapping[str, Any]
    parts: tuple[Taking, ...]
    acts: frozenset[str]

    @property
    def subject(self) -> str:
        return self.thing.subject

    @property
    def title(self) -> str:
        return str(self.text.get("title", ""))

    @property
    def participants(self) -> tuple[str, ...]:
        """The leading organisation, then those that take part."""
        return (self.thing.organisation, *(each.organisation for each in self.parts if each.status == JOINED))


def list_projects(lens: Lens, space: str, moment: Moment) -> list[ProjectShown]:
    """Return the projects of a period in Swedish order of their titles; raises `Refused("not_found")`."""
    check_has_projects(lens, space)
    state, by = lens.state(space, moment), moment.happened_by
    found = [(thing, data_of(thing, ProjectData)) for thing in state.group("projects")]
    kept = [(thing, data, plan) for thing, data in found if (plan := data.plan_at(by)) is not None]
    digests = [plan.digest for _thing, _data, plan in kept]
    digests += [data.state_at(by).digest for _thing, data, _plan in kept]
    digests += [word.digest for _thing, data, _plan in kept for word in data.participation(by).values()]
    texts = lens.payloads(space, [digest for digest in digests if digest])
    shown = (_shown(lens, thing, plan, texts, moment) for thing, _data, plan in kept)
    return sorted(shown, key=lambda each: (sort_key(each.title), each.subject))


def get_project(lens: Lens, space: str, subject: str, moment: Moment) -> ProjectShown:
    """Return one project; raises `Refused("not_found")`."""
    found = next((each for each in list_projects(lens, space, moment) if each.subject == subject), None)
    if found is None:
        raise Refused("not_found")
    return found


def check_has_projects(lens: Lens, space: str) -> None:
    """Raise `Refused("not_found")` for a space that has no projects."""
    if lens.space(space).kind not in HERE:
        raise Refused("not_found")


def _shown(
    lens: Lens, thing: Thing, plan: Plan, texts: Mapping[str, Mapping[str, Any] | None], moment: Moment
) -> ProjectShown:
    data = data_of(thing, ProjectData)
    moved = data.state_at(moment.happened_by)
    said = data.participation(moment.happened_by)
    asked = [Taking(each, ASKED, plan.at, "") for each in plan.invited if each not in said]
    parts = [_taking(word, texts) for _name, word in sorted(said.items())]
    return ProjectShown(
        thing, data, plan, moved, texts.get(plan.digest) or {}, texts.get(moved.digest) or {}, tuple(parts + asked),
        _acts(lens, thing) if not moment.historical else frozenset(),
    )  # fmt: skip


def _taking(word: Word, texts: Mapping[str, Mapping[str, Any] | None]) -> Taking:
    return Taking(word.organisation, word.status, word.at, str((texts.get(word.digest) or {}).get("text", "")))


def _acts(lens: Lens, thing: Thing) -> frozenset[str]:
    """Return what this reader may write, by table, owner and permission."""
    if not lens.may("plan") or thing.needs_upgrade:
        return frozenset()
    if thing.organisation == lens.principal.organisation:
        return frozenset(PROJECT.owner.allowed(thing.status))
    return frozenset(PROJECT.each.allowed(thing.party(lens.principal.organisation)))
