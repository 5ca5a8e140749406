"""Gemensam analys: each member's own answers to the questions of the list `analysis_questions` (network model 9). Pure.

One thing for each organisation in a space: the last answers in order are in force, and what it said before is kept in
the log. The compiler chooses among them for the combined picture; nobody changes another's words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.picture.domain.own_fields import items_of_list
from gemensam.picture.domain.pictures import kept
from gemensam.picture.domain.report_rules import decide_reason
from gemensam.picture.domain.statements import HERE

LIST = "analysis_questions"
ANSWER_MAX = 2_000


@dataclass(frozen=True)
class Answer:
    """An answer to one question; `code` of the list."""

    code: str
    text: str


@dataclass(frozen=True)
class AnalysisAnswered:
    """An organisation's answers, all of them: what is left out is no longer said. `stated_at`: as of when (ms UTC)."""

    stated_at: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class AnalysisWithdrawn:
    """The organisation takes its answers back."""

    reason: str


@dataclass(frozen=True, slots=True)
class AnalysisData:
    """An organisation's answers in the state: when, which questions, and where the text is."""

    stated_at: int
    clock: Clock
    content: str
    questions: tuple[str, ...] = ()
    via: str = ""


ANALYSIS = SubjectType(
    "analysis",
    owner=Machine(
        {
            ("", "analysis.answered"): "answered",
            ("answered", "analysis.answered"): "answered",
            ("answered", "analysis.withdrawn"): "withdrawn",
            ("withdrawn", "analysis.answered"): "answered",
        }
    ),
    index=lambda thing: [(("analyses",), (thing.subject,))],
)


def analysis_subject(organisation: str) -> str:
    """Return the one subject in which an organisation answers in a space."""
    return f"analysis-{organisation}"


def analyses(state: SpaceState) -> tuple[Thing, ...]:
    """Return what stands of each organisation's answers."""
    return tuple(thing for thing in state.group("analyses") if thing.status == "answered")


def _extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"stated_at": payload["stated_at"], "questions": [answer["code"] for answer in payload["answers"]]}


def _answered(_data: Any, header: Header, digest: str, extract: Mapping[str, Any] | None) -> AnalysisData:
    if extract is None:
        return AnalysisData(header.occurred_at, header.clock, digest)
    return AnalysisData(extract["stated_at"], header.clock, digest, tuple(map(intern, extract["questions"])))


def _decide(decision: Decision) -> Mapping[str, Any]:
    """Check answers. Raises `Refused`: `analysis_subject`, `unknown_question`, `analysis_empty`, `question_twice`,
    `answer_too_long`, `stated_in_future`, `personal_number`.
    """
    payload = decision.draft.payload
    if decision.draft.subject != analysis_subject(decision.organisation):
        raise Refused("analysis_subject")
    if payload["stated_at"] <= 0 or payload["stated_at"] > decision.now + AHEAD_LIMIT_MS:
        raise Refused("stated_in_future", stated_at=payload["stated_at"])
    return {**payload, "answers": list(_answers(decision, payload))}


def _answers(decision: Decision, payload: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Yield the answers that say something, in the order of the list."""
    texts = {answer["code"]: answer["text"].strip() for answer in payload["answers"]}
    if len(texts) != len(payload["answers"]):
        raise Refused("question_twice")
    known = [item["code"] for item in sorted(items_of_list(decision, LIST), key=lambda one: int(one.get("order", 0)))]
    if unknown := texts.keys() - set(known):
        raise Refused("unknown_question", value=min(unknown))
    if not any(texts.values()):
        raise Refused("analysis_empty")
    if any(len(text) > ANSWER_MAX for text in texts.values()):
        raise Refused("answer_too_long", limit=ANSWER_MAX)
    yield from ({"code": code, "text": texts[code]} for code in known if texts.get(code))


KINDS = (
    Kind("analysis.answered", 1, ANALYSIS, AnalysisAnswered, "report", _answered, spaces=HERE, decide=_decide,
         text=lambda payload: "\n".join(answer["text"] for answer in payload["answers"]), extract=_extract),
    Kind("analysis.withdrawn", 1, ANALYSIS, AnalysisWithdrawn, "report", kept, spaces=HERE, decide=decide_reason,
         text=lambda payload: str(payload["reason"]), folds_payload=False),
)  # fmt: skip
TYPES = (ANALYSIS,)
