"""What differs between any two versions of a combined picture: by sentence, by own text and by cell (R27). Pure.

Both contents are read as they were published; neither the order in which they were made nor what came between matters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from gemensam.picture.domain import items

Content = Mapping[str, Any]
ADDED, CHANGED, GONE = "added", "changed", "gone"
# Of these a report has one for each function or field, so that two wordings are one sentence that has changed;
# of the others (done, needs, statements) only the same line of the same report or statement is.
ONE_OF_EACH = frozenset({items.SUMMARY, items.FIELD, items.CELL, items.FORECAST, items.ANSWER})


class Sentence(NamedTuple):
    """A chosen sentence in one version or in both; `heading_…`: the code of the heading it stood under, "" if none."""

    kind: str
    before: Content | None
    after: Content | None
    heading_before: str = ""
    heading_after: str = ""

    @property
    def one(self) -> Content:
        """The sentence in the later version, else in the earlier."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found

    @property
    def is_moved(self) -> bool:
        return bool(self.heading_before and self.heading_after) and self.heading_before != self.heading_after


class OwnText(NamedTuple):
    """The compiler's own words under a heading; `section` carries the heading's titles, `field` which of its fields."""

    kind: str
    section: Content
    before: str
    after: str
    field: Content | None = None


class CellChange(NamedTuple):
    """A member's value on a row. A value of a row or a member that one version does not have is ""."""

    kind: str
    organisation: str
    row: str
    before: str
    after: str
    before_at: int = 0
    after_at: int = 0


class Member(NamedTuple):
    """What has become of a member's contribution: `gap_…` says why there was none, "" where there was one."""

    organisation: str
    gap_before: str
    gap_after: str


class Comparison(NamedTuple):
    """All that differs; each list in the order of the later version, and what is gone last."""

    sentences: tuple[Sentence, ...]
    texts: tuple[OwnText, ...]
    cells: tuple[CellChange, ...]
    members: tuple[Member, ...]

    @property
    def is_same(self) -> bool:
        return not any(self)


class Word(NamedTuple):
    """A run of words of a text, and whether the other text has it."""

    text: str
    is_changed: bool


def compare(before: Content, after: Content) -> Comparison:
    """Return what differs between two pictures' contents."""
    return Comparison(
        tuple(_sentences(before, after)), tuple(_texts(before, after)), tuple(_cells(before, after)),
        tuple(_members(before, after)),
    )  # fmt: skip


def _sentences(before: Content, after: Content) -> Iterator[Sentence]:
    """Pair what is said alike, then what is the same sentence in other words; the rest is new or gone."""
    old, new = _placed(before), _placed(after)
    pairs = _paired(old, new, _wording)
    pairs |= _paired(_left(old, pairs.values()), _left(new, pairs), _identity)
    for place, (heading, one) in new.items():
        if place not in pairs:
            yield Sentence(ADDED, None, one, "", heading)
            continue
        heading_before, was = old[pairs[place]]
        if heading_before != heading or _wording(was) != _wording(one):
            yield Sentence(CHANGED, was, one, heading_before, heading)
    for heading, one in _left(old, pairs.values()).values():
        yield Sentence(GONE, one, None, heading)


Placed = dict[int, tuple[str, Content]]


def _placed(content: Content) -> Placed:
    """Return the sentences with their headings, by their place in the picture."""
    all_of = [(section["code"], one) for section in content["sections"] for one in section["statements"]]
    return dict(enumerate(all_of))


def _left(placed: Placed, taken: Any) -> Placed:
    gone = set(taken)
    return {place: found for place, found in placed.items() if place not in gone}


def _paired(old: Placed, new: Placed, key_of: Any) -> dict[int, int]:
    """Return place in the later version → place in the earlier one, of those with the same key, in their order."""
    waiting: dict[object, list[int]] = {}
    for place, (_heading, one) in old.items():
        waiting.setdefault(key_of(one), []).append(place)
    found = {}
    for place, (_heading, one) in new.items():
        if there := waiting.get(key_of(one)):
            found[place] = there.pop(0)
    return found


