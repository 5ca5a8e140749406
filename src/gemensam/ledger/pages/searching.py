"""Search in a space or in all that one may read: newest first, words marked, hits in marked items noted (R65)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.ledger.describing import Names
from gemensam.ledger.noting import is_marked, note
from gemensam.ledger.pages.showing import Shown, show
from gemensam.ledger.reading import Lens, LogRow
from gemensam.ledger.registry import registry
from gemensam.ledger.search import Hit, search
from gemensam.ledger.search_words import stem, words
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, principal_of, signed_in
from gemensam.web.spaces import title_of

HITS_PER_PAGE = 25
# How many hits back one can page: then the search is worth narrowing.
DEEPEST = 1_000
AROUND = 90
LONGEST_QUERY = 400
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is drawn: the entry in words, where it is, and the text around the words that were found."""

    shown: Shown
    space: str
    title: str
    extracts: SafeString
    query: str


@signed_in
@require_GET
def search_space(request: Request, space: str) -> HttpResponse:
    """Search the texts of one space, at the page's moment."""
    page = pages.space_page(request, space)
    return _answer(request, page.lens, page)


@signed_in
@require_GET
def search_everywhere(request: Request) -> HttpResponse:
    """Search the texts of every space that the reader may read."""
    return _answer(request, request.lens, None)


def _answer(request: Request, lens: Lens, page: pages.SpacePage | None) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    context: dict[str, object] = {"q": text, "hits": None, "moment_query": page.query if page else ""}
    status = 200
    if text:
        try:
            context |= _search(request, lens, page, text)
        except Refused as refused:
            context["refusal"], status = labels.words(refused), labels.status_of(refused.code)
    return pages.render(request, "ledger/search.html", context, status=status)


def _search(request: Request, lens: Lens, page: pages.SpacePage | None, text: str) -> dict[str, object]:
    skip = _skip(request)
    space = page.space if page else None
    hits = _hits(lens, text, space, page.moment if page else None, skip + HITS_PER_PAGE + 1)
    shown, more = hits[skip : skip + HITS_PER_PAGE], len(hits) > skip + HITS_PER_PAGE
    _note(request, shown)
    return {
        "hits": [_found(lens, hit, page, text) for hit in shown],
        "older": _address(page, text, skip + HITS_PER_PAGE) if more else "",
        "newer": _address(page, text, skip - HITS_PER_PAGE) if skip else "",
    }


def _hits(lens: Lens, text: str, space: str | None, moment: Moment | None, wanted: int) -> list[Hit]:
    """Return the newest hits that had arrived by the moment.

    Pages count hits and never carry the index's own numbers: those would tell of spaces that the reader cannot see.
    """
    found: list[Hit] = []
    before = ""
    limits: dict[str, int] = {}
    while len(found) < wanted:
        batch = search(lens, text, space, limit=100, before=before)
        found.extend(hit for hit in batch if hit.row.position <= _limit(lens, hit.space, moment, limits))
        if len(batch) < 100:
            break
        before = batch[-1].cursor
    return found


def _limit(lens: Lens, space: str, moment: Moment | None, known: dict[str, int]) -> int:
    if space not in known:
        known[space] = lens.state(space, moment).position
    return known[space]


def _skip(request: Request) -> int:
    given = request.GET.get("skip", "0")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise Refused("bad_request")
    if int(given) > DEEPEST:
        raise Refused("search_too_deep")
    return int(given)


def _note(request: Request, hits: Sequence[Hit]) -> None:
    """Record a search that met marked items, per space (R65); the words looked for are never recorded."""
    for space in sorted({hit.space for hit in hits if is_marked(hit.row.header)}):
        count = sum(1 for hit in hits if hit.space == space and is_marked(hit.row.header))
        note(principal_of(request), "search", space=space, detail={"count": count})


def _found(lens: Lens, hit: Hit, page: pages.SpacePage | None, text: str) -> Found:
    state = page.state if page else lens.state(hit.space)
    shown = show(hit.row, Names(lens.directory, state), state)
    title = "" if page else title_of(lens, lens.space(hit.space))
    return Found(shown, hit.space, title, extracts_of(_text(hit.row), text), page.query if page else "")


def _text(row: LogRow) -> str:
    kind = registry().find(row.header.kind, row.header.version)
    return kind.text(row.payload) if kind is not None and row.payload is not None else ""


def _address(page: pages.SpacePage | None, text: str, skip: int) -> str:
    base = f"/spaces/{page.space}/search/" if page else "/search/"
    moment = page.query.lstrip("?") if page else ""
    told = urlencode({"q": text, **({"skip": skip} if skip > 0 else {})})
    return f"{base}?{'&'.join(part for part in (moment, told) if part)}"


def extracts_of(text: str, query: str, limit: int = 3) -> SafeString:
    """Return the places of a text where the words of a query stand, each word found in <mark>; everything escaped."""
    *whole, last = words(query)[:20] or [""]
    stems = {stem(word) for word in whole} | {stem(last)}
    places = [match.span() for match in _WORD.finditer(text) if _fits(match.group(), stems, last)]
    spans = _merged(places, len(text))[:limit]
    drawn = [_extract(text, start, end, places) for start, end in spans] or [_start(text)]
    return format_html_join(mark_safe(' <span class="muted">…</span> '), "{}", ((one,) for one in drawn))


def _fits(word: str, stems: Iterable[str], last: str) -> bool:
    lowered = "".join(words(word))
    return bool(lowered) and (stem(lowered) in stems or (bool(last) and stem(lowered).startswith(f"w{last}")))


def _merged(places: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in places:
        low, high = max(0, start - AROUND), min(length, end + AROUND)
        if spans and low <= spans[-1][1]:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    return spans


def _extract(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> SafeString:
    drawn: list[SafeString | str] = []
    at = start
    for low, high in places:
        if start <= low and high <= end:
            drawn.extend([text[at:low], format_html("<mark>{}</mark>", text[low:high])])
            at = high
    drawn.append(text[at:end])
    return format_html_join("", "{}", ((part,) for part in drawn))


def _start(text: str) -> SafeString:
    return format_html("{}{}", text[: 2 * AROUND], "…" if len(text) > 2 * AROUND else "")
