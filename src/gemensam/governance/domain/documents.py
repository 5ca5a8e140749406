"""A steering document: versioned, with validity, parts, files, what it replaces and what it is part of (G2).

It belongs to who entered it, the joint office. Which member has adopted it is nowhere written: it is derived from
the members' decisions (`standing.py`). That a body of the network has adopted it is a step of its own here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.governance.domain import rules

ENTERED, WITHDRAWN = "entered", "withdrawn"
FOR_ADOPTION, FOR_CONSULTATION = "adoption", "consultation"
Link = tuple[str, str]  # (space, subject) of another document
NOTHING: Link = ("", "")


@dataclass(frozen=True)
class DocumentPart:
    """A part of a document, as its table of contents names it."""

    code: str
    title: str


@dataclass(frozen=True)
class FileNamed:
    """A file as it was given: its name, and the digest by which `ledger.blobs` keeps it unchanged ("": not here)."""

    name: str
    digest: str = ""


@dataclass(frozen=True)
class DocumentTold:
    """What is said of a document. `type`: of `document_types`; dates as 2023-01-01, "" where not stated.

    `code`: a short name for addresses and tables; `version`: as the document itself says it.
    """

    code: str
    type: str
    title: str
    version: str = ""
    dated: str = ""
    valid_from: str = ""
    valid_until: str = ""
    parts: tuple[DocumentPart, ...] = ()
    files: tuple[FileNamed, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class DocumentGiven:
    """A document as it is handed to `enter_document`: what is said of it, what it is part of, what it replaces."""

    told: DocumentTold
    part_of: Link = NOTHING
    supersedes: tuple[Link, ...] = ()


@dataclass(frozen=True)
class DocumentWithdrawn:
    """Why it no longer holds, and the last day on which it did ("": not stated)."""

    reason: str
    on: str = ""


@dataclass(frozen=True)
class DocumentSent:
    """That the document went out to members. `purpose`: `adoption` or `consultation` (remiss); days, "" not stated.

    `latest`: it went out on that day or before, as where a member's document shows that it had come.
    """

    to: tuple[str, ...]
    on: str = ""
    answer_by: str = ""
    purpose: str = FOR_ADOPTION
    latest: bool = False


@dataclass(frozen=True)
class DocumentAdopted:
    """That a body of the network itself adopted it: a step of the network's, never of a member. `body`: of `bodies`."""

    body: str
    on: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class StepTakenBack:
    """That a sending or an adoption, written by the entry `step`, was entered wrongly, and why."""

    step: str
    reason: str


@dataclass(frozen=True)
class Counted:
    """How one outcome counts for one document: a code of `rules.COUNTS`."""

    outcome: str
    counts: str


@dataclass(frozen=True)
class AdoptionRuled:
    """What counts as adopted, set for one document by the joint office (13.2).

    `counts`: only the outcomes that differ from the list; `four_eyes`: None follows the network's setting.
    """

    counts: tuple[Counted, ...] = ()
    four_eyes: bool | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """Members that a document was sent to, and when; days as ISO, "" not stated."""

    to: frozenset[str]
    on: str
    answer_by: str
    purpose: str
    digest: str
    entered_at: int = 0
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """A step of a body of the network; its words are in the payload of `digest`."""

    body: str
    on: str
    digest: str
    entered_at: int = 0


