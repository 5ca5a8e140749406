"""The asker's own pages of answer links: making one, and revoking it. The list stands on the request's page (R85)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemensam.answer_links.forms import LinkForm
from gemensam.answer_links.pages import list_rows, made_page
from gemensam.answer_links.queries import LinkRow, links_of
from gemensam.picture import link_commands
from gemensam.picture.domain.links import PERMISSION
from gemensam.picture.link_queries import of_request
from gemensam.picture.lists import Lists
from gemensam.picture.reporting_queries import RequestView, get_request
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may
from gemensam.web.answering import answered


@may("request")
@require_POST
def make_link(request: Request, space: str, subject: str) -> HttpResponse:
    """Make a link. It is shown once, here; it is kept nowhere."""
    page = pages.space_page(request, space)
    view = get_request(page.lens, space, subject, page.moment)
    form = _form(page, view, request.POST)
    context = {**link_panel(page, view), "form": form, "link_form": form, "view": view}
    return answered(request, "picture/link_new.html", context, lambda: _made(request, page, view, form))


@may("request")
@require_POST
def revoke_link(request: Request, space: str, subject: str, link: int) -> HttpResponseRedirect:
    """Make a link worthless."""
    page = pages.space_page(request, space)
    view = get_request(page.lens, space, subject, page.moment)
    link_commands.revoke_link(page.lens, of_request(page, view), link)
    messages.success(request, _("The link is revoked. It can no longer be used."))
    return HttpResponseRedirect(f"/spaces/{space}/requests/{subject}/#links")


def link_panel(page: pages.SpacePage, view: RequestView) -> dict[str, Any]:
    """Return what the page of a request shows of its links: to the asker alone, and as it is now."""
    if page.historical or view.thing.organisation != page.lens.principal.organisation:
        return {"links": [], "link_form": None}
    lists = Lists(page.lens.directory, page.state)
    found = links_of(page.lens, of_request(page, view))
    form = _form(page, view) if _may_make(page, view) else None
    return {
        "links": list_rows(found, lists.organisation, _report_of), "link_form": form, "may_revoke": page.may("request"),
        "links_at": f"/spaces/{page.space}/requests/{view.thing.subject}/links/",
    }  # fmt: skip


def _report_of(row: LinkRow) -> str:
    return f"/spaces/{row.link.space}/reports/{row.link.answer}/" if row.link.answer else ""


def _may_make(page: pages.SpacePage, view: RequestView) -> bool:
    may_write = page.may("request") and page.may(PERMISSION)
    here = page.info.kind != "sub" and bool(link_commands.margins(page.lens, page.space))
    return may_write and here and view.thing.status == "open"


def _form(page: pages.SpacePage, view: RequestView, data: Any = None) -> LinkForm:
    lists, margins = Lists(page.lens.directory, page.state), link_commands.margins(page.lens, page.space)
    waiting = sorted(view.asked, key=lambda one: not one.missing)
    asked = [(one.organisation, lists.organisation_name(one.organisation)) for one in waiting]
    others = [one for one in asked if one[0] != view.thing.organisation]
    usual = next((margin for margin, is_usual in margins.items() if is_usual), 0)
    return LinkForm(data, asked=others, margins={each: _held(each) for each in margins}, usual=usual)


def _held(margin: int) -> str:
    if not margin:
        return _("until the deadline")
    return _("until %(time)s after the deadline") % {"time": times.duration(margin)}


def _made(request: Request, page: pages.SpacePage, view: RequestView, form: LinkForm) -> HttpResponse:
    made = link_commands.make_link(page.lens, of_request(page, view), form.wanted())
    lists = Lists(page.lens.directory, page.state)
    context = {"organisation": lists.organisation_name(made.link.organisation), "view": view}
    return made_page(request, "picture/link_made.html", context, made, "answer")
