"""The matrix drawn in Python: a table for wide screens and paper, cards for a phone (a template takes far longer).

What is drawn depends on what is given alone, so that all readers of one circle share it.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise
from zlib import crc32

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.picture.domain import matrix as m
from gemensam.picture.domain.contacts import IN_CONTACT
from gemensam.picture.domain.matrix import Cell, Row, Sum
from gemensam.picture.lists import told
from gemensam.picture.matrix_words import ON_ROW, CellWords, MatrixWords, is_all_stale
from gemensam.picture.queries import Live
from gemensam.web import times
from gemensam.web.shapes import NOT_REPORTED, UNKNOWN, Value, escape, labelled, mark

# On a phone each value that is said has a line; the values below are counted.
COUNTED = frozenset({m.NOT_ASKED, m.NOT_OURS, m.NOT_REPORTED, m.RETURNS})
# Gives the text of a key: kept from an earlier drawing, or drawn now.
Keep = Callable[[Hashable, Callable[[], str]], str]


def _always_anew(_key: Hashable, draw: Callable[[], str]) -> str:
    return draw()


@dataclass(frozen=True)
class Drawing:
    """What the matrix is drawn from. `base`: address of the space; `query`: the chosen moment for links.

    `overlay`: values of the chosen narrower circle, by organisation and row, and its name. `keep`: where drawn rows
    are kept for the next drawing with the same words, address and columns; a post changes one member's row.
    """

    live: Live
    words: MatrixWords
    base: str
    query: str = ""
    overlay: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    overlay_name: str = ""
    keep: Keep = _always_anew
    _said: dict[tuple[str, str], CellWords] = field(default_factory=dict)

    def said(self, row: Row, cell: Cell) -> CellWords:
        """The words of a cell, which the table and the cards share."""
        key = row.organisation, cell.row
        if key not in self._said:
            self._said[key] = self.words.cell(cell, row.organisation)
        return self._said[key]

    def kept(self, name: str, row: Row, draw: Callable[["Drawing", Row], str]) -> str:
        """What is drawn of a row: it depends on what the row says, and on what is laid over it."""
        over = tuple(self.overlay.get((row.organisation, cell.row)) for cell in row.cells) if self.overlay else ()
        return self.keep((name, row, over, self.overlay_name), partial(draw, self, row))

    @cached_property
    def starts(self) -> frozenset[str]:
        """The columns with which a new group of verksamheter begins."""
        groups = [(column, self.group_of(column)) for column in self.live.matrix.columns]
        return frozenset(column for (_, before), (column, group) in pairwise(groups) if group != before)

    def group_of(self, column: str) -> str:
        item = self.words.lists.item("rows", column)
        return str(item.get("group", "")) if item else ""

    def link(self, organisation: str, row: str = "") -> str:
        tail = f"{row}/" if row else ""
        return escape(f"{self.base}members/{organisation}/{tail}{self.query}")


def draw_table(drawing: Drawing) -> SafeString:
    """Return the table: members × verksamheter, with needs and age, and the sums below."""
    matrix = drawing.live.matrix
    body = "".join(drawing.kept("row", row, _row) for row in matrix.rows)
    foot = "".join(_sum_cell(drawing, one) for one in matrix.sums)
    heads = draw_heads(drawing, pgettext("picture", "Member"), [_("Needs"), _("Age")])
    caption = _("Members and functions of society, %(time)s") % {"time": times.exact(matrix.at)}
    return _safe(
        f'<table class="matrix picture-matrix"><caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead>{heads}</thead><tbody>{body}</tbody>"
        f'<tfoot><tr><th scope="row">{escape(_("Sum"))}</th>{foot}<td></td><td></td></tr></tfoot></table>'
    )


def draw_heads(drawing: Drawing, first: str, last: Sequence[str]) -> str:
    """Return the rows of headings: the verksamheter in their groups, between a first column and the last ones."""
    heads = "".join(
        f'<th scope="col"{_start(code in drawing.starts)}><abbr title="{escape(drawing.words.column(code))}">'
        f"{escape(drawing.words.column(code, 'short'))}</abbr></th>"
        for code in drawing.live.matrix.columns
    )
    groups = _group_heads(drawing)
    rows = " rowspan=2" if groups else ""
    before, *after = (f'<th scope="col"{rows}>{escape(text)}</th>' for text in (first, *last))
    ends = "".join(after)
    return f"<tr>{before}{groups}{ends}</tr><tr>{heads}</tr>" if groups else f"<tr>{before}{heads}{ends}</tr>"


def _group_heads(drawing: Drawing) -> str:
    """A first row of headings: the groups of verksamheter; none where the list has no groups."""
    spans: list[tuple[str, int]] = []
    for column in drawing.live.matrix.columns:
        group = drawing.group_of(column)
        if spans and spans[-1][0] == group:
            spans[-1] = (group, spans[-1][1] + 1)
        else:
            spans.append((group, 1))
    if not any(group for group, _count in spans):
        return ""
    word = drawing.words.lists.word
    return "".join(
        f'<th scope="colgroup" class="group" colspan="{count}">'
        f"{escape(word('row_groups', group) if group else '')}</th>"
        for group, count in spans
    )


def _start(is_start: bool) -> str:
    return ' class="group-start"' if is_start else ""


def _row(drawing: Drawing, row: Row) -> str:
    is_stale = is_all_stale(row)
    cells = "".join(_cell(drawing, row, cell, is_stale) for cell in row.cells)
    oldest_at = row.oldest_at or (row.latest_at if row.in_words else 0)
    oldest = str(drawing.words.age_html(oldest_at)) if oldest_at else "–"
    return (
        f'<tr data-key="{escape(row.organisation)}" data-version="{_version(row)}"{_overdue(row)}>'
        f"{_row_head(drawing, row)}{cells}"
        f'<td class="num">{row.needs or "–"}</td><td class="num">{oldest}</td></tr>'
    )


def _version(row: Row) -> str:
    """A short word that changes with what a row says, and not with its age: what live pages mark as changed."""
    contact = row.contact.digest if row.contact else ""
    said = " ".join([*(cell.version for cell in row.cells), row.gap, str(row.overdue_at), str(row.needs), contact])
    return f"{crc32(said.encode()):x}"


def _overdue(row: Row) -> str:
    return ' class="is-overdue"' if row.overdue_at else ""


def _row_head(drawing: Drawing, row: Row) -> str:
    name = escape(drawing.words.name(row.organisation))
    notes = " · ".join(escape(note) for note in drawing.words.row_notes(row))
    small = f'<small class="row-note">{notes}</small>' if notes else ""
    return f'<th scope="row"><a href="{drawing.link(row.organisation)}">{name}</a>{small}</th>'


def _cell(drawing: Drawing, row: Row, cell: Cell, row_is_stale: bool) -> str:
    words = drawing.said(row, cell)
    note = _cell_note(drawing, words, row_is_stale)
    if cell.stated_at:
        # What is shown and what is heard are the same words, so that they are sent as good as once.
        link, heard = drawing.link(row.organisation, cell.row), escape(words.heard)
        inside = f'<a href="{link}" title="{heard}">{mark(words.value, words.heard)}{note}</a>'
    else:
        inside = drawing.words.mark(words.value) + note
    return f'<td class="{_classes(words, cell.row in drawing.starts)}">{inside}{_overlay(drawing, row, cell)}</td>'


def _cell_note(drawing: Drawing, words: CellWords, row_is_stale: bool) -> str:
    stale = drawing.words.addition_name(m.STALE) if row_is_stale else ""
    notes = " · ".join(note for note in words.notes if note != stale)
    trend = f'<small class="cell-trend" aria-hidden="true">{escape(words.trend)}</small>' if words.trend else ""
    return trend + (f'<small class="cell-note" aria-hidden="true">{escape(notes)}</small>' if notes else "")


def _overlay(drawing: Drawing, row: Row, cell: Cell) -> str:
    """The value of the narrower circle that a person has chosen: beside, framed, and named."""
    found = drawing.overlay.get((row.organisation, cell.row))
    if found is None:
        return ""
    words = drawing.words.cell(found, row.organisation)
    told_by = f"{drawing.overlay_name}: {words.heard}"
    return f'<span class="narrower" title="{escape(told_by)}">{drawing.words.mark(words.value)}</span>'


def _classes(words: CellWords, starts_group: bool) -> str:
    names = ["value"]
    if words.value.code == NOT_REPORTED:
        names.append("not-reported")
    elif not words.value.digit and words.value.code != UNKNOWN:
        names.append("none")
    if words.is_changed:
        names.append("changed")
    if words.is_stale:
        names.append("stale")
    if starts_group:
        names.append("group-start")
    return " ".join(names)


def _sum_cell(drawing: Drawing, one: Sum) -> str:
    counts = "".join(
        f"<li>{count} {drawing.words.mark(drawing.words.value(value))}</li>" for value, count in one.counts
    )
    return f'<td class="sum"><ul>{counts}</ul></td>'


def draw_sums(drawing: Drawing) -> SafeString:
    """Return the sums in words, one line for each verksamhet: what a phone shows instead of the table's foot."""
    lines = "".join(f"<li>{escape(drawing.words.sum(one))}</li>" for one in drawing.live.matrix.sums)
    return _safe(f'<ul class="sums">{lines}</ul>')


