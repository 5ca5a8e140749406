"""The text of a remiss: sections of paragraphs with codes that stay; pasted text split; two texts compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.coordination.domain.rules import check_words
from gemensam.core.refusal import Refused
from gemensam.objectives.domain.difference import spans_between
from gemensam.objectives.domain.texts import matched

SECTIONS_MAX, PARAGRAPHS_MAX, PARAGRAPH_MAX, CODE_MAX = 60, 400, 8_000, 20
_BLANK = re.compile(r"\n[ \t]*\n\s*")
# `# Heading`, or a short line with a number before it and no full stop at its end: `2 Utgångspunkter`, `2.1 Mål`.
_MARKED = re.compile(r"#{1,4}\s+(?P<title>.+)")
_NUMBERED = re.compile(r"(?P<code>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[^\n]{1,100}[^\n.;:,])")
_CODE = re.compile(r"[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö.-]*")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `code` names it for ever, as *2.3*."""

    code: str
    text: str


@dataclass(frozen=True)
class Section:
    """A section of a text; `title` may be empty where the text has none."""

    code: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()


class Change(NamedTuple):
    """A paragraph before and after: `kind` is changed, added, removed or same; `parts` are (same|gone|new, words)."""

    kind: str
    code: str
    section: str
    before: str
    after: str
    parts: tuple[tuple[str, str], ...] = ()


def split(text: str) -> tuple[Section, ...]:
    """Return pasted text as sections of numbered paragraphs: an empty line parts two paragraphs.

    A heading begins with `#`, or is a short numbered line of its own. What stands before the first is a section 1
    without a title. Paragraphs are numbered within their section: 2.1, 2.2.
    """
    parts = [part.strip() for part in _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n")) if part.strip()]
    sections: list[tuple[str, list[str]]] = []
    for title, body in (found for part in parts for found in _parted(part)):
        if title is not None:
            sections.append((title, []))
        elif not sections:
            sections.append(("", []))
        if body:
            sections[-1][1].append(body)
    return tuple(
        Section(str(place), title, tuple(Paragraph(f"{place}.{n}", body) for n, body in enumerate(bodies, start=1)))
        for place, (title, bodies) in enumerate(sections, start=1)
    )


def _parted(part: str) -> Iterator[tuple[str | None, str]]:
    """Yield a heading and what follows right below it, or a paragraph alone."""
    first, _line, rest = part.partition("\n")
    found = _MARKED.fullmatch(first.strip()) or _NUMBERED.fullmatch(first.strip())
    if found is None:
        yield None, part
    else:
        yield found["title"].strip(), rest.strip()


def joined(sections: Sequence[Mapping[str, Any]]) -> str:
    """Return sections as the text that `split` would make them of: for a field in which they are changed."""
    parts = []
    for section in sections:
        if section["title"]:
            parts.append(f"# {section['title']}")
        parts += [paragraph["text"] for paragraph in section["paragraphs"]]
    return "\n\n".join(parts)


def paragraphs(sections: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the paragraphs' texts by code, in their order."""
    return {each["code"]: each["text"] for section in sections for each in section["paragraphs"]}


def check_sections(sections: Sequence[Mapping[str, Any]]) -> None:
    """Check a text as it is to be stored.

    Raises `Refused`: `remiss_text_missing`, `remiss_text_too_long`, `paragraph_code_twice`, `paragraph_code_wrong`,
    `text_too_long`.
    """
    told = [each for section in sections for each in section["paragraphs"]]
    if not told:
        raise Refused("remiss_text_missing")
    if len(sections) > SECTIONS_MAX or len(told) > PARAGRAPHS_MAX:
        raise Refused("remiss_text_too_long", sections=SECTIONS_MAX, paragraphs=PARAGRAPHS_MAX)
    for codes in ([section["code"] for section in sections], [each["code"] for each in told]):
        if len(set(codes)) != len(codes):
            raise Refused("paragraph_code_twice")
        if wrong := [code for code in codes if len(code) > CODE_MAX or not _CODE.fullmatch(code)]:
            raise Refused("paragraph_code_wrong", given=wrong[0][:40])
    for section in sections:
        check_words(title=section["title"])
    for each in told:
        check_words(longest=PARAGRAPH_MAX, text=each["text"])


def carried_over(before: Sequence[Mapping[str, Any]], after: Sequence[Section]) -> tuple[Section, ...]:
    """Return a new text with the codes of the paragraphs that it goes on from, so that views still point right.

    The same text keeps its code, or the most alike one; what is new gets its neighbour's code with a letter: 2.1a.
    """
    old = paragraphs(before)
    codes = matched(list(old.items()), [each.text for section in after for each in section.paragraphs])
    taken, made = set(old), []
    place, last = 0, ""
    for section in after:
        given = []
        for each in section.paragraphs:
            code = codes.get(place) or _free(last or f"{section.code}.0", taken)
            taken.add(code)
            given.append(Paragraph(code, each.text))
            place, last = place + 1, code
        made.append(Section(section.code, section.title, tuple(given)))
    return tuple(made)


def _free(after: str, taken: set[str]) -> str:
    """Return the first code after another that nobody has: 2.1a, 2.1b, …, 2.1aa."""
    stem = after.rstrip("abcdefghijklmnopqrstuvwxyz") or after
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = (*letters, *(a + b for a in letters for b in letters))
    return next(str(stem + letter) for letter in names if stem + letter not in taken)


def compare(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Return every paragraph of both texts by its code: in the order of the new one, those removed where they stood."""
    old, new = paragraphs(before), paragraphs(after)
    titles = {each["code"]: s["title"] for s in (*before, *after) for each in s["paragraphs"]}
    order = _merged(list(old), list(new))
    return tuple(_change(code, titles.get(code, ""), old.get(code), new.get(code)) for code in order)


def _merged(old: list[str], new: list[str]) -> list[str]:
    """Return all codes: the new order, and each one removed after what it followed."""
    order = list(new)
    for place, code in enumerate(old):
        if code not in new:
            before = next((one for one in reversed(old[:place]) if one in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, code)
    return order


def _change(code: str, section: str, before: str | None, after: str | None) -> Change:
    if before is None:
        return Change("added", code, section, "", after or "", spans_between("", after or ""))
    if after is None:
        return Change("removed", code, section, before, "", spans_between(before, ""))
    if before == after:
        return Change("same", code, section, before, after, spans_between(before, after))
    return Change("changed", code, section, before, after, spans_between(before, after))
