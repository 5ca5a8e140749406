"""A larm: who is reached with which text, and what each member answers (R2–R4, R9).

The larm is its sender's; each member's answer is that member's own. That somebody has *acknowledged* and that somebody
*takes part* are two things. The members' functions are copied in: what the call lists said when it was sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any

from gemensam.activation.domain.alert_settings import Pace, pace_from
from gemensam.activation.domain.targets import Reached, Target
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine

SENT, CANCELLED, ENDED, ANSWERED = "sent", "cancelled", "ended", "answered"
PROV, EXERCISE = "PROV", "ÖVNING"  # the marks, as every channel, screen and export shows them
# Purposes: all are to know; somebody is to assess a call; whoever a larm had reached is told that it is taken back.
ALERT, ASSESS, NOTICE = "alert", "assess", "notice"
# Relations: the call that it belongs to, the larm that it takes over from, the larm that it tells of.
CALL_OF, REPLACES, TELLS_OF = "call", "replaces", "tells_of"
SPACES = frozenset({"standing", "incident", "exercise"})

ALL_MEMBERS = Target()


@dataclass(frozen=True)
class LarmSent:
    """What is sent to whom. `text`: of `alert_texts`; `fields`: what stands in it, without times and link.

    `live`: whether it goes out to telephones, mail and push; else only in the program. An exercise never does.
    `urgent`: a text that wakes nobody goes out in a quiet night too; else it begins at `begins_at`, ms UTC.
    `scheduled_at`: the time of the schedule that it was sent for (ms UTC). `purpose`: `alert`, `assess` for those who
    are to assess the call, or `notice` for those whom another larm has reached. The program fills in the rest: texts,
    marks, members with their functions, the pace.
    """

    text: str
    target: Target = ALL_MEMBERS
    fields: dict[str, str] = field(default_factory=dict)
    purpose: str = ALERT
    live: bool = True
    urgent: bool = False
    scheduled_at: int = 0
    begins_at: int = 0
    mark: str = ""
    names_conference: bool = False
    answers: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    members: tuple[dict[str, Any], ...] = ()
    pace: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LarmAnswered:
    """A member's answer through one of its functions. `code`: of `alert_answers`; `from_at`: takes part from, ms UTC.

    The program copies in what the code means, so that the list can be edited later.
    """

    function: str
    code: str
    from_at: int = 0
    acknowledges: bool = False
    takes_part: bool = False
    hands_on: bool = False


@dataclass(frozen=True)
class LarmFollowedUp:
    """What is said to all who were reached, later."""

    note: str


@dataclass(frozen=True)
class LarmCancelled:
    """Why it was wrong or is not needed."""

    reason: str


@dataclass(frozen=True)
class Outcome:
    """How it went for one member; times in ms UTC, 0 where there is none. `function`: who answered last."""

    organisation: str
    acknowledged_at: int = 0
    takes_part: bool = False
    from_at: int = 0
    function: str = ""
    via: str = ""
    tried: tuple[str, ...] = ()


@dataclass(frozen=True)
class LarmEnded:
    """The result, self-contained: it needs no other entry to be understood (design 4.5). The program fills it in.

    `target_at`: when the target's share had acknowledged, ms UTC, 0 if never.
    """

    note: str = ""
    sent_at: int = 0
    target_at: int = 0
    percent: int = 0
    target_percent: int = 0
    mark: str = ""
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, in order. `clock`: when it stood in the log, which decides what was sent; `at`: when it was given."""

    organisation: str
    function: str
    code: str
    at: int
    clock: Clock
    via: str
    by_organisation: str
    from_at: int
    acknowledges: bool
    takes_part: bool
    hands_on: bool
    digest: str

    @property
    def known_at(self) -> int:
        return self.clock.ms


