"""What changed between two versions of a text, paragraph by paragraph and word by word, to be read by people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from gemensam.objectives.domain.texts import Section

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"
_WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")


class Span(NamedTuple):
    """Words that stand in both (`same`), only in the later (`new`) or only in the earlier (`gone`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph, or a heading (code of its section), as it was changed; `place` is its number in the later text."""

    code: str
    kind: str
    spans: tuple[Span, ...]
    place: str = ""
    is_heading: bool = False


class Summary(NamedTuple):
    """How many paragraphs and headings were changed, are new, and are gone."""

    changed: int
    new: int
    gone: int


def compare(before: Sequence[Section], after: Sequence[Section]) -> tuple[ParagraphChange, ...]:
    """Return all paragraphs and headings in the order of the later text, those that are gone where they stood."""
    old, new = dict(_lines(before)), dict(_lines(after))
    places = numbered(after)
    found = []
    for code in _merged(list(old), list(new)):
        kind = NEW if code not in old else GONE if code not in new else SAME if old[code] == new[code] else CHANGED
        spans = spans_between(old.get(code, ""), new.get(code, ""))
        found.append(ParagraphChange(code, kind, spans, places.get(code, ""), code.startswith("a")))
    return tuple(found)


def summary(changes: Sequence[ParagraphChange]) -> Summary:
    """Count what was changed."""
    kinds = [each.kind for each in changes]
    return Summary(kinds.count(CHANGED), kinds.count(NEW), kinds.count(GONE))


def numbered(sections: Sequence[Section]) -> dict[str, str]:
    """Return the number under which each section (`2`) and paragraph (`2.3`) is read, by code."""
    found = {}
    for number, section in enumerate(sections, 1):
        found[section.code] = str(number)
        found.update({one.code: f"{number}.{place}" for place, one in enumerate(section.paragraphs, 1)})
    return found


def _lines(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    for section in sections:
        yield section.code, section.heading
        yield from section.paragraphs


def _merged(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the codes in the order of the later text; what is gone stands after what it stood after."""
    kept = set(new)
    gone_after: dict[str, list[str]] = {}
    last = ""
    for code in old:
        if code in kept:
            last = code
        else:
            gone_after.setdefault(last, []).append(code)
    yield from gone_after.get("", ())
    for code in new:
        yield code
        yield from gone_after.get(code, ())


def spans_between(before: str, after: str) -> tuple[Span, ...]:
    """Return the words of two texts as spans: `same` and `new` make the later text, `same` and `gone` the earlier."""
    if before == after:
        return (Span(SAME, after),) if after else ()
    old, new = _WORD.findall(before), _WORD.findall(after)
    spans = []
    for tag, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(Span(SAME, "".join(new[start:end])))
            continue
        if high > low:
            spans.append(Span(GONE, "".join(old[low:high])))
        if end > start:
            spans.append(Span(NEW, "".join(new[start:end])))
    return tuple(spans)
