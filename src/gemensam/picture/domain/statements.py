"""En uppgift: a sentence with no report behind it, and the line of the händelselogg (R20, R22, R32).

It belongs to the organisation that writes it down (*uppgift från den som skriver*, with `via` and source). The
organisation that it is about can confirm or deny it, in a machine of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.picture.domain.places import ANYWHERE, NOWHERE, Place, Where, checked_place, kommun_of, where_of
from gemensam.picture.domain.report_rules import LINE_MAX, OTHER_ROW, Lists, checked_source, decide_reason, limit_texts
from gemensam.picture.domain.written import Written, check_written

HERE = frozenset({"standing", "incident", "exercise", "sub", "outer"})
STATEMENT_MAX = 2_000
# Who may write a line in the log of an incident: reporters, those who enter for others, compilers, secretaries.
WRITERS = frozenset({"report", "report_for_others", "compile", "record"})


@dataclass(frozen=True)
class StatementPayload:
    """A sentence. `about`: the organisation concerned, or ""; `row`: the verksamhet, or "".

    `stated_at`: when it was true (ms UTC). `unconfirmed` None = as the source's default. `received_by`: the
    function that took it when it came by telephone or radio, never a name. `place` says where in words, `where` by
    kommun or point; an empty one becomes the kommun of the organisation concerned, or of the author. `status`: which
    step of the scale it speaks for on its row, or "". `written`: where it was written before it could be entered.
    """

    text: str
    stated_at: int
    type: str = ""
    certainty: str = ""
    source: str = ""
    source_text: str = ""
    row: str = ""
    about: str = ""
    place: str = ""
    unconfirmed: bool | None = None
    received_by: str = ""
    where: Place = NOWHERE
    status: str = ""
    written: Written | None = None


@dataclass(frozen=True)
class StatementReason:
    """Why a statement is withdrawn or denied."""

    reason: str


@dataclass(frozen=True)
class StatementConfirmed:
    """The organisation that it is about confirms it."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class StatementData:
    """A statement in the state; times in ms UTC. `content`: digest of the entry whose text is in force."""

    stated_at: int
    occurred_at: int
    clock: Clock
    content: str
    about: str = ""
    row: str = ""
    type: str = ""
    source: str = ""
    unconfirmed: bool = False
    via: str = ""
    corrections: int = 0
    where: Where = ANYWHERE
    status: str = ""

    def unsaid(self) -> tuple[str, ...]:
        """Return which later fields say nothing (`core.state.plain`)."""
        return (*(() if self.where.is_named else ("where",)), *(() if self.status else ("status",)))


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    data: StatementData = thing.data
    key = (data.stated_at, data.clock, thing.subject)
    yield ("statements",), key
    if thing.status != "recorded":
        return
    if data.about:
        yield ("statements_about", data.about), key
    for code in data.where.kommuner:
        yield ("statements_in", code), key
    if data.where.point:
        yield ("points",), key


STATEMENT = SubjectType(
    "statement",
    owner=Machine(
        {
            ("", "statement.recorded"): "recorded",
            ("recorded", "statement.corrected"): "recorded",
            ("recorded", "statement.withdrawn"): "withdrawn",
        }
    ),
    each=Machine(
        {
            ("", "statement.confirmed"): "confirmed",
            ("", "statement.denied"): "denied",
            ("confirmed", "statement.denied"): "denied",
            ("denied", "statement.confirmed"): "confirmed",
        }
    ),
    index=_index,
)


def is_unconfirmed(thing: Thing) -> bool:
    """Whether a statement is *obekräftad*: until the organisation that it is about confirms it (R22)."""
    data: StatementData = thing.data
    return data.unconfirmed and thing.party(data.about) != "confirmed"