@dataclass(frozen=True, slots=True)
class LarmData:
    """A larm in the state; times in ms UTC, 0 where there is none. Texts are in the payload of `content`.

    `entered_later`: it went out by paper and telephone, and was written down afterwards: it sends nothing, and it and
    its answers count by their own times.
    """

    content: str
    text: str
    purpose: str
    mark: str
    live: bool
    sent_at: int
    pace: Pace
    members: tuple[Reached, ...]
    target: str
    names_conference: bool
    codes: tuple[str, ...]
    call: str = ""
    replaces: str = ""
    scheduled_at: int = 0
    stopped_at: int = 0
    last: str = ""
    answers: tuple[Answer, ...] = ()
    follow_ups: tuple[str, ...] = ()
    entered_later: bool = False
    quiet_until: int = 0

    @property
    def begins_at(self) -> int:
        """When it begins to reach people: at once, or when the quiet night is over."""
        return max(self.sent_at, self.quiet_until)

    @property
    def ends_at(self) -> int:
        """When it ends by itself: nobody is woken by an old larm."""
        return self.begins_at + self.pace.lasts

    def answers_of(self, organisation: str) -> tuple[Answer, ...]:
        return tuple(each for each in self.answers if each.organisation == organisation)


LATER_MS = 5 * 60_000
NO_PACE = Pace(0, (), 0, 0, 0, 0)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("larms",), key
    if thing.status == SENT:
        yield ("larms_sent",), key
    if thing.data.call:
        yield ("larms_of", thing.data.call), key
    if thing.data.replaces:
        yield ("larms_after", thing.data.replaces), key
    if thing.data.scheduled_at:
        yield ("larms_at", str(thing.data.scheduled_at)), key


LARM = SubjectType(
    "larm",
    owner=Machine(
        {
            ("", "larm.sent"): SENT,
            (SENT, "larm.followed_up"): SENT,
            (SENT, "larm.cancelled"): CANCELLED,
            (SENT, "larm.ended"): ENDED,
        }
    ),
    each=Machine({("", "larm.answered"): ANSWERED, (ANSWERED, "larm.answered"): ANSWERED}),
    index=_index,
)


def sent(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LarmData:
    """Fold a larm; one whose text has gone reaches nobody."""
    given = payload or {}
    members = tuple(
        Reached(intern(each["organisation"]), tuple(map(intern, each["functions"])))
        for each in given.get("members", ())
    )
    later = header.clock.ms - header.occurred_at > LATER_MS
    return LarmData(
        content=digest, text=intern(given.get("text", "")), purpose=intern(given.get("purpose", ALERT)),
        mark=intern(given.get("mark", "")), live=bool(given.get("live")) and not later,
        sent_at=header.occurred_at if later else header.clock.ms,
        pace=pace_from(given["pace"]) if given.get("pace") else NO_PACE, members=members,
        target=intern(given["target"]["kind"]) if given.get("target") else "",
        names_conference=bool(given.get("names_conference")), codes=tuple(map(intern, given.get("answers", ()))),
        call=_related(header, CALL_OF), replaces=_related(header, REPLACES),
        scheduled_at=given.get("scheduled_at", 0), last=digest, entered_later=later,
        quiet_until=given.get("begins_at", 0),
    )  # fmt: skip


def _related(header: Header, rel: str) -> str:
    return next((ref.subject for ref in header.refs if ref.rel == rel), "")


def answered(data: LarmData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LarmData:
    """Fold an answer; one whose text has gone stands as an answer that says nothing."""
    given = payload or {}
    clock = Clock(header.occurred_at, header.clock.counter) if data.entered_later else header.clock
    answer = Answer(
        intern(header.organisation), intern(given.get("function", "")), intern(given.get("code", "")),
        header.occurred_at, clock, intern(header.via), intern(header.by_organisation), given.get("from_at", 0),
        bool(given.get("acknowledges")), bool(given.get("takes_part")), bool(given.get("hands_on")), digest,
    )  # fmt: skip
    return replace(data, answers=tuple(sorted((*data.answers, answer), key=lambda each: each.clock)))


def followed_up(data: LarmData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LarmData:
    return replace(data, follow_ups=(*data.follow_ups, digest), last=digest)


def stopped(data: LarmData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LarmData:
    return replace(data, stopped_at=header.clock.ms, last=digest)
