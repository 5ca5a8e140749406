"""Lines of a document, cleaned of how they were set: markup, columns, bullets, hyphens at line ends."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text (columns parted by tabs), page and number from 1; the marks are those of extraction's `Row`.

    `item`: the bullet or number that it began with, taken off its text.
    """

    text: str
    page: int
    number: int
    heading: bool = False
    apart: bool = True
    wrapped: bool = False
    running: bool = False
    item: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns of the line, without empty ones."""
        return tuple(cell for part in self.text.split("\t") if (cell := part.strip()))


_INVISIBLE: Final = re.compile(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_BLANKS: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_MARKUP_HEADING: Final = re.compile(r"^#{1,6}\s+")
_EMPHASIS: Final = re.compile(r"(\*{1,3}|_{2,3})(?=\S)([^*_]{1,400})(?<=\S)\1")
_RULE: Final = re.compile(r"^[\s|+\-–—_=:.·*]+$")
_COLUMNS: Final = re.compile(r"[ \t]*\t[ \t]*|(?<=\S) {3,}(?=\S)")
# A name set beside a heading in capitals comes out glued to it: "… SundmanKOMMUNSTYRELSEN".
_GLUED: Final = re.compile(r"(?<=[a-zåäöé])(?=[A-ZÅÄÖ]{5,})")
_ITEM: Final = re.compile(r"^([-–—•·▪◦‣○*]|\(?\d{1,2}[.)]|[a-hA-H][.)])\s+(?=\S)")
_PAGE_NUMBER: Final = re.compile(
    r"(?i)^(?:sid(?:a|an|nr|nummer)?\.?:?\s*)?\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|/\s*\d{1,4}|av\s+\d{1,4})$"
)
_EDGE: Final = 6
_DIGITS: Final = re.compile(r"\d+")


def clean(line: Line) -> Line:
    """Return the line with plain text, its markup turned into marks."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", line.text))
    text = _BLANKS.sub(" ", text).strip()
    if _RULE.match(text):
        return replace(line, text="")
    heading = line.heading or bool(_MARKUP_HEADING.match(text))
    text = _EMPHASIS.sub(r"\2", _MARKUP_HEADING.sub("", text)).strip("|").strip()
    text = text.replace(" | ", "\t")
    text = _GLUED.sub("\t", _COLUMNS.sub("\t", text))
    text = re.sub(r" {2,}", " ", text)
    item = _ITEM.match(text)
    if item and not heading:
        return replace(line, text=text[item.end() :], item=item[1], heading=heading)
    return replace(line, text=text, heading=heading)


def prepared(lines: Iterable[Line], signs: Sequence[str], headings: frozenset[str]) -> tuple[Line, ...]:
    """Return the lines cleaned, bare ones left out, heads and feet of pages marked as running.

    `signs`: words of the places for signatures, which stand at the foot of every page; `headings`: what begins a part
    of the text even if every page begins with it.
    """
    cleaned = [cleaned for line in lines if (cleaned := clean(line)).text]
    edges = _edges(cleaned, headings)
    return tuple(
        replace(
            line, running=line.running or line in edges or bool(_PAGE_NUMBER.match(line.text)) or _is_sign(line, signs)
        )
        for line in cleaned
    )


def _edges(lines: Sequence[Line], headings: frozenset[str]) -> frozenset[Line]:
    """Return what runs along the top and the foot of the pages; the first page's top is its letterhead and stays."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if not line.running:
            pages.setdefault(line.page, []).append(line)
    tops = _repeated(list(pages.values()), headings)
    feet = _repeated([page[::-1] for page in pages.values()], headings)
    return frozenset(line for page in [*tops[1:], *feet] for line in page)


def _repeated(pages: Sequence[Sequence[Line]], headings: frozenset[str]) -> list[list[Line]]:
    """Return for each page the lines from its edge on that stand at the same place of at least every second page."""
    patterns = [[_pattern(line, headings) for line in page[:_EDGE]] for page in pages]
    counts = [Counter(page[place] for page in patterns if place < len(page)) for place in range(_EDGE)]
    found: list[list[Line]] = []
    for page, told in zip(pages, patterns, strict=True):
        shared = [counts[place][pattern] if pattern else 0 for place, pattern in enumerate(told)]
        length = next((place for place, times in enumerate(shared) if times < 2 or times * 2 < len(pages)), len(shared))
        found.append(list(page[:length]))
    return found


def _pattern(line: Line, headings: frozenset[str]) -> str:
    """Return what is the same on every page of what runs along it; nothing for what begins a matter or a part."""
    plain = line.text.casefold()
    return "" if "§" in plain or plain.rstrip(" :") in headings else _DIGITS.sub("0", plain)


def _is_sign(line: Line, signs: Sequence[str]) -> bool:
    left = line.text.casefold()
    for sign in signs:
        left = left.replace(sign, "")
    return left != line.text.casefold() and not re.search(r"\w{3,}", left)


def joined(lines: Iterable[Line]) -> str:
    """Return lines as running text; a word that a hyphen broke at the end of its line is whole again."""
    text = ""
    for line in lines:
        part = line.text.replace("\t", " ")
        text = continued(text, part) if text else part
    return text


def continued(text: str, more: str) -> str:
    """Return text with what follows it on the next line."""
    if text.endswith(("-", "–")) and not text.endswith((" -", " –")):
        if more[:1].isdigit():
            return text + more
        if more[:1].islower() and not more.startswith(("och ", "eller ", "samt ")):
            return text[:-1] + more
    return f"{text} {more}"


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether a line goes on with the one before; what was turned into Word from a PDF has each apart."""
    mid_sentence = line.text[:1].islower() and not line.text.startswith("att ") and before.text[-1:] not in ".:;!?"
    return line.wrapped or not line.apart or mid_sentence


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines grouped into paragraphs: a new one begins at a bullet and where a line stands apart."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.item and not line.heading and _goes_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
