"""Statistics of larm, per larm, member and year (R92); provlarm on demand."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.activation import labels, larm_commands
from gemensam.activation.alerting import Alert
from gemensam.activation.domain.targets import ALL, CHOSEN
from gemensam.activation.forms import ProvForm
from gemensam.activation.larm_tables import all_larms_table, members_table
from gemensam.activation.queries import LarmShown, all_larms, latest_provlarm
from gemensam.activation.schedule import SCHEDULE, next_time
from gemensam.activation.statistics import Found, by_member
from gemensam.activation.view_parts import sent_of
from gemensam.activation.words import Speech
from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING, SpaceInfo
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens
from gemensam.ledger.tables import csv_response
from gemensam.organisations.names import in_language
from gemensam.picture.burden import Burden, burden_in, burden_of_year, years_of
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, there
from gemensam.web.spaces import title_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is of: a year, or one event (`space`), with its larms latest first and what was asked in it."""

    year: int
    years: list[int]
    space: str
    title: str
    larms: list[tuple[SpaceInfo, LarmShown]]
    asked: list[Burden]

    @property
    def query(self) -> str:
        return f"space={self.space}" if self.space else f"year={self.year}"

    @property
    def word(self) -> str:
        return self.title or str(self.year)


def _chosen(request: Request) -> Chosen:
    """Return what is asked for; raises `Refused("not_found")` for a space that the reader does not read."""
    lens, space = request.lens, request.GET.get("space", "")
    every = sorted(all_larms(lens), key=lambda each: -each[1].data.sent_at)
    years = sorted({_year(shown) for _info, shown in every} | set(years_of(lens)), reverse=True)
    if space:
        info = lens.space(space)
        larms = [each for each in every if each[0].id == space]
        return Chosen(0, years, space, title_of(lens, info), larms, burden_in(lens, space, Moment(lens.now)))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else years[0]
    larms = [each for each in every if _year(each[1]) == year]
    return Chosen(year, years, "", "", larms, burden_of_year(lens, year))


def _year(shown: LarmShown) -> int:
    return times.local(shown.data.sent_at).year


@signed_in
@require_GET
def statistics(request: Request) -> HttpResponse:
    """How the larms of a year or an event went, how fast each member answers, and how much it was asked."""
    chosen, lens = _chosen(request), request.lens
    context = {
        "chosen": chosen, "rows": _rows(lens, chosen.larms), "members": by_member(lens, chosen.larms, chosen.asked),
    }  # fmt: skip
    return pages.render(request, "activation/statistics.html", context)


@signed_in
@require_GET
def statistics_csv(request: Request) -> StreamingHttpResponse:
    """The larms of a year or an event as a table."""
    chosen = _chosen(request)
    note_now(request.lens.principal, "export", space=chosen.space, detail={"what": "larm_statistics", "format": "csv"})
    head, lines = all_larms_table(request.lens, chosen.larms)
    return csv_response(f"{pgettext('file name', 'alerts')}-{chosen.word}", head, lines)


@signed_in
@require_GET
def members_csv(request: Request) -> StreamingHttpResponse:
    """Each member's figures as a table."""
    chosen = _chosen(request)
    note_now(request.lens.principal, "export", space=chosen.space, detail={"what": "larm_members", "format": "csv"})
    head, lines = members_table(by_member(request.lens, chosen.larms, chosen.asked))
    return csv_response(f"{pgettext('file name', 'alerts')}-{_('members')}-{chosen.word}", head, lines)


def _rows(lens: Lens, found: Found) -> list[dict[str, Any]]:
    return [_row(lens, info, shown) for info, shown in found]


def _row(lens: Lens, info: SpaceInfo, shown: LarmShown) -> dict[str, Any]:
    speech, board = Speech(lens.directory, lens.state(info.id)), shown.board
    return {
        "space": info.id, "subject": shown.thing.subject, "title": title_of(lens, info), "mark": shown.data.mark,
        "name": speech.word("alert_texts", shown.data.text), "sent_at": shown.data.sent_at, "board": board,
        "status_words": labels.LARM[shown.status], "follow_ups": len(shown.data.follow_ups),
        "minutes": (board.target_at - shown.data.sent_at) // 60_000 if board.target_at else None,
    }  # fmt: skip


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

    def write() -> HttpResponse:
        chosen = tuple(form.cleaned_data["chosen"])
        alert = Alert(
            larm_commands.PROV_TEXT, _("Test"), CHOSEN if chosen else ALL, chosen, live=form.cleaned_data["live"]
        )  # fmt: skip
        receipt = larm_commands.send_larm(lens, STANDING, alert, sent=sent_of(request))
        return there(STANDING, f"larm/{receipt.subject}/")

    return answered(request, "activation/provlarm.html", context, write)


def _schedule(speech: Speech, now: int) -> list[dict[str, Any]]:
    return [
        {"name": in_language(item), "on": item["on"], "live": item["live"],
         "at": next_time(item, now) if item["on"] else 0}
        for item in speech.items(SCHEDULE)
    ]  # fmt: skip