def draw_cards(drawing: Drawing) -> SafeString:
    """Return a card for each member, worst first: the same content as the table, for a narrow screen.

    Members where all is well have one line each, after the others.
    """
    frame = drawing.live.frame
    rows = sorted(drawing.live.matrix.rows, key=lambda row: (row.worst(frame), -row.overdue_at))
    quiet = {row.organisation: _is_well(drawing, row) and not _cells_with_lines(drawing, row) for row in rows}
    cards = [drawing.kept("card", row, _card) for row in rows if not quiet[row.organisation]]
    folded = [drawing.kept("folded", row, _folded) for row in rows if quiet[row.organisation]]
    return _safe(f'<ol class="member-cards">{"".join(cards)}{"".join(folded)}</ol>')


def _cells_with_lines(drawing: Drawing, row: Row) -> list[Cell]:
    """Return the cells that have a line of their own, worst first: all but the mildest and the missing ones.

    One of those has a line where something stands on it that is not said of the whole row.
    """
    said_of_row = {*ON_ROW, m.STALE} if is_all_stale(row) else ON_ROW
    found = [cell for cell in row.cells if _has_line(drawing, row, cell, said_of_row)]
    return sorted(found, key=lambda cell: drawing.live.frame.order(cell.value))


def _has_line(drawing: Drawing, row: Row, cell: Cell, said_of_row: Set[str]) -> bool:
    if drawing.overlay and (row.organisation, cell.row) in drawing.overlay:
        return True
    if cell.value in COUNTED:
        return False
    return drawing.live.frame.digits.get(cell.value) != 1 or any(one.code not in said_of_row for one in cell.additions)


