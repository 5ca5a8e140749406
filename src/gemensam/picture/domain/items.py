"""What can be chosen from a report or a statement for the combined picture: its sentences, one by one (R25). Pure."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from gemensam.picture.domain.coordinates import Point, as_wgs84
from gemensam.picture.domain.places import Where, where_of
from gemensam.picture.domain.rhythm import local

Payload = Mapping[str, Any]
NAMELESS: Mapping[str, str] = MappingProxyType({})
TIME_UNIT = "tidpunkt"  # a key figure that is a time holds ms UTC
SUMMARY, FIELD, CELL, DONE, PLANNED = "summary", "text", "cell", "done", "planned"
FORECAST, NEED, OFFER, STATEMENT, ANSWER = "forecast", "need", "offer", "statement", "answer"
# Where an item is proposed; the compiler may put it elsewhere. Codes of the list `picture_headings`.
HEADINGS = {
    SUMMARY: "handelsen", CELL: "konsekvenser", DONE: "atgarder", PLANNED: "atgarder", FORECAST: "konsekvenser",
    NEED: "resurser_behov", OFFER: "resurser_behov", STATEMENT: "handelsen", ANSWER: "analys",
}  # fmt: skip
HEADINGS_OF_FIELDS = {
    "manniskor": "konsekvenser", "resurser": "resurser_behov", "samverkan": "aktorer", "ansvar": "aktorer",
    "krisledning": "aktorer", "kommunikation": "kommunikation", "uppfoljning": "atgarder",
}  # fmt: skip


class Item(NamedTuple):
    """One sentence of an entry. `part` names it within the entry (`cell:el`, `done:0`); `extra` are further words of
    it (amount, place, when); `about` an organisation that a statement is about.
    """

    part: str
    kind: str
    text: str
    stated_at: int
    row: str = ""
    status: str = ""
    type: str = ""
    certainty: str = ""
    source: str = ""
    source_text: str = ""
    unconfirmed: bool = False
    extra: tuple[str, ...] = ()
    about: str = ""
    trend: str = ""

    @property
    def heading(self) -> str:
        """The heading under which it is proposed."""
        if self.kind == FIELD:
            return HEADINGS_OF_FIELDS.get(self.part.partition(":")[2], HEADINGS[SUMMARY])
        if self.kind == STATEMENT and self.row:
            return HEADINGS[CELL]
        return HEADINGS[self.kind]


def items_of(payload: Payload, names: Mapping[str, str] = NAMELESS) -> tuple[Item, ...]:
    """Return all items of a report's content, in their order; `names` of key figures and kommuner, by code."""
    first = (*_summary(payload), *_fields(payload), *_cells(payload, names))
    return (*first, *(item for read in _AFTER_CELLS for item in read(payload)))


def statement_item(payload: Payload, names: Mapping[str, str] = NAMELESS) -> Item:
    """Return the one item of a statement. A single kommun without a point is mostly its author's, and not told."""
    named = ("type", "certainty", "source", "source_text", "row", "about")
    told = where_of(payload)
    where = _where(told, names) if told.point or len(told.kommuner) > 1 else ""
    extra = tuple(text for text in (payload["place"], where) if text)
    return Item(
        STATEMENT, STATEMENT, payload["text"], payload["stated_at"], unconfirmed=bool(payload["unconfirmed"]),
        extra=extra, **{name: payload[name] for name in named},
    )  # fmt: skip


def _true_at(payload: Payload) -> int:
    """When a report's content was first true: *oförändrat* keeps that time."""
    return int(payload["kept_at"] or payload["stated_at"])


def _summary(payload: Payload) -> Iterator[Item]:
    if payload["summary"].strip():
        yield Item(SUMMARY, SUMMARY, payload["summary"], _true_at(payload))


def _fields(payload: Payload) -> Iterator[Item]:
    for field in payload["texts"]:
        if field["text"].strip():
            yield Item(f"{FIELD}:{field['code']}", FIELD, field["text"], _true_at(payload))


