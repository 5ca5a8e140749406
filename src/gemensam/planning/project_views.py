"""Joint projects of a period: list, picture of their time, table; one project with its plan and who takes part."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.governance.domain.periods import years_of
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.picture.readers import reader_list
from gemensam.planning import project_commands as commands
from gemensam.planning.domain.projects import HERE, STATES
from gemensam.planning.project_forms import MoveForm, ProjectForm, TakePartForm
from gemensam.planning.project_queries import ProjectShown, get_project, list_projects
from gemensam.planning.project_shown import picture, project_row, project_table, today_of
from gemensam.planning.view_parts import organisation_choices, sent_of, speech_of, trace_of
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import SAVED, answered, pressed, there
from gemensam.web.page import SpacePage

PLACE, MORE = "projects/", "more"


@signed_in
@require_GET
def projects(request: Request, space: str) -> HttpResponse:
    """The projects that are asked for, with a picture of their time."""
    page = pages.space_page(request, space, HERE)
    state, organisation = (request.GET.get(name, "")[:100] for name in ("state", "organisation"))
    speech, today = speech_of(page), today_of(page.moment.at)
    rows = [project_row(each, speech, today) for each in _wanted(page, state, organisation)]
    years = page.state.thing(years_of(space))
    context = {
        "rows": rows, "state": state, "organisation": organisation, "states": speech.lists.choices(STATES),
        "organisations": organisation_choices(page), "may_plan": page.may("plan"), "asked": request.GET.urlencode(),
        "picture": picture(rows, years.data, today) if years is not None else None,
    }  # fmt: skip
    return pages.render(request, "planning/projects.html", context)


def _wanted(page: SpacePage, state: str, organisation: str) -> list[ProjectShown]:
    found = list_projects(page.lens, page.space, page.moment)
    return [
        each
        for each in found
        if state in ("", each.moved.state) and (not organisation or organisation in each.participants)
    ]


@signed_in
@require_GET
def table(request: Request, space: str) -> StreamingHttpResponse:
    """What the list shows as a table."""
    page = pages.space_page(request, space, HERE)
    found = _wanted(page, request.GET.get("state", ""), request.GET.get("organisation", ""))
    head, rows = project_table(found, speech_of(page), today_of(page.moment.at))
    note_now(page.lens.principal, "export", space=space, detail={"what": "projects", "format": "csv"})
    return csv_response(f"{pgettext('file name', 'projects')}-{page.title}", head, rows, table_marks(page))


@may("plan")
@require_http_methods(["GET", "POST"])
def new_project(request: Request, space: str) -> HttpResponse:
    """Open a project that the own organisation leads; a goal's page can lead here with the goal filled in."""
    page = pages.writable_page(request, space, HERE)
    form = _form(request, page)
    context = {"form": form, "readers": reader_list(page.lens, space), "project": None}

    def write() -> HttpResponse:
        receipt = commands.open_project(page.lens, space, form.content(), sent=sent_of(request))
        return there(space, f"{PLACE}{receipt.subject}/")

    return answered(request, "planning/project_form.html", context, write)


def _form(request: Request, page: SpacePage, project: dict[str, Any] | None = None) -> ProjectForm:
    """More rows are given without judging what is written so far."""
    own = page.lens.principal.organisation
    others = [each for each in organisation_choices(page) if each[0] != own]
    lists = speech_of(page).lists
    if request.POST.get("act") == MORE:
        written = {**request.POST.dict(), "invited": request.POST.getlist("invited")}
        return ProjectForm(None, lists=lists, organisations=others, project=project, written=written)
    named = {name: request.GET[name][:500] for name in ("goal", "goal_text") if name in request.GET}
    return ProjectForm(request.POST or None, lists=lists, organisations=others, project=project, written=named)


@may("plan")
@require_http_methods(["GET", "POST"])
def change_project(request: Request, space: str, subject: str) -> HttpResponse:
    """Say how the project is now; what has been said meanwhile is shown first."""
    page = pages.writable_page(request, space, HERE)
    found = get_project(page.lens, space, subject, page.moment)
    _require(found, "project.changed")
    form = _form(request, page, dict(found.text))
    context = {
        "form": form, "readers": reader_list(page.lens, space), "seen": found.plan.digest,
        "project": project_row(found, speech_of(page), today_of(page.moment.at)),
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.change_project(page.lens, space, subject, form.content(), sent=sent_of(request))
        return there(space, f"{PLACE}{subject}/")

    return answered(request, "planning/project_form.html", context, write)


def _require(found: ProjectShown, kind: str) -> None:
    if kind not in found.acts:
        raise Refused("not_permitted", permission="plan")


@signed_in
@require_GET
def project(request: Request, space: str, subject: str) -> HttpResponse:
    """One project: purpose, goal, plan, who takes part, result, history."""
    return _draw(request, pages.space_page(request, space, HERE), subject)


def _draw(request: Request, page: SpacePage, subject: str, *, status: int = 200, **more: Any) -> HttpResponse:
    found, speech = get_project(page.lens, page.space, subject, page.moment), speech_of(page)
    row = project_row(found, speech, today_of(page.moment.at))
    own = page.lens.principal.organisation
    context = {
        "project": row, "mine": next((each for each in row["parts"] if each["organisation"] == own), None),
        "move_form": MoveForm(lists=speech.lists, initial={"state": row["state"]}), "part_form": TakePartForm(),
        "acts": row["acts"] if not page.readonly else {}, "trace": trace_of(page, subject), **more,
    }  # fmt: skip
    return pages.render(request, "planning/project.html", context, status=status)


@may("plan")
@require_POST
def move_project(request: Request, space: str, subject: str) -> HttpResponse:
    """Give a project another state."""
    page = pages.writable_page(request, space, HERE)
    _require(get_project(page.lens, space, subject, page.moment), "project.moved")
    form = MoveForm(request.POST, lists=speech_of(page).lists)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, move_form=form, form=form)
    return pressed(
        request, lambda: commands.move_project(page.lens, space, subject, form.cleaned_data, sent=sent_of(request)),
        SAVED, there(space, f"{PLACE}{subject}/"),
    )  # fmt: skip


@may("plan")
@require_POST
def take_part(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that the own organisation takes part, does not, or does no longer."""
    page = pages.writable_page(request, space, HERE)
    get_project(page.lens, space, subject, page.moment)
    form, act = TakePartForm(request.POST), request.POST.get("act", "")
    if act not in commands.ACTS:
        raise Refused("bad_request")
    if not form.is_valid():
        return _draw(request, page, subject, status=422, part_form=form, form=form)
    word = (act, form.cleaned_data["text"])
    return pressed(
        request, lambda: commands.answer_project(page.lens, space, subject, word, sent=sent_of(request)),
        _("Your answer stands for all to read."), there(space, f"{PLACE}{subject}/", "parts"),
    )  # fmt: skip
