"""The takt of a space: what it is and has been, for all who read it; and setting another one with a reason (R24)."""

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gemensam.core.refusal import Refused
from gemensam.picture import queries
from gemensam.picture.cadence_shown import cadence_row, choice_rows, history_rows
from gemensam.picture.compiling import Takt, set_cadence
from gemensam.picture.domain.cadences import BEATS, Cadence
from gemensam.picture.domain.rhythm import Rhythm
from gemensam.picture.lists import Lists
from gemensam.picture.rhythm_words import beat_word, is_none, read_rhythm
from gemensam.web import labels, times
from gemensam.web import page as pages
from gemensam.web.access import Request, require, signed_in

HOURS_MAX = 24 * 366
CURRENT, NONE_CHOSEN = "current", "-"


@signed_in
@require_http_methods(["GET", "POST"])
def cadence(request: Request, space: str) -> HttpResponseBase:
    """Show the takt with its history; set another one."""
    page, error = pages.space_page(request, space, queries.KINDS_WITH_PICTURE), ""
    if request.method == "POST":
        require(request, "set_cadence")
        page.require_now()
        try:
            set_cadence(page.lens, space, _takt(request.POST))
        except Refused as refused:
            error = labels.words(refused)
        else:
            messages.success(request, _("The rhythm has been set."))
            return HttpResponseRedirect(f"/spaces/{space}/cadence/")
    current = queries.cadence_of(page.lens, page.state, page.moment)
    given = request.POST
    context = {
        "choices": choice_rows(Lists(page.lens.directory, page.state)) if page.may("set_cadence") else [],
        "current": cadence_row(current) if current is not None else None,
        "history": history_rows(page.lens, page.state, page.moment.at),
        "error": error,
        "given": given,
        "parts": [(name, beat_word(name), given.get(name, "")) for name in BEATS],
        "anchor_at": _anchor(current, page.moment.at),
    }
    return pages.render(request, "picture/cadence.html", context, status=422 if error else 200)


def _anchor(current: Cadence | None, at: int) -> int:
    """Return the next beat of a takt that counts from its first conference, else the next whole hour."""
    counted = current is not None and any(one.kind == "every" for one in current.beats.rhythms.values())
    following = current.beats.following("conference", at) if current is not None and counted else None
    return following or at // times.HOUR * times.HOUR + times.HOUR


def _takt(post: QueryDict) -> Takt:
    anchor = post.get("anchor_at", "").strip()
    anchor_at = times.parse(anchor) if anchor else 0
    code, limit = post.get("code", ""), _limit(post.get("stale_hours", "").strip())
    chosen = "" if code == CURRENT else code or NONE_CHOSEN
    return Takt(chosen, post.get("reason", ""), anchor_at, limit, _parts(post), post.get("seen", ""))


def _parts(post: QueryDict) -> dict[str, Rhythm | None]:
    """Read the parts that are to come otherwise; a field left empty changes nothing."""
    written = {name: post.get(name, "").strip()[:200] for name in BEATS}
    return {name: None if is_none(text) else read_rhythm(text) for name, text in written.items() if text}


def _limit(hours: str) -> int:
    """Read a limit in whole hours, "" for the list's own; raises `Refused("cadence_stale_limit")`."""
    if not hours:
        return 0
    if not (hours.isascii() and hours.isdigit()) or not 1 <= int(hours[:6]) <= HOURS_MAX:
        raise Refused("cadence_stale_limit")
    return int(hours) * times.HOUR
