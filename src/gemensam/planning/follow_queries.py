"""Readers of follow-ups: the list, one with its answers, its published reports, and what is due. Times in ms UTC."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.domain.rules import data_of
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.planning.domain.follow_up_rules import ANSWERING
from gemensam.planning.domain.follow_ups import FOLLOW_UP, HERE, FollowUpData, Given, Version

ANSWERED_KIND = "follow_up.answered"


@dataclass(frozen=True, slots=True)
class FollowUpShown:
    """A follow-up as it stood at the moment. `text`: the payload that opened it, empty where that has gone."""

    thing: Thing
    data: FollowUpData
    text: Mapping[str, Any]
    due_at: int
    recipients: tuple[str, ...]
    answered: Mapping[str, Given]
    is_closed: bool
    acts: frozenset[str]

    @property
    def subject(self) -> str:
        return self.thing.subject

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has been asked and has not answered."""
        return tuple(each for each in self.recipients if each not in self.answered)


def list_follow_ups(lens: Lens, space: str, moment: Moment) -> list[FollowUpShown]:
    """Return the follow-ups of a space, the newest first; raises `Refused("not_found")`."""
    check_has_follow_ups(lens, space)
    state, by = lens.state(space, moment), moment.happened_by
    things = [each for each in state.newest("follow_ups") if by is None or each.data.opened_at <= by]
    texts = lens.payloads(space, [each.data.content for each in things])
    return [_shown(lens, each, texts.get(each.data.content) or {}, moment) for each in things]


def _shown(lens: Lens, thing: Thing, text: Mapping[str, Any], moment: Moment) -> FollowUpShown:
    data, by = data_of(thing, FollowUpData), moment.happened_by
    span = data.span_at(by)
    return FollowUpShown(
        thing, data, text, span.due_at, span.recipients, data.latest(by), data.closed_by(by),
        frozenset() if moment.historical else _acts(lens, thing),
    )  # fmt: skip


def get_follow_up(lens: Lens, space: str, subject: str, moment: Moment) -> FollowUpShown:
    """Return one follow-up; raises `Refused("not_found")`."""
    found = next((each for each in list_follow_ups(lens, space, moment) if each.subject == subject), None)
    if found is None:
        raise Refused("not_found")
    return found


def check_has_follow_ups(lens: Lens, space: str) -> None:
    """Raise `Refused("not_found")` for a space that has no follow-ups."""
    if lens.space(space).kind not in HERE:
        raise Refused("not_found")


def answers_of(lens: Lens, space: str, shown: FollowUpShown) -> dict[str, Mapping[str, Any]]:
    """Return the payload of each member's answer that stands, by organisation."""
    texts = lens.payloads(space, [given.digest for given in shown.answered.values()])
    return {each: texts.get(given.digest) or {} for each, given in shown.answered.items()}


def versions_of(shown: FollowUpShown, happened_by: int | None = None) -> tuple[Version, ...]:
    """Return the published reports, oldest first."""
    return tuple(one for one in shown.data.versions if happened_by is None or one.at <= happened_by)


def get_report(
    lens: Lens, space: str, shown: FollowUpShown, number: int, moment: Moment
) -> tuple[Version, Mapping[str, Any]]:  # fmt: skip
    """Return a published report by its place, 1 the first. Raises `Refused`: `not_found`, `follow_up_disposed`."""
    versions = versions_of(shown, moment.happened_by)
    if not 0 < number <= len(versions):
        raise Refused("not_found")
    version = versions[number - 1]
    content = lens.payloads(space, [version.digest]).get(version.digest)
    if content is None:
        raise Refused("follow_up_disposed")
    return version, content


def may_answer(lens: Lens) -> bool:
    return any(lens.may(permission) for permission in ANSWERING)


def to_answer(lens: Lens, space: str, state: SpaceState) -> Iterator[FollowUpShown]:
    """Yield the open follow-ups that the reader's organisation is asked in and has not answered."""
    own = lens.principal.organisation
    if not may_answer(lens) or not state.size("follow_ups_to", own):
        return
    for shown in list_follow_ups(lens, space, Moment(lens.now)):
        if own in shown.missing and not shown.is_closed:
            yield shown


def _acts(lens: Lens, thing: Thing) -> frozenset[str]:
    """Return what this reader may write, by table, owner and permission."""
    if thing.needs_upgrade:
        return frozenset()
    own, allowed = lens.principal.organisation, set[str]()
    if lens.may("plan") and thing.organisation == own:
        allowed |= set(FOLLOW_UP.owner.allowed(thing.status))
    asked = thing.data.span_at().recipients
    if thing.status == "open" and ((own in asked and may_answer(lens)) or lens.may("report_for_others")):
        allowed.add(ANSWERED_KIND)
    return frozenset(allowed)
