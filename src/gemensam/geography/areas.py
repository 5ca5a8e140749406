"""The areas on the map as something that members lie within."""

from collections.abc import Iterator

from gemensam.activation.areas import DrawnArea
from gemensam.geography.domain.drawings import AREA
from gemensam.geography.queries import list_drawings, texts_of
from gemensam.picture.areas import kommuner_in
from gemensam.picture.domain.coordinates import Point
from gemensam.picture.domain.places import kommuner
from gemensam.web.page import SpacePage


def areas_of(page: SpacePage) -> Iterator[DrawnArea]:
    """Yield the drawn areas that hold at the page's moment, latest first, with the kommuner of organisations here."""
    things = [
        each for each in list_drawings(page.state) if each.data.shape == AREA and each.data.is_valid(page.moment.at)
    ]
    texts, here = texts_of(page.lens, page.space, things), kommuner(page.lens.directory)
    for thing in things:
        if (told := texts.get(thing.data.content)) is not None:
            corners = tuple(Point(each["latitude"], each["longitude"]) for each in told["corners"])
            reached = kommuner_in(corners)
            yield DrawnArea(thing.subject, told["label"], tuple(code for code in here if code in reached))
