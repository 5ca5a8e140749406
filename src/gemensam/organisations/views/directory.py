"""Pages of organisations and functions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.organisations import domain, queries
from gemensam.organisations.commands import directory as commands
from gemensam.organisations.commands.directory import FunctionGiven
from gemensam.organisations.forms.directory import (
    DescribeForm,
    FunctionForm,
    JoinForm,
    OrganisationForm,
    ReasonForm,
    representatives_of,
)
from gemensam.organisations.names import Lists, in_language, organisation_name
from gemensam.organisations.views.answering import Act, answer, key_of, seen
from gemensam.web import page as pages
from gemensam.web.access import Request, may, principal_of, signed_in

GROUPINGS = ("", "kind", "group", "level")


@signed_in
@require_GET
def directory(request: Request) -> HttpResponseBase:
    """All organisations: by kind, by group or with their representatives at each level."""
    page = pages.space_page(request, DIRECTORY)
    by, mode = request.GET.get("by", ""), request.GET.get("mode", "ordinarie")
    text = request.GET.get("q", "").strip()[:100]
    if by not in GROUPINGS:
        by = ""
    key = page.key("directory", by, mode, text)
    return pages.conditional(request, key, lambda: _draw_directory(request, page, by, mode, text))


def _draw_directory(request: Request, page: pages.SpacePage, by: str, mode: str, text: str) -> HttpResponse:
    lists = Lists(page.state)
    context = {
        "sections": queries.list_sections(page.state, by, mode, text),
        # One member that is a group of its own says nothing of the others.
        "has_groups": len({each.group for each in domain.organisations(page.state)} - {""}) > 1,
        "by": by,
        "mode": mode,
        "q": text,
        "modes": lists.choices("modes"),
        "levels": [word for _code, word in lists.choices("levels")],
        "members": len(domain.members(page.state)),
    }
    return pages.render(request, "organisations/directory.html", context)


@may("read")
@require_GET
def directory_table(request: Request) -> StreamingHttpResponse:
    """The organisations as a table."""
    page = pages.space_page(request, DIRECTORY)
    note_now(principal_of(request), "export", space=DIRECTORY, detail={"what": "directory", "format": "csv"})
    heads = ("id", "name", "name_en", "short", "kind", "member", "insider", "kommunkod", "group", "rows", "functions")
    found = sorted(domain.organisations(page.state), key=lambda each: sort_key(each.name))
    rows = [_cells(page, each) for each in found]
    return csv_response(_("directory"), heads, rows, table_marks(page))


def _cells(page: pages.SpacePage, each: domain.Organisation) -> list[object]:
    functions = [function.name for function in domain.functions(page.state, each.id)]
    return [
        each.id, each.name, each.about.get("name_en") or "", each.short, each.kind, str(each.member).lower(),
        str(each.insider).lower(), each.kommunkod, each.group, " | ".join(each.rows), " | ".join(functions),
    ]  # fmt: skip


@signed_in
@require_GET
def organisation(request: Request, organisation: str) -> HttpResponse:
    """One organisation: facts, rows, representatives, functions, reserve path, what it reads."""
    page = pages.space_page(request, DIRECTORY)
    return _draw_organisation(request, page, _found(page, organisation))


def _draw_organisation(request: Request, page: pages.SpacePage, found: domain.Organisation) -> HttpResponse:
    principal = principal_of(request)
    own = principal.organisation == found.id
    context = {
        "shown": queries.show_organisation(page.state, found),
        "functions": queries.list_functions(page.state, found.id),
        "reads": queries.spaces_read_by(page.lens, found.id),
        "may_own": own and page.may("administer_own"),
        "may_change": page.may("administer"),
        "may_leave": page.may("administer") and not own,
    }
    return pages.render(request, "organisations/organisation.html", context)


@may("administer")
@require_http_methods(["GET", "POST"])
def change_organisation(request: Request, organisation: str) -> HttpResponse:
    """The joint office changes an organisation's facts."""
    page = _now(request)
    found = _found(page, organisation)
    form = OrganisationForm(request.POST or None, directory=page.state, organisation=found)

    def write() -> None:
        commands.change_organisation(page.lens, organisation, form.given(), based_on=seen(request), key=key_of(request))

    context = {"shown": queries.show_organisation(page.state, found)}
    done = f"/directory/{organisation}/"
    return answer(request, Act(form, write, done, "organisations/change_organisation.html"), context)


@may("administer_own")
@require_http_methods(["GET", "POST"])
def describe_organisation(request: Request) -> HttpResponse:
    """An organisation says what only it can say: rows, representatives, reserve path."""
    page = _now(request)
    found = _found(page, principal_of(request).organisation)
    form = DescribeForm(request.POST or None, directory=page.state, organisation=found)

    def write() -> None:
        commands.describe_organisation(page.lens, form.given(), based_on=seen(request), key=key_of(request))

    represented = [(level, [(form[name], word) for name, word in places]) for level, places in form.represented]
    context = {"shown": queries.show_organisation(page.state, found), "represented": represented}
    return answer(request, Act(form, write, f"/directory/{found.id}/", "organisations/describe.html"), context)


