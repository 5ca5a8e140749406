"""The replay of a space: its timeline, and the ordinary pages moment by moment, fetched as they are drawn for all."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from gemensam.core.refusal import Refused
from gemensam.learning.domain import SPEEDS
from gemensam.learning.drawing import draw_timeline
from gemensam.learning.timeline import Timeline, get_timeline
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of, signed_in
from gemensam.web.nav import moment_links, space_links
from gemensam.web.page import SpacePage

# The pages of a space that can be followed through time, by the end of their addresses.
FOLLOWED = ("picture/", "pictures/", "requests/", "conferences/", "agreements/", "needs/", "log/", "known/")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a replay goes: so many times faster than it happened."""

    speed: int
    words: str
    chosen: bool


@signed_in
@require_GET
def replay(request: Request, space: str) -> HttpResponseBase:
    """The timeline with its table, and controls that play the space's pages from its beginning to the page's moment."""
    page = pages.space_page(request, space)
    starts_at = times.parse(request.GET["at"], page.moment.at) if request.GET.get("at") else None

    def draw() -> HttpResponse:
        timeline = get_timeline(page)
        context = {
            "steps": encode_steps(timeline, page.moment.now) if timeline else "",
            "starts_at": starts_at,
            "picture": draw_timeline(timeline, _title(page), at=page.moment.at) if timeline else "",
            "landmarks": _landmarks(page, timeline) if timeline else "",
            "paces": _paces(timeline) if timeline else [],
            "followed": _followed(page),
            "exports": "export" in page.lens.principal.permissions,
        }
        return pages.render(request, "learning/replay.html", context)

    return pages.conditional(request, page.key("replay", starts_at), draw)


@may("export")
@require_GET
def timeline_picture(request: Request, space: str) -> HttpResponse:
    """The timeline as a file; taking it along is recorded."""
    page = pages.space_page(request, space)
    timeline = get_timeline(page)
    if timeline is None:
        raise Refused("not_found")
    note_now(principal_of(request), "export", space=space, detail={"what": "timeline", "format": "svg"})
    drawing = draw_timeline(timeline, _title(page), at=page.moment.at, alone=True)
    response = HttpResponse(drawing, content_type="image/svg+xml")
    name = file_name(_("timeline %(title)s") % {"title": page.title})
    response["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response


def encode_steps(timeline: Timeline, now: int) -> str:
    """Return the replay's steps as `seconds:place` pairs: seconds since the step before, tenths of the axis' units.

    A step is a whole second, rounded up; one that would lie in the future is this second.
    """
    told, before = [], 0
    for at in timeline.steps:
        second = min(at, now) // 1_000
        told.append(f"{second - before}:{round(timeline.axis.place(at) * 10)}")
        before = second
    return " ".join(told)


def _landmarks(page: SpacePage, timeline: Timeline) -> SafeString:
    return render_to_string("learning/_landmarks.html", {"timeline": timeline, "page": page})


def _title(page: SpacePage) -> str:
    return _("Timeline: %(title)s") % {"title": page.title}


def _paces(timeline: Timeline) -> list[Pace]:
    proposed = timeline.axis.speed
    return [Pace(speed, _pace_words(speed), speed == proposed) for speed in SPEEDS]


def _pace_words(speed: int) -> str:
    if speed == 1:
        return _("as it happened")
    return pgettext("replay", "%(length)s a second") % {"length": times.duration(speed * 1_000)}


def _followed(page: SpacePage) -> list[tuple[str, str]]:
    """Return (address, words) of the pages that can be followed, out of the space's own menu."""
    base = f"/spaces/{page.space}/"
    links = ((link.url.partition("?")[0], str(link.label)) for link in (*space_links(page), *moment_links(page)))
    return [(url, words) for url, words in links if url.removeprefix(base) in FOLLOWED]
