"""What narrower circles read beside a report: its parts there, for who reads those circles (design 3.1, 3.5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from gemensam.core.policy import SpaceInfo
from gemensam.core.state import Thing
from gemensam.ledger.noting import note_reading
from gemensam.picture.domain.reports import PART_OF
from gemensam.picture.lists import Lists
from gemensam.picture.queries import narrower_spaces
from gemensam.picture.report_shown import Section, sections
from gemensam.picture.reporting_queries import ReportView, get_report
from gemensam.web.page import SpacePage, page_now
from gemensam.web.sending import note_sent
from gemensam.web.spaces import title_of


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The part of a report that a narrower circle reads: the circle, its marks, what it says, and where it stands."""

    title: str
    readers: int
    marks: tuple[str, ...]
    sections: list[Section]
    url: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The report in a wider space that a part belongs to."""

    title: str
    url: str


def parts_key(page: SpacePage, subject: str) -> tuple[tuple[str, str], ...]:
    """Return what the parts that this reader reads depend on."""
    return tuple((info.id, thing.last) for info, thing in _parts(page, subject))


def shown_parts(page: SpacePage, subject: str) -> list[ShownPart]:
    """Return the parts of a report that this reader may read, in the order in which their circles were opened.

    That they were sent and opened is noted of the circle, as by its own page.
    """
    return [_shown(page, info, thing) for info, thing in _parts(page, subject)]


def _parts(page: SpacePage, subject: str) -> Iterator[tuple[SpaceInfo, Thing]]:
    for info in narrower_spaces(page.lens, page.space):
        for thing in page.lens.state(info.id, page.moment).group("parts", subject):
            yield info, thing


def _shown(page: SpacePage, info: SpaceInfo, thing: Thing) -> ShownPart:
    view = get_report(page.lens, info.id, thing.subject, page.moment)
    note_reading(page.lens.principal, info.id, view.trace)
    note_sent(page_now(page.lens, info))
    lists = Lists(page.lens.directory, page.lens.state(info.id), view.pins)
    said = sections(view.content, lists, page.moment.at) if view.content is not None else []
    url = f"/spaces/{info.id}/reports/{thing.subject}/{page.query}"
    return ShownPart(title_of(page.lens, info), len(page.lens.readers(info.id).organisations), view.marks, said, url)


def whole_of(page: SpacePage, view: ReportView) -> Whole | None:
    """Return the report in the wider space that a part belongs to, or None where this is no part."""
    ref = next((ref for row in view.trace for ref in row.header.refs if ref.rel == PART_OF), None)
    if ref is None:
        return None
    return Whole(title_of(page.lens, page.lens.space(ref.space)), f"/spaces/{ref.space}/reports/{ref.subject}/")
