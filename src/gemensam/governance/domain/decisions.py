"""A step that a member has taken about a steering document: a decision, or what leads to one (G6, G7; 13.1, 13.2).

It is the member's own, typed by its registrar, or for it by the joint office. What is not stated in the member's
document is empty or None and shown as *ej angivet*. A confirmer's word is its own: it names the entry that it saw, and
holds for no other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from sys import intern
from typing import Any

from gemensam.core.entry import Header, Ref
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.governance.domain import rules

REGISTERED, WITHDRAWN = "registered", "withdrawn"
CONFIRMED, RETURNED = "confirmed", "returned"
REGISTERING = frozenset({"register_decision"})
# How sure a field is: as the document says it; concluded from it; not in it; typed by a person.
STATED, INFERRED, NOT_STATED, BY_HAND = "stated", "inferred", "not_stated", "entered"
CERTAINTIES = frozenset({STATED, INFERRED, NOT_STATED, BY_HAND})
PAGES_MAX, LINES_MAX = 10_000, 1_000_000
Names = tuple[str, ...]


@dataclass(frozen=True)
class FieldRead:
    """Where a field was read and how sure it is. `page` and `line` from 1, 0 where there is no place."""

    field: str
    certainty: str = BY_HAND
    page: int = 0
    line: int = 0
    quote: str = ""


@dataclass(frozen=True)
class EarlierDecision:
    """A decision that the document refers to; what it does not say is empty."""

    body: str = ""
    date: str = ""
    paragraph: str = ""
    diarienummer: str = ""


@dataclass(frozen=True)
class DecisionTold:
    """A step as the member's document states it: *ej angivet* is "" or None (`expected.json`'s null).

    `step` of `decision_steps`, `outcome` of `decision_outcomes`; `date` as 2023-06-07. `file`: the digest by which
    `ledger.blobs` keeps the member's document, `sha256` of its bytes.
    """

    step: str
    outcome: str = ""
    body: str = ""
    date: str = ""
    paragraph: str = ""
    diarienummer: str = ""
    title: str = ""
    conditions: str = ""
    proposed_to: str = ""
    approved_by_director: bool | None = None
    immediately_adjusted: bool | None = None
    attachments: Names | None = None
    send_to: Names | None = None
    earlier_decisions: tuple[EarlierDecision, ...] = ()
    file: str = ""
    file_name: str = ""
    sha256: str = ""
    fields_read: tuple[FieldRead, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class DecisionGiven:
    """A step as it is handed to `register_decision`: whose it is, about which document, and what it says.

    `document` is a subject of the same space; `via` of the list `via`, where the joint office types it.
    """

    member: str
    document: str
    told: DecisionTold
    via: str = ""


@dataclass(frozen=True)
class DecisionWithdrawn:
    """Why it is taken back; it stays in the history."""

    reason: str


@dataclass(frozen=True)
class DecisionConfirmed:
    """That another person has compared it with the member's document."""

    note: str = ""


@dataclass(frozen=True)
class DecisionReturned:
    """What the registrar must look at again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Word:
    """A confirmer's last word about one text of a decision; the text is the entry `about`."""

    organisation: str
    function: str
    status: str
    at: int
    about: str
    digest: str


@dataclass(frozen=True, slots=True)
class DecisionData:
    """A step in the state; the rest of it is in the payload of `content`. `registered_at` in ms UTC.

    `cites_until`: the latest day of the decisions that its document refers to: it was not made before.
    `function` and `by_organisation`: who typed the text in force.
    """

    content: str
    document: str
    step: str
    outcome: str
    date: str
    body: str
    paragraph: str
    diarienummer: str
    conditional: bool
    proposed_to: str
    adjusted: bool | None
    approved: bool | None
    file: str
    file_name: str
    function: str
    by_organisation: str
    registered_at: int
    cites_until: str = ""
    versions: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def word(self) -> Word | None:
        """The last word about the text in force; one about an earlier text counts no more."""
        return next((word for word in reversed(self.words) if word.about == self.content), None)

    @property
    def is_confirmed(self) -> bool:
        return self.word is not None and self.word.status == CONFIRMED

    @property
    def is_returned(self) -> bool:
        return self.word is not None and self.word.status == RETURNED


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.data.date, thing.created_clock, thing.subject)
    if thing.status == REGISTERED:
        yield ("decisions_of", thing.data.document), key
    yield ("decisions_ever_of", thing.data.document), key


