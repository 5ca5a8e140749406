"""A synpunkt: what one member says of one paragraph, quoted from its yttrande with its place (starter data 13.5).

It is the member's; the joint office may mark it out of the yttrande.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.consultation.domain import rules
from gemensam.coordination.domain.rules import check_words, need_text
from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

MARKED, WITHDRAWN = "marked", "withdrawn"
LIST = "view_kinds"


@dataclass(frozen=True)
class ViewMarked:
    """A synpunkt. `paragraph` is a code of the remiss, "" for none (*övriga synpunkter*); `kind` of `view_kinds`.

    `answer`: the digest of the answer that it is quoted from; `file`: of its file, "" where the yttrande is text.
    `page` and lines as the yttrande is shown, counted from 1; 0 where there are none.
    """

    paragraph: str
    kind: str
    quote: str
    answer: str
    file: str = ""
    page: int = 0
    line_from: int = 0
    line_to: int = 0
    note: str = ""


@dataclass(frozen=True)
class ViewWithdrawn:
    """Why it no longer stands."""

    reason: str


@dataclass(frozen=True, slots=True)
class ViewData:
    """A synpunkt in the state: of which remiss, about which paragraph; `content`: the entry with its text."""

    remiss: str
    paragraph: str = ""
    kind: str = ""
    answer: str = ""
    content: str = ""
    at: int = 0


VIEW = SubjectType(
    "view",
    owner=Machine(
        {("", "view.marked"): MARKED, (MARKED, "view.changed"): MARKED, (MARKED, "view.withdrawn"): WITHDRAWN}
    ),
    index=lambda thing: [(("views", thing.data.remiss), (thing.created_clock, thing.subject))],
)


def _marked(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ViewData:
    ref = rules.named(header.refs, rules.OF)
    remiss = data.remiss if isinstance(data, ViewData) else ref.subject if ref is not None else ""
    given = payload or {"paragraph": "", "kind": "", "answer": ""}
    return ViewData(remiss, given["paragraph"], given["kind"], given["answer"], digest, header.occurred_at)


def _withdrawn(data: ViewData, _header: Header, _digest: str, _payload: Mapping[str, Any] | None) -> ViewData:
    return data


def extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the fold needs of a synpunkt."""
    return {name: payload[name] for name in ("paragraph", "kind", "answer")}


def _decide_marked(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_a_remiss`, `no_answer_yet`, `no_such_paragraph`, `unknown_view_kind`, `quote_not_there`."""
    payload, remiss = decision.draft.payload, rules.remiss_named(decision)
    if payload["answer"] not in {
        each.digest for each in remiss.data.answers if each.organisation == decision.organisation
    }:
        raise Refused("no_answer_yet")
    if payload["paragraph"] and payload["paragraph"] not in remiss.data.all_codes:
        raise Refused("no_such_paragraph", given=payload["paragraph"])
    rules.item(decision.directory, LIST, payload["kind"], "unknown_view_kind")
    need_text("quote", payload["quote"])
    check_words(longest=rules.QUOTE_MAX, quote=payload["quote"], note=payload["note"])
    if not 0 <= payload["line_from"] <= payload["line_to"] or payload["page"] < 0:
        raise Refused("lines_wrong")
    _check_quote(decision, payload)
    return payload


def _check_quote(decision: Decision, payload: Mapping[str, Any]) -> None:
    """What is quoted stands in the yttrande, or its file is one that the answer came with."""
    said = decision.load([payload["answer"]]).get(payload["answer"])
    if said is None:
        return
    if payload["file"]:
        if payload["file"] not in {each["digest"] for each in said["files"]}:
            raise Refused("file_not_of_answer")
    elif squeezed(payload["quote"]) not in squeezed(f"{said['text']}\n{said['reason']}"):
        raise Refused("quote_not_there")


def squeezed(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("quote", "note", "reason") if payload.get(name))


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, VIEW, payload, rules.ANSWER, apply, spaces=rules.HERE, decide=decide, text=_text,
                on_behalf=rules.BY_OFFICE, **more)  # fmt: skip


KINDS = (
    _kind("view.marked", ViewMarked, _marked, _decide_marked, extract=extract),
    _kind("view.changed", ViewMarked, _marked, _decide_marked, extract=extract),
    _kind("view.withdrawn", ViewWithdrawn, _withdrawn, rules.decide_reason, folds_payload=False),
)
TYPES = (VIEW,)
