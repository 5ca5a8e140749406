"""Statistics of larm, per larm, member and year (R92); provlarm on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.activation import labels, larm_commands
from gemensam.activation.alerting import Alert
from gemensam.activation.domain.board import ACKNOWLEDGED
from gemensam.activation.domain.targets import ALL, CHOSEN
from gemensam.activation.forms import ProvForm
from gemensam.activation.larm_tables import all_larms_table
from gemensam.activation.queries import LarmShown, all_larms, latest_provlarm
from gemensam.activation.schedule import SCHEDULE, next_time
from gemensam.activation.view_parts import form_page, is_ready, refused_page, sent_of, there
from gemensam.activation.words import Speech
from gemensam.core.policy import STANDING, SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens
from gemensam.ledger.tables import csv_response
from gemensam.organisations.names import in_language
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.spaces import title_of

Found = Sequence[tuple[SpaceInfo, LarmShown]]


def _chosen(request: Request) -> tuple[int, list[tuple[SpaceInfo, LarmShown]], list[int]]:
    """Return the year that is asked for, its larms latest first, and the years that there are."""
    every = sorted(all_larms(request.lens), key=lambda each: -each[1].data.sent_at)
    years = sorted({_year(shown) for _info, shown in every}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else (years[0] if years else 0)
    return year, [each for each in every if _year(each[1]) == year], years


def _year(shown: LarmShown) -> int:
    return times.local(shown.data.sent_at).year


@signed_in
@require_GET
def statistics(request: Request) -> HttpResponse:
    """How the larms of a year went, and how fast each member answers."""
    year, found, years = _chosen(request)
    context = {
        "year": year,
        "years": years,
        "rows": _rows(request.lens, found),
        "members": by_member(request.lens, found),
    }
    return pages.render(request, "activation/statistics.html", context)


@signed_in
@require_GET
def statistics_csv(request: Request) -> StreamingHttpResponse:
    """The larms of a year as a table."""
    year, found, _years = _chosen(request)
    note_now(request.lens.principal, "export", detail={"what": "larm_statistics", "format": "csv"})
    head, lines = all_larms_table(request.lens, found)
    return csv_response(f"{pgettext('file name', 'alerts')}-{year}", head, lines)


def _rows(lens: Lens, found: Found) -> list[dict[str, Any]]:
    return [_row(lens, info, shown) for info, shown in found]


def _row(lens: Lens, info: SpaceInfo, shown: LarmShown) -> dict[str, Any]:
    speech, board = Speech(lens.directory, lens.state(info.id)), shown.board
    return {
        "space": info.id, "subject": shown.thing.subject, "title": title_of(lens, info), "mark": shown.data.mark,
        "name": speech.word("alert_texts", shown.data.text), "sent_at": shown.data.sent_at, "board": board,
        "status_words": labels.LARM[shown.status],
        "minutes": (board.target_at - shown.data.sent_at) // 60_000 if board.target_at else None,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """How one member answered: in how many larms it was reached, how many it acknowledged, the median in seconds."""

    name: str
    larms: int
    acknowledged: int
    seconds: int | None


def by_member(lens: Lens, found: Found) -> list[MemberFigures]:
    """Return each member's figures over some larms, in Swedish order."""
    speech = Speech(lens.directory, lens.directory)
    count: dict[str, int] = {}
    seconds: dict[str, list[int]] = {}
    for _info, shown in found:
        for line in shown.board.lines:
            count[line.organisation] = count.get(line.organisation, 0) + 1
            if line.status == ACKNOWLEDGED:
                seconds.setdefault(line.organisation, []).append((line.acknowledged_at - shown.data.sent_at) // 1000)
    figures = [
        MemberFigures(speech.organisation(one), total, len(seconds.get(one, ())),
                      int(median(seconds[one])) if one in seconds else None)
        for one, total in count.items()
    ]  # fmt: skip
    return sorted(figures, key=lambda each: sort_key(each.name))


@may("call")
@require_http_methods(["GET", "POST"])
def provlarm(request: Request) -> HttpResponse:
    """Send a provlarm, marked PROV everywhere: in the program, or out to telephones, mail and push where it says so."""
    lens = request.lens
    lens.space(STANDING)
    speech = Speech(lens.directory, lens.state(STANDING))
    form = ProvForm(request.POST if request.method == "POST" else None, speech=speech)
    last = latest_provlarm(lens)
    context = {"form": form, "last": last, "schedule": _schedule(speech, lens.now)}
    if not is_ready(form):
        return form_page(request, "activation/provlarm.html", context)
    chosen = tuple(form.cleaned_data["chosen"])
    alert = Alert(
        larm_commands.PROV_TEXT, _("Test"), CHOSEN if chosen else ALL, chosen, live=form.cleaned_data["live"]
    )  # fmt: skip
    try:
        receipt = larm_commands.send_larm(lens, STANDING, alert, sent=sent_of(request))
    except Refused as refused:
        return refused_page(request, "activation/provlarm.html", context, refused)
    return there(STANDING, f"larm/{receipt.subject}/")


def _schedule(speech: Speech, now: int) -> list[dict[str, Any]]:
    return [
        {"name": in_language(item), "on": item["on"], "live": item["live"],
         "at": next_time(item, now) if item["on"] else 0}
        for item in speech.items(SCHEDULE)
    ]  # fmt: skip
