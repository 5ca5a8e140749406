"""What the pages of this room show: levels, cells and groups in words, with shape and digit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.capabilities import labels
from gemensam.capabilities.domain.scale import Item, Scale, Standing
from gemensam.capabilities.domain.summary import Count
from gemensam.capabilities.queries import EVERYBODY, UNGROUPED, Cell, Table, framework_of
from gemensam.core.state import SpaceState
from gemensam.organisations.domain import PROPOSAL, Organisation, VocabularyVersion
from gemensam.picture.lists import Lists, told
from gemensam.web.page import SpacePage
from gemensam.web.shapes import escape

BASE_CAPABILITIES = "base_capabilities"
Key = tuple[str, bool]


class Words:
    """Names of levels, delförmågor and groups, in the reader's language."""

    def __init__(self, directory: SpaceState, period: SpaceState, scale: Scale) -> None:
        self.lists, self.scale = Lists(directory, period), scale

    def level(self, code: str) -> str:
        """Return `3 Finns`; the name alone for a level without digit."""
        item = self.scale.levels.get(code)
        if item is None:
            return code
        return f"{item['digit']} {told(item)}" if item.get("digit") else told(item)

    def standing(self, key: Standing | Key) -> str:
        """Return `3 Finns, obelagd`."""
        shown, unproven = (key.shown, key.unproven) if isinstance(key, Standing) else key
        return _("%(level)s, unproven") % {"level": self.level(shown)} if unproven else self.level(shown)

    def cell(self, cell: Cell) -> str:
        """Return a cell in words: the level, *ej delad* or *ej bedömd*."""
        return self.standing(cell.standing) if cell.standing is not None else self.nothing(cell)

    def nothing(self, cell: Cell) -> str:
        """Return which kind of nothing a cell holds: nobody can tell what is kept from what was never made."""
        return pgettext("capability", "Not shared") if cell.has_answered else pgettext("capability", "Not assessed")

    def capability(self, item: Item) -> str:
        return f"{item['code']} {told(item)}"

    def group(self, code: str) -> str:
        kind, _slash, within = code.partition("/")
        if code == EVERYBODY:
            return _("All members")
        if within == UNGROUPED:
            return _("Municipal group not stated")
        if within:
            return self.lists.word("municipal_groups", within)
        return self.lists.word("kinds_of_member", kind, "plural")

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The columns of counts: each level from the lowest, *obelagd* after the level as which it is shown."""
        found: list[Key] = []
        fallen = {str(item["when_unproven"]) for item in self.scale.levels.values() if item.get("when_unproven")}
        for code, item in self.scale.levels.items():
            if item.get("set_by") != "program":
                found += [(code, True)] if code in fallen else []
                found.append((code, False))
        return tuple(found)

    def mark(self, key: Standing | Key) -> SafeString:
        """Return shape and digit with the words beside them hidden; words alone for a level without shape."""
        shown, unproven = (key.shown, key.unproven) if isinstance(key, Standing) else key
        word, digit = escape(self.standing((shown, unproven))), self.scale.levels.get(shown, {}).get("digit")
        if not digit:
            return _safe(f'<span class="no-shape">{word}</span>')
        return _safe(f'{_bars(int(digit), unproven)}<b>{digit}</b><span class="visually-hidden">{word}</span>')

    def labelled(self, key: Standing | Key) -> SafeString:
        """Return shape and words side by side."""
        shown, unproven = (key.shown, key.unproven) if isinstance(key, Standing) else key
        word, digit = escape(self.standing((shown, unproven))), self.scale.levels.get(shown, {}).get("digit")
        shape = _bars(int(digit), unproven) if digit else ""
        return _safe(f'<span class="status">{shape}<span>{word}</span></span>')


def _bars(digit: int, unproven: bool) -> str:
    symbol = f"l{min(digit, 4)}{'u' if unproven else ''}"
    return f'<svg class="level-shape" aria-hidden="true"><use href="#{symbol}"/></svg>'


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every value above is escaped where it is put in


def table_cell(words: Words, cell: Cell) -> SafeString:
    """Return a `<td>` of the matrix."""
    if cell.standing is None:
        return _safe(f'<td class="value none"><span class="no-shape">{escape(words.nothing(cell))}</span></td>')
    note = f'<small class="cell-note" aria-hidden="true">{_("unproven")}</small>' if cell.standing.unproven else ""
    return _safe(f'<td class="value">{words.mark(cell.standing)}{note}</td>')


@dataclass(frozen=True, slots=True)
class Heading:
    """A grundförmåga over the columns of its delförmågor."""

    name: str
    short: str
    items: tuple[tuple[str, str], ...]


def headings(words: Words, items: tuple[Item, ...]) -> list[Heading]:
    """Return the grundförmågor with (code, name) of their delförmågor, in the order of the list."""
    codes = list(dict.fromkeys(str(item["group"]) for item in items))
    return [
        Heading(
            words.lists.word(BASE_CAPABILITIES, code),
            words.lists.word(BASE_CAPABILITIES, code, "short"),
            tuple((str(item["code"]), told(item)) for item in items if item["group"] == code),
        )
        for code in codes
    ]


def matrix_rows(words: Words, table: Table) -> Iterator[tuple[Organisation, SafeString]]:
    """Yield each member with its drawn cells."""
    codes = [str(item["code"]) for item in table.capabilities]
    for one in table.members:
        yield one, _safe("".join(table_cell(words, table.cells[one.id, code]) for code in codes))


@dataclass(frozen=True, slots=True)
class Line:
    """A group's counts of a delförmåga, drawn; `withheld` says why there are none."""

    name: str
    url: str
    counts: tuple[int, ...]
    silent: int
    withheld: str


def count_line(words: Words, name: str, url: str, count: Count) -> Line:
    if count.counts is None:
        return Line(name, url, (), 0, labels.withheld(words.scale.fewest))
    return Line(name, url, tuple(count.counts.get(key, 0) for key in words.keys), count.size - count.told, "")


def framework(page: SpacePage) -> dict[str, Any]:
    """Return which version of the list a page uses, and whether the period has chosen it."""
    version: VocabularyVersion = framework_of(page.lens, page.state)
    thing = page.state.thing(page.space)
    pinned = dict(thing.data.pins) if thing is not None else {}
    return {
        "version": version.version,
        "is_proposal": version.status == PROPOSAL,
        "is_pinned": version.code in pinned,
        "code": version.code,
    }


def milestone_url(page: SpacePage, capability: str, member: str, measure: str) -> str:
    """Return the address of the form for a milestone out of a measure; "" where there is no such form."""
    path = f"/spaces/{page.space}/milestones/new/"
    try:
        resolve(path)
    except Resolver404:
        return ""
    return f"{path}?{urlencode({'title': measure[:200], 'from': f'level-{member}-{capability}'})}"


def told_text(payload: Mapping[str, Any] | None, name: str) -> str:
    return str((payload or {}).get(name) or "")
