"""What differs between two versions of the combined picture, in words: by sentence, own text, member and cell (R27)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.state import SpaceState
from gemensam.picture.domain import comparing
from gemensam.picture.domain.comparing import CellChange, Comparison, OwnText, Sentence, Word, words_apart
from gemensam.picture.matrix_words import MatrixWords, gap_headings
from gemensam.picture.picture_shown import ShownStatement, in_language, shown_statement
from gemensam.picture.queries import PictureView
from gemensam.web.shapes import Value

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence in both versions: None where a version does not have it; headings only where it has moved."""

    before: ShownStatement | None
    after: ShownStatement | None
    moved: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ShownText:
    """An own text of the compiler in both versions, in runs of words that are marked where the other has others."""

    heading: str
    before: tuple[Word, ...]
    after: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A value of a member on a row in both versions; None where a version has none."""

    organisation: str
    row: str
    before: Value | None
    after: Value | None
    before_at: int
    after_at: int


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member's contribution in words, in both versions."""

    organisation: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """All that differs: sentences and texts in groups with their heading, members, and cells."""

    sentences: tuple[tuple[str, tuple[ShownSentence, ...]], ...]
    texts: tuple[ShownText, ...]
    cells: tuple[ShownCell, ...]
    members: tuple[ShownMember, ...]
    is_same: bool


def shown_comparison(
    directory: SpaceState, state: SpaceState, before: PictureView, after: PictureView
) -> ShownComparison:
    """Return what differs between two pictures whose texts both are here, each said with the lists of its own time."""
    assert before.content is not None and after.content is not None
    old, new = (_words(directory, state, view) for view in (before, after))
    found = comparing.compare(before.content, after.content)
    headings = {one["code"]: title_of(one) for view in (before, after) for one in (view.content or {})["sections"]}
    return ShownComparison(
        _sentences(found, old, new, headings),
        tuple(_text(one) for one in found.texts),
        tuple(_cell(one, old, new) for one in found.cells),
        tuple(ShownMember(new.name(who), _gap(was), _gap(now)) for who, was, now in found.members),
        found.is_same,
    )


def _words(directory: SpaceState, state: SpaceState, view: PictureView) -> MatrixWords:
    content: Content = view.content or {}
    names = {row["organisation"]: row["name"] for row in content["matrix"]}
    return MatrixWords(directory, state, content["stated_at"], pins=view.entry.header.vocabulary, names=names)


def title_of(section: Content) -> str:
    """Return a heading as the picture holds it, in the reader's language."""
    return in_language(section, "title")


def _sentences(
    found: Comparison, old: MatrixWords, new: MatrixWords, headings: Mapping[str, str]
) -> tuple[tuple[str, tuple[ShownSentence, ...]], ...]:
    groups = []
    for kind, heading in sentence_headings().items():
        shown = tuple(_sentence(one, old, new, headings) for one in found.sentences if one.kind == kind)
        if shown:
            groups.append((heading, shown))
    return tuple(groups)


def sentence_headings() -> dict[str, str]:
    """Return what may have become of a sentence, as headings in the order in which they are shown."""
    return {
        comparing.ADDED: _("New statements"),
        comparing.CHANGED: _("Changed statements"),
        comparing.GONE: _("Statements no longer in the picture"),
    }


def _sentence(one: Sentence, old: MatrixWords, new: MatrixWords, headings: Mapping[str, str]) -> ShownSentence:
    before = shown_statement(one.before, old) if one.before is not None else None
    after = shown_statement(one.after, new) if one.after is not None else None
    moved = (headings[one.heading_before], headings[one.heading_after]) if one.is_moved else ("", "")
    return ShownSentence(before, after, moved)


def _text(one: OwnText) -> ShownText:
    heading = title_of(one.section)
    if one.field is not None:
        heading = f"{heading}: {title_of(one.field)}"
    return ShownText(heading, *words_apart(one.before, one.after))


def _cell(one: CellChange, old: MatrixWords, new: MatrixWords) -> ShownCell:
    lists = new if one.after else old
    before = old.value(one.before) if one.before else None
    after = new.value(one.after) if one.after else None
    name = lists.name(one.organisation)
    return ShownCell(name, lists.column(one.row), before, after, one.before_at, one.after_at)


def _gap(code: str) -> str:
    return gap_headings().get(code, code) if code else _("has contributed")


def chosen_pair(labels: Sequence[str], before: str, after: str) -> tuple[str, str]:
    """Return the two versions to compare: as asked, else the latest (`labels`, newest first) against the one before.

    With one of them given, the other is its neighbour: the one before it, or for the first the one after.
    """
    if before and after:
        return before, after
    if after in labels:
        return _older(labels, after), after
    if before in labels:
        place = labels.index(before)
        return before, labels[place - 1] if place else before
    newest = labels[0]
    return _older(labels, newest), newest


def _older(labels: Sequence[str], label: str) -> str:
    place = labels.index(label)
    return labels[place + 1] if place + 1 < len(labels) else label
