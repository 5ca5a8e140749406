"""Pages of the network's bodies, and of who represents each member."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.ledger.describing import kind_word
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.organisations import domain
from gemensam.organisations import representation as shown
from gemensam.organisations.commands import bodies as commands
from gemensam.organisations.forms.bodies import BodyForm
from gemensam.organisations.forms.directory import ReasonForm
from gemensam.organisations.names import Lists
from gemensam.organisations.views.answering import Act, answer, key_of, seen
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of, signed_in
from gemensam.web.forms import DayField

MORE = "more"


class DissolveForm(ReasonForm):
    """Why there is no such body any longer, and since when."""

    on = DayField(label=_("Since which day"))


@signed_in
@require_GET
def representation(request: Request) -> HttpResponse:
    """Who represents each member at each level in a läge, and where nobody does."""
    page = pages.space_page(request, DIRECTORY)
    mode, level, gaps = _asked(request, page)
    found = shown.representation(page.state, mode, level)
    context = {
        "found": found, "rows": [row for row in found.rows if row.has_gap or not gaps], "mode": mode, "level": level,
        "only_gaps": gaps, "modes": shown.modes_of_network(page.state), "levels": Lists(page.state).choices("levels"),
        "mode_word": dict(shown.modes_of_network(page.state)).get(mode, mode),
        "may_own": page.may("administer_own"), "asked": request.GET.urlencode(),
    }  # fmt: skip
    return pages.render(request, "organisations/representation.html", context)


def _asked(request: Request, page: pages.SpacePage) -> tuple[str, str, bool]:
    mode, level = request.GET.get("mode", shown.ORDINARY), request.GET.get("level", "")
    if level and level not in dict(Lists(page.state).choices("levels")):
        level = ""
    if mode not in dict(shown.modes_of_network(page.state)):
        mode = shown.ORDINARY
    return mode, level, request.GET.get("gaps") == "1"


@may("read")
@require_GET
def representation_table(request: Request) -> StreamingHttpResponse:
    """The same as a table: one line for each member and level."""
    page = pages.space_page(request, DIRECTORY)
    mode, level, gaps = _asked(request, page)
    found = shown.representation(page.state, mode, level)
    heads = (_("Organisation"), _("Municipal group"), _("Level"), _("State"), _("Function"), _("Stated by itself"))
    word = dict(shown.modes_of_network(page.state)).get(mode, mode)
    rows = [
        (row.name, row.group, level_word, word, function, _("yes") if row.stated else _("no"))
        for row in found.rows
        for (_code, level_word), function in zip(found.levels, row.functions, strict=True)
        if not (gaps and function)
    ]
    note_now(principal_of(request), "export", space=DIRECTORY, detail={"what": "representation", "format": "csv"})
    return csv_response(_("representation"), heads, rows, table_marks(page))


@signed_in
@require_GET
def bodies(request: Request) -> HttpResponse:
    """The network's bodies, with who sits in them."""
    page = pages.space_page(request, DIRECTORY)
    day = _day(request, page)
    context = {"bodies": shown.list_bodies(page.state, day), "day": day, "may_govern": page.may("govern")}
    return pages.render(request, "organisations/bodies.html", context)


@may("read")
@require_GET
def bodies_table(request: Request) -> StreamingHttpResponse:
    """The bodies as a table: one line for each seat."""
    page = pages.space_page(request, DIRECTORY)
    heads = (
        _("Body"),
        _("Level"),
        _("Place"),
        _("Organisation"),
        _("Function"),
        _("Stands for"),
        _("From"),
        _("Until"),
    )
    rows = [
        (body.name, body.level, place, seat.organisation, seat.title, seat.stands_for, seat.since, seat.until)
        for body in shown.list_bodies(page.state, _day(request, page))
        for place, seat in _places(body)
    ]
    note_now(principal_of(request), "export", space=DIRECTORY, detail={"what": "bodies", "format": "csv"})
    return csv_response(_("bodies"), heads, rows, table_marks(page))


def _places(body: shown.ShownBody) -> list[tuple[str, shown.ShownSeat]]:
    heads = [(_("Chair"), body.chair), (_("Secretary"), body.secretary)]
    return [
        *((word, seat) for word, seat in heads if seat is not None),
        *((pgettext("body", "Member"), one) for one in body.seats),
    ]


