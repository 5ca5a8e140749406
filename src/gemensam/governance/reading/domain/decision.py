"""`read`: the lines of a document as a decision, and as the JSON of docs/decisions.md."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from gemensam.governance.reading.domain.answers import Answer
from gemensam.governance.reading.domain.fields.body import body
from gemensam.governance.reading.domain.fields.date import own_date
from gemensam.governance.reading.domain.fields.director import approved_by_director
from gemensam.governance.reading.domain.fields.document_type import MINUTES, document_type
from gemensam.governance.reading.domain.fields.earlier import Earlier, earlier_decisions
from gemensam.governance.reading.domain.fields.lists import Texts, attachments, send_to
from gemensam.governance.reading.domain.fields.organisation import organisation
from gemensam.governance.reading.domain.fields.outcome import (
    conditions,
    immediately_adjusted,
    outcome,
    proposed_to,
    stage,
)
from gemensam.governance.reading.domain.fields.paragraph import own_mark, paragraph
from gemensam.governance.reading.domain.fields.period import Years, period
from gemensam.governance.reading.domain.fields.reference import own_reference
from gemensam.governance.reading.domain.fields.subject import subject_matches
from gemensam.governance.reading.domain.fields.title import title
from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.ruling import ruling
from gemensam.governance.reading.domain.source import source_of


@dataclass(frozen=True, slots=True)
class Decision:
    """What a registrar would enter, each answer with its place and certainty. None and not_stated: *ej angivet*."""

    document_type: Answer[str | None]
    organisation: Answer[str | None]
    body: Answer[str | None]
    date: Answer[str | None]
    paragraph: Answer[str | None]
    diarienummer: Answer[str | None]
    title: Answer[str | None]
    period: Answer[Years | None]
    stage: Answer[str | None]
    outcome: Answer[str | None]
    villkor: Answer[Texts]
    proposed_to: Answer[str | None]
    approved_by_director: Answer[bool | None]
    immediately_adjusted: Answer[bool | None]
    attachments: Answer[Texts]
    send_to: Answer[Texts]
    earlier_decisions: Answer[tuple[Earlier, ...]]
    subject_matches: Answer[bool]


def read(lines: Iterable[Line], grammar: Grammar) -> Decision:
    """Return what the lines of one document say; the same lines always give the same answer."""
    source = source_of(lines, grammar)
    kind = document_type(source)
    whose = organisation(source)
    who = body(source, whose.value)
    mark = own_mark(source, who.value) if kind.value in {MINUTES, "other", None} else None
    name = title(source)
    rules = ruling(source, kind.value, who.value)
    day, number = own_date(source), own_reference(source)
    about = subject_matches(source, name, rules)
    own = Earlier(who.value or "", day.value or "", mark.number if mark else "", number.value or "")
    return Decision(
        document_type=kind,
        organisation=whose,
        body=who,
        date=day,
        paragraph=paragraph(source, mark),
        diarienummer=number,
        title=name,
        period=period(source, name, rules, of_network=about.value),
        stage=stage(rules),
        outcome=outcome(rules),
        villkor=conditions(source, rules),
        proposed_to=proposed_to(rules, who.value),
        approved_by_director=approved_by_director(source),
        immediately_adjusted=immediately_adjusted(source, mark),
        attachments=attachments(source),
        send_to=send_to(source),
        earlier_decisions=earlier_decisions(source, own),
        subject_matches=about,
    )


def as_json(decision: Decision) -> dict[str, Any]:
    """Return the fields by their keys, and under `places` for each its page, line and certainty."""
    answers = {field.name: getattr(decision, field.name) for field in fields(decision)}
    values = {name: _plain(answer.value) for name, answer in answers.items()}
    places = {name: _place(answer) for name, answer in answers.items()}
    return {**values, "places": places}


def _place(answer: Answer[Any]) -> dict[str, Any]:
    return {"page": answer.page or None, "line": answer.line or None, "certainty": answer.certainty}


def _plain(value: Any) -> Any:
    if isinstance(value, Earlier):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: text for name, text in told.items() if text}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