def _wording(one: Content) -> tuple[object, ...]:
    """What a reader sees of a sentence: who says what; that it was confirmed again does not count."""
    said = (one["organisation"], one["kind"], one["row"], one["status"], one["text"], tuple(one["extra"]))
    return (*said, one["type"], one["unconfirmed"], one["entered_for"], one["about"])


def _identity(one: Content) -> tuple[str, ...]:
    """What makes two wordings one sentence: the member's word on a function, or the same line of the same entry."""
    if one["kind"] in ONE_OF_EACH:
        return (one["organisation"], one["kind"], one["part"])
    return (one["organisation"], one["kind"], one["subject"], one["part"])


def _texts(before: Content, after: Content) -> Iterator[OwnText]:
    old, new = _own_texts(before), _own_texts(after)
    for key in [*new, *(key for key in old if key not in new)]:
        section, field, was = old.get(key, (None, None, ""))
        section_now, field_now, now = new.get(key, (section, field, ""))
        if was.strip() != now.strip():
            kind = CHANGED if was.strip() and now.strip() else ADDED if now.strip() else GONE
            yield OwnText(kind, section_now or {}, was, now, field_now)


def _own_texts(content: Content) -> dict[tuple[str, str], tuple[Content | None, Content | None, str]]:
    found: dict[tuple[str, str], tuple[Content | None, Content | None, str]] = {}
    for section in content["sections"]:
        found[section["code"], ""] = (section, None, section["text"])
        for field in section.get("fields", ()):
            found[section["code"], field["code"]] = (section, field, field["text"])
        for scenario in section.get("scenarios", ()):
            named = {"title": scenario["title"], "title_en": scenario["title"]}
            found[section["code"], f"scenario:{scenario['title']}"] = (section, named, _scenario_text(scenario))
    return found


def _scenario_text(scenario: Content) -> str:
    parts = (scenario[name] for name in ("likelihood_name", "text", "consequences", "watch"))
    return "\n".join(part for part in parts if part)


def _cells(before: Content, after: Content) -> Iterator[CellChange]:
    """Yield values that differ, member by member; cells that neither version filled are no change."""
    old, new = _values(before), _values(after)
    for key in [*new, *(key for key in old if key not in new)]:
        (was, was_at), (now, now_at) = old.get(key, ("", 0)), new.get(key, ("", 0))
        if was != now:
            kind = CHANGED if was and now else ADDED if now else GONE
            yield CellChange(kind, *key, was, now, was_at, now_at)


def _values(content: Content) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (row["organisation"], cell["row"]): (cell["value"], cell["at"])
        for row in content["matrix"]
        for cell in row["cells"]
    }


def _members(before: Content, after: Content) -> Iterator[Member]:
    old = {row["organisation"]: row["gap"] for row in before["matrix"]}
    for row in after["matrix"]:
        was = old.get(row["organisation"], "")
        if bool(was) != bool(row["gap"]):
            yield Member(row["organisation"], was, row["gap"])


def words_apart(before: str, after: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return both texts in runs of words, each run marked where the other text does not have it."""
    old, new = _split(before), _split(after)
    # Words that come very often start no run of their own (`autojunk`): a long text of one word would take minutes.
    told = SequenceMatcher(None, old, new).get_opcodes()
    left = [Word("".join(old[a:b]), tag != "equal") for tag, a, b, _c, _d in told if b > a]
    right = [Word("".join(new[c:d]), tag != "equal") for tag, _a, _b, c, d in told if d > c]
    return tuple(left), tuple(right)


def _split(text: str) -> Sequence[str]:
    """Words with the white space after them, so that joined they are the text again."""
    return re.findall(r"\S+\s*|^\s+", text)
