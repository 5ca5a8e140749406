"""The readers of reporting: open requests and how they are answered, reports over time, one report with its trace.

Everything is read from the state of one space, so that nothing of a narrower space is counted, filled in or told
in a wider one (design 3.3, 3.4). Times are milliseconds UTC; what is late is judged at the moment's instant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens, LogRow
from gemensam.picture.domain.reports import ReportData
from gemensam.picture.domain.requests import Reply, RequestData

ANSWERED, UNCONFIRMED, DEFERRED, DECLINED, WAITING, LATE = (
    "answered", "unconfirmed", "deferred", "declined", "waiting", "late",
)  # fmt: skip
MISSING = (LATE, WAITING, DEFERRED)
# From when an unanswered request is shown as due; a proposal, like every time target (requirements, †).
REMINDER_LEAD_MS = 30 * 60_000
SAME_QUESTION_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Asked:
    """How one asked organisation stands to a request.

    `state`: answered, unconfirmed (answered by a report that it has not confirmed), deferred, declined, waiting
    or late. `at`: when it answered or replied; `late_since`: the time that has passed.
    """

    organisation: str
    state: str
    at: int = 0
    report: str = ""
    until_at: int = 0
    reply: Reply | None = None
    late_since: int = 0
    reminded_at: int = 0

    @property
    def missing(self) -> bool:
        return self.state in MISSING

    @property
    def by_link(self) -> bool:
        """Whether its word on the request came by an answer link: its own next word takes the place of that (R85)."""
        return self.state in (DEFERRED, DECLINED) and self.reply is not None and bool(self.reply.via)


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with everybody's answer. `due`: an answer is missing and the time is near or past."""

    thing: Thing
    asked: tuple[Asked, ...]
    due: bool

    @property
    def data(self) -> RequestData:
        found: RequestData = self.thing.data
        return found

    @property
    def answered(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.state in (ANSWERED, UNCONFIRMED))

    @property
    def late(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.state == LATE)

    @property
    def missing(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.missing)

    def of(self, organisation: str) -> Asked | None:
        return next((one for one in self.asked if one.organisation == organisation), None)


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with its content in force (None: disposed of) and its trace, oldest first."""

    thing: Thing
    content: Mapping[str, Any] | None
    trace: tuple[LogRow, ...]

    @property
    def data(self) -> ReportData:
        found: ReportData = self.thing.data
        return found

    @property
    def creation(self) -> LogRow:
        return self.trace[0]

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the entry that holds the content in force."""
        return next((row.header.marks for row in self.trace if row.digest == self.data.content), ())

    @property
    def pins(self) -> str:
        """The lists that the content in force was written with."""
        return next((row.header.vocabulary for row in self.trace if row.digest == self.data.content), "")


def request_view(state: SpaceState, thing: Thing, moment: Moment) -> RequestView:
    """Return a request with how each asked organisation stands at the moment."""
    reports = _answers(state, thing.subject, moment)
    asked = tuple(_asked(thing, organisation, reports.get(organisation), moment) for organisation in thing.data.asked)
    near = thing.data.deadline_at - REMINDER_LEAD_MS <= moment.at
    return RequestView(thing, asked, near and thing.status == "open" and any(one.missing for one in asked))


def list_requests(state: SpaceState, moment: Moment) -> list[RequestView]:
    """Return all requests of a space, open ones first, soonest deadline first; withdrawn ones last, newest first."""
    views = [request_view(state, thing, moment) for thing in state.group("requests") if _had_happened(thing, moment)]
    still = [view for view in views if view.thing.status == "open" and view.missing]
    done = [view for view in views if view not in still]
    return [*still, *reversed(done)]


def get_request(lens: Lens, space: str, subject: str, moment: Moment) -> RequestView:
    """Return one request; raises `Refused("not_found")`."""
    state = lens.state(space, moment)
    thing = state.thing(subject)
    if thing is None or thing.type != "request":
        raise Refused("not_found")
    return request_view(state, thing, moment)


def open_requests_for(state: SpaceState, organisation: str, moment: Moment) -> list[RequestView]:
    """Return the requests that wait for an organisation's answer, soonest deadline first."""
    views = (request_view(state, thing, moment) for thing in state.group("asked", organisation))
    return [view for view in views if _had_happened(view.thing, moment) and _waits_for(view, organisation)]


def unconfirmed_for(state: SpaceState, organisation: str) -> tuple[Thing, ...]:
    """Return the reports that others entered for an organisation and that it has not confirmed."""
    return state.group("reports_unconfirmed", organisation)


def latest_report(state: SpaceState, organisation: str, moment: Moment | None = None) -> Thing | None:
    """Return an organisation's report with the newest *lägestid* in force, at the moment."""
    by = moment.happened_by if moment else None
    found = state.newest("reports", organisation)
    return next((thing for thing in found if by is None or thing.data.stated_at <= by), None)


