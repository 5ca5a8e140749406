"""A whole space as a signed file to take along (R56, R60, R88)."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_POST

from gemensam.ledger.export import export_lines
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of


@may("export")
@require_GET
def export(request: Request, space: str) -> HttpResponse:
    """What the file holds, who may have it, and how it is checked."""
    page = pages.space_page(request, space)
    context = {"name": _name(page), "entries": page.state.position}
    return pages.render(request, "ledger/export.html", context)


@may("export")
@require_POST
def export_file(request: Request, space: str) -> StreamingHttpResponse:
    """The file itself, sent while it is read; that it was taken along is recorded first."""
    page = pages.space_page(request, space)
    lines = export_lines(page.lens, space, page.moment)
    detail: dict[str, object] = {"what": "space", "format": "jsonl", "count": page.state.position}
    if page.moment.knew_at is not None:
        detail["moment"] = page.moment.knew_at
    note_now(principal_of(request), "export", space=space, detail=detail)
    response = StreamingHttpResponse(lines, content_type="application/jsonl")
    response["Content-Disposition"] = f'attachment; filename="{_name(page)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _name(page: pages.SpacePage) -> str:
    at = times.local(page.moment.at).strftime("%Y-%m-%d-%H%M")
    exercise = "ovning-" if page.exercise else ""
    return f"{file_name(f'{exercise}{page.title}-{at}')}.jsonl"
