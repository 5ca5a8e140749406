"""The readers of comments on minutes and of diarienummer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.conference_queries import check_has_conferences, may_speak
from gemensam.coordination.domain.comments import Comment, standing_comments
from gemensam.coordination.domain.minutes import MINUTES, MinutesData
from gemensam.coordination.domain.registrations import REGISTERING, REGISTRABLE, RegistrationData
from gemensam.coordination.minutes_queries import Minutes
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment that stands, with its text and the leader's answer to it ("" until a version has one)."""

    comment: Comment
    text: str
    reply: str


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments on minutes, oldest first. `until_at`: to when they are taken (ms UTC, 0: not).

    `acts`: what this reader's organisation may do: the kinds `minutes.commented`, `minutes.comment_withdrawn`.
    """

    until_at: int
    given: tuple[CommentShown, ...]
    acts: frozenset[str]

    def of(self, organisation: str) -> CommentShown | None:
        return next((each for each in self.given if each.comment.organisation == organisation), None)


def comments_on(lens: Lens, space: str, minutes: Minutes, moment: Moment) -> Comments:
    """Return the comments on a conference's minutes at a moment, answered by the versions that are published."""
    thing = minutes.thing
    if thing is None:
        return Comments(0, (), frozenset())
    data: MinutesData = thing.data
    standing = standing_comments(data.comments, moment.happened_by)
    texts = lens.payloads(space, [*(each.digest for each in standing), *(each.digest for each in minutes.versions)])
    replies = {
        reply["comment"]: str(reply["reply"])
        for version in minutes.versions
        for reply in (texts.get(version.digest) or {}).get("replies", ())
    }
    given = tuple(CommentShown(each, _text(texts, each.digest), replies.get(each.digest, "")) for each in standing)
    return Comments(data.comments_until_at, given, _acts(lens, space, thing, moment))


def _text(texts: Mapping[str, Mapping[str, Any] | None], digest: str) -> str:
    return str((texts.get(digest) or {}).get("text", ""))


def _acts(lens: Lens, space: str, thing: Thing, moment: Moment) -> frozenset[str]:
    if moment.historical or lens.space(space).closed or thing.needs_upgrade or not may_speak(lens):
        return frozenset()
    allowed = set(MINUTES.each.allowed(thing.party(lens.principal.organisation)))
    if lens.now > thing.data.comments_until_at:
        allowed.discard("minutes.commented")
    return frozenset(allowed)


@dataclass(frozen=True, slots=True)
class Registered:
    """An organisation's diarienummer for a thing. `status`: received or drawn_up; `on`: its date, ISO."""

    organisation: str
    number: str
    status: str
    on: str


def registrable(lens: Lens, space: str, subject: str, moment: Moment) -> Thing:
    """Return a thing that can be registered; raises `Refused("not_found")`."""
    check_has_conferences(lens, space)
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type not in REGISTRABLE:
        raise Refused("not_found")
    return thing


def registrations_of(lens: Lens, space: str, subject: str, moment: Moment) -> list[Registered]:
    """Return the diarienummer of a thing, by organisation; those whose text is disposed of are left out."""
    things = lens.state(space, moment).group("registrations_of", subject)
    kept = [thing for thing in things if isinstance(thing.data, RegistrationData) and _had_happened(thing, moment)]
    texts = lens.payloads(space, [thing.data.content for thing in kept])
    found = ((thing.organisation, texts.get(thing.data.content)) for thing in kept)
    return [Registered(who, each["number"], each["status"], each["on"]) for who, each in found if each is not None]


def _had_happened(thing: Thing, moment: Moment) -> bool:
    return moment.happened_by is None or thing.data.made_at <= moment.happened_by


def may_register(lens: Lens) -> bool:
    """Whether this reader may say under which number its organisation has registered something."""
    return not REGISTERING.isdisjoint(lens.principal.permissions)
