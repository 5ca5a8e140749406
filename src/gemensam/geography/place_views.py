"""Pages by kommun: the matrix, one kommun with all that is said of it, and the table for other programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.core.state import Thing
from gemensam.geography import queries
from gemensam.geography.domain.by_kommun import STATEMENT, PlaceCell, PlaceRow
from gemensam.geography.needs_shown import shown_needs_in
from gemensam.geography.place_drawing import PlaceDrawing, draw_cards, draw_table
from gemensam.geography.voices import ShownVoice
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.search_words import stems
from gemensam.ledger.tables import csv_response
from gemensam.picture.domain.duplicates import open_pairs
from gemensam.picture.domain.statements import is_unconfirmed
from gemensam.picture.marking import mark_of_all, marks_by_entry
from gemensam.picture.matrix_drawing import scale_values
from gemensam.picture.matrix_shown import ShownCell, shown_cells
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.place_words import ShownPlace
from gemensam.picture.queries import KINDS_WITH_PICTURE
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage
from gemensam.web.parts import Part, live_part

PAIRS_SHOWN, PAIRS_READ = 20, 200


def place_page(request: Request, space: str) -> SpacePage:
    """Return the page of a space that has a picture; raises `Refused("not_found")` for others."""
    return pages.space_page(request, space, KINDS_WITH_PICTURE)


def whole_minute(page: SpacePage) -> SpacePage:
    """The page at the end of this minute: all who look within it are shown the same bytes."""
    now = page.moment.now // times.MINUTE * times.MINUTE + times.MINUTE - 1
    return replace(page, moment=replace(page.moment, now=now))


def drawing_of(page: SpacePage) -> PlaceDrawing:
    """Return what the page's parts are drawn from, at a whole minute."""
    page = whole_minute(page)
    words = MatrixWords(page.lens.directory, page.state, page.moment.at)
    places = queries.get_places(page.lens, page.space, page.moment)
    return PlaceDrawing(places, words, f"/spaces/{page.space}/", page.query)


@signed_in
@require_GET
def places(request: Request, space: str) -> HttpResponseBase:
    """The situation by kommun: own statements, and those of others beside them."""
    page = place_page(request, space)

    def draw(part: SafeString) -> HttpResponse:
        words = MatrixWords(page.lens.directory, page.state, page.moment.at)
        return pages.render(request, "geography/places.html", {"part": part, "values": scale_values(words)})

    return pages.around(request, page, parts=("places",), part=_matrix(page).fragment, draw=draw)


@signed_in
@require_GET
@live_part
def places_part(request: Request, space: str) -> Part:
    """The matrix by kommun alone, for a page that follows the space."""
    return _matrix(place_page(request, space))


def _matrix(page: SpacePage) -> Part:
    return Part(page.circle_key("places"), lambda: _part(page))


def _part(page: SpacePage) -> str:
    drawing = drawing_of(page)
    context = {
        "page": page,
        "found": drawing.places.found,
        "table": draw_table(drawing),
        "cards": draw_cards(drawing),
        "pairs": shown_pairs(page, drawing.matrix),
        "differing": [
            (row, drawing.name(row.kommun), drawing.matrix.column(cell.row), cell.row)
            for row in drawing.places.found.rows
            for cell in row.cells
            if cell.is_contradicted
        ],
    }
    return render_to_string("geography/_places.html", context)


