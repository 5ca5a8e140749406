"""What an organisation had access to, entry by entry at any moment: as a page and as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from gemensam.audit import log
from gemensam.audit.insight import list_received, require_insight
from gemensam.audit.knowledge import LATER, Knowledge, Known, KnownPage
from gemensam.audit.labels import STANDINGS
from gemensam.core.refusal import Refused
from gemensam.ledger.describing import Names
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.pages.rows import Filters, Place
from gemensam.ledger.pages.showing import Shown, show_all
from gemensam.ledger.tables import csv_response
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.page import SpacePage

CSV_PAGE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words, with what is recorded of it; times later than the page's moment are marked, not hidden."""

    shown: Shown
    known: Known
    standing: str
    word: str
    at: int

    @property
    def later(self) -> bool:
        return self.standing == LATER

    @property
    def sent_later(self) -> bool:
        return self.known.sent_at is not None and self.known.sent_at > self.at

    @property
    def opened_later(self) -> bool:
        return self.known.opened_at is not None and self.known.opened_at > self.at


@signed_in
@require_GET
def known(request: Request, space: str, organisation: str = "") -> HttpResponse:
    """The entries around the page's moment, newest first: when each was there, sent, and opened."""
    page, whose = _page(request, space, organisation)
    knowledge, at = Knowledge(page.lens, page.info, whose), _at(page)
    found = knowledge.page(at, _place(request))
    names = Names(page.lens.directory, page.state)
    context = {
        "whose": names.organisation(whose),
        "foreign": whose != page.lens.principal.organisation,
        "at": at,
        "lines": _lines(page, found.entries, at),
        "sums": knowledge.sums(at),
        "since": knowledge.since,
        "received": [(each, names.organisation(each.organisation)) for each in list_received(page.lens, space)],
        "gives": "administer_own" in page.lens.principal.permissions,
        **_addresses(page, found),
    }
    return pages.render(request, "audit/known.html", context)


@may("export")
@require_GET
def known_csv(request: Request, space: str, organisation: str = "") -> StreamingHttpResponse:
    """Every entry as a table, oldest first; taking it along is recorded."""
    page, whose = _page(request, space, organisation)
    knowledge = Knowledge(page.lens, page.info, whose)
    detail = {"what": "known", "format": "csv", "organisation": whose}
    log.record_now(page.lens.principal, "export", space=space, detail=detail)
    heads = (
        _("Position"), _("Organisation"), _("Function"), _("Kind"), _("What"), _("Happened"), _("Available"),
        pgettext("known", "Sent"), pgettext("known", "Opened"), _("At the moment"), _("Digest"),
    )  # fmt: skip
    who = Names(page.lens.directory, page.state).organisation(whose)
    marks = [*table_marks(page), _("what %(who)s had access to") % {"who": who}, _not_shown()]
    name = _("known %(who)s %(title)s") % {"who": who, "title": page.title}
    return csv_response(name, heads, _table(page, knowledge), marks)


def _page(request: Request, space: str, organisation: str) -> tuple[SpacePage, str]:
    """The page and whose knowledge it shows; another's only with insight, and then with a trace (design 3.9)."""
    page = pages.space_page(request, space)
    whose = organisation or page.lens.principal.organisation
    require_insight(page.lens, space, whose)
    if whose != page.lens.principal.organisation:
        log.record(page.lens.principal, "insight_used", space=space, subject=whose)
    log.flush()  # what has been sent until now counts
    return page, whose


def _at(page: SpacePage) -> int:
    """The moment that is asked about; what had happened by a time is no question here."""
    return page.moment.now if page.moment.knew_at is None else page.moment.knew_at


def _lines(page: SpacePage, found: Sequence[Known], at: int) -> list[Line]:
    """The entries in words: those that were there as they were then, the later ones as they are now."""
    there = {each.row.digest: page.state for each in found if each.row.position <= page.state.position}
    now = page.lens.state(page.space)
    lines = {}
    for state in (page.state, now):
        chosen = [each for each in found if there.get(each.row.digest, now) is state and each.row.digest not in lines]
        rows = [replace(each.row, verdict=state.verdict(each.row.header, each.row.digest)) for each in chosen]
        told = show_all(rows, Names(page.lens.directory, state), state)
        for each, shown in zip(chosen, told, strict=True):
            standing = each.standing(at)
            lines[each.row.digest] = Line(shown, each, standing, str(STANDINGS[standing]), at)
    return [lines[each.row.digest] for each in found]


def _table(page: SpacePage, knowledge: Knowledge) -> Iterator[list[object]]:
    after, at = 0, _at(page)
    while rows := page.lens.entries(page.space, after=after, limit=CSV_PAGE):
        for line in _lines(page, knowledge.known(rows), at):
            yield _cells(line)
        after = rows[-1].position


def _cells(line: Line) -> list[object]:
    header = line.shown.row.header
    recorded = (line.known.available_at, line.known.sent_at, line.known.opened_at)
    return [
        line.shown.row.position, line.shown.organisation, line.shown.function, line.shown.kind, line.shown.line.text,
        times.iso(header.occurred_at), *("" if one is None else times.iso(one) for one in recorded), line.word,
        line.shown.row.digest,
    ]  # fmt: skip


def _not_shown() -> str:
    return _("telephone, e-mail and radio are not seen here")


def _place(request: Request) -> Place:
    before, after = (_position(request.GET.get(name, "")) for name in ("before", "after"))
    return Place(Filters(), before=before, after=after)


def _position(given: str) -> int:
    if given and not (given.isascii() and given.isdigit() and len(given) < 16):
        raise Refused("bad_request")
    return int(given or 0)


def _addresses(page: SpacePage, found: KnownPage) -> dict[str, Any]:
    moment: dict[str, str | int] = (
        {"knew_at": times.iso_moment(page.moment.knew_at)} if page.moment.knew_at is not None else {}
    )
    return {
        "older": f"{page.path}?{urlencode({**moment, 'before': found.older})}" if found.older else "",
        "newer": f"{page.path}?{urlencode({**moment, 'after': found.newer})}" if found.newer else "",
        "table": f"{page.path}table.csv{page.query}",
    }
