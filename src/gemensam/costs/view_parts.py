"""What the views of this room share: the page of the standing space, what a form was sent with, how it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.costs.commands import Sent
from gemensam.costs.domain.rules import HERE
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

REFUSED_IN_FORM = frozenset({409, 413, 422})


def page_of(request: HttpRequest, space: str) -> SpacePage:
    """Return the page; the network's account stands in the standing space, so that it runs through all periods."""
    page = pages.space_page(request, space)
    if page.info.kind not in HERE:
        raise Refused("not_found")
    return page


def writable(request: HttpRequest, space: str) -> SpacePage:
    """Return a page that can be written on; raises `Refused("historical")`."""
    page = page_of(request, space)
    page.require_now()
    return page


def root_of(page: SpacePage) -> str:
    return f"/spaces/{page.space}/costs/"


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with: its idempotency key, and the last entry of the subject that was seen."""
    seen = request.POST.get("seen")
    return Sent(seen[:64] if seen is not None else None, request.POST.get("key", "")[:100])


@dataclass(frozen=True)
class Act:
    """A form and what writes it when it is valid; where one comes then, and the form's own page."""

    form: forms.Form
    write: Callable[[], object]
    where: str
    template: str


def answered(request: Request, act: Act, context: Mapping[str, Any]) -> HttpResponse:
    """Write and go on, or draw the form (4xx with what is wrong, and with what was typed)."""
    refusal, status, moved = "", 200, False
    if request.method == "POST":
        status = 422
        if act.form.is_valid():
            try:
                act.write()
            except Refused as refused:
                refusal, status, moved = _refusal(refused), labels.status_of(refused.code), refused.code == "moved"
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(act.where)
    return pages.render(
        request, act.template, {"form": act.form, "refusal": refusal, "moved": moved, **context}, status=status
    )


def pressed(request: Request, act: Callable[[], object], *, where: str, done: str) -> HttpResponseRedirect:
    """Do what a button asks and go on; a refusal that the reader can mend is told on the page where one comes."""
    try:
        act()
    except Refused as refused:
        messages.error(request, _refusal(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(where)


def _refusal(refused: Refused) -> str:
    if labels.status_of(refused.code) not in REFUSED_IN_FORM:
        raise refused
    return labels.words(refused)
