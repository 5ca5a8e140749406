"""The asker's own pages of answer links: making one, and revoking it. The list stands on the request's page (R85)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemensam.core.refusal import Refused
from gemensam.picture import link_commands
from gemensam.picture.domain.links import PERMISSION, LinkFor
from gemensam.picture.link_forms import LinkForm
from gemensam.picture.link_queries import LinkRow, links_of, times_of
from gemensam.picture.lists import Lists
from gemensam.picture.reporting_queries import RequestView, get_request
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may

REFUSED_IN_FORM = frozenset({409, 422})


@may("request")
@require_POST
def make_link(request: Request, space: str, subject: str) -> HttpResponse:
    """Make a link. It is shown once, here; it is kept nowhere."""
    page = pages.space_page(request, space)
    view = get_request(page.lens, space, subject, page.moment)
    form = _form(page, view, request.POST)
    refusal = ""
    if form.is_valid():
        try:
            return _made(request, page, view, form.cleaned_data)
        except Refused as refused:
            if labels.status_of(refused.code) not in REFUSED_IN_FORM:
                raise
            refusal = labels.words(refused)
    context = {**link_panel(page, view), "link_form": form, "view": view, "refusal": refusal}
    return pages.render(request, "picture/link_new.html", context, status=422)


@may("request")
@require_POST
def revoke_link(request: Request, space: str, subject: str, link: int) -> HttpResponseRedirect:
    """Make a link worthless."""
    page = pages.space_page(request, space)
    link_commands.revoke_link(page.lens, space, get_request(page.lens, space, subject, page.moment).thing, link)
    messages.success(request, _("The link is revoked. It can no longer be used."))
    return HttpResponseRedirect(f"/spaces/{space}/requests/{subject}/#links")


def link_panel(page: pages.SpacePage, view: RequestView) -> dict[str, Any]:
    """Return what the page of a request shows of its links: to the asker alone, and as it is now."""
    if page.historical or view.thing.organisation != page.lens.principal.organisation:
        return {"links": [], "link_form": None}
    lists = Lists(page.lens.directory, page.state)
    rows = [_told(row, lists) for row in links_of(page.lens, page.space, view.thing)]
    form = _form(page, view) if _may_make(page, view) else None
    return {"links": rows, "link_form": form, "may_revoke": page.may("request")}


def _may_make(page: pages.SpacePage, view: RequestView) -> bool:
    may_write = page.may("request") and page.may(PERMISSION)
    here = page.info.kind != "sub" and bool(link_commands.margins(page.lens, page.space))
    return may_write and here and view.thing.status == "open"


def _form(page: pages.SpacePage, view: RequestView, data: Any = None) -> LinkForm:
    lists, margins = Lists(page.lens.directory, page.state), link_commands.margins(page.lens, page.space)
    return LinkForm(data, view=view, lists=lists, margins=margins, prefix="link", auto_id="id-%s")


def _made(request: Request, page: pages.SpacePage, view: RequestView, given: dict[str, Any]) -> HttpResponse:
    wanted = LinkFor(given["organisation"], given["label"], int(given["margin"]))
    made = link_commands.make_link(page.lens, page.space, view.thing, wanted)
    lists = Lists(page.lens.directory, page.state)
    context = {
        "address": request.build_absolute_uri(reverse("answer", args=[made.raw])),
        "link": made.link,
        "organisation": lists.organisation_name(made.link.organisation),
        "expires_at": times_of(made.link).expires_at(view.data.deadline_at),
        "view": view,
    }
    response = pages.render(request, "picture/link_made.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _told(row: LinkRow, lists: Lists) -> dict[str, Any]:
    return {"row": row, "organisation": lists.organisation(row.link.organisation)}
