"""What the views of this room share: the page of a period's space, words, files that were sent, where to go after."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gemensam.consultation.domain.rules import FILES_MAX
from gemensam.coordination.sending import OWN_WORD, Entered, Sent
from gemensam.core.refusal import Refused
from gemensam.ledger.blobs import MAX_BYTES, store_file
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.organisations.names import Lists, organisation_name
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

REFUSED_IN_FORM = frozenset({409, 413, 415, 422})
KEY_MAX = 100
Row = dict[str, Any]


def page_of(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a period's space; raises `Refused("not_found")` for others."""
    page = pages.space_page(request, space)
    if page.info.kind != "period":
        raise Refused("not_found")
    return page


def writable(request: HttpRequest, space: str) -> SpacePage:
    """Return a page that can be written on; raises `Refused`: `historical`, `space_closed`."""
    page = page_of(request, space)
    page.require_now()
    if page.info.closed:
        raise Refused("space_closed")
    return page


def sent_of(request: HttpRequest, entered: Entered = OWN_WORD) -> Sent:
    """Return what a form was sent with."""
    given, circle = request.POST, request.POST.get("circle", "")
    return Sent(
        int(circle) if circle.isdecimal() else None, given.get("seen", "")[:64], given.get("key", "")[:KEY_MAX], entered
    )


def at(space: str, subject: str, rest: str = "") -> str:
    """Return the address of a remiss, or of a page below it."""
    return f"/spaces/{space}/remisser/{subject}/{rest}"


def pressed(request: HttpRequest, act: Callable[[], object], done: str, where: str) -> HttpResponse:
    """Do what a button asks and go on; a refusal that the reader can mend is told on the page that comes."""
    try:
        act()
    except Refused as refused:
        if labels.status_of(refused.code) not in REFUSED_IN_FORM:
            raise
        messages.error(request, labels.words(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(where)


def is_ready(form: forms.Form) -> bool:
    """Whether a form has been sent and holds."""
    return form.is_bound and form.is_valid()


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Draw a page with its form; 422 where what was sent in it does not hold."""
    return pages.render(request, template, context, status=422 if context["form"].is_bound else 200)


def draw_again(request: HttpRequest, template: str, context: Mapping[str, Any], refused: Refused) -> HttpResponse:
    """Draw a form again with what was refused and why; what cannot be mended in it is raised."""
    status = labels.status_of(refused.code)
    if status not in REFUSED_IN_FORM:
        raise refused
    # Whoever has seen what was written meanwhile may send the form once more over it.
    seen = {"seen": refused.facts["last"]} if refused.code == "moved" else {}
    return pages.render(request, template, {**context, **seen, "refusal": labels.words(refused)}, status=status)


def keep_files(lens: Lens, space: str, request: HttpRequest, permission: str) -> list[dict[str, Any]]:
    """Store the files of a form's field `documents`, unchanged, and return what an entry names them by.

    Raises `Refused`: `too_many_remiss_files`, or what `store_file` raises.
    """
    sent = request.FILES.getlist("documents")
    if len(sent) > FILES_MAX:
        raise Refused("too_many_remiss_files", limit=FILES_MAX)
    found = []
    for each in sent:
        if (each.size or 0) > MAX_BYTES:
            raise Refused("attachment_too_large", limit=MAX_BYTES, size=each.size)
        stored = store_file(lens, space, each.name or "", each.read(), permission=permission)
        found.append(
            {"digest": stored.digest, "name": stored.name, "media_type": stored.media_type, "size": stored.size}
        )
    return found


class Speech:
    """Words of organisations and of the room's lists, in the active language."""

    def __init__(self, page: SpacePage) -> None:
        self.directory = page.lens.directory
        self.lists = Lists(self.directory)

    def organisation(self, code: str) -> str:
        found = organisation(self.directory, code)
        return organisation_name(found) if found is not None else code

    def short(self, code: str) -> str:
        found = organisation(self.directory, code)
        return found.short if found is not None else code

    def answer(self, code: str) -> str:
        return self.lists.word("remiss_answers", code) if code else ""

    def names(self, codes: Iterable[str]) -> list[str]:
        return [self.short(code) for code in codes]

    def via(self, code: str) -> str:
        return self.lists.word("via", code) if code else ""


def own_page(request: Request, space: str) -> tuple[SpacePage, Speech]:
    """Return a period's page with the words for it."""
    page = page_of(request, space)
    return page, Speech(page)