@may("administer")
@require_http_methods(["GET", "POST"])
def join_organisation(request: Request) -> HttpResponse:
    """The joint office lets a member or a guest in."""
    page = _now(request)
    form = JoinForm(request.POST or None, directory=page.state)

    def write() -> None:
        name = form.cleaned_data["administrator"]
        administrator = FunctionGiven(name, name, (commands.ADMINISTRATOR,), (), {"evidence": "own"})
        commands.join_organisation(page.lens, form.cleaned_data["id"], form.given(), administrator=administrator)

    done = f"/directory/{request.POST.get('id', '')}/"
    return answer(request, Act(form, write, done, "organisations/join.html"), {})


@may("administer")
@require_http_methods(["GET", "POST"])
def leave_organisation(request: Request, organisation: str) -> HttpResponse:
    """The joint office notes that an organisation has left."""
    page = _now(request)
    shown = queries.show_organisation(page.state, _found(page, organisation))
    form = ReasonForm(request.POST or None)

    def write() -> None:
        reason = form.cleaned_data["reason"]
        commands.leave_organisation(page.lens, organisation, reason, based_on=seen(request))

    context = {"shown": shown, "reads": queries.spaces_read_by(page.lens, organisation)}
    return answer(request, Act(form, write, "/directory/", "organisations/leave.html"), context)


@may("administer_own")
@require_http_methods(["GET", "POST"])
def create_function(request: Request) -> HttpResponse:
    """An administrator makes a function of the own organisation."""
    page = _now(request)
    own = principal_of(request).organisation
    form = FunctionForm(request.POST or None, directory=page.state, organisation=own)

    def write() -> None:
        commands.create_function(page.lens, form.given(), key=key_of(request))

    return _function_page(request, page, form, write)


@may("administer_own")
@require_http_methods(["GET", "POST"])
def change_function(request: Request, function: str) -> HttpResponse:
    """An administrator changes a function of the own organisation."""
    page = _now(request)
    found = _own_function(page, function)
    form = FunctionForm(request.POST or None, directory=page.state, organisation=found.organisation, function=found)

    def write() -> None:
        commands.change_function(page.lens, function, form.given(), based_on=seen(request), key=key_of(request))

    return _function_page(request, page, form, write, found)


@may("administer_own")
@require_http_methods(["GET", "POST"])
def retire_function(request: Request, function: str) -> HttpResponse:
    """An administrator takes a function out of use."""
    page = _now(request)
    found = _own_function(page, function)
    form = ReasonForm(request.POST or None)

    def write() -> None:
        reason = form.cleaned_data["reason"]
        commands.retire_function(page.lens, function, reason, based_on=seen(request), key=key_of(request))

    named = [
        (level, mode)
        for level, places in representatives_of(_found(page, found.organisation)).items()
        for mode, represented in places.items()
        if represented == function
    ]
    shown = queries.show_function(page.state, Lists(page.state), found)
    context = {"function": shown, "last": _last(page, function), "represents": bool(named)}
    done = f"/directory/{found.organisation}/"
    return answer(request, Act(form, write, done, "organisations/retire_function.html"), context)


def _function_page(
    request: Request, page: pages.SpacePage, form: FunctionForm, write: Callable[[], None], found: Any = None
) -> HttpResponse:
    own = _found(page, principal_of(request).organisation)
    context = {
        "function": queries.show_function(page.state, Lists(page.state), found) if found else None,
        "last": _last(page, found.id) if found else "",
        "organisation": own,
        "name": organisation_name(own),
        "roles": _roles(page, form),
    }
    return answer(request, Act(form, write, f"/directory/{own.id}/", "organisations/function.html"), context)


def _roles(page: pages.SpacePage, form: FunctionForm) -> list[dict[str, Any]]:
    """The roles to choose from, each with what it allows."""
    lists = Lists(page.state)
    bound = form["roles"]
    chosen = set(bound.value() or ())
    found = []
    for place, (code, word) in enumerate(form.fields["roles"].choices):  # type: ignore[attr-defined]
        item = lists.item("roles", code)
        allows = ", ".join(lists.words("permissions", item.get("permissions") or ()))
        found.append(
            {"code": code, "word": word, "help": in_language(item, "help"), "allows": allows,
             "chosen": code in chosen, "id": f"{bound.auto_id}_{place}"}
        )  # fmt: skip
    return found


def _now(request: Request) -> pages.SpacePage:
    page = pages.space_page(request, DIRECTORY)
    page.require_now()
    return page


def _found(page: pages.SpacePage, organisation: str) -> domain.Organisation:
    found = domain.organisation(page.state, organisation)
    if found is None:
        raise Refused("not_found")
    return found


def _own_function(page: pages.SpacePage, function: str) -> domain.Function:
    found = domain.function(page.state, function)
    if found is None or found.organisation != page.lens.principal.organisation:
        raise Refused("not_found")
    return found


def _last(page: pages.SpacePage, subject: str) -> str:
    thing = page.state.thing(subject)
    return thing.last if thing is not None else ""
