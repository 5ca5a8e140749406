"""What the views of this room share: the page of a period's space, words, files that were sent, where to go."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect

from gemensam.consultation.domain.rules import FILES_MAX, HERE
from gemensam.coordination.sending import OWN_WORD, Entered, Sent
from gemensam.core.refusal import Refused
from gemensam.ledger.blobs import MAX_BYTES, store_file
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.organisations.names import Lists, organisation_name
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.answering import there
from gemensam.web.page import SpacePage

KEY_MAX = 100
Row = dict[str, Any]


def page_of(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a period's space; raises `Refused("not_found")` for others."""
    return pages.space_page(request, space, HERE)


def writable(request: HttpRequest, space: str) -> SpacePage:
    """Return such a page that can be written on; raises `Refused`: `not_found`, `historical`, `space_closed`."""
    return pages.writable_page(request, space, HERE)


def sent_of(request: HttpRequest, entered: Entered = OWN_WORD) -> Sent:
    """Return what a form was sent with."""
    given, circle = request.POST, request.POST.get("circle", "")
    return Sent(
        int(circle) if circle.isdecimal() else None, given.get("seen", "")[:64], given.get("key", "")[:KEY_MAX], entered
    )


def at(space: str, subject: str, rest: str = "") -> str:
    """Return the address of a remiss, or of a page below it."""
    return f"/spaces/{space}/remisser/{subject}/{rest}"


def to_remiss(space: str, subject: str, rest: str = "", anchor: str = "") -> HttpResponseRedirect:
    """Send the reader on to a remiss, or to a page below it."""
    return there(space, f"remisser/{subject}/{rest}", anchor)


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
