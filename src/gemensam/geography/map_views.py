"""The map and the list that it is drawn from: kommuner by the chosen verksamhet, points, drawings (issue: equal list).

The page works without the map: the list says the same in words, and the map's script reads nothing but the list.
"""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from gemensam.core.refusal import Refused
from gemensam.geography.map_shown import degrees, shown_drawings, shown_points
from gemensam.geography.needs_shown import shown_needs_in
from gemensam.geography.place_drawing import draw_list
from gemensam.geography.place_views import drawing_of, place_page, whole_minute
from gemensam.geography.queries import list_drawings, list_open_needs, list_points
from gemensam.ledger.noting import note_reading
from gemensam.picture.areas import kommun_at
from gemensam.picture.domain.coordinates import read_point
from gemensam.picture.domain.statements import WRITERS
from gemensam.picture.lists import Lists
from gemensam.picture.matrix_drawing import scale_values
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.place_words import Coordinates
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage
from gemensam.web.parts import Part, live_part


@signed_in
@require_GET
def situation_map(request: Request, space: str) -> HttpResponseBase:
    """The map with its list, for one verksamhet."""
    page = place_page(request, space)
    row, rows = _row(request, page)
    _note(page)

    def draw(part: SafeString) -> HttpResponse:
        words = MatrixWords(page.lens.directory, page.state, page.moment.at)
        context = {
            "part": part,
            "row": row,
            "rows": rows,
            "values": scale_values(words),
            "codes": map_codes(page),
            "found": _found(request, page),
            "may_draw": may_draw(page),
        }
        return pages.render(request, "geography/map.html", context)

    parts = ("map", row, request.GET.get("point", ""))
    return pages.around(request, page, parts=parts, part=_list(page, row).fragment, draw=draw)


@signed_in
@require_GET
@live_part
def map_list(request: Request, space: str) -> Part:
    """The list alone, for a page that follows the space."""
    page = place_page(request, space)
    row, _rows = _row(request, page)
    return _list(page, row)


@signed_in
@require_GET
def map_point(request: Request, space: str) -> HttpResponse:
    """A point in the three systems, and its kommun: what the map asks when it is pressed."""
    page = place_page(request, space)
    return pages.render(request, "geography/_point.html", {"found": _found(request, page)})


def map_codes(page: SpacePage) -> str:
    """Return the codes of the network's kommuner, with blanks between: what the map shows when it opens."""
    return " ".join(Lists(page.lens.directory, page.state).places.names)


def may_draw(page: SpacePage) -> bool:
    """Whether this reader may draw here now."""
    return not page.readonly and not WRITERS.isdisjoint(page.lens.principal.permissions)


def _row(request: Request, page: SpacePage) -> tuple[str, list[tuple[str, str]]]:
    """The chosen verksamhet, and all to choose from; the first where none is chosen."""
    rows = Lists(page.lens.directory, page.state).choices("rows")
    chosen = request.GET.get("row") or (rows[0][0] if rows else "")
    if chosen not in {code for code, _name in rows}:
        raise Refused("not_found")
    return chosen, rows


@dataclass(frozen=True, slots=True)
class PointFound:
    """What somebody looked for: the point in three systems, its kommun, or why it could not be read."""

    text: str
    coordinates: Coordinates | None = None
    kommun: str = ""
    at: str = ""
    error: str = ""


def _found(request: Request, page: SpacePage) -> PointFound | None:
    text = request.GET.get("point", "").strip()[:100]
    if not text:
        return None
    try:
        point = read_point(text)
    except Refused as refused:
        return PointFound(text, error=labels.words(refused))
    names = Lists(page.lens.directory, page.state).places.names
    return PointFound(text, Coordinates.of(point), names.get(kommun_at(point), ""), degrees(*point))


def _note(page: SpacePage) -> None:
    things = [*list_points(page.state, page.moment), *list_drawings(page.state)]
    things += [shown.thing for shown in list_open_needs(page.lens, page.space, page.moment)]
    note_reading(page.lens.principal, page.space, page.lens.rows(page.space, (each.data.content for each in things)))


def _list(page: SpacePage, row: str) -> Part:
    return Part(page.circle_key("map list", row), lambda: _draw_list(page, row))


def _draw_list(page: SpacePage, row: str) -> str:
    page = whole_minute(page)
    drawing = drawing_of(page)
    context = {
        "page": page,
        "row_name": drawing.matrix.column(row),
        "lines": draw_list(drawing, row),
        "points": shown_points(page.lens, page, drawing.matrix, row),
        "drawings": shown_drawings(page.lens, page, drawing.matrix),
        "needs": shown_needs_in(page.lens, page, drawing.matrix),
    }
    return render_to_string("geography/_map_list.html", context)
