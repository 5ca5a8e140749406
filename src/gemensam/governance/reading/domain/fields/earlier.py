"""Decisions that others, or the same body, took before: body with date, § or diarienummer, as the text tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from gemensam.governance.reading.domain.answers import Answer, inferred, not_stated
from gemensam.governance.reading.domain.dates import dates_in
from gemensam.governance.reading.domain.grammar import PARAGRAPH, REFERENCE
from gemensam.governance.reading.domain.lines import Line, joined, paragraphs
from gemensam.governance.reading.domain.matters import Mark
from gemensam.governance.reading.domain.naming import body_name
from gemensam.governance.reading.domain.source import Source

_VERB: Final = (
    r"(?:beslutade|beslöt|antog|godkände|behandlade|behandlat|föreslog|fastställde|ställde sig bakom|har beslutat|"
    r"beslutat|tillstyrkte|återremitterade|bordlade|tecknade|noterade)"
)
_NOUN: Final = r"(?:protokollsutdrag|protokoll|sammanträde|beslut|möte)"
# What may stand between a body and the date, § or number of its decision, and nothing else.
_SMALL: Final = rf"(?:[\s,(:;]|s\b|\d(?=\s)|(?:den|dnr|diarienr|diarienummer|vid|sitt|med|har|tidigare|då)\b|{_NOUN})*"
_BETWEEN: Final = re.compile(rf"(?i)^{_SMALL}(?:{_VERB}[^.()§]{{0,90}})?{_SMALL}$")
_FAR: Final = 160
_ACTED: Final = re.compile(rf"(?i)\b(?:{_VERB}|{_NOUN})")
_TAKEN: Final = re.compile(r"(?i)\b(?:antag\w+|godkän\w+|fastställ\w+|beslutad\w*)\s(?:av|i)\s")
_BEFORE: Final = re.compile(r"(?i)(?:^|[\s(])(?:den\s)?$")
_AFTER_DATE: Final = re.compile(rf"(?i)^\s*,?\s*(?:\(?§\s?\d+\)?\s*,?\s*)?{_VERB}\s*")
_NOT_DECIDED: Final = re.compile(
    r"(?i)\b(?:sammanträder|planeras|ska behandla|kommer att|senast|tas upp|daterad|avses)\b"
)
_CUE: Final = re.compile(
    rf"(?i)\b(?:{_VERB}|{_NOUN}\w*|antag\w+|godkän\w+|antogs|fattade\w*|beslut\w*|fastställ\w+|tecknad\w*|§)|§"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One decision; what is not stated is empty. `date` is ISO 8601."""

    body: str
    date: str = ""
    paragraph: str = ""
    diarienummer: str = ""


Found = tuple[Earlier, Line]


def earlier_decisions(source: Source, own: Earlier) -> Answer[tuple[Earlier, ...]]:
    """Return the earlier decisions in the order of the text; `own` is the document's own, which is none of them."""
    merged: list[Found] = []
    for found in (*_of_marks(source, own), *_of_other_matters(source), *_of_text(source)):
        later = bool(own.date and found[0].date > own.date)
        if not later and not _is_same(found[0], own):
            _merge(merged, found)
    if not merged:
        return not_stated(())
    return inferred(tuple(one for one, _ in merged), merged[0][1])


def _is_same(one: Earlier, own: Earlier) -> bool:
    if one.body != own.body or (one.paragraph and own.paragraph and one.paragraph != own.paragraph):
        return False
    return bool(
        (one.date and one.date == own.date) or (one.paragraph and one.paragraph == own.paragraph and not one.date)
    )


def _merge(merged: list[Found], found: Found) -> None:
    one, line = found
    for place, (other, first) in enumerate(merged):
        if other.body == one.body and _fit(other, one):
            merged[place] = (_both(other, one), first)
            return
    merged.append((one, line))


def _fit(a: Earlier, b: Earlier) -> bool:
    pairs = ((a.date, b.date), (a.paragraph, b.paragraph), (a.diarienummer, b.diarienummer))
    shared = any(one and one == other for one, other in pairs)
    return shared and all(not one or not other or one == other for one, other in pairs)


def _both(a: Earlier, b: Earlier) -> Earlier:
    return replace(
        a, date=a.date or b.date, paragraph=a.paragraph or b.paragraph, diarienummer=a.diarienummer or b.diarienummer
    )


def _of_marks(source: Source, own: Earlier) -> Iterator[Found]:
    """Yield the bodies whose §§ stand above or below the document's own."""
    for mark in source.marks:
        if mark.body and (mark.body, mark.number) != (own.body, own.paragraph):
            yield _of_mark(mark, source)