def reports_of(state: SpaceState, organisation: str, moment: Moment) -> list[Thing]:
    """Return an organisation's reports, newest *lägestid* first, withdrawn and denied ones in their place."""
    found = (*state.group("reports", organisation), *state.group("report_traces", organisation))
    kept = [thing for thing in found if moment.happened_by is None or thing.data.stated_at <= moment.happened_by]
    return sorted(kept, key=lambda thing: (thing.data.stated_at, thing.data.clock, thing.subject), reverse=True)


def get_report(lens: Lens, space: str, subject: str, moment: Moment) -> ReportView:
    """Return one report with its trace; raises `Refused("not_found")`."""
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type != "report":
        raise Refused("not_found")
    content = lens.payloads(space, [thing.data.content]).get(thing.data.content)
    return ReportView(thing, content, tuple(lens.history(space, subject, moment)))


def content_of(lens: Lens, space: str, thing: Thing | None) -> Mapping[str, Any] | None:
    """Return a report's content in force, from the report's own space alone."""
    if thing is None:
        return None
    return lens.payloads(space, [thing.data.content]).get(thing.data.content)


@dataclass(frozen=True, slots=True)
class Same:
    """What two requests both ask.

    `rows`: the verksamheter, () with `is_all` for all that one answers for; `extra`: further questions in one wording.
    """

    rows: tuple[str, ...]
    is_all: bool
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameQuestion:
    """A request of the last 24 hours that put the same to an organisation, and its answer if any."""

    organisation: str
    request: Thing
    report: str
    same: Same


def same_questions(
    state: SpaceState, content: Mapping[str, Any], now: int, extras: Mapping[str, Sequence[str]] | None = None
) -> list[SameQuestion]:
    """Return the questions already put, within 24 hours, to those about to be asked (R18).

    Two requests by one form ask the same of the rows that both name (none named: all); a further question is the same
    in the same words, whatever the form. `extras`: the further questions of earlier requests by their content's digest.
    """
    found: list[SameQuestion] = []
    moment = Moment(now)
    for thing in recent_requests(state, now):
        same = _same(thing.data, content, (extras or {}).get(thing.data.content, ()))
        view = request_view(state, thing, moment)
        for organisation in content["asked"] if same is not None else ():
            answer = view.of(organisation)
            if answer is not None and same is not None:
                found.append(SameQuestion(organisation, thing, answer.report, same))
    return found


def recent_requests(state: SpaceState, now: int) -> list[Thing]:
    """Return the open requests of the last 24 hours, newest first."""
    since = now - SAME_QUESTION_MS
    return [thing for thing in state.newest("requests") if thing.status == "open" and thing.data.clock.ms >= since]


def _same(data: RequestData, content: Mapping[str, Any], extras: Sequence[str]) -> Same | None:
    """Return what two requests both ask, without whom; None for nothing."""
    before, after = set(data.questions), set(content["questions"])
    rows = (before & after if before and after else before | after) if data.template == content["template"] else set()
    is_all = data.template == content["template"] and not before and not after
    known = {_plain(question) for question in extras}
    extra = tuple(question for question in content.get("extra", ()) if _plain(question) in known)
    if not (rows or is_all or extra):
        return None
    return Same(tuple(sorted(rows)), is_all, extra)


def _plain(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip(" ?.!")


def _had_happened(thing: Thing, moment: Moment) -> bool:
    return moment.happened_by is None or thing.data.occurred_at <= moment.happened_by


def _waits_for(view: RequestView, organisation: str) -> bool:
    found = view.of(organisation)
    return view.thing.status == "open" and found is not None and found.missing


def _answers(state: SpaceState, request: str, moment: Moment) -> dict[str, Thing]:
    """Return the newest answer of each organisation; the group is in order of *lägestid*, so the last one stays."""
    by = moment.happened_by
    return {
        thing.organisation: thing
        for thing in state.group("answers", request)
        if by is None or thing.data.stated_at <= by
    }


def _asked(request: Thing, organisation: str, report: Thing | None, moment: Moment) -> Asked:
    data: RequestData = request.data
    reminded = data.reminded_at(organisation)
    if report is not None:
        state = UNCONFIRMED if report.status == "unconfirmed" else ANSWERED
        return Asked(organisation, state, report.data.stated_at, report.subject, reminded_at=reminded)
    reply = data.reply(organisation)
    party = request.party(organisation)
    if reply is not None and moment.happened_by is not None and reply.at > moment.happened_by:
        reply, party = None, ""
    if reply is not None and party == DECLINED:
        return Asked(organisation, DECLINED, reply.at, reply=reply, reminded_at=reminded)
    until = reply.until_at if reply is not None else data.deadline_at
    if until < moment.at and request.status == "open":
        return Asked(organisation, LATE, reply=reply, late_since=until, reminded_at=reminded)
    if reply is not None:
        return Asked(organisation, DEFERRED, reply.at, until_at=until, reply=reply, reminded_at=reminded)
    return Asked(organisation, WAITING, reminded_at=reminded)
