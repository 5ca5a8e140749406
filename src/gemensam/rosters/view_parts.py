"""What the views of this room share: the page of `rosters`, what a form was sent with, how it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.organisations.domain import organisations
from gemensam.organisations.names import organisation_name
from gemensam.rosters.commands import Sent
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

REFUSED_IN_FORM = frozenset({409, 413, 422})
ADMINISTER_OWN = "administer_own"


def page_of(request: HttpRequest) -> SpacePage:
    """Return the page of `rosters` at the address's moment; raises `Refused("not_found")` for guests."""
    return pages.space_page(request, ROSTERS)


def writable(request: HttpRequest) -> SpacePage:
    """Return a page that can be written on; raises `Refused("historical")`."""
    page = page_of(request)
    page.require_now()
    return page


def key_of(request: Request) -> str:
    """The form's idempotency key."""
    return request.POST.get("key", "")[:100]


def seen_of(request: Request, name: str = "seen") -> str:
    """The last entry of the subject that the writer saw, "" for none."""
    return request.POST.get(name, "")[:64]


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with."""
    return Sent(seen_of(request), key_of(request))


def own_page(page: SpacePage) -> str:
    return f"/rosters/members/{page.lens.principal.organisation}/"


def other_organisations(page: SpacePage) -> list[tuple[str, str]]:
    """Return (id, name) of the network's organisations but the reader's own, in Swedish order."""
    own = page.lens.principal.organisation
    return [(each.id, organisation_name(each)) for each in organisations(page.lens.directory) if each.id != own]


def refusal_in_form(refused: Refused) -> str:
    """Return the words of a refusal that the writer can mend in the form; raises it where not."""
    if labels.status_of(refused.code) not in REFUSED_IN_FORM:
        raise refused
    return labels.words(refused)


@dataclass(frozen=True)
class Act:
    """A form and what writes it when it is valid; what is told then, where one comes, and the form's own page."""

    form: forms.Form
    write: Callable[[], object]
    done: str
    where: str
    template: str


def answered(request: Request, act: Act, context: Mapping[str, Any]) -> HttpResponse:
    """Write and go on, or draw the form (422 with what is wrong)."""
    refusal = ""
    if request.method == "POST" and act.form.is_valid():
        try:
            act.write()
        except Refused as refused:
            refusal = refusal_in_form(refused)
        else:
            messages.success(request, act.done)
            return HttpResponseRedirect(act.where)
    status = 422 if act.form.errors or refusal else 200
    return pages.render(request, act.template, {"form": act.form, "refusal": refusal, **context}, status=status)


def pressed(request: Request, act: Callable[[], object], *, where: str, done: str = "") -> HttpResponseRedirect:
    """Do what a button asks and go on; a refusal that the reader can mend is told on the page where one comes."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refusal_in_form(refused))
    else:
        messages.success(request, done or _("Saved."))
    return HttpResponseRedirect(where)
