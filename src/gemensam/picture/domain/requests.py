"""Begäran om lägesrapport: who asks whom for what, on which ground, by when (R16, R18, R28).

The asker owns the request. Each asked organisation has a machine of its own (*återkommer kl.*, *avböjer*); a
report of the same space that refers to the request answers it. Nobody's act makes another's void (design 3.9).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.picture.domain.links import BY_LINK
from gemensam.picture.domain.report_rules import OTHER_ROW, REASON_MAX, TEXT_MAX, Lists, check_way, limit_texts

HERE = frozenset({"standing", "incident", "exercise", "sub", "outer"})
EXTRA_MAX = 20
LONGEST_DEFERRAL_MS = 14 * 24 * 3600 * 1000


@dataclass(frozen=True)
class RequestPayload:
    """What is asked, of whom and why; a change carries the whole new content.

    `purpose` from the list, `purpose_text` in the asker's own words, `basis` the legal or agreed ground as shown.
    `obligatory`: whether the asked must answer; else the word on the screen is *hemställan*. `questions`: rows
    of the list, none = all that each answers for; `extra`: further questions. `deadline_at` in ms UTC;
    `recipients`: who will read the answers, in words, as the asker saw it. `series`: the takt of whose conferences
    this is the report that is asked before each, or "".
    """

    purpose: str
    template: str
    deadline_at: int
    asked: tuple[str, ...]
    purpose_text: str = ""
    basis: str = ""
    obligatory: bool = False
    questions: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    recipients: str = ""
    series: str = ""


@dataclass(frozen=True)
class RequestReminded:
    """The asker reminded these organisations."""

    organisations: tuple[str, ...]


@dataclass(frozen=True)
class RequestWithdrawn:
    """The asker no longer needs the answers."""

    reason: str


@dataclass(frozen=True)
class RequestDeferred:
    """*Återkommer kl.*: received, the answer comes at `until_at` (ms UTC); no reminder before then.

    `link_for`: the function that said so by an answer link, or "".
    """

    until_at: int
    text: str = ""
    link_for: str = ""


@dataclass(frozen=True)
class RequestDeclined:
    """*Avböjer*, with a reason from the list and what the reason needs: an organisation, a report, or words.

    `link_for`: the function that said so by an answer link, or "".
    """

    reason: str
    text: str = ""
    answered_by: str = ""
    report: str = ""
    link_for: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An asked organisation's word on a request; `until_at` for a deferral, `reason` for a decline.

    `via`: how it came, where another organisation entered it (by an answer link), else "".
    """

    organisation: str
    digest: str
    at: int
    until_at: int = 0
    reason: str = ""
    answered_by: str = ""
    via: str = ""

    def unsaid(self) -> tuple[str, ...]:
        """The fields that came later than the first logs, where they say nothing (`core.state.plain`)."""
        return () if self.via else ("via",)


@dataclass(frozen=True, slots=True)
class RequestData:
    """A request in the state; times in ms UTC. `replies` sorted by organisation, `reminded` by time."""

    deadline_at: int
    occurred_at: int
    clock: Clock
    content: str
    purpose: str = ""
    template: str = ""
    questions: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    reminded: tuple[tuple[str, int], ...] = ()
    changes: int = 0
    series: str = ""

    def unsaid(self) -> tuple[str, ...]:
        """The fields that came later than the first logs, where they say nothing (`core.state.plain`)."""
        return () if self.series else ("series",)

    def reply(self, organisation_id: str) -> Reply | None:
        return next((reply for reply in self.replies if reply.organisation == organisation_id), None)

    def reminded_at(self, organisation_id: str) -> int:
        return max((at for organisation, at in self.reminded if organisation == organisation_id), default=0)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    data: RequestData = thing.data
    key = (data.deadline_at, data.clock, thing.subject)
    yield ("requests",), key
    if thing.status == "open":
        for asked in data.asked:
            yield ("asked", asked), key
        if data.series:
            yield ("requests_in_series", data.series), key


