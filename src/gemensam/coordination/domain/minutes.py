"""Mötesanteckningar: a numbered, self-contained version of what was said and agreed (design 4.5, starter data 7).

Under the lock the program copies attendance, notes, needs and agreements as they stand, each with the digest
of its entry; the leader gives a summary and adjusted texts. A correction is a new version; none is changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.comments import (
    COMMENTED,
    TAKEN_BACK,
    Comment,
    CommentReply,
    CommentWithdrawn,
    MinutesCommented,
    copy_replies,
    decide_commented,
    decide_taken_back,
)
from gemensam.coordination.domain.conference_rules import decide_reason
from gemensam.coordination.domain.convening import check_leader
from gemensam.coordination.domain.copying import Source, copy_conference
from gemensam.core.entry import Header
from gemensam.core.kinds import FOR_OTHERS, Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

PUBLISHED, WITHDRAWN = "published", "withdrawn"


@dataclass(frozen=True)
class PointText:
    """The leader's text of a point, instead of what was noted."""

    code: str
    text: str


@dataclass(frozen=True)
class PointCopy:
    """A point with its text; `digest` is the note's entry, `adjusted` that the leader has given another text.

    `speakers`: the organisations spoke here, by exception.
    """

    code: str
    number: int
    title: str
    title_en: str
    writes: str
    speakers: bool
    text: str
    digest: str
    adjusted: bool


@dataclass(frozen=True)
class RoleCopy:
    """A role and who held it, in both languages."""

    role: str
    name: str
    name_en: str
    function: str
    function_name: str
    function_name_en: str


@dataclass(frozen=True)
class AttendanceCopy:
    """One organisation at the roll call. `status`: present, left, represented, absent; times in ms UTC.

    `expected`: it is one of those that the conference is for. `represented_by`: who spoke for it.
    """

    organisation: str
    name: str
    expected: bool
    status: str
    functions: tuple[str, ...]
    functions_en: tuple[str, ...]
    represents: tuple[str, ...]
    represented_by: str
    joined_at: int | None
    left_at: int | None
    via: str
    digest: str


@dataclass(frozen=True)
class SpeakerCopy:
    """Who was on the list of speakers and why (codes)."""

    organisation: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class OfferCopy:
    """What an organisation offered to a need."""

    organisation: str
    name: str
    text: str
    digest: str


@dataclass(frozen=True)
class NeedCopy:
    """A need as it stood. `row` and `urgency` are codes, with their words."""

    organisation: str
    name: str
    text: str
    row: str
    row_name: str
    row_name_en: str
    urgency: str
    urgency_name: str
    urgency_name_en: str
    concerns: tuple[str, ...]
    until_at: int | None
    status: str
    offers: tuple[OfferCopy, ...]
    digest: str


@dataclass(frozen=True)
class AnswerCopy:
    """The answer to a common question; `at` in ms UTC."""

    organisation: str
    name: str
    text: str
    at: int
    digest: str


@dataclass(frozen=True)
class QuestionCopy:
    """A common question as it stood: who asked it, who asks the same, and its answer."""

    organisation: str
    name: str
    text: str
    status: str
    sharers: tuple[str, ...]
    answers: tuple[AnswerCopy, ...]
    digest: str


@dataclass(frozen=True)
class PartyCopy:
    """One organisation's undertaking as it stood; `text`: its reservation, reason or note."""

    organisation: str
    name: str
    what: str
    due_at: int | None
    status: str
    answered_at: int | None
    text: str
    contradictions: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class AgreementCopy:
    """An agreement as it stood; `earlier`: it is followed up from an earlier conference."""

    label: str
    wording: str
    status: str
    parties: tuple[PartyCopy, ...]
    others: tuple[PartyCopy, ...]
    follow_up_at: int | None
    valid_until_at: int | None
    earlier: bool
    digest: str


@dataclass(frozen=True)
class NextCopy:
    """The conference that was called next."""

    starts_at: int
    title: str
    title_en: str