@dataclass(frozen=True, slots=True)
class DocumentData:
    """A document in the state; days as ISO, "" where not stated. Parts and files are in the payload of `content`."""

    content: str
    code: str
    type: str
    title: str
    version: str = ""
    dated: str = ""
    valid_from: str = ""
    valid_until: str = ""
    part_of: Link = NOTHING
    supersedes: tuple[Link, ...] = ()
    versions: tuple[str, ...] = ()
    sendings: tuple[Sending, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    counts: tuple[tuple[str, str], ...] = ()
    four_eyes: bool | None = None
    ended: bool = False
    ended_on: str = ""
    files: frozenset[str] = field(default=frozenset())

    def holds_on(self, day: str) -> bool:
        """Whether a day lies within its validity; one without a first day holds on none."""
        return bool(self.valid_from) and self.valid_from <= day and not self.is_over(day)

    def is_over(self, day: str) -> bool:
        """Whether it had run out by a day; one that was ended without a day has."""
        last = min(filter(None, (self.valid_until, self.ended_on)), default="")
        return (bool(last) and last < day) or (self.ended and not self.ended_on)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    data = thing.data
    yield ("documents",), (data.valid_from, data.code, thing.subject)


DOCUMENT = SubjectType(
    "document",
    owner=Machine(
        {
            ("", "document.entered"): ENTERED,
            (ENTERED, "document.revised"): ENTERED,
            (ENTERED, "document.sent"): ENTERED,
            (ENTERED, "document.adopted"): ENTERED,
            (ENTERED, "document.step_taken_back"): ENTERED,
            (ENTERED, "document.adoption_ruled"): ENTERED,
            (ENTERED, "document.withdrawn"): WITHDRAWN,
            (WITHDRAWN, "document.revised"): ENTERED,
        }
    ),
    index=_index,
)


def _told(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DocumentData:
    before = data if isinstance(data, DocumentData) else DocumentData("", "", "", "")
    given = payload or {}
    links = tuple(sorted((ref.space, ref.subject) for ref in rules.named(header.refs, rules.SUPERSEDES)))
    return replace(
        before,
        content=digest,
        code=intern(given.get("code", before.code)),
        type=intern(given.get("type", before.type)),
        title=given.get("title", ""),
        version=given.get("version", ""),
        dated=given.get("dated", ""),
        valid_from=given.get("valid_from", ""),
        valid_until=given.get("valid_until", ""),
        part_of=rules.link_of(header, rules.PART_OF),
        supersedes=links,
        versions=(*before.versions, digest),
        files=before.files | {one["digest"] for one in given.get("files", ()) if one["digest"]},
        ended=False,
        ended_on="",
    )


def _sent(data: DocumentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DocumentData:
    if payload is None:
        return data
    to = frozenset(intern(member) for member in payload["to"])
    sending = Sending(
        to,
        payload["on"],
        payload["answer_by"],
        payload["purpose"],
        digest,
        header.clock.ms,
        payload.get("latest", False),
    )
    return replace(data, sendings=(*data.sendings, sending))


def _adopted(data: DocumentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DocumentData:
    if payload is None:
        return data
    return replace(data, adoptions=(*data.adoptions, Adoption(payload["body"], payload["on"], digest, header.clock.ms)))


def _taken_back(data: DocumentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DocumentData:
    if payload is None:
        return data
    return replace(
        data,
        sendings=tuple(one for one in data.sendings if one.digest != payload["step"]),
        adoptions=tuple(one for one in data.adoptions if one.digest != payload["step"]),
    )


def _ruled(data: DocumentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DocumentData:
    if payload is None:
        return data
    counts = tuple(sorted((one["outcome"], one["counts"]) for one in payload["counts"]))
    return replace(data, counts=counts, four_eyes=payload["four_eyes"])


def _ended(data: DocumentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DocumentData:
    return replace(data, ended=True, ended_on=payload["on"] if payload else "")


def _decide_told(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    if decision.thing is not None:
        rules.check_seen(decision, rules.CORRECTS, decision.thing.data.content)
    for name in ("code", "title"):
        rules.need_line(name, payload[name])
    rules.check_lines(**{name: payload[name] for name in ("code", "title", "version")})
    rules.check_lines(longest=rules.TEXT_MAX, note=payload["note"])
    rules.check_item(decision, "document_types", payload["type"], "unknown_document_type")
    rules.check_days(**{name: payload[name] for name in ("dated", "valid_from", "valid_until")})
    rules.check_span(payload["valid_from"], payload["valid_until"])
    rules.check_list("parts", [part["title"] for part in payload["parts"]])
    rules.check_list("files", [one["name"] for one in payload["files"]])
    _check_code(decision)
    _check_links(decision)
    return payload


def _check_code(decision: Decision) -> None:
    """Raise `Refused("document_code_taken")`: a code names one document of a space."""
    code = decision.draft.payload["code"]
    for other in decision.state.group("documents"):
        if other.data.code == code and other.subject != decision.draft.subject:
            raise Refused("document_code_taken", short=code)


def _check_links(decision: Decision) -> None:
    """Raise `Refused`: `not_a_document`; `document_circle` where it would be part of, or replace, itself."""
    for ref in decision.draft.refs:
        if ref.rel not in (rules.PART_OF, rules.SUPERSEDES):
            continue
        waiting, seen = [(ref.space, ref.subject)], set[Link]()
        while waiting:
            link = waiting.pop()
            if link == (decision.space.id, decision.draft.subject):
                raise Refused("document_circle")
            thing = decision.wider(link[0]).thing(link[1])
            if thing is None or thing.type != "document":
                raise Refused("not_a_document", subject=link[1])
            seen.add(link)
            above = [thing.data.part_of] if ref.rel == rules.PART_OF else thing.data.supersedes
            waiting += [one for one in above if one != NOTHING and one not in seen]


def _decide_sent(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    rules.check_members(decision, payload["to"])
    rules.check_days(on=payload["on"], answer_by=payload["answer_by"])
    rules.check_past(decision.now, on=payload["on"])
    rules.check_span(payload["on"], payload["answer_by"])
    if payload["purpose"] not in (FOR_ADOPTION, FOR_CONSULTATION):
        raise Refused("sending_purpose", value=payload["purpose"][:40])
    return {**payload, "to": sorted(set(payload["to"]))}


def _decide_adopted(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    rules.check_item(decision, "bodies", payload["body"], "unknown_body")
    rules.check_days(on=payload["on"])
    rules.check_past(decision.now, on=payload["on"])
    rules.check_lines(reference=payload["reference"], note=payload["note"])
    return payload


def _decide_taken_back(decision: Decision) -> Mapping[str, Any]:
    data = decision.thing.data if decision.thing is not None else None
    steps = {one.digest for one in (*data.sendings, *data.adoptions)} if data is not None else set()
    if decision.draft.payload["step"] not in steps:
        raise Refused("no_such_step")
    return rules.decide_reason(decision)


def _decide_ruled(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    outcomes = [one["outcome"] for one in payload["counts"]]
    for one in payload["counts"]:
        rules.check_item(decision, "decision_outcomes", one["outcome"], "decision_outcome_unknown")
        if one["counts"] not in rules.COUNTS:
            raise Refused("unknown_counting", value=one["counts"][:40])
    if len(set(outcomes)) != len(outcomes):
        raise Refused("outcome_twice")
    return payload


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.check_days(on=decision.draft.payload["on"])
    return rules.decide_reason(decision)


def _text(payload: Mapping[str, Any]) -> str:
    told = [payload.get(name, "") for name in ("code", "title", "version", "note", "reason", "reference")]
    parts = [part["title"] for part in payload.get("parts", ())]
    return "\n".join(filter(None, [*told, *parts, *(one["name"] for one in payload.get("files", ()))]))


def _kind(name: str, payload: type, apply: Any, decide: Any) -> Kind:
    return Kind(name, 1, DOCUMENT, payload, "govern", apply, spaces=rules.HERE, decide=decide, text=_text)


KINDS = (
    _kind("document.entered", DocumentTold, _told, _decide_told),
    _kind("document.revised", DocumentTold, _told, _decide_told),
    _kind("document.sent", DocumentSent, _sent, _decide_sent),
    _kind("document.adopted", DocumentAdopted, _adopted, _decide_adopted),
    _kind("document.step_taken_back", StepTakenBack, _taken_back, _decide_taken_back),
    _kind("document.adoption_ruled", AdoptionRuled, _ruled, _decide_ruled),
    _kind("document.withdrawn", DocumentWithdrawn, _ended, _decide_withdrawn),
)
TYPES = (DOCUMENT,)
