"""The report form's fields: from a report's content, from what was sent, and back to content with errors at fields.

Fields are flat names and texts, so that the same page works without scripts, as a draft, and after an error:
`summary`, `text-handelse`, `cell-el-status`, `figure-el_utan-value`, `need-0-what`, `forecast-6-worst`, …
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.picture.domain.report_rules import ATTACHMENTS_MAX, LINE_MAX, LINES_MAX, NUMBER, SUMMARY_MAX, TEXT_MAX
from gemensam.picture.lists import OTHER_ROW, RETURNS, Item, Lists
from gemensam.picture.place_words import place_fields, read_place
from gemensam.web import times

Fields = Mapping[str, str]
HOURS = (6, 24, 72)
# What a form sends besides its fields.
CONTROLS = frozenset({
    "csrfmiddlewaretoken", "key", "act", "answers", "circle", "seen", "draft_version", "writer", "received",
    "narrow_circle_seen", "heeded", "waited_written_at", "waited_sent_at", "waited_ahead", "waited_seen_at",
})  # fmt: skip
MAX_FIELDS, MAX_FIELD = 2_000, 20_000
FUTURE_MS = 5 * 60_000
# Lists of lines: the name in the content, the prefix of its fields, its parts.
LINES = {
    "planned": ("planned", ("what", "when", "who")),
    "needs": ("need", ("what", "amount", "place", "when", "urgency")),
    "offers": ("offer", ("what", "amount", "place", "when", "how_long")),
}
# What makes no sense on a row without a status.
SAID_OF_CELL = ("text", "area", "label", "kommuner", "point")
CELL_TEXTS = ("text", "type", "certainty", "source", "source_text", "trend", "area", "label")


@dataclass
class Filled:
    """What the fields say: content as `ReportPayload` wants it, and errors by field name."""

    content: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        return not self.errors


def sent_fields(post: Mapping[str, str]) -> dict[str, str]:
    """Return the form's fields as they were sent, without tokens and buttons, stripped; raises `too_large`."""
    kept = {name: value.replace("\r\n", "\n").strip() for name, value in post.items() if name not in CONTROLS}
    if len(kept) > MAX_FIELDS or any(len(value) > MAX_FIELD for value in kept.values()):
        raise Refused("too_large")
    return {name: value for name, value in kept.items() if value}


def fields_of(content: Mapping[str, Any], lists: Lists, *, with_times: bool = False) -> dict[str, str]:
    """Return the fields that a report's content fills; empty ones left out.

    `with_times`: also when it was stated, for a correction; a new report states everything anew.
    """
    return {name: value for name, value in _fields_of(content, lists, with_times) if value}


def _fields_of(content: Mapping[str, Any], lists: Lists, with_times: bool) -> Iterator[tuple[str, str]]:
    if with_times:
        yield "stated_at", times.field(content["stated_at"])
        yield "next_at", times.field(content["next_at"]) if content["next_at"] else ""
    yield "summary", content["summary"]
    for text in content["texts"]:
        yield f"text-{text['code']}", text["text"]
    for cell in content["cells"]:
        yield from _cell_fields(cell, lists, with_times)
    yield "done", "\n".join(content["done"])
    for name, (prefix, parts) in LINES.items():
        for place, line in enumerate(content[name]):
            for part in parts:
                yield f"{prefix}-{place}-{part}", line[part]
    for forecast in content["forecasts"]:
        yield f"forecast-{forecast['hours']}-text", forecast["text"]
        yield f"forecast-{forecast['hours']}-worst", forecast["worst"]
    for place, attachment in enumerate(content["attachments"]):
        yield f"attachment-{place}", attachment["digest"]


def attachment_digests(fields: Fields) -> list[str]:
    """Return the digests of the files that the form holds."""
    return [digest for place in range(ATTACHMENTS_MAX) if (digest := fields.get(f"attachment-{place}", ""))]


