"""Any two versions of the combined picture side by side: what is new, changed and gone (R27)."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from gemensam.ledger.noting import note_reading
from gemensam.picture import queries
from gemensam.picture.compare_shown import chosen_pair, shown_comparison
from gemensam.picture.queries import PictureView
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def compare(request: Request, space: str) -> HttpResponseBase:
    """Two versions that the address names (`from`, `to`), else the latest and the one before it."""
    page = pages.space_page(request, space, queries.KINDS_WITH_PICTURE)
    labels = [label for label, _thing in queries.list_pictures(page.state, page.moment)]
    if not labels:
        return pages.conditional(request, page.key("compare"), lambda: _drawn(request, {"labels": labels}))
    names = chosen_pair(labels, request.GET.get("from", "")[:80], request.GET.get("to", "")[:80])
    before, after = (queries.get_picture(page.lens, space, name, page.moment) for name in names)
    note_reading(page.lens.principal, space, [before.entry, after.entry])
    context = {"labels": labels, "before": before, "after": after}
    return pages.conditional(
        request, page.key("compare", *names), lambda: _drawn(request, {**context, **_compared(page, before, after)})
    )


def _drawn(request: Request, context: dict[str, Any]) -> HttpResponse:
    return pages.render(request, "picture/compare.html", context)


def _compared(page: SpacePage, before: PictureView, after: PictureView) -> dict[str, Any]:
    """What differs; nothing where the text of one of them has been disposed of."""
    if before.content is None or after.content is None:
        return {"found": None}
    marks = sorted({mark for view in (before, after) for mark in view.entry.header.marks})
    return {"found": shown_comparison(page.lens.directory, page.state, before, after), "marks": marks}
