"""A report as it is read: sections in the template's order, for the page, the confirmation and plain text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.picture.lists import Item, Lists, told, value_of
from gemensam.web import times
from gemensam.web.shapes import Value

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A verksamhet as it stands in a report. `qualifiers`: type, certainty and source in words."""

    row: str
    name: str
    value: Value
    text: str
    qualifiers: tuple[str, ...]
    stated_at: int
    figures: tuple[str, ...]
    before: Value | None = None
    is_changed: bool = False
    is_unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the report with a text, lines, or cells."""

    code: str
    label: str
    text: str = ""
    lines: tuple[str, ...] = ()
    cells: tuple[ShownCell, ...] = ()
    is_changed: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.lines or self.cells)


def template_of(lists: Lists, code: str) -> Item:
    """Return a report template; one without fields where the list no longer has it."""
    return lists.item("report_templates", code) or {"code": code, "name": code, "fields": ()}


def sections(content: Content, lists: Lists, reference: int, before: Content | None = None) -> list[Section]:
    """Return what a report says, empty sections left out; with `before`, what differs from it is marked."""
    found = [_section(field, content, lists, reference, before) for field in _fields(content, lists)]
    replies = tuple(f"{reply['question']} {reply['text']}" for reply in content.get("replies", ()))
    found.append(Section("replies", _("Answers to further questions"), lines=replies))
    return [section for section in found if section is not None and not section.is_empty]


def _fields(content: Content, lists: Lists) -> list[Item]:
    """Return the template's fields, and after them the full report's for what a template has no place for."""
    own = list(template_of(lists, content["template"])["fields"])
    keys = {field["key"] for field in own}
    return [*own, *(field for field in template_of(lists, "full")["fields"] if field["key"] not in keys)]


def _section(field: Item, content: Content, lists: Lists, reference: int, before: Content | None) -> Section | None:
    code, label = field["code"], told(field, "label")
    if field["kind"] == "cells":
        cells = tuple(_cells(content, lists, reference, before))
        return Section(code, label, cells=cells, is_changed=any(cell.is_changed for cell in cells))
    if field["key"] in ("stated_at", "next_report_at", "rest"):
        return None
    text, lines = _said(field, content, lists)
    changed = before is not None and (text, lines) != _said(field, before, lists)
    return Section(code, label, text, lines, is_changed=changed)


def _said(field: Item, content: Content, lists: Lists) -> tuple[str, tuple[str, ...]]:
    key = field["key"]
    if key == "summary":
        return content["summary"], ()
    if key in ("done", "planned", "needs", "offers", "forecast"):
        return "", tuple(_LINES[key](content, lists))
    return next((text["text"] for text in content["texts"] if text["code"] == field["code"]), ""), ()


def _cells(content: Content, lists: Lists, reference: int, before: Content | None) -> Iterator[ShownCell]:
    earlier = {cell["row"]: cell for cell in before["cells"]} if before is not None else {}
    for cell in content["cells"]:
        was = earlier.get(cell["row"])
        yield ShownCell(
            row=cell["row"],
            name=cell.get("label") or lists.row(cell["row"]),
            value=cell_value(cell, lists, reference),
            text=" ".join(filter(None, [cell["text"], _place(cell, lists)])),
            qualifiers=tuple(qualifiers(cell, lists)),
            stated_at=cell.get("stated_at") or content["stated_at"],
            figures=tuple(_figures(cell, lists, reference)),
            before=cell_value(was, lists, reference) if was is not None else None,
            is_changed=before is not None and (was is None or _differs(cell, was)),
            is_unconfirmed=bool(cell.get("unconfirmed")),
        )


def _place(cell: Content, lists: Lists) -> str:
    where = lists.places.shown_payload(cell)
    point = where.coordinates.wgs84 if where.coordinates else ""
    told = ", ".join(filter(None, [cell.get("area"), where.names, point]))
    return f"({told})" if told else ""


def cells_of(content: Content, lists: Lists, reference: int) -> list[ShownCell]:
    """Return the verksamheter of a report alone."""
    return list(_cells(content, lists, reference, None))


def cell_value(cell: Content, lists: Lists, reference: int) -> Value:
    """Return a cell's status as it is shown, with *obekräftad* and its development in words."""
    notes = (_("Unconfirmed"),) if cell.get("unconfirmed") else ()
    value = value_of(lists, cell["status"], until_at=cell.get("until_at") or 0, reference=reference, notes=notes)
    trend = cell.get("trend", "")
    word = lists.word("trend", trend) if trend else ""
    return Value(value.code, value.word, value.digit, value.short, value.notes, trend, word)


