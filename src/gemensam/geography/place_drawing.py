"""The situation by kommun drawn in Python: the table, the cards of a phone, and the list beside the map.

What is drawn depends on what is given alone, so that all readers of one circle share it. Every text is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.geography.domain.by_kommun import PlaceCell, PlaceRow, Voice
from gemensam.geography.queries import Places
from gemensam.geography.voices import PlaceWords, ShownVoice
from gemensam.picture.domain import matrix as m
from gemensam.picture.matrix_drawing import Drawing, draw_heads
from gemensam.picture.matrix_words import MatrixWords
from gemensam.web import times
from gemensam.web.shapes import Value, escape, labelled

VOICES_SHOWN = 3
COUNTED = frozenset({m.NOT_ASKED, m.NOT_OURS, m.NOT_REPORTED, m.RETURNS})


@dataclass(frozen=True)
class PlaceDrawing:
    """What the pages by kommun are drawn from. `base`: address of the space; `query`: the chosen moment for links."""

    places: Places
    matrix: MatrixWords
    base: str
    query: str = ""

    @cached_property
    def words(self) -> PlaceWords:
        return PlaceWords(self.matrix, self.places.live.frame)

    @cached_property
    def heads(self) -> Drawing:
        """The same columns as the matrix by member."""
        found = self.places.live
        kept = found.matrix._replace(columns=self.places.found.columns)
        return Drawing(type(found)(kept, found.frame, found.shown), self.matrix, self.base, self.query)

    def name(self, kommun: str) -> str:
        return self.words.names.get(kommun, kommun)

    def link(self, kommun: str, row: str = "") -> str:
        anchor = f"#row-{row}" if row else ""
        return escape(f"{self.base}places/{kommun}/{self.query}{anchor}")


def draw_table(drawing: PlaceDrawing) -> SafeString:
    """Return the table: kommuner × verksamheter, own value first and the voices of others framed beside it."""
    found = drawing.places.found
    heads = draw_heads(drawing.heads, _("Municipality"), [_("Needs")])
    body = "".join(_row(drawing, row) for row in found.rows)
    caption = _("Municipalities and functions of society, %(time)s") % {"time": times.exact(found.at)}
    return _safe(
        '<table class="matrix picture-matrix place-matrix">'
        f'<caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead>{heads}</thead><tbody>{body}</tbody></table>"
    )


def _row(drawing: PlaceDrawing, row: PlaceRow) -> str:
    cells = "".join(_cell(drawing, row, cell) for cell in row.cells)
    head = f'<a href="{drawing.link(row.kommun)}">{escape(drawing.name(row.kommun))}</a>'
    key = f'data-key="{escape(row.kommun)}"'
    return f'<tr {key}><th scope="row">{head}</th>{cells}<td class="num">{_needs(drawing, row)}</td></tr>'


def _needs(drawing: PlaceDrawing, row: PlaceRow) -> str:
    """The needs in the member's report, and the samverkansbehov that name the kommun, as a link to them."""
    reported = row.own.needs if row.own is not None else 0
    if not row.needs:
        return str(reported or "–")
    words = ngettext("%(n)s open need", "%(n)s open needs", row.needs) % {"n": row.needs}
    if reported:
        words = ngettext("%(words)s and %(n)s in the report", "%(words)s and %(n)s in the report", reported) % {
            "words": words, "n": reported,
        }  # fmt: skip
    rest = f'<span class="visually-hidden">{escape(words)}</span>'
    address = drawing.link(row.kommun) + "#needs"
    return (
        f'<a href="{address}" title="{escape(words)}"><span aria-hidden="true">{reported + row.needs}</span>{rest}</a>'
    )


def _cell(drawing: PlaceDrawing, row: PlaceRow, cell: PlaceCell) -> str:
    own = drawing.matrix.cell(cell.own, row.organisation)
    notes = " · ".join(own.notes)
    small = f'<small class="cell-note" aria-hidden="true">{escape(notes)}</small>' if notes else ""
    differs = f'<small class="cell-differs">{escape(_("Differs"))}</small>' if cell.is_contradicted else ""
    inside = f"{drawing.matrix.mark(own.value)}{small}"
    if cell.own.stated_at or cell.others:
        heard = "; ".join([own.heard, *(drawing.words.voice(voice).heard for voice in cell.others)])
        rest = f'<span class="visually-hidden">{escape(heard[len(own.value.word) :])}</span>'
        inside = f'<a href="{drawing.link(row.kommun, cell.row)}" title="{escape(heard)}">{inside}{rest}</a>'
    classes = ["value", *_kinds(own.value, cell), *(["group-start"] if cell.row in drawing.heads.starts else [])]
    return f'<td class="{" ".join(classes)}">{inside}{_voices(drawing, cell)}{differs}</td>'


def _kinds(value: Value, cell: PlaceCell) -> list[str]:
    names = ["contradicted"] if cell.is_contradicted else []
    if value.code == m.NOT_REPORTED:
        names.append("not-reported")
    elif not value.digit and value.code != m.UNKNOWN:
        names.append("none")
    return names


