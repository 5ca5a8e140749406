"""Open samverkansbehov by place: the lines beside the map and on a kommun's page (R31)."""

from dataclasses import dataclass

from gemensam.coordination import labels
from gemensam.coordination.agreement_queries import NeedShown
from gemensam.geography.map_shown import degrees
from gemensam.geography.queries import list_open_needs
from gemensam.ledger.reading import Lens
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.place_words import ShownPlace
from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class NeedPlaced:
    """An open need. `at`: its point as `latitude,longitude` in degrees, or ""; `codes`: where else the map marks it.

    A need of the whole county, or of none of its kommuner, stands in the list alone.
    """

    subject: str
    text: str
    by: str
    raised_at: int
    status_words: str
    urgency: str
    row: str
    where: ShownPlace
    place: str
    at: str
    codes: str
    marks: tuple[str, ...]


def shown_needs_in(lens: Lens, page: SpacePage, words: MatrixWords, kommun: str = "") -> list[NeedPlaced]:
    """Return the open needs of a space, or those that name a kommun, newest first."""
    found = list_open_needs(lens, page.space, page.moment, kommun)
    return [_need(shown, words) for shown in reversed(found) if shown.about]


def _need(shown: NeedShown, words: MatrixWords) -> NeedPlaced:
    data, lists = shown.data, words.lists
    codes, point = data.where
    is_everywhere = len(codes) > 1 and set(lists.places.names) <= set(codes)
    where, place = lists.places.shown(data.where), str(shown.about["place"])
    return NeedPlaced(
        shown.thing.subject, str(shown.about["text"]), words.name(shown.thing.organisation), data.raised_at,
        str(labels.NEED[shown.joint]), lists.word("urgency", data.urgency) if data.urgency else "",
        words.column(data.row) if data.row else "", where, place if place != where.names else "",
        degrees(*point) if point else "", "" if point or is_everywhere else " ".join(codes), shown.marks,
    )  # fmt: skip