# A voice with its text and its marks.
Said = tuple[ShownVoice, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A verksamhet of a kommun: what it says itself (None: nothing), and what is said besides with its texts.

    `own_words`: single statements of its own; `others`: reports and statements of others.
    """

    code: str
    name: str
    own: ShownCell | None
    own_words: tuple[Said, ...]
    others: tuple[Said, ...]
    is_contradicted: bool

    @property
    def is_calm(self) -> bool:
        """Whether it has no impact by its own report, and nothing more is said of it."""
        return self.own is not None and self.own.value.digit == 1 and not (self.own_words or self.others)


@signed_in
@require_GET
def kommun(request: Request, space: str, kommun_code: str) -> HttpResponseBase:
    """One kommun: row by row what it says itself and what others say of it, and the statements about it."""
    page = place_page(request, space)
    drawing = drawing_of(page)
    row = drawing.places.row(kommun_code)
    statements = queries.list_statements_in(page.state, kommun_code, page.moment)
    entries = [*(cell.own.entry for cell in row.cells), *(thing.data.content for thing in statements)]
    entries += [voice.entry for cell in row.cells for voice in cell.others]
    entries += [shown.data.content for shown in queries.list_open_needs(page.lens, space, page.moment, kommun_code)]
    note_reading(page.lens.principal, space, page.lens.rows(space, filter(None, entries)))

    def draw() -> HttpResponse:
        rows = _ordered(page, drawing, row)
        texts = page.lens.payloads(space, [thing.data.content for thing in statements])
        context = {
            "row": row,
            "name": drawing.name(kommun_code),
            "base": drawing.base,
            "rows": [one for one in rows if not one.is_calm],
            "calm": [one for one in rows if one.is_calm],
            "needs": shown_needs_in(page.lens, page, drawing.matrix, kommun_code),
            "statements": [
                _statement(thing, texts.get(thing.data.content), drawing.matrix)
                for thing in statements
                if texts.get(thing.data.content) is not None
            ],
        }
        return pages.render(request, "geography/kommun.html", context)

    return pages.conditional(request, page.key("kommun", kommun_code), draw)


def _ordered(page: SpacePage, drawing: PlaceDrawing, row: PlaceRow) -> list[RowShown]:
    """The rows of which something is said: what differs first, then worst first, then in the order of the list."""
    frame = drawing.places.live.frame
    worst = {cell.row: frame.order(cell.value(frame)) for cell in row.cells}
    return sorted(_rows(page, drawing, row), key=lambda one: (not one.is_contradicted, worst[one.code]))


def _rows(page: SpacePage, drawing: PlaceDrawing, row: PlaceRow) -> Iterator[RowShown]:
    own: dict[str, ShownCell] = {}
    if row.own is not None:
        own = {one.cell.row: one for one in shown_cells(page.lens, page.space, row.own, drawing.matrix)}
    voices = [voice for cell in row.cells for voice in cell.others]
    texts = page.lens.payloads(page.space, [voice.entry for voice in voices])
    marks = marks_by_entry(page.lens, page.space, (voice.entry for voice in voices))
    for cell in row.cells:
        said = own.get(cell.row) if cell.own.stated_at else None
        if said is None and not cell.others:
            continue
        voiced = [
            (drawing.words.voice(voice), _text(texts.get(voice.entry), cell), marks.get(voice.entry, ()))
            for voice in cell.others
        ]
        own_words = tuple(one for one in voiced if one[0].voice.organisation == row.organisation)
        others = tuple(one for one in voiced if one[0].voice.organisation != row.organisation)
        name = drawing.matrix.column(cell.row)
        yield RowShown(cell.row, name, said, own_words, others, cell.is_contradicted)


def _text(payload: Mapping[str, Any] | None, cell: PlaceCell) -> str:
    """What an entry says of a row: a statement's text, or that of the report's own row."""
    if payload is None:
        return _("The content has been removed.")
    if "cells" not in payload:
        return str(payload["text"])
    return next((str(found["text"]) for found in payload["cells"] if found["row"] == cell.row), "")


def shown_pairs(page: SpacePage, words: MatrixWords) -> list[tuple["StatementShown", "StatementShown"]]:
    """Return the statements that may be the same and that nobody has judged yet, two and two."""
    pairs = [] if page.moment.happened_by is not None else open_pairs(page.state)[:PAIRS_READ]
    texts = queries.texts_of(page.lens, page.space, [thing for pair in pairs for thing in pair])
    known = [(first, second) for first, second in pairs if _have(texts, (first, second))]
    alike = [pair for pair in known if _share_words(*(texts[one.data.content]["text"] for one in pair))][:PAIRS_SHOWN]
    return [
        (_statement(first, texts[first.data.content], words), _statement(second, texts[second.data.content], words))
        for first, second in alike
    ]


def _share_words(first: str, second: str) -> bool:
    """Whether two texts have a word in common besides those that every sentence has."""
    return bool((set(stems(first)) & set(stems(second))) - _COMMON)


_COMMON = frozenset(stems(
    "och i att det som en på är av för med till den har de inte om ett men var jag sig från vi så kan när nu in ut upp"
    " över under efter vid hos alla vår vårt deras er ert finns blir mer än eller också samt mot kl väg"
))  # fmt: skip


def _have(texts: Mapping[str, Any], pair: tuple[Thing, Thing]) -> bool:
    return all(thing.data.content in texts for thing in pair)


@dataclass(frozen=True, slots=True)
class StatementShown:
    """A statement about a kommun: its text, by whom and when, where, and whether it is unconfirmed."""

    subject: str
    text: str
    by: str
    at: int
    row: str
    where: ShownPlace
    place: str
    is_unconfirmed: bool


def _statement(thing: Any, payload: Any, words: MatrixWords) -> StatementShown:
    data = thing.data
    row = words.column(data.row) if data.row else ""
    return StatementShown(
        thing.subject, payload["text"], words.name(thing.organisation), data.stated_at, row,
        words.lists.places.shown(data.where), payload["place"], is_unconfirmed(thing),
    )  # fmt: skip


@signed_in
@require_GET
def places_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The matrix by kommun as CSV: a line for each kommun, function and voice."""
    page = place_page(request, space)
    drawing = drawing_of(page)
    note_now(page.lens.principal, "export", space=space, detail={"what": "places", "format": "csv"})
    entries = (
        entry
        for row in drawing.places.found.rows
        for cell in row.cells
        for entry in (cell.own.entry, *(voice.entry for voice in cell.others))
    )
    marks = mark_of_all(page.lens, space, filter(None, entries))
    heads = [
        _("Municipality"), _("Municipality code"), _("Function of society"), _("Code of the function"),
        _("According to"), _("Kind"), _("Value"), _("Code of the value"), _("Step"), _("True at"),
        _("Remarks"), _("Different statements"),
    ]  # fmt: skip
    lines = (line for row in drawing.places.found.rows for cell in row.cells for line in _lines(drawing, row, cell))
    name = _("municipalities %(title)s") % {"title": page.title}
    return csv_response(name, heads, list(lines), [*table_marks(page), *marks])


def _lines(drawing: PlaceDrawing, row: PlaceRow, cell: PlaceCell) -> Iterator[list[str]]:
    words, differs = drawing.matrix, _("yes") if cell.is_contradicted else ""
    first = [drawing.name(row.kommun), row.kommun, words.column(cell.row), cell.row]
    if row.organisation:
        own = words.cell(cell.own, row.organisation)
        at = times.iso(cell.own.stated_at) if cell.own.stated_at else ""
        step = str(own.value.digit or "")
        said = [words.name(row.organisation), _("own report"), own.value.word, cell.own.value, step, at]
        yield [*first, *said, ", ".join(own.notes), differs]
    for voice in cell.others:
        shown = drawing.words.voice(voice)
        kind = _("statement") if voice.source == STATEMENT else _("report")
        step = str(shown.value.digit or "")
        said = [shown.by, kind, shown.value.word, voice.value, step, times.iso(voice.as_of)]
        yield [*first, *said, ", ".join(shown.notes), differs]
