"""Answer links of requests as they are read: one by its secret, and all of a request for who asks (R85)."""

from typing import TypeAlias

from gemensam.answer_links import queries
from gemensam.answer_links.domain import LinkOf
from gemensam.core.state import Thing
from gemensam.picture.domain.links import REQUEST
from gemensam.picture.reporting_queries import RequestView, request_view
from gemensam.web.page import SpacePage

RequestLink: TypeAlias = queries.OpenLink[RequestView]


def find_link(raw: str, now: int) -> RequestLink:
    """Return the link of a secret and its request; raises `Refused("link_unknown")`."""
    return queries.find_link(REQUEST, raw, now, _shown)


def of_request(page: SpacePage, view: RequestView) -> LinkOf:
    """Return what the links of a request are about."""
    return LinkOf(REQUEST, page.space, view.thing)


def _shown(page: SpacePage, request: Thing) -> RequestView:
    return request_view(page.state, request, page.moment)