def _cells(payload: Payload, names: Mapping[str, str]) -> Iterator[Item]:
    for cell in payload["cells"]:
        named = ("row", "status", "type", "certainty", "source", "source_text", "trend")
        figures = (_figure(figure, names) for figure in cell["figures"])
        where = _where(where_of(cell), names)
        extra = tuple(text for text in (cell["label"], cell["area"], where, *figures) if text)
        yield Item(
            f"{CELL}:{cell['row']}", CELL, cell["text"], cell["stated_at"] or payload["stated_at"],
            unconfirmed=bool(cell["unconfirmed"]), extra=extra, **{name: cell[name] for name in named},
        )  # fmt: skip


def _where(where: Where, names: Mapping[str, str]) -> str:
    """Return a place as it is copied: the kommuner by name, a point in WGS 84."""
    named = [names.get(code, code) for code in where.kommuner]
    return ", ".join([*named, *([as_wgs84(Point(*where.point))] if where.point else [])])


def _figure(figure: Payload, names: Mapping[str, str]) -> str:
    """Return a key figure as it is copied, with its source and its own time where it has them.

    Times have their day, for the copy is read on other days as well.
    """
    counted_at = f"{local(figure['at']):%Y-%m-%d %H.%M}" if figure.get("at") else ""
    apart = ", ".join(filter(None, [figure.get("source", ""), counted_at]))
    return _figure_value(figure, names) + (f" ({apart})" if apart else "")


def _figure_value(figure: Payload, names: Mapping[str, str]) -> str:
    if figure["unit"] == TIME_UNIT and figure["value"].isdecimal():
        name = names.get(figure["code"], "").lower()
        return f"{name} {local(int(figure['value'])):%Y-%m-%d %H.%M}".strip()
    return f"{figure['value']} {figure['unit']}".strip()


def _done(payload: Payload) -> Iterator[Item]:
    for place, line in enumerate(payload["done"]):
        if line.strip():
            yield Item(f"{DONE}:{place}", DONE, line, _true_at(payload))


def _lines(name: str, kind: str, *extra: str) -> Callable[[Payload], Iterator[Item]]:
    def read(payload: Payload) -> Iterator[Item]:
        for place, line in enumerate(payload[name]):
            further = tuple(line[key] for key in extra if line[key])
            yield Item(f"{kind}:{place}", kind, line["what"], _true_at(payload), extra=further)

    return read


def _forecasts(payload: Payload) -> Iterator[Item]:
    for forecast in payload["forecasts"]:
        at = forecast["stated_at"] or payload["stated_at"]
        worst = (forecast["worst"],) if forecast["worst"] else ()
        yield Item(f"{FORECAST}:{forecast['hours']}", FORECAST, forecast["text"], at, type="antagande", extra=worst)


_AFTER_CELLS: tuple[Callable[[Payload], Iterator[Item]], ...] = (
    _done, _lines("planned", PLANNED, "when", "who"), _forecasts,
    _lines("needs", NEED, "amount", "place", "when"), _lines("offers", OFFER, "amount", "place", "when", "how_long"),
)  # fmt: skip


def answer_items(payload: Payload, names: Mapping[str, str] = NAMELESS) -> tuple[Item, ...]:
    """Return a member's answers to the questions of the analysis; the question itself is the first of `extra`."""
    at = payload["stated_at"]
    parts = ((f"{ANSWER}:{answer['code']}", answer["text"]) for answer in payload["answers"])
    return tuple(Item(part, ANSWER, text, at, type="bedomning", extra=(names.get(part, ""),)) for part, text in parts)


# What the sentences of an entry are, by the type of its thing.
READ: Mapping[str, Callable[[Payload, Mapping[str, str]], tuple[Item, ...]]] = {
    "report": items_of,
    "statement": lambda payload, names: (statement_item(payload, names),),
    "analysis": answer_items,
}