REQUEST = SubjectType(
    "request",
    owner=Machine(
        {
            ("", "request.made"): "open",
            ("open", "request.changed"): "open",
            ("open", "request.reminded"): "open",
            ("open", "request.withdrawn"): "withdrawn",
        }
    ),
    each=Machine(
        {
            ("", "request.deferred"): "deferred",
            ("", "request.declined"): "declined",
            ("deferred", "request.deferred"): "deferred",
            ("deferred", "request.declined"): "declined",
            ("declined", "request.deferred"): "deferred",
        }
    ),
    index=_index,
)


def _content(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RequestData:
    before = data if isinstance(data, RequestData) else None
    if payload is None:
        return before or RequestData(header.occurred_at, header.occurred_at, header.clock, digest)
    return RequestData(
        deadline_at=payload["deadline_at"],
        occurred_at=before.occurred_at if before else header.occurred_at,
        clock=before.clock if before else header.clock,
        content=digest,
        purpose=intern(payload["purpose"]),
        template=intern(payload["template"]),
        questions=tuple(intern(row) for row in payload["questions"]),
        asked=tuple(intern(asked) for asked in payload["asked"]),
        replies=before.replies if before else (),
        reminded=before.reminded if before else (),
        changes=before.changes + 1 if before else 0,
        series=intern(payload.get("series", "")),
    )


def _reminded(data: RequestData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RequestData:
    named = payload["organisations"] if payload else ()
    return replace(data, reminded=(*data.reminded, *((intern(one), header.clock.ms) for one in named)))


def _replied(data: RequestData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RequestData:
    given = payload or {}
    reply = Reply(
        intern(header.organisation), digest, header.clock.ms,
        given.get("until_at", 0), given.get("reason", ""), given.get("answered_by", ""),
        intern(header.via) if header.on_behalf else "",
    )  # fmt: skip
    others = (one for one in data.replies if one.organisation != reply.organisation)
    return replace(data, replies=tuple(sorted((*others, reply), key=lambda one: one.organisation)))


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _decide_request(decision: Decision) -> Mapping[str, Any]:
    """Check a request's content; raises `Refused` with the code of the first fault."""
    payload, lists = decision.draft.payload, Lists(decision)
    purpose = lists.item("request_purposes", payload["purpose"], "unknown_purpose")
    lists.item("report_templates", payload["template"], "unknown_template")
    if payload["series"]:
        lists.item("cadences", payload["series"], "no_such_cadence")
    if payload["deadline_at"] <= decision.now:
        raise Refused("deadline_passed", deadline_at=payload["deadline_at"])
    for row in payload["questions"]:
        if row != OTHER_ROW:
            lists.item("rows", row, "unknown_row")
    _check_asked(decision, payload["asked"])
    if len(payload["extra"]) > EXTRA_MAX:
        raise Refused("too_many_lines", field="extra", limit=EXTRA_MAX)
    texts = {"purpose_text": payload["purpose_text"], "basis": payload["basis"], "recipients": payload["recipients"]}
    limit_texts(TEXT_MAX, **texts)
    for question in payload["extra"]:
        limit_texts(REASON_MAX, extra=question)
    asked = tuple(sorted(set(payload["asked"])))
    return {**payload, "asked": asked, "basis": payload["basis"] or str(purpose.get("basis") or "")}


def _check_asked(decision: Decision, asked: tuple[str, ...]) -> None:
    if not asked:
        raise Refused("nobody_asked")
    for one in asked:
        thing = decision.directory.thing(one)
        if organisation(decision.directory, one) is None or thing is None or thing.status != "joined":
            raise Refused("no_such_organisation", organisation=one)
        if not _reads(decision, one):
            raise Refused("asked_cannot_read", organisation=one)


def _reads(decision: Decision, organisation_id: str) -> bool:
    found = organisation(decision.directory, organisation_id)
    if decision.space.kind in ("sub", "outer") and any(one == organisation_id for one, _ in decision.space.circle):
        return True
    return decision.space.kind != "sub" and found is not None and found.insider


def _decide_reminder(decision: Decision) -> Mapping[str, Any]:
    named = decision.draft.payload["organisations"]
    asked = decision.thing.data.asked if decision.thing else ()
    if not named:
        raise Refused("nobody_asked")
    if stranger := next((one for one in named if one not in asked), ""):
        raise Refused("no_such_organisation", organisation=stranger)
    return decision.draft.payload


def _decide_withdrawal(decision: Decision) -> Mapping[str, Any]:
    reason = decision.draft.payload["reason"]
    if not reason.strip():
        raise Refused("reason_missing")
    limit_texts(REASON_MAX, reason=reason)
    return decision.draft.payload


def _check_is_asked(decision: Decision) -> None:
    _check_writer(decision)
    thing = decision.thing
    if thing is None or decision.organisation not in thing.data.asked:
        raise Refused("not_asked", subject=decision.draft.subject)
    if thing.status != "open":
        raise Refused("request_withdrawn")


def _check_writer(decision: Decision) -> None:
    """Check that the asked organisation says it itself, or by an answer link and nothing else (R85)."""
    is_own, link_for = decision.organisation == decision.principal.organisation, decision.draft.payload["link_for"]
    if is_own == bool(link_for):
        raise Refused("unknown_via", value=decision.draft.via)
    if not is_own:
        check_way(decision)


def _decide_deferral(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    _check_is_asked(decision)
    if payload["until_at"] <= decision.now:
        raise Refused("until_passed", until_at=payload["until_at"])
    if payload["until_at"] > decision.now + LONGEST_DEFERRAL_MS:
        raise Refused("until_too_late", days=LONGEST_DEFERRAL_MS // 86_400_000)
    limit_texts(REASON_MAX, text=payload["text"])
    return payload


def _decide_decline(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    _check_is_asked(decision)
    needs = Lists(decision).item("decline_reasons", payload["reason"], "unknown_reason")["needs"]
    if needs == "text" and not payload["text"].strip():
        raise Refused("reason_missing")
    if needs == "organisation" and organisation(decision.directory, payload["answered_by"]) is None:
        raise Refused("answered_by_missing")
    if needs == "report":
        _check_report(decision, payload["report"])
    limit_texts(REASON_MAX, text=payload["text"])
    return payload


def _check_report(decision: Decision, subject: str) -> None:
    thing = decision.state.thing(subject) if subject else None
    if thing is None or thing.type != "report" or thing.organisation != decision.organisation:
        raise Refused("report_missing")


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join([payload["purpose_text"], payload["basis"], *payload["extra"]])


KINDS = (
    Kind("request.made", 1, REQUEST, RequestPayload, "request", _content,
         spaces=HERE, decide=_decide_request, text=_text),
    Kind("request.changed", 1, REQUEST, RequestPayload, "request", _content,
         spaces=HERE, decide=_decide_request, text=_text),
    Kind("request.reminded", 1, REQUEST, RequestReminded, "request", _reminded, spaces=HERE, decide=_decide_reminder),
    Kind("request.withdrawn", 1, REQUEST, RequestWithdrawn, "request", _kept,
         spaces=HERE, decide=_decide_withdrawal, text=lambda payload: payload["reason"], folds_payload=False),
    Kind("request.deferred", 1, REQUEST, RequestDeferred, "report", _replied,
         spaces=HERE, decide=_decide_deferral, text=lambda payload: payload["text"], on_behalf=BY_LINK),
    Kind("request.declined", 1, REQUEST, RequestDeclined, "report", _replied,
         spaces=HERE, decide=_decide_decline, text=lambda payload: payload["text"], on_behalf=BY_LINK),
)  # fmt: skip
TYPES = (REQUEST,)