def qualifiers(statement: Content, lists: Lists) -> Iterator[str]:
    """Yield type, certainty and source of a statement in words (R20)."""
    if statement.get("type"):
        yield lists.word("statement_types", statement["type"])
    if statement.get("certainty"):
        yield _("certainty: %(word)s") % {"word": lists.word("certainty", statement["certainty"]).lower()}
    if statement.get("source"):
        source = lists.word("sources", statement["source"])
        yield f"{source}: {statement['source_text']}" if statement.get("source_text") else source


def _figures(cell: Content, lists: Lists, reference: int) -> Iterator[str]:
    for figure in cell.get("figures", ()):
        yield figure_words(figure, lists, reference)


def figure_words(figure: Content, lists: Lists, reference: int) -> str:
    """Return a key figure with its unit, its source and, where it is not the statement's, its time.

    *Kunder utan el: 10 300 elnätskunder (nätbolaget, 06.40)*, *Beräknat åter: 22.00*.
    """
    counted_at = times.clock(figure["at"], reference) if figure.get("at") else ""
    apart = ", ".join(filter(None, [figure.get("source", ""), counted_at]))
    return _figure_value(figure, lists, reference) + (f" ({apart})" if apart else "")


def _figure_value(figure: Content, lists: Lists, reference: int) -> str:
    item = lists.item("figures", figure["code"]) or {"name": figure["code"]}
    return f"{told(item)}: {figure_amount(figure, lists, reference)}"


def figure_amount(figure: Content, lists: Lists, reference: int) -> str:
    """Return a key figure without its name: *10 300 elnätskunder*, or for a figure that is a time *22.00*."""
    item = lists.item("figures", figure["code"]) or {"unit": figure.get("unit", "")}
    if item.get("kind") == "time" and figure["value"].isdigit():
        return times.clock(int(figure["value"]), reference)
    return f"{_number(figure['value'])} {told(item, 'unit')}".strip()


def _number(value: str) -> str:
    """Return a decimal as it is written here: a space between thousands, a comma before decimals."""
    whole, _dot, decimals = value.partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\u00a0") if digits.isdigit() else digits
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def _differs(cell: Content, was: Content) -> bool:
    names = ("status", "text", "type", "certainty", "source", "source_text", "trend", "area", "label", "until_at")
    figures = [_figure_key(figure) for figure in cell.get("figures", ())]
    figures_before = [_figure_key(figure) for figure in was.get("figures", ())]
    if (cell.get("where") or None) != (was.get("where") or None):
        return True
    return figures != figures_before or any((cell.get(name) or "") != (was.get(name) or "") for name in names)


def _figure_key(figure: Content) -> tuple[Any, ...]:
    return figure["code"], figure["value"], figure.get("source") or "", figure.get("at")


def _joined(line: Content, *names: str) -> str:
    return ", ".join(line[name] for name in names if line.get(name))


def _needs(content: Content, lists: Lists) -> Iterator[str]:
    for need in content["needs"]:
        urgency = lists.word("urgency", need["urgency"]) if need.get("urgency") else ""
        yield ", ".join(filter(None, [_joined(need, "what", "amount", "place", "when"), urgency]))


def _forecasts(content: Content, lists: Lists) -> Iterator[str]:
    for forecast in content["forecasts"]:
        told_hours = _("%(hours)s h") % {"hours": forecast["hours"]}
        worst = _("Worst reasonable: %(text)s") % {"text": forecast["worst"]} if forecast["worst"] else ""
        yield f"{told_hours}: " + " · ".join(filter(None, [forecast["text"], worst]))


_LINES: Mapping[str, Any] = {
    "done": lambda content, lists: content["done"],
    "planned": lambda content, lists: [_joined(line, "what", "when", "who") for line in content["planned"]],
    "needs": _needs,
    "offers": lambda content, lists: [
        _joined(line, "what", "amount", "place", "when", "how_long") for line in content["offers"]
    ],
    "forecast": _forecasts,
}