def _said_of_row(drawing: Drawing, row: Row) -> str:
    """What is said of the whole row, and so not once more in each of its cells."""
    return drawing.words.addition_name(m.STALE) if is_all_stale(row) else ""


def _is_well(drawing: Drawing, row: Row) -> bool:
    """Whether all that a member answers for has no impact, and nothing is to be said of the member."""
    if row.gap or row.needs or row.overdue_at or row.entered_by or _is_hard_to_reach(row):
        return False
    ours = {cell.value for cell in row.cells} - {m.NOT_OURS}
    return {drawing.live.frame.digits.get(value) for value in ours} == {1}


def _is_hard_to_reach(row: Row) -> bool:
    return row.contact is not None and row.contact.state != IN_CONTACT


def _folded(drawing: Drawing, row: Row) -> str:
    words = drawing.words
    value = words.value(next(cell.value for cell in row.cells if cell.value != m.NOT_OURS))
    facts = f'<p class="card-facts">{_card_mark(drawing, value)} · {words.reported(row)}</p>'
    return _card_item(drawing, row, facts, ' class="quiet"')


def _card(drawing: Drawing, row: Row) -> str:
    words, stale, said = drawing.words, _said_of_row(drawing, row), _cells_with_lines(drawing, row)
    lines = "".join(_card_line(drawing, row, cell, stale) for cell in said)
    warned = [
        f'<strong class="warned">{escape(note)}</strong>' for note in (*words.row_warnings(row), *words.reach(row))
    ]
    facts = f'<p class="card-facts">{" · ".join([*warned, *_card_facts(drawing, row, said)])}</p>'
    return _card_item(drawing, row, f"{facts}<ul>{lines}</ul>{_counted(drawing, row, said)}")