def _of_other_matters(source: Source) -> Iterator[Found]:
    for matter in source.others:
        for mark in matter.marks:
            if mark.body:
                yield _of_mark(mark, source)


def _of_mark(mark: Mark, source: Source) -> Found:
    days = [found.value for found in dates_in(mark.line.text, source.grammar.date, source.grammar.words.months)]
    return Earlier(mark.body, days[0] if len(days) == 1 else "", mark.number), mark.line


def _of_text(source: Source) -> Iterator[Found]:
    own_lines = {mark.line for mark in source.marks}
    for section in source.sections:
        lines = [line for line in section.lines if line not in own_lines]
        heading = [section.heading] if section.heading else []
        if section.kind == "front":
            lines = [line for line in lines if _TAKEN.search(line.text)]
        for paragraph in paragraphs([*heading, *lines]):
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", joined(paragraph)):
                yield from ((one, _line_of(one, paragraph)) for one in _of_sentence(sentence, source))


def _line_of(one: Earlier, lines: list[Line]) -> Line:
    year = (one.date or one.diarienummer)[:4]
    return next((line for line in lines if year and year in line.text), lines[0])


def _of_sentence(sentence: str, source: Source) -> Iterator[Earlier]:
    grammar = source.grammar
    if not _CUE.search(sentence):
        return
    marks = _marks(sentence, source)
    bodies = [(match.start(), match.end(), match[0]) for match in grammar.body.finditer(sentence)]
    for place, (start, end, name) in enumerate(bodies):
        limit = bodies[place + 1][0] if place + 1 < len(bodies) else len(sentence)
        facts = _following(sentence, end, limit, marks)
        facts = facts if "date" in facts else _preceding(sentence, start, marks) | facts
        if "paragraph" not in facts and not _is_decided(sentence, start, end, limit):
            continue
        near = sentence[max(0, start - 40) : min(limit, end + _FAR)]
        if facts and not _NOT_DECIDED.search(near):
            yield Earlier(body_name(name, grammar), **facts)


def _is_decided(sentence: str, start: int, end: int, limit: int) -> bool:
    """Tell whether a body and a date alone are a decision: something was adopted *by* it, or it did or met then."""
    before, after = sentence[max(0, start - 100) : start], sentence[end : min(limit, end + _FAR)]
    if re.search(r"(?i)\b(?:till|inför|nästa|hos)\s+$", before):
        return False
    by_it = bool(re.search(r"(?i)\b(?:av|i|från)\s+$", before)) and bool(_CUE.search(before))
    return by_it or bool(_ACTED.search(before[-30:] + after))


Marks = list[tuple[int, int, str, str]]


def _marks(sentence: str, source: Source) -> Marks:
    """Return dates, §§ and numbers of a sentence as (start, end, field, value), in their order."""
    grammar = source.grammar
    found: Marks = [
        (one.start, one.end, "date", one.value) for one in dates_in(sentence, grammar.date, grammar.words.months)
    ]
    found += [(match.start(), match.end(), "paragraph", match[1]) for match in PARAGRAPH.finditer(sentence)]
    taken = list(found)
    for match in REFERENCE.finditer(sentence):
        if not any(match.start() < end and start < match.end() for start, end, *_ in taken) and match[0][0].isalpha():
            found.append((match.start(), match.end(), "diarienummer", match[0]))
    return sorted(found)


def _following(sentence: str, end: int, limit: int, marks: Marks) -> dict[str, str]:
    """Return what follows a body: its marks, as long as only the words of a decision stand between."""
    facts: dict[str, str] = {}
    at = end
    for start, stop, field, value in marks:
        if start < end or field in facts:
            continue
        if start > limit or start - at > _FAR or not _BETWEEN.match(sentence[at:start]):
            break
        facts[field] = value
        at = stop
    return facts if "date" in facts or "paragraph" in facts else {}


def _preceding(sentence: str, start: int, marks: Marks) -> dict[str, str]:
    """Return the date before a body, as in *den 24 mars 2014 antog kommunstyrelsen*."""
    for begin, stop, field, value in reversed(marks):
        if field == "date" and _BEFORE.search(sentence[:begin]) and _AFTER_DATE.fullmatch(sentence[stop:start]):
            between = {kind: told for at, _, kind, told in marks if kind == "paragraph" and stop <= at < start}
            return {"date": value, **between}
    return {}
