"""Answer links of remisses as they are read: one by its secret, and all of a remiss for those who made them."""

from typing import TypeAlias

from gemensam.answer_links import queries
from gemensam.answer_links.domain import LinkOf
from gemensam.consultation.domain.links import REMISS
from gemensam.consultation.queries import Remiss, get_remiss
from gemensam.core.state import Thing
from gemensam.web.page import SpacePage

RemissLink: TypeAlias = queries.OpenLink[Remiss]


def find_link(raw: str, now: int) -> RemissLink:
    """Return the link of a secret and its remiss; raises `Refused("link_unknown")`."""
    return queries.find_link(REMISS, raw, now, _shown)


def of_remiss(page: SpacePage, remiss: Remiss) -> LinkOf:
    """Return what the links of a remiss are about."""
    return LinkOf(REMISS, page.space, remiss.thing)


def _shown(page: SpacePage, remiss: Thing) -> Remiss:
    return get_remiss(page.lens, page.space, remiss.subject, page.moment)
