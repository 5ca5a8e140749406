"""The text of a målbild: sections and numbered paragraphs whose codes stay with them from version to version."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.core.refusal import Refused

HEADING_MAX, PARAGRAPH_MAX = 200, 4_000  # characters
SECTIONS_MAX, PARAGRAPHS_MAX = 60, 400
ALIKE = 0.5  # of the words: then it is the same paragraph in other words
PAIRS_MAX = 10_000  # of paragraphs that are compared word for word, so that no text takes long to write
_CODE = re.compile(r"[ap][1-9][0-9]{0,4}")
_PLACE = re.compile(r"\n[ \t]*\n+")


@dataclass(frozen=True)
class ParagraphText:
    """A paragraph; `code` names it in every version, whatever stands before it."""

    code: str
    text: str


@dataclass(frozen=True)
class SectionText:
    """A section of one of the two parts (`part` from the list `vision_parts`)."""

    code: str
    part: str
    heading: str
    paragraphs: tuple[ParagraphText, ...]


class Paragraph(NamedTuple):
    """A paragraph as it is read."""

    code: str
    text: str


class Section(NamedTuple):
    """A section as it is read."""

    code: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    part: str = ""


class Written(NamedTuple):
    """A section as it was typed, before it has a code."""

    part: str
    heading: str
    paragraphs: tuple[str, ...]


class Highest(NamedTuple):
    """The highest numbers that codes of sections and paragraphs have had: none is used a second time."""

    section: int = 0
    paragraph: int = 0


def sections_of(payload: Mapping[str, Any] | None) -> tuple[Section, ...]:
    """Return the sections of a stored text; none where it has been disposed of."""
    return tuple(_section(each) for each in (payload or {}).get("sections", ()))


def _section(stored: Mapping[str, Any]) -> Section:
    paragraphs = tuple(Paragraph(each["code"], each["text"]) for each in stored["paragraphs"])
    return Section(stored["code"], stored["heading"], paragraphs, stored["part"])


def stored(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return sections as a payload holds them."""
    return [
        {
            "code": each.code, "part": each.part, "heading": each.heading,
            "paragraphs": [{"code": one.code, "text": one.text} for one in each.paragraphs],
        }
        for each in sections
    ]  # fmt: skip


def typed(sections: Iterable[Section], part: str) -> str:
    """Return a part as it is typed: `# heading`, then paragraphs with an empty line between."""
    blocks = []
    for section in sections:
        if section.part == part:
            blocks += [f"# {section.heading}", *(paragraph.text for paragraph in section.paragraphs)]
    return "\n\n".join(blocks)


def read_typed(part: str, text: str) -> tuple[Written, ...]:
    """Read a part as it was typed. Raises `Refused`: `section_without_heading`."""
    found: list[tuple[str, list[str]]] = []
    for block in _blocks(text):
        if block.startswith("#"):
            found.append((block.lstrip("#").strip(), []))
        elif not found:
            raise Refused("section_without_heading", text=block[:60])
        else:
            found[-1][1].append(block)
    return tuple(Written(part, heading, tuple(paragraphs)) for heading, paragraphs in found)


def _blocks(text: str) -> Iterator[str]:
    """Yield headings and paragraphs: a heading is one line, also where no empty line stands around it."""
    for block in _PLACE.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        lines: list[str] = []
        for line in block.split("\n"):
            if line.lstrip().startswith("#"):
                yield from _joined(lines)
                yield line.strip()
                lines = []
            else:
                lines.append(line.rstrip())
        yield from _joined(lines)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    if text := "\n".join(lines).strip():
        yield text


def coded(
    written: Sequence[Written], before: Sequence[Section], highest: Highest
) -> tuple[tuple[Section, ...], Highest]:  # fmt: skip
    """Give what was typed its codes: those that it had before, also in other words or another place, else new ones."""
    old = {one.code: one.text for section in before for one in section.paragraphs}
    codes = matched(list(old.items()), [text for section in written for text in section.paragraphs])
    headings = matched([(each.code, each.heading) for each in before], [each.heading for each in written])
    last_section, last_paragraph = highest
    found, place = [], 0
    for number, section in enumerate(written):
        paragraphs = []
        for text in section.paragraphs:
            code = codes.get(place, "")
            if not code:
                last_paragraph += 1
                code = f"p{last_paragraph}"
            paragraphs.append(Paragraph(code, text))
            place += 1
        code = headings.get(number, "")
        if not code:
            last_section += 1
            code = f"a{last_section}"
        found.append(Section(code, section.heading, tuple(paragraphs), section.part))
    return tuple(found), Highest(last_section, last_paragraph)


def matched(before: Sequence[tuple[str, str]], after: Sequence[str]) -> dict[int, str]:
    """Return which text of `after` (by place) is which of `before` (code, text): the same words, else the most alike.

    Each code is given once; where several are equally alike, the earliest.
    """
    waiting: dict[str, list[str]] = {}
    for code, text in before:
        waiting.setdefault(text, []).append(code)
    found = {place: waiting[text].pop(0) for place, text in enumerate(after) if waiting.get(text)}
    used = set(found.values())
    old = [(code, Counter(text.lower().split())) for code, text in before if code not in used]
    new = [(place, Counter(text.lower().split())) for place, text in enumerate(after) if place not in found]
    if len(old) * len(new) <= PAIRS_MAX:
        found |= _most_alike(old, new)
    return found


Counted = Counter[str]


def _most_alike(old: Sequence[tuple[str, Counted]], new: Sequence[tuple[int, Counted]]) -> dict[int, str]:
    pairs = [
        (-_alike(words, others), place, rank, code)
        for place, words in new
        for rank, (code, others) in enumerate(old)
        if _alike(words, others) >= ALIKE
    ]
    found: dict[int, str] = {}
    for _, place, _, code in sorted(pairs):
        if place not in found and code not in found.values():
            found[place] = code
    return found


def _alike(one: Counted, other: Counted) -> float:
    together = one.total() + other.total()
    return 2 * (one & other).total() / together if together else 0.0


def check_sections(sections: Sequence[Mapping[str, Any]], parts: Iterable[str]) -> None:
    """Check a text as it is to be stored.

    Raises `Refused`: `vision_text_missing`, `vision_text_too_large`, `vision_part_unknown`, `code_twice`,
    `heading_missing`, `text_too_long`, `words_missing`.
    """
    known, codes = frozenset(parts), []
    paragraphs = [one for each in sections for one in each["paragraphs"]]
    if not sections:
        raise Refused("vision_text_missing")
    if len(sections) > SECTIONS_MAX or len(paragraphs) > PARAGRAPHS_MAX:
        raise Refused("vision_text_too_large", sections=SECTIONS_MAX, paragraphs=PARAGRAPHS_MAX)
    for section in sections:
        if section["part"] not in known:
            raise Refused("vision_part_unknown", value=section["part"])
        _check_text("heading", section["heading"], HEADING_MAX, "heading_missing")
        codes.append(section["code"])
    for one in paragraphs:
        _check_text("paragraph", one["text"], PARAGRAPH_MAX, "words_missing")
        codes.append(one["code"])
    if len(set(codes)) < len(codes) or not all(_CODE.fullmatch(code) for code in codes):
        raise Refused("code_twice")


def _check_text(field: str, text: str, longest: int, missing: str) -> None:
    if not text.strip():
        raise Refused(missing, field=field)
    if len(text) > longest:
        raise Refused("text_too_long", field=field, limit=longest, length=len(text))
