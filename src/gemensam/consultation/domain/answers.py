"""A member's answer to a remiss: one of the list's words, with its yttrande and how it was decided (starter data 13.5).

The list `remiss_answers` says what an answer needs: `reason`, or `political` where officials answer. An answer that is
changed stays in the log, and in the state's list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from gemensam.consultation.domain import rules
from gemensam.consultation.domain.rules import FileRef
from gemensam.coordination.domain.rules import check_words
from gemensam.core.entry import Clock, Header
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision

LIST = "remiss_answers"
REASON, POLITICAL = "reason", "political"


@dataclass(frozen=True)
class RemissAnswered:
    """What a member answers. `text`: its yttrande as text, empty where it is in a file, or where there is none.

    `political_follows`: of an answer by officials alone, whether an elected body's follows. `body`, `decided_on`
    (YYYY-MM-DD) and `diary` as the member states them. `link_for`: which function a link was made for.
    """

    answer: str
    text: str = ""
    reason: str = ""
    political_follows: bool | None = None
    files: tuple[FileRef, ...] = ()
    body: str = ""
    decided_on: str = ""
    diary: str = ""
    link_for: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in the state, times in ms UTC. `awaits`: a political answer is still to come.

    `via`: how it came in, "" in the program; `by`: who typed it; `digest`: its entry.
    """

    organisation: str
    code: str
    at: int
    clock: Clock
    digest: str
    via: str
    by: str
    awaits: bool = False
    has_text: bool = False
    files: int = 0


def extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the fold needs of an answer."""
    return {
        "answer": payload["answer"], "awaits": payload["political_follows"] is True,
        "has_text": bool(payload["text"]), "files": len(payload["files"]),
    }  # fmt: skip


def folded(header: Header, digest: str, told: Mapping[str, Any] | None) -> Answer:
    """Return an answer of its header and extract; without a code where its text has been removed."""
    given = told or {"answer": "", "awaits": False, "has_text": False, "files": 0}
    return Answer(
        intern(header.organisation), given["answer"], header.occurred_at, header.clock, digest, header.via,
        intern(header.by_organisation), given["awaits"], given["has_text"], given["files"],
    )  # fmt: skip


def checked(decision: Decision) -> Mapping[str, Any]:
    """Return the payload of an answer that says what its word needs.

    Raises `Refused`: `unknown_remiss_answer`, `reason_missing`, `political_missing`, `text_too_long`, `bad_day`.
    """
    payload = decision.draft.payload
    word = rules.item(decision.directory, LIST, payload["answer"], "unknown_remiss_answer")
    needs = word.get("needs", "")
    if needs == REASON and not payload["reason"].strip():
        raise Refused("reason_missing")
    if needs == POLITICAL and payload["political_follows"] is None:
        raise Refused("political_missing")
    check_words(longest=rules.ANSWER_MAX, text=payload["text"])
    check_words(longest=rules.TEXT_MAX, reason=payload["reason"])
    check_words(body=payload["body"], diary=payload["diary"], link_for=payload["link_for"])
    if payload["decided_on"]:
        rules.day(payload["decided_on"], "decided_on")
    rules.check_files(payload["files"])
    return payload if needs == POLITICAL else {**payload, "political_follows": None}


def text(payload: Mapping[str, Any]) -> str:
    """Return what the search finds of an answer."""
    return "\n".join(payload[name] for name in ("reason", "text", "diary") if payload.get(name))