def _content(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> StatementData:
    before = data if isinstance(data, StatementData) else None
    given = payload or {}
    return StatementData(
        stated_at=given.get("stated_at", header.occurred_at),
        occurred_at=header.occurred_at,
        clock=header.clock,
        content=digest,
        about=intern(given.get("about", "")),
        row=intern(given.get("row", "")),
        type=intern(given.get("type", "")),
        source=intern(given.get("source", "")),
        unconfirmed=bool(given.get("unconfirmed", False)),
        via=intern(header.via),
        corrections=before.corrections + 1 if before else 0,
        where=where_of(given),
        status=intern(given.get("status", "")),
    )


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _decide_statement(decision: Decision) -> Mapping[str, Any]:
    """Check a statement's content, defaults filled in; raises `Refused` with the code of the first fault."""
    payload, lists = decision.draft.payload, Lists(decision)
    check_writer(decision)
    check_written(decision)
    if not payload["text"].strip():
        raise Refused("text_missing")
    if payload["stated_at"] > decision.now + AHEAD_LIMIT_MS:
        raise Refused("stated_in_future", stated_at=payload["stated_at"])
    if payload["stated_at"] <= 0:
        raise Refused("stated_at_wrong")
    if payload["row"] not in ("", OTHER_ROW):
        lists.item("rows", payload["row"], "unknown_row")
    if payload["about"] and organisation(decision.directory, payload["about"]) is None:
        raise Refused("no_such_organisation", organisation=payload["about"])
    _check_status(lists, payload)
    if decision.draft.via:
        lists.item("via", decision.draft.via, "unknown_via")
    limit_texts(STATEMENT_MAX, text=payload["text"])
    short = {name: payload[name] for name in ("source_text", "place", "received_by")}
    limit_texts(LINE_MAX, **short)
    default = kommun_of(decision.directory, payload["about"] or decision.organisation)
    where = checked_place(decision.directory, payload["where"], default=default)
    return {**checked_source(lists, payload), "where": where}


def _check_status(lists: Lists, payload: Mapping[str, Any]) -> None:
    """A step of the scale speaks for a row; values that are no step are for reports."""
    if payload["status"] and not payload["row"]:
        raise Refused("status_without_row")
    if payload["status"]:
        lists.item("status", payload["status"], "unknown_status")


def check_writer(decision: Decision) -> None:
    """Check that the writer may write in the log of an incident; raises `Refused("not_permitted")`."""
    by_program = not decision.principal.account and "" in decision.principal.permissions
    if not by_program and WRITERS.isdisjoint(decision.principal.permissions):
        raise Refused("not_permitted", permission="report")


def _check_concerned(decision: Decision) -> Mapping[str, Any]:
    thing = decision.thing
    if thing is None or thing.data.about != decision.organisation:
        raise Refused("not_concerned")
    return decision.draft.payload


def _decide_denial(decision: Decision) -> Mapping[str, Any]:
    _check_concerned(decision)
    return decide_reason(decision)


def _decide_withdrawal(decision: Decision) -> Mapping[str, Any]:
    check_writer(decision)
    return decide_reason(decision)


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("text", "source_text", "place") if payload[name])


KINDS = (
    Kind("statement.recorded", 1, STATEMENT, StatementPayload, "read", _content,
         spaces=HERE, decide=_decide_statement, text=_text),
    Kind("statement.corrected", 1, STATEMENT, StatementPayload, "read", _content,
         spaces=HERE, decide=_decide_statement, text=_text),
    Kind("statement.withdrawn", 1, STATEMENT, StatementReason, "read", _kept,
         spaces=HERE, decide=_decide_withdrawal, text=lambda payload: payload["reason"], folds_payload=False),
    Kind("statement.confirmed", 1, STATEMENT, StatementConfirmed, "confirm", _kept,
         spaces=HERE, decide=_check_concerned, text=lambda payload: payload["note"], folds_payload=False),
    Kind("statement.denied", 1, STATEMENT, StatementReason, "confirm", _kept,
         spaces=HERE, decide=_decide_denial, text=lambda payload: payload["reason"], folds_payload=False),
)  # fmt: skip
TYPES = (STATEMENT,)