def _card_item(drawing: Drawing, row: Row, inside: str, attributes: str = "") -> str:
    name = escape(drawing.words.name(row.organisation))
    return (
        f'<li data-key="card-{escape(row.organisation)}" data-version="{_version(row)}"{attributes}>'
        f'<h3><a href="{drawing.link(row.organisation)}">{name}</a></h3>{inside}</li>'
    )


def _card_line(drawing: Drawing, row: Row, cell: Cell, said_of_row: str) -> str:
    words = drawing.said(row, cell)
    full, short = drawing.words.column(cell.row), drawing.words.column(cell.row, "short")
    name = f'<span title="{escape(full)}">{escape(short)}</span>'
    trend = f' <span class="muted">{escape(words.trend)}</span>' if words.trend else ""
    notes = "".join(f' <span class="note">{escape(note)}</span>' for note in words.notes if note != said_of_row)
    has_own_age = cell.stated_at and cell.as_of != row.latest_at
    age = f' <span class="muted">{drawing.words.age_html(cell.as_of)}</span>' if has_own_age else ""
    linked = f'<a href="{drawing.link(row.organisation, cell.row)}">{name}</a>' if cell.stated_at else name
    said = f"<span>{linked}{trend}{age}{notes}</span>"
    return f"<li>{_card_mark(drawing, words.value)}{said}{_overlay(drawing, row, cell)}</li>"


def _card_mark(drawing: Drawing, value: Value) -> str:
    """The shape with its short word where there is a shape, else the words."""
    if not value.digit:
        return str(labelled(value))
    short = f'<span class="muted" aria-hidden="true">{escape(value.short)}</span>'
    return f'<span class="status">{drawing.words.mark(value)}{short}</span>'


def _counted(drawing: Drawing, row: Row, said: Sequence[Cell]) -> str:
    """How many of the member's other functions have no impact, are not reported, …: counted, in words."""
    unsaid = {m.NOT_OURS, m.NOT_ASKED} if row.in_words else {m.NOT_OURS}
    told_above = {cell.row for cell in said}
    rest = [cell for cell in row.cells if cell.row not in told_above and cell.value not in unsaid]
    counts = Counter((cell.value, cell.until_at) for cell in rest)
    ordered = sorted(counts.items(), key=lambda found: (drawing.live.frame.order(found[0][0]), found[0][1]))
    parts = [f"{count} {drawing.words.value(*value).word.lower()}" for value, count in ordered]
    return f'<p class="muted">{escape(" · ".join(parts))}</p>' if parts else ""


def _card_facts(drawing: Drawing, row: Row, said: Sequence[Cell]) -> list[str]:
    reported = drawing.words.reported(row)
    parts = [reported] if reported else []
    if row.needs:
        parts.append(escape(ngettext("%(n)s need", "%(n)s needs", row.needs) % {"n": row.needs}))
    if (trends := drawing.words.trends(row)) and not any(cell.trend for cell in said):
        parts.append(escape(trends))
    return parts


def scale_values(words: MatrixWords) -> list[Value]:
    """Return all values of the legend: the steps, and what is no status."""
    steps = [words.value(item["code"]) for item in words.lists.items("status")]
    others = [words.value(item["code"]) for item in words.lists.items("values")]
    return [*steps, *others]


def group_of_columns(words: MatrixWords) -> dict[str, str]:
    """Return each verksamhet's group."""
    return {item["code"]: str(item.get("group", "")) for item in words.lists.items("rows")}


def group_choices(words: MatrixWords) -> list[tuple[str, str]]:
    """Return the groups of verksamheter for the filter."""
    return [(item["code"], told(item)) for item in words.lists.items("row_groups")]


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every text above is escaped where it is put in
