"""The banner: what the reader's function is to see at once, on every page, drawn by the ordinary path."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from gemensam.delivery import outbox
from gemensam.web import page
from gemensam.web.access import Request, principal_of, signed_in


@signed_in
@require_GET
def banner(request: Request) -> HttpResponseBase:
    """The messages to the reader's function that are due and not answered; nothing of a space that is not readable."""
    lens = request.lens
    readable = {info.id for info in lens.spaces()}
    found = [item for item in outbox.due_for(principal_of(request).function, lens.now) if item.space in readable]
    return page.conditional(
        request, ("banner", found), lambda: page.render(request, "delivery/_banner.html", {"items": found})
    )