DECISION = SubjectType(
    "decision",
    owner=Machine(
        {
            ("", "decision.registered"): REGISTERED,
            (REGISTERED, "decision.corrected"): REGISTERED,
            (REGISTERED, "decision.withdrawn"): WITHDRAWN,
            (WITHDRAWN, "decision.corrected"): REGISTERED,
        }
    ),
    each=Machine(
        {
            ("", "decision.confirmed"): CONFIRMED,
            ("", "decision.returned"): RETURNED,
            (CONFIRMED, "decision.confirmed"): CONFIRMED,  # of a corrected text
            (CONFIRMED, "decision.returned"): RETURNED,
            (RETURNED, "decision.returned"): RETURNED,
            (RETURNED, "decision.confirmed"): CONFIRMED,
        }
    ),
    index=_index,
)
_FOLDED = ("step", "outcome", "date", "body", "paragraph", "diarienummer", "conditions", "proposed_to",
           "immediately_adjusted", "approved_by_director", "file", "file_name")  # fmt: skip


def _extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a matrix shows of a step, without the quotes of its document."""
    cited = max((one["date"] for one in payload["earlier_decisions"]), default="")
    return {**{name: payload[name] for name in _FOLDED}, "conditions": bool(payload["conditions"]), "cited": cited}


def _told(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DecisionData:
    before = data if isinstance(data, DecisionData) else None
    given = payload or {}
    return DecisionData(
        content=digest,
        document=before.document if before else rules.link_of(header, rules.DECIDES)[1],
        step=intern(given.get("step", "")),
        outcome=intern(given.get("outcome", "")),
        date=intern(given.get("date", "")),
        body=intern(given.get("body", "")),
        paragraph=given.get("paragraph", ""),
        diarienummer=given.get("diarienummer", ""),
        conditional=given.get("conditions", False),
        proposed_to=intern(given.get("proposed_to", "")),
        adjusted=given.get("immediately_adjusted"),
        approved=given.get("approved_by_director"),
        file=given.get("file", ""),
        file_name=given.get("file_name", ""),
        function=intern(header.function),
        by_organisation=intern(header.by_organisation),
        registered_at=header.clock.ms,
        cites_until=given.get("cited", ""),
        versions=(*(before.versions if before else ()), digest),
        words=before.words if before else (),
    )


def _withdrawn(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _word(status: str) -> Any:
    def apply(data: DecisionData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DecisionData:
        about = next((ref.digest for ref in header.refs if ref.rel == rules.CONFIRMS), "")
        word = Word(header.organisation, header.function, status, header.clock.ms, about, digest)
        return replace(data, words=(*data.words, word))

    return apply


def _decide_told(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    rules.check_voice(decision)
    if decision.thing is None:
        rules.check_members(decision, [decision.organisation])
        rules.document_named(decision)
    else:
        rules.check_seen(decision, rules.CORRECTS, decision.thing.data.content)
    _check_codes(decision)
    rules.check_past(decision.now, date=payload["date"])
    rules.check_days(date=payload["date"], earlier=_first_bad_day(payload["earlier_decisions"]))
    rules.check_lines(**{name: payload[name] for name in _LINES})
    rules.check_lines(longest=rules.TEXT_MAX, conditions=payload["conditions"], note=payload["note"])
    for name in ("attachments", "send_to"):
        rules.check_list(name, payload[name])
    _check_earlier(payload["earlier_decisions"])
    _check_read(payload["fields_read"])
    return payload


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.check_voice(decision)
    return rules.decide_reason(decision)


_LINES = ("body", "paragraph", "diarienummer", "title", "proposed_to", "file", "file_name", "sha256")


def _check_codes(decision: Decision) -> None:
    payload = decision.draft.payload
    rules.check_item(decision, "decision_steps", payload["step"], "unknown_step")
    if payload["outcome"]:
        rules.check_item(decision, "decision_outcomes", payload["outcome"], "decision_outcome_unknown")
    if decision.draft.via:
        rules.check_item(decision, "via", decision.draft.via, "unknown_via")


def _first_bad_day(earlier: list[Mapping[str, str]]) -> str:
    return next((one["date"] for one in earlier if one["date"] and not rules.is_day(one["date"])), "")


def _check_earlier(earlier: list[Mapping[str, str]]) -> None:
    rules.check_list("earlier_decisions", [one["body"] for one in earlier])
    for one in earlier:
        rules.check_lines(paragraph=one["paragraph"], diarienummer=one["diarienummer"])


def _check_read(read: list[Mapping[str, Any]]) -> None:
    """Raise `Refused`: `unknown_field`, `unknown_certainty`, `place_wrong`, `text_too_long`."""
    known = {field.name for field in fields(DecisionTold)}
    for one in read:
        if one["field"] not in known:
            raise Refused("decision_field_unknown", field=one["field"][:40])
        if one["certainty"] not in CERTAINTIES:
            raise Refused("decision_certainty_unknown", value=one["certainty"][:40])
        if not (0 <= one["page"] <= PAGES_MAX and 0 <= one["line"] <= LINES_MAX):
            raise Refused("place_wrong", field=one["field"])
        rules.check_lines(longest=rules.TEXT_MAX, quote=one["quote"])
    if len({one["field"] for one in read}) != len(read):
        raise Refused("field_twice")


def _decide_word(decision: Decision) -> Mapping[str, Any]:
    """Check a confirmer's word: about the text in force, and by another person than the one who typed it.

    A person is known by account on the node where it was typed; elsewhere by function alone (13.1 `registrerat`).
    Raises `Refused`: `same_person`, `moved`, `confirms_nothing`.
    """
    data = decision.thing.data if decision.thing is not None else None
    seen = next((ref.digest for ref in rules.named(decision.draft.refs, rules.CONFIRMS)), "")
    if data is None or not seen:
        raise Refused("confirms_nothing")
    rules.check_seen(decision, rules.CONFIRMS, data.content)
    account = decision.accounts([data.content]).get(data.content, "")
    if decision.principal.function == data.function or (account and account == decision.principal.account):
        raise Refused("same_person")
    rules.check_lines(longest=rules.TEXT_MAX, **{k: v for k, v in decision.draft.payload.items() if v})
    return decision.draft.payload


def _decide_returned(decision: Decision) -> Mapping[str, Any]:
    rules.need_line("reason", decision.draft.payload["reason"])
    return _decide_word(decision)


def _text(payload: Mapping[str, Any]) -> str:
    names = ("body", "paragraph", "diarienummer", "title", "conditions", "file_name", "note", "reason")
    return "\n".join(payload[name] for name in names if payload.get(name))


def _own(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, DECISION, payload, "register_decision", apply, spaces=rules.HERE, decide=decide, text=_text,
                on_behalf=REGISTERING, **more)  # fmt: skip


def _confirming(name: str, payload: type, status: str, decide: Any) -> Kind:
    return Kind(name, 1, DECISION, payload, "confirm_decision", _word(status), spaces=rules.HERE, decide=decide,
                text=_text, folds_payload=False)  # fmt: skip


KINDS = (
    _own("decision.registered", DecisionTold, _told, _decide_told, extract=_extract),
    _own("decision.corrected", DecisionTold, _told, _decide_told, extract=_extract),
    _own("decision.withdrawn", DecisionWithdrawn, _withdrawn, _decide_withdrawn, folds_payload=False),
    _confirming("decision.confirmed", DecisionConfirmed, CONFIRMED, _decide_word),
    _confirming("decision.returned", DecisionReturned, RETURNED, _decide_returned),
)
TYPES = (DECISION,)


def decides(space: str, document: str, seen: str = "") -> tuple[Ref, ...]:
    """Return the reference from a step to its document; `seen`: the version of it that was in force."""
    return (Ref(rules.DECIDES, space, document, seen),)
