"""Readers of a working group's space: the revisions of its text, and the comments on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens
from gemensam.objectives.domain.drafting import COMMENT, REVISION, WITHDRAWN, CommentData, contradiction, joint_status
from gemensam.objectives.domain.rules import WRITING, is_group
from gemensam.objectives.domain.texts import Section, sections_of
from gemensam.objectives.plan_queries import thing_of

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """A revision with its text; `sections` are empty where it has been removed."""

    thing: Thing
    sections: tuple[Section, ...]
    changed: str
    is_removed: bool

    @property
    def number(self) -> int:
        return int(self.thing.data.number)


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One word about a comment."""

    organisation: str
    status: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment, with what was answered. `status` is the joint one; `acts`: what this reader's organisation may do."""

    thing: Thing
    text: str
    status: str
    contradiction: str
    answers: tuple[AnswerShown, ...]
    acts: frozenset[str]

    @property
    def data(self) -> CommentData:
        data: CommentData = self.thing.data
        return data

    @property
    def is_open(self) -> bool:
        return self.status in ("open", "answered")


def check_group(lens: Lens, space: str) -> SpaceInfo:
    """Return a working group's space; raises `Refused("not_found")` for any other."""
    info = lens.space(space)
    if info.kind != "sub" or not is_group(info, lens.state(info.parent)):
        raise Refused("not_found")
    return info


def list_groups_for(lens: Lens, period: str) -> tuple[SpaceInfo, ...]:
    """Return the working groups of a period whose spaces this reader reads."""
    return tuple(info for info in lens.spaces() if info.kind == "sub" and info.parent == period)


def may_write(lens: Lens) -> bool:
    """Whether this reader's function may write in a working group that it reads."""
    return not WRITING.isdisjoint(lens.principal.permissions)


def list_revisions(lens: Lens, space: str, moment: Moment) -> tuple[Thing, ...]:
    """Return the revisions, the one in force first."""
    things = lens.state(space, moment).newest("revisions")
    return tuple(thing for thing in things if moment.happened_by is None or thing.data.at <= moment.happened_by)


def read_revision(lens: Lens, space: str, thing: Thing) -> RevisionShown:
    """Return a revision with its text."""
    payload = lens.payloads(space, [thing.data.content]).get(thing.data.content)
    return RevisionShown(thing, sections_of(payload), str((payload or {}).get("changed", "")), payload is None)


def get_revision(lens: Lens, space: str, subject: str, moment: Moment) -> RevisionShown:
    """Return one revision; raises `Refused("not_found")`."""
    return read_revision(lens, space, thing_of(lens.state(space, moment), subject, REVISION.name))


def list_comments(lens: Lens, space: str, moment: Moment) -> tuple[CommentShown, ...]:
    """Return the comments that stand, the oldest first."""
    things = [
        thing
        for thing in lens.state(space, moment).group("draft_comments")
        if thing.status != WITHDRAWN and (moment.happened_by is None or thing.data.at <= moment.happened_by)
    ]
    digests = [
        digest for thing in things for digest in (thing.data.content, *(one.digest for one in thing.data.answers))
    ]
    texts = lens.payloads(space, digests)
    return tuple(_shown(lens, space, thing, texts, moment) for thing in things)


def _shown(
    lens: Lens, space: str, thing: Thing, texts: Mapping[str, Payload | None], moment: Moment
) -> CommentShown:  # fmt: skip
    data: CommentData = thing.data

    def text(digest: str) -> str:
        return str((texts.get(digest) or {}).get("text", ""))

    answers = tuple(AnswerShown(one.organisation, one.status, one.at, text(one.digest)) for one in data.answers)
    return CommentShown(
        thing, text(data.content), joint_status(data, thing.status), contradiction(data, thing.status), answers,
        _acts(lens, space, thing, moment),
    )  # fmt: skip


def _acts(lens: Lens, space: str, thing: Thing, moment: Moment) -> frozenset[str]:
    own = lens.principal.organisation
    if moment.historical or lens.space(space).closed or thing.needs_upgrade or not may_write(lens):
        return frozenset()
    allowed = set(COMMENT.each.allowed(thing.party(own)))
    if thing.organisation == own:
        allowed |= set(COMMENT.owner.allowed(thing.status))
        allowed -= {"draft_comment.settled"}  # who made it resolves it
        if thing.status == "open" and joint_status(thing.data, thing.status) != "settled":
            allowed -= {"draft_comment.reopened"}
    return frozenset(kind.partition(".")[2] for kind in allowed)