def _voices(drawing: PlaceDrawing, cell: PlaceCell) -> str:
    """The marks of others, framed; the words are in the cell's link."""
    shown = [drawing.words.voice(voice) for voice in cell.others[:VOICES_SHOWN]]
    marks = "".join(_voice_mark(drawing, one) for one in shown)
    more = len(cell.others) - len(shown)
    return f'<span class="voices" aria-hidden="true">{marks}{f"+{more}" if more > 0 else ""}</span>' if shown else ""


def _voice_mark(drawing: PlaceDrawing, one: ShownVoice) -> str:
    return f'<span class="voice" title="{escape(one.heard)}">{drawing.matrix.mark(one.value)}</span>'


def draw_cards(drawing: PlaceDrawing) -> SafeString:
    """Return a card for each kommun, worst first: the same content for a narrow screen."""
    frame = drawing.places.live.frame
    rows = sorted(
        drawing.places.found.rows,
        key=lambda row: min((frame.order(cell.value(frame)) for cell in row.cells), default=9),
    )
    return _safe(f'<ol class="member-cards place-cards">{"".join(_card(drawing, row) for row in rows)}</ol>')


def _card(drawing: PlaceDrawing, row: PlaceRow) -> str:
    frame = drawing.places.live.frame
    said = [cell for cell in row.cells if cell.others or cell.own.value not in COUNTED]
    worth = [cell for cell in said if cell.others or frame.digits.get(cell.own.value) != 1]
    lines = "".join(
        _card_line(drawing, cell) for cell in sorted(worth, key=lambda cell: frame.order(cell.value(frame)))
    )
    calm, silent = len(said) - len(worth), len(row.cells) - len(said)
    facts = [ngettext("%(n)s without impact", "%(n)s without impact", calm) % {"n": calm}] if calm else []
    if row.needs:
        facts.append(ngettext("%(n)s open need", "%(n)s open needs", row.needs) % {"n": row.needs})
    if silent:
        facts.append(ngettext("%(n)s without statement", "%(n)s without statement", silent) % {"n": silent})
    head = f'<h3><a href="{drawing.link(row.kommun)}">{escape(drawing.name(row.kommun))}</a></h3>'
    return (
        f'<li data-key="card-{escape(row.kommun)}">{head}<p class="card-facts">{escape(" · ".join(facts))}</p>'
        f"<ul>{lines}</ul></li>"
    )


def _card_line(drawing: PlaceDrawing, cell: PlaceCell) -> str:
    value, notes = drawing.words.standing(cell)
    voices = "".join(
        f'<span class="voice-line">{escape(drawing.words.voice(voice).heard)}</span>' for voice in cell.others
    )
    differs = f' <strong class="warned">{escape(_("Different statements"))}</strong>' if cell.is_contradicted else ""
    name = f"<strong>{escape(drawing.matrix.column(cell.row, 'short'))}</strong>"
    told = f'<span class="muted">{escape(" · ".join(notes))}</span>' if notes else ""
    return f"<li>{labelled(value)}<span>{name} {told}{differs}{voices}</span></li>"


def draw_list(drawing: PlaceDrawing, row: str) -> SafeString:
    """Return the list beside the map: every kommun with its value on a row. The map is drawn from it."""
    return _safe("".join(_line(drawing, found, row) for found in drawing.places.found.rows))


def _line(drawing: PlaceDrawing, found: PlaceRow, row: str) -> str:
    cell = found.cell(row)
    if cell is None:
        return ""
    value, notes = drawing.words.standing(cell)
    others = [drawing.words.voice(voice).heard for voice in _beside(drawing, cell)]
    differs = f' <strong class="warned">{escape(_("Different statements"))}</strong>' if cell.is_contradicted else ""
    told = f' <span class="muted">{escape(" · ".join(notes))}</span>' if notes else ""
    beside = "".join(f'<span class="voice-line">{escape(heard)}</span>' for heard in others)
    name = escape(drawing.name(found.kommun))
    return (
        f'<li data-key="kommun-{escape(found.kommun)}" data-kommun="{escape(found.kommun)}"'
        f' data-value="{_fill(value)}" data-short="{escape(value.short)}"'
        f'{" data-differs" if cell.is_contradicted else ""}><span class="kommun-name">'
        f'<a href="{drawing.link(found.kommun, row)}">{name}</a></span>{labelled(value)}{told}{differs}'
        f'<button type="button" class="btn btn-sm btn-quiet show-on-map no-print" hidden>'
        f"{_show(name)}</button>{beside}</li>"
    )


def _show(name: str) -> str:
    return f'{escape(_("Show"))} <span class="visually-hidden">{escape(_("on the map"))}: {name}</span>'


def _beside(drawing: PlaceDrawing, cell: PlaceCell) -> Sequence[Voice]:
    told_by = cell.told_by(drawing.places.live.frame)
    return [voice for voice in cell.others if voice != told_by]


def _fill(value: Value) -> str:
    """Which fill the map gives: a step of the scale, `unknown`, `missing`, or `none`."""
    if value.digit:
        return str(value.digit)
    return {m.UNKNOWN: "unknown", m.NOT_REPORTED: "missing", m.RETURNS: "missing"}.get(value.code, "none")


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every text above is escaped where it is put in
