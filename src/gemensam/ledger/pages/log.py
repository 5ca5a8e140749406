"""The händelselogg of a space (R32): a line an entry, and a page for each."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger import describing, labels
from gemensam.ledger.describing import Names
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.drawing import Lines, draw_options
from gemensam.ledger.pages.rows import Filters, Place, Rows, before_time, list_rows, parse_filters
from gemensam.ledger.pages.showing import Shown, payload_parts, references, show, show_all
from gemensam.ledger.reading import Lens, LogRow
from gemensam.ledger.registry import registry
from gemensam.ledger.tables import csv_response
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of, signed_in

CSV_PAGE = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")


@signed_in
@require_GET
def log(request: Request, space: str) -> HttpResponseBase:
    """A page of the log, newest first."""
    page = pages.space_page(request, space)
    place = _place(request, page)
    return pages.conditional(request, page.key("log-page", place), lambda: _draw(request, page, place))


def _draw(request: Request, page: pages.SpacePage, place: Place) -> HttpResponse:
    context = {
        "place": place,
        "lines": pages.cached_fragment(page.key("log", place), lambda: _lines(page, place)),
        "organisations": draw_options(_organisations(page.lens), place.filters.organisation),
        "groups": draw_options(_groups(page), place.filters.group),
        "here": _address(page, place),
        "table": f"/spaces/{page.space}/log/table.csv{_query(page, place.filters)}",
        "thing": _names(page).title(place.filters.subject) if place.filters.subject else "",
        "may_dispose": page.may("dispose"),
    }
    return pages.render(request, "ledger/log.html", context)


def _lines(page: pages.SpacePage, place: Place) -> str:
    """Draw the lines; equal bytes for all readers with equal keys."""
    found = list_rows(page.lens, page.space, place, page.moment)
    context = {
        "page": page,
        "place": place,
        "lines": _drawn(page, found.rows, choose=page.may("dispose")) if found.rows else "",
        "older": _address(page, Place(place.filters, before=found.older)) if found.older else "",
        "newer": _newer(page, place, found),
        "looked_to": found.looked_to,
        "may_dispose": page.may("dispose"),
    }
    return render_to_string("ledger/_lines.html", context)


def _drawn(page: pages.SpacePage, rows: Sequence[LogRow], *, choose: bool = False) -> SafeString:
    return Lines(page.query, page.moment.at, choose=choose).draw(show_all(rows, _names(page), page.state))


def _newer(page: pages.SpacePage, place: Place, found: Rows) -> str:
    return _address(page, Place(place.filters, after=found.newer)) if found.newer else ""


@signed_in
@require_GET
def entry(request: Request, space: str, digest: str) -> HttpResponse:
    """Everything about one entry: header, references, digests, signature, text, the history of its thing."""
    page = pages.space_page(request, space)
    check_digest(digest)
    row = page.lens.entry(space, digest)
    if row.position > page.state.position:
        raise Refused("not_found")
    note_reading(principal_of(request), space, [row])
    names = _names(page)
    shown = show(row, names, page.state, openly=True)
    history = page.lens.history(space, row.header.subject, page.moment)
    context = {
        "entry": shown,
        "helps": [str(labels.VERDICT_HELP[code]) for code, _word in shown.verdicts],
        "parts": payload_parts(row, names) if row.payload is not None else None,
        "references": references(page.lens, row),
        "history": _drawn(page, history[:-101:-1]),
        "history_size": len(history),
        "may_quarantine": not page.historical and row.payload is not None and _is_disposable(row),
        "may_dispose": page.may("dispose"),
    }
    return pages.render(request, "ledger/entry.html", context)


@may("export")
@require_GET
def log_table(request: Request, space: str) -> StreamingHttpResponse:
    """The log as a table, oldest first, with the same filters; taking it along is recorded."""
    page = pages.space_page(request, space)
    filters = parse_filters(request.GET)
    detail = {"what": "log", "format": "csv"}
    note_now(principal_of(request), "export", space=space, detail=detail)
    heads = (
        _("Position"), _("Arrived"), _("Happened"), _("Organisation"), _("Entered by"), _("Function"), _("Kind"),
        _("What"), _("Marks"), _("Remarks"), _("Digest"),
    )  # fmt: skip
    return csv_response(_("log %(title)s") % {"title": page.title}, heads, _table(page, filters), table_marks(page))


def table_marks(page: pages.SpacePage) -> list[str]:
    """What the first line of a table from a space says: the space, and the moment where it is not now."""
    marks = [_("EXERCISE")] if page.exercise else []
    marks.append(page.title)
    if page.moment.knew_at is not None:
        marks.append(_("what we knew at %(at)s") % {"at": times.iso(page.moment.knew_at)})
    if page.moment.happened_by is not None:
        marks.append(_("what had happened by %(at)s") % {"at": times.iso(page.moment.happened_by)})
    return marks


def _table(page: pages.SpacePage, filters: Filters) -> Any:
    names = _names(page)
    after = 0
    while rows := page.lens.entries(page.space, after=after, limit=CSV_PAGE, moment=page.moment):
        yield from map(_cells, show_all([row for row in rows if _wanted(row.header, filters)], names, page.state))
        after = rows[-1].position


def _wanted(header: Any, filters: Filters) -> bool:
    return (
        filters.organisation in ("", header.organisation)
        and filters.group in ("", describing.group_of(header.kind))
        and filters.subject in ("", header.subject)
        and (not filters.corrections or describing.is_correction(header))
    )


def _cells(shown: Shown) -> list[object]:
    header = shown.row.header
    remarks = [word for _code, word in shown.verdicts]
    if shown.row.came_late:
        remarks.append(_("Came late"))
    return [
        shown.row.position, times.iso(shown.row.received_at), times.iso(header.occurred_at), shown.organisation,
        shown.by_organisation, shown.function, header.kind, shown.line.text, ", ".join(header.marks),
        ", ".join(remarks), shown.row.digest,
    ]  # fmt: skip


def _is_disposable(row: LogRow) -> bool:
    kind = registry().find(row.header.kind, row.header.version)
    return kind is None or kind.disposable


def check_digest(digest: str) -> None:
    """Raise `Refused("not_found")` for what is no SHA-256 in hexadecimal; PostgreSQL takes not every text."""
    if not _DIGEST.fullmatch(digest):
        raise Refused("not_found")


def _names(page: pages.SpacePage) -> Names:
    return Names(page.lens.directory, page.state)


def _place(request: Request, page: pages.SpacePage) -> Place:
    filters = parse_filters(request.GET)
    if wanted := request.GET.get("at", "").strip():
        return Place(filters, before=before_time(page.lens, page.space, times.parse(wanted, page.moment.at)))
    return Place(filters, _position(request, "before"), _position(request, "after"))


def _position(request: Request, name: str) -> int:
    given = request.GET.get(name, "")
    if not given:
        return 0
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise Refused("bad_request")
    return int(given)


def _address(page: pages.SpacePage, place: Place) -> str:
    places = {"before": place.before, "after": place.after}
    return f"/spaces/{page.space}/log/{_query(page, place.filters, places)}"


def _query(page: pages.SpacePage, filters: Filters, more: dict[str, int] | None = None) -> str:
    wanted: dict[str, object] = {
        "organisation": filters.organisation, "group": filters.group, "subject": filters.subject,
        "corrections": "1" if filters.corrections else "", **(more or {}),
    }  # fmt: skip
    told = urlencode({name: value for name, value in wanted.items() if value})
    joined = "&".join(part for part in (page.query.lstrip("?"), told) if part)
    return f"?{joined}" if joined else ""


def _organisations(lens: Lens) -> list[tuple[str, str]]:
    """All organisations of the directory, also those that have left: their entries stay."""
    names = Names(lens.directory, lens.directory)
    found = [(thing.subject, names.organisation(thing.subject)) for thing in lens.directory.group("organisations")]
    return sorted(found, key=lambda each: sort_key(each[1]))


def _groups(page: pages.SpacePage) -> list[tuple[str, str]]:
    nouns = {describing.group_of(kind.name) for kind in registry().sorted() if page.info.kind in kind.spaces}
    return sorted(((noun, describing.group_word(noun)) for noun in nouns), key=lambda each: sort_key(each[1]))