@dataclass(frozen=True)
class BasisHead:
    """The last entry of a feed that the minutes were made from."""

    node: str
    incarnation: int
    number: int
    digest: str


@dataclass(frozen=True)
class MinutesPublished:
    """A version of the minutes. The writer gives `summary`, `texts` and, from version 2 on, `reason`; the rest is
    copied by the program under the lock. Times in ms UTC.

    The writer also gives `comments_until_at`, to when members may comment (None: no longer), and `replies`.
    """

    summary: str = ""
    texts: tuple[PointText, ...] = ()
    reason: str = ""
    version: int = 0
    node: str = ""
    conference: str = ""
    label: str = ""
    title: str = ""
    title_en: str = ""
    week: int = 0
    planned_at: int = 0
    started_at: int | None = None
    ended_at: int | None = None
    roles: tuple[RoleCopy, ...] = ()
    attendance: tuple[AttendanceCopy, ...] = ()
    points: tuple[PointCopy, ...] = ()
    speakers: tuple[SpeakerCopy, ...] = ()
    needs: tuple[NeedCopy, ...] = ()
    agreements: tuple[AgreementCopy, ...] = ()
    next: NextCopy | None = None
    basis: tuple[BasisHead, ...] = ()
    questions: tuple[QuestionCopy, ...] = ()
    comments_until_at: int | None = None
    replies: tuple[CommentReply, ...] = ()


@dataclass(frozen=True)
class MinutesWithdrawn:
    """Why the published version no longer holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version; `number` is the signed one, 0 where its payload is gone."""

    digest: str
    at: int
    number: int
    node: str
    function: str
    withdrawn_at: int = 0
    withdrawal: str = ""


@dataclass(frozen=True, slots=True)
class MinutesData:
    """The minutes of a conference: its versions, oldest first; to when members may comment (0: not), and comments."""

    conference: str = ""
    versions: tuple[Version, ...] = ()
    comments_until_at: int = 0
    comments: tuple[Comment, ...] = ()

    def unsaid(self) -> tuple[str, ...]:
        """The fields that came later than the first logs, where they say nothing (`core.state.plain`)."""
        return tuple(name for name in ("comments_until_at", "comments") if not getattr(self, name))

    def version(self, number: int) -> Version | None:
        """Return a version of this node's series by its place, 1 the first."""
        return self.versions[number - 1] if 0 < number <= len(self.versions) else None


def minutes_subject(conference: str) -> str:
    """Return the one subject of a conference's minutes."""
    return f"{conference}.minutes"


def _index(thing: Thing) -> list[Any]:
    last = thing.data.versions[-1].at if thing.data.versions else 0
    return [(("minutes",), (last, thing.subject))]


MINUTES = SubjectType(
    "minutes",
    owner=Machine(
        {
            ("", "minutes.published"): PUBLISHED,
            (PUBLISHED, "minutes.published"): PUBLISHED,
            (PUBLISHED, "minutes.withdrawn"): WITHDRAWN,
            (WITHDRAWN, "minutes.published"): PUBLISHED,
        }
    ),
    each=Machine(
        {
            ("", "minutes.commented"): COMMENTED,
            (COMMENTED, "minutes.commented"): COMMENTED,  # in other words
            (COMMENTED, "minutes.comment_withdrawn"): TAKEN_BACK,
            (TAKEN_BACK, "minutes.commented"): COMMENTED,
        }
    ),
    index=_index,
)