def _day(request: Request, page: pages.SpacePage) -> date:
    """Return the day that is asked about; today at the page's moment where none is."""
    told = request.GET.get("on", "")
    try:
        return date.fromisoformat(told) if told else times.local(page.moment.at).date()
    except ValueError as fault:
        raise Refused("day_unreadable", given=told[:20]) from fault


@signed_in
@require_GET
def body(request: Request, body: str) -> HttpResponse:
    """One body: who sat on a day, and every version with its reason."""
    page = pages.space_page(request, DIRECTORY)
    found, day = _found(page, body), _day(request, page)
    rows = page.lens.history(DIRECTORY, body, page.moment)
    lists = Lists(page.state)
    history = [
        {
            "word": kind_word(row.header.kind), "at": row.header.occurred_at, "digest": row.digest,
            "who": _short(page, row.header.organisation), "reason": (row.payload or {}).get("reason", ""),
            "seats": len((row.payload or {}).get("seats", ())),
        }
        for row in reversed(rows)
    ]  # fmt: skip
    context = {
        "shown": shown.show_body(page.state, lists, found, day), "day": day, "history": history,
        "may_govern": page.may("govern"), "last": _last(page, body),
    }  # fmt: skip
    return pages.render(request, "organisations/body.html", context)


@may("govern")
@require_http_methods(["GET", "POST"])
def new_body(request: Request) -> HttpResponse:
    """The joint office makes a body."""
    page = _now(request)
    form = _form(request, page)

    def write() -> None:
        commands.establish_body(page.lens, form.given(), key=key_of(request))

    return _answer(request, form, write, "/directory/bodies/", {"shown": None})


@may("govern")
@require_http_methods(["GET", "POST"])
def change_body(request: Request, body: str) -> HttpResponse:
    """The joint office changes a body, with the reason."""
    page = _now(request)
    found = _found(page, body)
    form = _form(request, page, found)

    def write() -> None:
        commands.change_body(page.lens, body, form.given(), based_on=seen(request), key=key_of(request))

    told = shown.show_body(page.state, Lists(page.state), found, times.local(page.moment.at).date())
    context = {"shown": told, "last": _last(page, body)}
    return _answer(request, form, write, f"/directory/bodies/{body}/", context)


def _form(request: Request, page: pages.SpacePage, found: domain.Body | None = None) -> BodyForm:
    """More rows are given without judging what is written so far."""
    if request.POST.get("act") == MORE:
        return BodyForm(None, directory=page.state, body=found, written=request.POST)
    return BodyForm(request.POST or None, directory=page.state, body=found)


def _answer(
    request: Request, form: BodyForm, write: Callable[[], None], done: str, context: dict[str, Any]
) -> HttpResponse:
    return answer(request, Act(form, write, done, "organisations/body_form.html"), context)


@may("govern")
@require_http_methods(["GET", "POST"])
def dissolve_body(request: Request, body: str) -> HttpResponse:
    """The joint office notes that there is no such body any longer."""
    page = _now(request)
    found = _found(page, body)
    form = DissolveForm(request.POST or None)

    def write() -> None:
        on = form.cleaned_data["on"]
        given = {"reason": form.cleaned_data["reason"], "on": on.isoformat() if on else ""}
        commands.dissolve_body(page.lens, body, given, based_on=seen(request), key=key_of(request))

    told = shown.show_body(page.state, Lists(page.state), found, times.local(page.moment.at).date())
    context = {"shown": told, "last": _last(page, body)}
    return answer(request, Act(form, write, "/directory/bodies/", "organisations/dissolve_body.html"), context)


def _now(request: Request) -> pages.SpacePage:
    page = pages.space_page(request, DIRECTORY)
    page.require_now()
    return page


def _found(page: pages.SpacePage, body: str) -> domain.Body:
    thing = page.state.thing(body)
    if thing is None or not isinstance(thing.data, domain.Body):
        raise Refused("not_found")
    return thing.data


def _short(page: pages.SpacePage, organisation: str) -> str:
    found = domain.organisation(page.state, organisation)
    return found.short if found else organisation


def _last(page: pages.SpacePage, body: str) -> str:
    thing = page.state.thing(body)
    return thing.last if thing is not None else ""
