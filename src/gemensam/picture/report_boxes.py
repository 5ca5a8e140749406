"""The report form as boxes to draw: one per field, with its text, help, choices and error."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gemensam.picture.lists import OTHER, OTHER_ROW, RETURNS, Item, Lists, told, value_of
from gemensam.picture.report_desk import CORRECTED, Desk
from gemensam.picture.report_drawing import draw_box
from gemensam.picture.report_fields import HOURS, LINES, line_count
from gemensam.picture.report_shown import ShownCell, sections
from gemensam.web.shapes import Value

Fields = Mapping[str, str]
SPARE_LINES = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A field of the form: `kind` is text, area, time, number, select or hidden; `choices` (code, word, chosen)."""

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    help: str = ""
    error: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()
    longest: int = 0
    is_required: bool = False
    is_careful: bool = False

    @property
    def html(self) -> SafeString:
        return draw_box(self)

    @property
    def short_html(self) -> SafeString:
        """The same without its help, where many stand side by side."""
        return draw_box(self, with_help=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A status to choose for a row."""

    code: str
    value: Value
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A verksamhet in the form. `before`: how it stood in the earlier report; `main` and `more`: its boxes."""

    code: str
    name: str
    help: str
    is_careful: bool
    is_asked: bool
    choices: tuple[Choice, ...]
    other_choices: tuple[Choice, ...]
    main: tuple[Box, ...]
    more: tuple[Box, ...]
    error: str
    before: ShownCell | None
    has_more: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A field of the template: `kind` says how it is drawn; boxes, or lines of boxes."""

    code: str
    key: str
    kind: str
    label: str
    help: str
    is_required: bool
    boxes: tuple[Box, ...] = ()
    lines: tuple[tuple[Box, ...], ...] = ()
    error: str = ""
    is_filled: bool = False


class Boxes:
    """Builds the boxes of a desk's form from its fields and errors."""

    def __init__(self, desk: Desk, fields: Fields, errors: Mapping[str, str], extra: str = "") -> None:
        self.desk, self.lists, self.fields, self.errors, self.extra = desk, desk.lists, fields, errors, extra
        self._before = _before(desk)
        self._steps = [*(item["code"] for item in self.lists.items("status")), "vet_ej"]
        own = (item["code"] for item in self.lists.items("values") if item.get("set_by") == "organisation")
        self._values = [code for code in own if code != "vet_ej"]
        self._shown = {code: value_of(self.lists, code) for code in (*self._steps, *self._values)}

    def parts(self) -> list[Part]:
        """Return the template's fields in order, cells and their remainder left to `rows`."""
        return [self._part(field) for field in self.desk.template["fields"] if field["kind"] != "cells"]

    def rows(self) -> list[Row]:
        return [self._row(code) for code in self.desk.rows()]

    def more_rows(self) -> list[Row]:
        return [self._row(code) for code in self.desk.more_rows()]

    def questions(self) -> list[Box]:
        """Return a box for the answer to each further question of the open requests."""
        return [self.box(one.name, f"{one.asker}: {one.text}", "area") for one in self.desk.questions()]

    def legend(self) -> list[tuple[Value, str, str]]:
        """Return each step of the scale with when to choose it: for the own service, and for supply in an area."""
        steps = self.lists.items("status")
        return [(self._shown[item["code"]], told(item, "own"), told(item, "supply")) for item in steps]

    def box(self, name: str, label: str, kind: str = "text", **more: object) -> Box:
        value, error = self.fields.get(name, ""), self.errors.get(name, "")
        return Box(name, label, value, kind, error=error, **more)  # type: ignore[arg-type]

    def _part(self, field: Item) -> Part:
        code, label, hint = field["code"], told(field, "label"), told(field, "help")
        kind, boxes, lines = self._content(field, label, hint)
        drawn = (*boxes, *(box for line in lines for box in line))
        filled = any(box.value or box.error for box in drawn)
        error = next((box.error for box in drawn if box.error), "")
        return Part(code, field["key"], kind, label, hint, bool(field.get("required")), boxes, lines, error, filled)

    def _content(self, field: Item, label: str, hint: str) -> tuple[str, tuple[Box, ...], tuple[tuple[Box, ...], ...]]:
        key, longest = field["key"], int(field.get("max_length", 0))
        required, careful = bool(field.get("required")), bool(field.get("careful"))
        if key in ("stated_at", "next_report_at"):
            name = "stated_at" if key == "stated_at" else "next_at"
            return "time", (self.box(name, label, "time", help=hint),), ()
        if key == "rest":
            return "rest", (self._choices("rest", label, [(one["code"], told(one)) for one in field["choices"]]),), ()
        if key in LINES:
            return "lines", (), tuple(self._lines(key))
        if key == "forecast":
            return "lines", (), tuple(self._forecast())
        name = {"summary": "summary", "done": "done"}.get(key, f"text-{field['code']}")
        area = field["kind"] == "lines" or longest == 0 or longest > 200
        kind = "area" if area else "text"
        box = self.box(name, label, kind, help=hint, longest=longest, is_required=required, is_careful=careful)
        return "text", (box,), ()

    def _choices(self, name: str, label: str, choices: Iterable[tuple[str, str]]) -> Box:
        given = self.fields.get(name, "")
        return self.box(name, label, "choices", choices=tuple((code, word, code == given) for code, word in choices))

    def _select(self, name: str, label: str, choices: Iterable[tuple[str, str]], default: str = "") -> Box:
        given = self.fields.get(name) or default
        return self.box(name, label, "select", choices=tuple((code, word, code == given) for code, word in choices))

    def _lines(self, key: str) -> Iterator[tuple[Box, ...]]:
        prefix, parts = LINES[key]
        count = line_count(self.fields, key) + SPARE_LINES + (2 if self.extra == key else 0)
        words = {
            "what": _("What"), "when": _("When"), "who": _("By whom"), "amount": _("How much"), "place": _("Where"),
            "how_long": _("For how long"), "urgency": _("How urgent"),
        }  # fmt: skip
        urgency = [("", "–"), *self.lists.choices("urgency")]
        for place in range(count):
            names = [(part, f"{prefix}-{place}-{part}") for part in parts]
            yield tuple(
                self._select(name, words[part], urgency) if part == "urgency" else self.box(name, words[part])
                for part, name in names
            )

    def _forecast(self) -> Iterator[tuple[Box, ...]]:
        for hours in HOURS:
            likely = _("Likely within %(hours)s hours") % {"hours": hours}
            worst = _("Worst reasonable within %(hours)s hours") % {"hours": hours}
            yield self.box(f"forecast-{hours}-text", likely, "area"), self.box(f"forecast-{hours}-worst", worst, "area")

    def _row(self, code: str) -> Row:
        item: Item = OTHER if code == OTHER_ROW else self.lists.item("rows", code) or {"code": code, "name": code}
        prefix = f"cell-{code}"
        chosen = self.fields.get(f"{prefix}-status", "")
        more = tuple(self._more(code, item))
        return Row(
            code=code,
            name=told(item),
            help=self._help(item),
            is_careful=bool(item.get("careful")),
            is_asked=any(code in view.data.questions for view in self.desk.requests),
            choices=self._offered(self._steps, chosen),
            other_choices=self._offered(self._values, chosen),
            main=tuple(self._main(code, prefix)),
            more=more,
            error=self.errors.get(f"{prefix}-status", ""),
            before=self._before.get(code),
            has_more=any(box.error or (box.value and box.kind != "select") for box in more),
        )

    def _offered(self, codes: Iterable[str], chosen: str) -> tuple[Choice, ...]:
        return tuple(Choice(code, self._shown[code], code == chosen) for code in codes)

    def _main(self, code: str, prefix: str) -> Iterator[Box]:
        if code == OTHER_ROW:
            yield self.box(f"{prefix}-label", _("What it is called"), longest=80)
        yield self.box(f"{prefix}-text", _("What is affected and what do you do?"), longest=500)
        yield self._select(f"{prefix}-type", _("Type"), self.lists.choices("statement_types"), "bedomning")
        default = self.lists.default("sources")
        yield self._select(f"{prefix}-source", _("Source"), self.lists.choices("sources"), default)

    def _more(self, code: str, item: Item) -> Iterator[Box]:
        prefix = f"cell-{code}"
        yield self.box(f"{prefix}-source_text", _("Which source"), help=_("The organisation, when it is another one."))
        default = self.lists.default("certainty")
        yield self._select(f"{prefix}-certainty", _("Certainty"), self.lists.choices("certainty"), default)
        yield self._select(f"{prefix}-trend", _("Development"), [("", "–"), *self.lists.choices("trend")])
        unconfirmed = [("", _("As the source says")), ("yes", _("Unconfirmed")), ("no", _("Confirmed"))]
        yield self._select(f"{prefix}-unconfirmed", _("Confirmed?"), unconfirmed)
        yield self.box(f"{prefix}-area", _("Area"), help=_("When it is not the whole area."), longest=200)
        yield self.box(f"{prefix}-kommuner", _("Municipalities"), help=_("Names with commas between."), longest=1_000)
        yield self.box(f"{prefix}-point", _("Point"), help=_("WGS 84, SWEREF 99 TM or MGRS."), longest=100)
        yield self.box(f"{prefix}-until", _("Back at"), "time", help=_("Together with %s.") % self._returns())
        if self.desk.mode == CORRECTED:
            yield self.box(f"{prefix}-stated", _("The statement is from"), "time")
        for figure in self.lists.items("figures"):
            if figure["row"] == code:
                yield from self._figure(figure)

    def _figure(self, figure: Item) -> Iterator[Box]:
        name = f"figure-{figure['code']}"
        kind = "time" if figure.get("kind") == "time" else "number"
        label = told(figure) if kind == "time" else f"{told(figure)} ({told(figure, 'unit')})"
        careful = bool(figure.get("careful"))
        yield self.box(f"{name}-value", label, kind, help=told(figure, "help"), is_careful=careful)
        named = {"figure": told(figure)}
        yield self.box(f"{name}-source", _("%(figure)s: source") % named, longest=200)
        hint = _("When it is older than the statement.")
        yield self.box(f"{name}-at", _("%(figure)s: from") % named, "time", help=hint)

    def _returns(self) -> str:
        return value_of(self.lists, RETURNS).word.partition(" ")[0].lower()  # *återkommer*, without its time

    def _help(self, item: Item) -> str:
        include, exclude = told(item, "include"), told(item, "exclude")
        without = _("Not: %(text)s.") % {"text": exclude} if exclude else ""
        return " ".join(filter(None, [f"{include[:1].upper()}{include[1:]}." if include else "", without]))


def _before(desk: Desk) -> dict[str, ShownCell]:
    """Return how each row stood in the report that the form starts from."""
    if desk.content is None:
        return {}
    found = (section.cells for section in sections(desk.content, desk.lists, desk.page.moment.at))
    return {cell.row: cell for cells in found for cell in cells}


def warning(lists: Lists, code: str) -> str:
    """Return a warning text of the region (R46, R96), or "" where it has none."""
    item = lists.item("warnings", code)
    return told(item, "text") if item is not None else ""


def field_labels(parts: Sequence[Part], rows: Sequence[Row]) -> dict[str, str]:
    """Return what each field of the form is called, in the order of the page."""
    labels: dict[str, str] = {}
    for part in parts:
        labels.update({box.name: part.label for box in (*part.boxes, *(box for line in part.lines for box in line))})
    for row in rows:
        labels[f"cell-{row.code}-status"] = row.name
        labels.update({box.name: f"{row.name}: {box.label}" for box in (*row.main, *row.more)})
    return labels


def error_list(parts: Sequence[Part], rows: Sequence[Row], errors: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (field name, label, error) for the summary at the top, in the order of the page."""
    labels = field_labels(parts, rows)
    known = [(name, label, errors[name]) for name, label in labels.items() if name in errors]
    return [*known, *((name, "", error) for name, error in errors.items() if name not in labels)]