def _published(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> MinutesData:
    before = data if isinstance(data, MinutesData) else MinutesData(rules.conference_of(header.refs))
    number = payload["version"] if payload else 0
    version = Version(digest, header.occurred_at, number, header.node, header.function)
    until_at = (payload or {}).get("comments_until_at") or 0
    return replace(before, versions=(*before.versions, version), comments_until_at=until_at)


def _commented(status: str) -> Any:
    def apply(data: MinutesData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> MinutesData:
        comment = Comment(header.organisation, status, header.occurred_at, header.clock, digest)
        return replace(data, comments=(*data.comments, comment))

    return apply


def _withdrawn(data: MinutesData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> MinutesData:
    last = replace(data.versions[-1], withdrawn_at=header.occurred_at, withdrawal=digest)
    return replace(data, versions=(*data.versions[:-1], last))


def _decide_published(decision: Decision) -> Mapping[str, Any]:
    """Copy the conference as it stands and number the version.

    Raises `Refused`: `conference_missing`, `minutes_subject`, `minutes_too_early`, `not_conference_leader`,
    `reason_missing` from version 2, `unknown_point`, `text_too_long`.
    """
    given, conference = decision.draft.payload, rules.check_conference(decision, needed=True)
    if conference is None or decision.draft.subject != minutes_subject(conference.subject):
        raise Refused("minutes_subject")
    if conference.organisation != decision.organisation:
        raise Refused("not_conference_leader", owner=conference.organisation)
    check_leader(decision, conference)
    if not conference.data.opened_at:
        raise Refused("minutes_too_early")
    _check_given(given, conference)
    versions = decision.thing.data.versions if decision.thing is not None else ()
    own = 1 + sum(1 for version in versions if version.node == decision.node)
    if versions and not given["reason"].strip():
        raise Refused("reason_missing")
    source = Source(decision.directory, decision.space, decision.state, decision.load, decision.now)
    copied = copy_conference(source, conference, {text["code"]: text["text"] for text in given["texts"]})
    chosen = {name: given[name] for name in ("summary", "texts", "reason", "comments_until_at")}
    chosen["replies"] = copy_replies(source, decision.thing, given["replies"])
    return {**copied, **chosen, "version": own, "node": decision.node, "basis": decision.state.basis()}


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    conference = decision.thing.data.conference if decision.thing is not None else ""
    check_leader(decision, decision.state.thing(conference))
    return decide_reason(decision)


def _check_given(given: Mapping[str, Any], conference: Thing) -> None:
    rules.check_words(longest=rules.TEXT_MAX, summary=given["summary"], reason=given["reason"])
    known = {code for code, _ in conference.data.points}
    for text in given["texts"]:
        if text["code"] not in known:
            raise Refused("unknown_point", value=text["code"])
        rules.check_words(longest=rules.TEXT_MAX, text=text["text"])


def _text(payload: Mapping[str, Any]) -> str:
    wordings = [agreement["wording"] for agreement in payload["agreements"]]
    texts = [point["text"] for point in payload["points"] if point["text"]]
    for question in payload.get("questions", ()):
        texts += [question["text"], *(answer["text"] for answer in question["answers"])]
    texts += [part for reply in payload.get("replies", ()) for part in (reply["text"], reply["reply"])]
    return "\n".join([payload["title"], payload["summary"], payload["reason"], *texts, *wordings])


KINDS = (
    Kind("minutes.published", 1, MINUTES, MinutesPublished, "read", _published,
         spaces=rules.HERE, decide=_decide_published, text=_text, publishes=True),
    Kind("minutes.withdrawn", 1, MINUTES, MinutesWithdrawn, "read", _withdrawn,
         spaces=rules.HERE, decide=_decide_withdrawn, text=lambda payload: payload["reason"], folds_payload=False),
    Kind("minutes.commented", 1, MINUTES, MinutesCommented, "read", _commented(COMMENTED), on_behalf=FOR_OTHERS,
         spaces=rules.HERE, decide=decide_commented, text=lambda payload: payload["text"], folds_payload=False),
    Kind("minutes.comment_withdrawn", 1, MINUTES, CommentWithdrawn, "read", _commented(TAKEN_BACK),
         spaces=rules.HERE, decide=decide_taken_back, text=lambda payload: payload["reason"], folds_payload=False),
)  # fmt: skip
TYPES = (MINUTES,)
