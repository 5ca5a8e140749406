"""What the pages of answer links share: a link shown once, its makers' list, and who comes with a secret address."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gemensam.accounts.limits import too_often
from gemensam.accounts.principals import token_digest
from gemensam.answer_links.commands import MadeLink
from gemensam.answer_links.queries import LinkRow, OpenLink, Shown
from gemensam.core.refusal import Refused
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, open_to_all
from gemensam.web.secret_links import View, for_anybody

Finder = Callable[[str, int], OpenLink[Shown]]
Answering = Callable[[HttpRequest, OpenLink[Shown]], HttpResponse]


def made_page(request: Request, template: str, context: Mapping[str, Any], made: MadeLink, route: str) -> HttpResponse:
    """Show a link's address, once. `route`: the name of the page that it leads to."""
    address = request.build_absolute_uri(reverse(route, args=[made.raw]))
    told = {**context, "link": made.link, "expires_at": made.expires_at, "address": address}
    response = pages.render(request, template, told)
    response["Cache-Control"] = "no-store"
    return response


def list_rows(
    found: Iterable[LinkRow], name: Callable[[str], str], answer: Callable[[LinkRow], str]
) -> list[dict[str, Any]]:
    """Return the rows of `answer_links/_list.html`: `name` of an organisation, and where an `answer` is read, or ""."""
    return [{"row": row, "organisation": name(row.link.organisation), "answer": answer(row)} for row in found]


def by_link(find: Finder[Shown]) -> Callable[[Answering[Shown]], View]:
    """Let whoever has the secret address look and answer: the view gets the link that `find` finds.

    The secret in the address is the only right there is: no cookie is used, so that none can be abused from elsewhere,
    and a browser that tells no referrer tells no origin either, by which a form token would be judged.
    """

    def decorate(view: Answering[Shown]) -> View:
        @open_to_all
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @never_cache
        @for_anybody
        @wraps(view)
        def answered(request: HttpRequest, token: str) -> HttpResponse:
            wait = too_often(request, "answer_link", token_digest(token)) if request.method == "POST" else None
            if wait is not None:
                return wait
            try:
                found = find(token, times.now())
            except Refused:
                return dead(request)
            return view(request, found)

        return answered

    return decorate


def dead(request: HttpRequest) -> HttpResponse:
    """Say that no link is at this address, or that whoever tries addresses has to wait."""
    too_many = too_often(request, "answer_link_missed")
    return too_many or render(request, "answer_links/dead.html", {"stands_alone": True}, status=404)
