"""Follow-up (uppföljning) of a steering document or an agreement: questions to members, and the report of it (G13).

Who asks owns the follow-up; each member answers for itself. The questions are copied from a template when it is
opened, so that it reads alone. The report is a publication: numbered, self-contained, never changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from sys import intern
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.rosters.domain.local import MINUTES_OF_DAY, instant

HERE = frozenset({"period", "standing"})
OPEN, CLOSED, ANSWERED, PUBLISHED = "open", "closed", "answered", "published"
TEMPLATES = "follow_up_templates"
TEXT, CHOICE, NUMBER = "text", "choice", "number"
TITLE_MAX, QUESTIONS_MAX = 160, 30
LAST_MINUTE = MINUTES_OF_DAY - 1  # of a day that is given as the last one


@dataclass(frozen=True)
class Choice:
    """A possible answer to a question."""

    code: str
    text: str
    text_en: str = ""


@dataclass(frozen=True)
class Question:
    """A question. `kind`: text, choice or number."""

    code: str
    kind: str
    text: str
    text_en: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class FollowUpOpened:
    """A follow-up. `about`: the document or agreement in words, `about_subject` its subject where it has one.

    `year`: the year that is followed up; `due_at` in ms UTC, None for the template's own day of that year.
    `recipients`: who is asked. `questions` are copied by the program from the template.
    """

    title: str
    about: str
    template: str
    year: int
    recipients: tuple[str, ...]
    about_subject: str = ""
    text: str = ""
    due_at: int | None = None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class FollowUpExtended:
    """Another last day (ms UTC), or more recipients, and why."""

    due_at: int
    reason: str
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUpClosed:
    """Why no more answers are taken; what has not come in stands as not answered."""

    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """An answer to one question: its code, and the text, the choice's code or the number as it was written."""

    code: str
    value: str


@dataclass(frozen=True)
class FollowUpAnswered:
    """A member's answers, whole: the last one stands."""

    answers: tuple[Answer, ...]
    note: str = ""


@dataclass(frozen=True)
class AnswerCopy:
    """A member's answers as they stood, with the digest of its entry; none and digest "" where it has not answered."""

    organisation: str
    name: str
    answered_at: int | None
    answers: tuple[Answer, ...]
    note: str
    digest: str


@dataclass(frozen=True)
class BasisHead:
    """The last entry of a feed that the report was made from."""

    node: str
    incarnation: int
    number: int
    digest: str


@dataclass(frozen=True)
class FollowUpReported:
    """A version of the report. The writer gives `summary`, `proposals` and, from version 2 on, `reason`; the program
    copies the rest under the lock. Times in ms UTC.
    """

    summary: str
    proposals: str = ""
    reason: str = ""
    version: int = 0
    node: str = ""
    title: str = ""
    about: str = ""
    year: int = 0
    due_at: int = 0
    questions: tuple[Question, ...] = ()
    answers: tuple[AnswerCopy, ...] = ()
    basis: tuple[BasisHead, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A member's answer, in order; its text is in the payload of `digest`."""

    organisation: str
    at: int
    digest: str


@dataclass(frozen=True, slots=True)
class Span:
    """When answers are wanted, and from whom, since `at` (ms UTC)."""

    at: int
    due_at: int
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A published report; `number` is the signed one, 0 where its payload is gone."""

    digest: str
    at: int
    number: int
    node: str
    function: str


@dataclass(frozen=True, slots=True)
class FollowUpData:
    """A follow-up in the state; times in ms UTC, 0 where there is none."""

    content: str
    opened_at: int
    template: str = ""
    year: int = 0
    about_subject: str = ""
    spans: tuple[Span, ...] = ()
    given: tuple[Given, ...] = ()
    closed_at: int = 0
    ended: str = ""
    versions: tuple[Version, ...] = ()

    def span_at(self, happened_by: int | None = None) -> Span:
        """Return when and from whom answers are wanted, by an instant where one is asked for."""
        found = (one for one in reversed(self.spans) if happened_by is None or one.at <= happened_by)
        return next(found, Span(self.opened_at, 0, ()))

    def latest(self, happened_by: int | None = None) -> dict[str, Given]:
        """Return each member's last answer."""
        told = (one for one in self.given if happened_by is None or one.at <= happened_by)
        return {one.organisation: one for one in told}

    def closed_by(self, happened_by: int | None = None) -> bool:
        return bool(self.closed_at) and (happened_by is None or self.closed_at <= happened_by)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("follow_ups",), key
    if thing.status == OPEN:
        for organisation in thing.data.span_at().recipients:
            yield ("follow_ups_to", organisation), key


FOLLOW_UP = SubjectType(
    "follow_up",
    owner=Machine(
        {
            ("", "follow_up.opened"): OPEN,
            (OPEN, "follow_up.extended"): OPEN,
            (OPEN, "follow_up.closed"): CLOSED,
            (CLOSED, "follow_up.extended"): OPEN,
            (OPEN, "follow_up.reported"): OPEN,
            (CLOSED, "follow_up.reported"): CLOSED,
        }
    ),
    each=Machine({("", "follow_up.answered"): ANSWERED, (ANSWERED, "follow_up.answered"): ANSWERED}),
    index=_index,
)


def apply_opened(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> FollowUpData:
    given = payload or {}
    recipients = tuple(intern(each) for each in given.get("recipients", ()))
    span = Span(header.occurred_at, given.get("due_at") or 0, recipients)
    return FollowUpData(
        digest, header.occurred_at, given.get("template", ""), given.get("year", 0), given.get("about_subject", ""),
        (span,),
    )  # fmt: skip


def apply_extended(data: FollowUpData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> FollowUpData:
    before = data.span_at()
    given = payload or {}
    recipients = tuple(sorted({*before.recipients, *given.get("added", ())}))
    span = Span(header.occurred_at, given.get("due_at", before.due_at), recipients)
    return replace(data, spans=(*data.spans, span), closed_at=0, ended="")


def apply_closed(data: FollowUpData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> FollowUpData:
    return replace(data, closed_at=header.occurred_at, ended=digest)


def apply_answered(data: FollowUpData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> FollowUpData:
    given = Given(intern(header.organisation), header.occurred_at, digest)
    return replace(data, given=(*data.given, given))


def apply_reported(data: FollowUpData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> FollowUpData:
    version = Version(digest, header.occurred_at, (payload or {}).get("version", 0), header.node, header.function)
    return replace(data, versions=(*data.versions, version))


def due_of(template: Mapping[str, Any], year: int) -> int:
    """Return the last moment for answers about a year by a template's rule (ms UTC): 23.59 of its day, local time."""
    day = date(year + int(template["years_after"]), int(template["due_month"]), int(template["due_day"]))
    return instant(day, LAST_MINUTE)


def next_year(template: Mapping[str, Any], year: int) -> int | None:
    """Return the next year to follow up by a template's rule; None where it is done once."""
    return year + int(template["every_years"]) if template["every_years"] else None


def reminders(template: Mapping[str, Any], due_at: int) -> tuple[int, ...]:
    """Return when those who have not answered are reminded (ms UTC), the first first."""
    day_ms = MINUTES_OF_DAY * 60_000
    return tuple(sorted(due_at - int(days) * day_ms for days in template["remind_days"]))