def _cell_fields(cell: Mapping[str, Any], lists: Lists, with_times: bool) -> Iterator[tuple[str, str]]:
    prefix = f"cell-{cell['row']}"
    yield f"{prefix}-status", cell["status"]
    for name in CELL_TEXTS:
        yield f"{prefix}-{name}", cell[name]
    if cell["unconfirmed"] is not None:
        yield f"{prefix}-unconfirmed", "yes" if cell["unconfirmed"] else "no"
    if with_times:
        yield f"{prefix}-until", times.field(cell["until_at"]) if cell["until_at"] else ""
        yield f"{prefix}-stated", times.field(cell["stated_at"]) if cell["stated_at"] else ""
    yield from zip((f"{prefix}-kommuner", f"{prefix}-point"), place_fields(cell, lists.places), strict=True)
    for figure in cell["figures"]:
        item = lists.item("figures", figure["code"]) or {}
        is_time = item.get("kind") == "time" and figure["value"].isdigit()
        yield f"figure-{figure['code']}-value", times.field(int(figure["value"])) if is_time else figure["value"]
        yield f"figure-{figure['code']}-source", figure["source"]
        if with_times and figure["at"]:
            yield f"figure-{figure['code']}-at", times.field(figure["at"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form's fields are read against: lists, template, the rows that *övriga* stands for, and now (ms UTC).

    `exact`: instants known to the millisecond; a field that was not changed shows only their minute.
    """

    lists: Lists
    template: Item
    rows: tuple[str, ...]
    now: int
    exact: tuple[int, ...] = ()


def read_report(fields: Fields, sheet: Sheet) -> Filled:
    """Return what a report form says, with every fault at its field."""
    return _Reading(fields, sheet).report(sheet.rows)


def with_rest(fields: Fields, lists: Lists, rows: Iterable[str]) -> dict[str, str]:
    """Return the fields with *övriga verksamheter* filled in: the chosen status on each row that has none."""
    chosen = {"ingen": _lowest(lists), "vet_ej": "vet_ej"}.get(fields.get("rest", ""), "")
    filled = dict(fields)
    if chosen:
        for row in rows:
            filled.setdefault(f"cell-{row}-status", chosen)
    return filled


def _lowest(lists: Lists) -> str:
    return str(min(lists.items("status"), key=lambda item: int(item["digit"]))["code"])


def unreadable_time() -> str:
    return _("The time could not be read. Write it as 15.08 or 2026-11-20 15.08.")


def parse_time(text: str, now: int, *, coming: bool) -> int:
    """Read a time as people write it; raises `Refused("bad_moment")`.

    A time of day alone is the next one where something is `coming`, else the last one: at ten past midnight, 23.50
    was ten to.
    """
    at = times.parse(text, now)
    alone = len(text) <= len("15.08")
    if alone and coming and at <= now:
        return times.parse(text, now + times.DAY)
    if alone and not coming and at > now + FUTURE_MS:
        return times.parse(text, now - times.DAY)
    return at


def line_count(fields: Fields, name: str) -> int:
    """Return how many lines of a list the form holds."""
    prefix = LINES[name][0]
    places = [int(part) for key in fields if key.startswith(f"{prefix}-") and (part := key.split("-")[1]).isdigit()]
    return min(max(places, default=-1) + 1, LINES_MAX)


class _Reading:
    """One reading of the fields, collecting errors on the way."""

    def __init__(self, fields: Fields, sheet: Sheet) -> None:
        self.fields, self.lists, self.template, self.now = fields, sheet.lists, sheet.template, sheet.now
        self.exact = {times.field(at): at for at in (*sheet.exact, sheet.now)}
        self.errors: dict[str, str] = {}

    def report(self, rows: tuple[str, ...]) -> Filled:
        stated_at = self.time("stated_at") or self.now
        if stated_at > self.now + FUTURE_MS:
            self.errors["stated_at"] = _("The situation cannot apply later than now. Put expectations in the forecast.")
        content = {
            "template": self.template["code"],
            "stated_at": stated_at,
            "summary": self.text("summary", SUMMARY_MAX),
            "texts": list(self.texts()),
            "cells": list(self.cells(rows)),
            "done": [line.strip() for line in self.text("done", TEXT_MAX).split("\n") if line.strip()],
            "forecasts": list(self.forecasts()),
            "next_at": self.time("next_at", coming=True),
            **{name: list(self.lines(name)) for name in LINES},
        }
        self.required(content, rows)
        return Filled(content, self.errors)

    def required(self, content: Mapping[str, Any], rows: tuple[str, ...]) -> None:
        if not content["summary"]:
            self.errors["summary"] = _("Write the most important thing in a sentence or two.")
        asks_for_rest = any(field["key"] == "rest" for field in self.template["fields"])
        if asks_for_rest and rows and not self.fields.get("rest"):
            self.errors["rest"] = _("Choose what applies to the functions that you have not marked.")
        if any(len(line) > LINE_MAX for line in content["done"]):
            self.errors["done"] = _("A line may have at most %(limit)s characters.") % {"limit": LINE_MAX}
        if content["next_at"] is not None and content["next_at"] <= self.now:
            self.errors["next_at"] = _("Give a time that has not passed.")

    def text(self, name: str, longest: int) -> str:
        value = self.fields.get(name, "")
        if len(value) > longest:
            told = {"limit": longest, "length": len(value)}
            self.errors[name] = _("At most %(limit)s characters; this is %(length)s. Shorten it.") % told
        return value

    def time(self, name: str, *, coming: bool = False) -> int | None:
        value = self.fields.get(name, "")
        if not value or value in self.exact:
            return self.exact.get(value)
        try:
            return parse_time(value, self.now, coming=coming)
        except Refused:
            self.errors[name] = unreadable_time()
            return None

    def texts(self) -> Iterator[dict[str, str]]:
        for one in self.template["fields"]:
            code = one["code"]
            if one["key"] in ("summary", "done", "planned") or one["kind"] not in ("text", "lines"):
                continue
            if value := self.text(f"text-{code}", int(one.get("max_length", TEXT_MAX))):
                yield {"code": code, "text": value}

    def cells(self, rows: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        filled = with_rest(self.fields, self.lists, rows)
        codes = [item["code"] for item in self.lists.items("rows")]
        for row in (*codes, OTHER_ROW):
            prefix = f"cell-{row}"
            if status := filled.get(f"{prefix}-status", ""):
                yield self.cell(row, status)
            elif any(self.fields.get(f"{prefix}-{name}") for name in SAID_OF_CELL) or self.figures(row):
                self.errors[f"{prefix}-status"] = _("Choose a status for %(row)s.") % {"row": self.lists.row(row)}

    def cell(self, row: str, status: str) -> dict[str, Any]:
        prefix = f"cell-{row}"
        if not self.lists.item("status", status) and not self.lists.item("values", status):
            self.errors[f"{prefix}-status"] = _("This status is not in the list.")
        until_at = self.time(f"{prefix}-until", coming=True) if status == RETURNS else None
        if status == RETURNS and (until_at is None or until_at <= self.now):
            self.errors[f"{prefix}-until"] = _("Say when you come back with an answer.")
        if row == OTHER_ROW and not self.fields.get(f"{prefix}-label"):
            self.errors[f"{prefix}-label"] = _("Give it a name.")
        texts = {name: self.text(f"{prefix}-{name}", LINE_MAX) for name in CELL_TEXTS}
        source = self.lists.item("sources", texts["source"])
        if source is not None and source.get("needs_name") and not texts["source_text"]:
            self.errors[f"{prefix}-source_text"] = _("Say which organisation.")
        return {
            "row": row, "status": status, "until_at": until_at, "stated_at": self.time(f"{prefix}-stated"),
            "unconfirmed": {"yes": True, "no": False}.get(self.fields.get(f"{prefix}-unconfirmed", "")),
            "figures": self.figures(row), "where": self.where(prefix), **texts,
        }  # fmt: skip

    def where(self, prefix: str) -> dict[str, Any] | None:
        """Return the place of a row; None where none is named: then it is about the organisation's own kommun."""
        codes, point = (self.fields.get(f"{prefix}-{name}", "") for name in ("kommuner", "point"))
        if not codes and not point:
            return None
        place, errors = read_place(codes, point, self.lists.places.names)
        self.errors.update({f"{prefix}-{name}": error for name, error in errors.items()})
        return place

    def figures(self, row: str) -> list[dict[str, Any]]:
        found = []
        for item in self.lists.items("figures"):
            name = f"figure-{item['code']}-value"
            value = self.fields.get(name, "").replace(" ", "").replace("\u00a0", "").replace(",", ".")
            if item["row"] != row or not value:
                continue
            if item.get("kind") == "time":
                at = self.time(name)
                value = str(at) if at is not None else "0"
            elif not NUMBER.fullmatch(value):
                self.errors[name] = _("Write a number.")
            source = self.text(f"figure-{item['code']}-source", LINE_MAX)
            found.append({"code": item["code"], "value": value, "source": source, "at": self.figure_at(item["code"])})
        return found

    def figure_at(self, code: str) -> int | None:
        """When a figure was counted, where it is older than what is stated with it."""
        name = f"figure-{code}-at"
        at = self.time(name)
        if at is not None and at > self.now + FUTURE_MS:
            self.errors[name] = _("It cannot have been counted later than now.")
        return at

    def lines(self, name: str) -> Iterator[dict[str, str]]:
        prefix, parts = LINES[name]
        for place in range(line_count(self.fields, name)):
            line = {part: self.text(f"{prefix}-{place}-{part}", LINE_MAX) for part in parts}
            if any(text for part, text in line.items() if part != "urgency"):
                if not line["what"]:
                    self.errors[f"{prefix}-{place}-what"] = _("Say what it is about, or empty the line.")
                yield line

    def forecasts(self) -> Iterator[dict[str, Any]]:
        for hours in HOURS:
            text = self.text(f"forecast-{hours}-text", TEXT_MAX)
            worst = self.text(f"forecast-{hours}-worst", TEXT_MAX)
            if text or worst:
                yield {"hours": hours, "text": text, "worst": worst}
