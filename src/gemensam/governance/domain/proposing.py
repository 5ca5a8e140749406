"""From what a document says to what is proposed to its registrar: member, document, step and outcome. Never a guess.

The answer is that of docs/decisions.md; the rules are data (`decisions.json` of the region). What no rule meets, or
more than one thing meets, is left for the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Answer = Mapping[str, Any]
# Fields of an answer whose value a rule of `steps` may ask for, beside `member_kind` and `body_has`.
ASKED: Final = ("document_type", "stage", "outcome", "approved_by_director")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A steering document that a decision may be about; `years`: the first and last it holds for, 0 where not said.

    `kind`: the word for its kind of document.
    """

    key: str
    title: str
    years: tuple[int, int] = (0, 0)
    kind: str = ""


def proposed_member(answer: Answer, names: Mapping[str, Sequence[str]]) -> str:
    """Return the member that goes by the organisation's name (`names` of each), if one does."""
    name = _plain(answer.get("organisation") or "")
    found = [member for member, told in names.items() if name and name in map(_plain, told)]
    return found[0] if len(found) == 1 else ""


def proposed_step(answer: Answer, member_kind: str, rules: Iterable[Mapping[str, Any]]) -> str:
    """Return the step of the first rule that the answer meets; empty where none does."""
    return next((str(rule["step"]) for rule in rules if _meets(answer, member_kind, rule)), "")


def proposed_outcome(answer: Answer, words: Mapping[str, str]) -> str:
    """Return the code of the outcome that was read; where it hangs on a condition, its own code if there is one."""
    outcome = str(answer.get("outcome") or "")
    if answer.get("villkor") and (conditional := words.get(f"{outcome} med villkor")):
        return conditional
    return words.get(outcome, "")


def proposed_document(answer: Answer, candidates: Iterable[Candidate]) -> str:
    """Return the document of the years that were read, of several the only one that the title names; else nothing."""
    if not answer.get("subject_matches"):
        return ""
    candidates, period = tuple(candidates), answer.get("period")
    if period:
        candidates = tuple(each for each in candidates if each.years == tuple(period))
    told = _plain(answer.get("title") or "")
    named = tuple(each for each in candidates if told and _is_named(_plain(each.title), told))
    of_kind = tuple(each for each in candidates if each.kind and _plain(each.kind) in told)
    looks: tuple[tuple[Candidate, ...], ...] = (named, of_kind, candidates) if period else (named,)
    for found in looks:
        if len(found) == 1:
            return found[0].key
    return ""


def _meets(answer: Answer, member_kind: str, rule: Mapping[str, Any]) -> bool:
    body = _plain(answer.get("body") or "")
    return (
        all(answer.get(name) in rule[name] for name in ASKED if name in rule)
        and ("member_kind" not in rule or member_kind in rule["member_kind"])
        and ("body_has" not in rule or any(part in body for part in rule["body_has"]))
    )


def _is_named(title: str, told: str) -> bool:
    return bool(title) and (title in told or told in title)


def _plain(text: str) -> str:
    """Return a text without what its setting changes: case, dashes, repeated blanks."""
    return " ".join(text.casefold().replace("–", "-").replace("—", "-").split())
