"""A *sanerad version*: some of what a narrower circle reads, told in the wider one in its owner's edited words (R52).

The texts start as they stand in the circle, and the writer strikes out and edits until they may be read by all. What
the wide report says besides is kept from the wide space alone. The circle's report keeps the reference to what was
told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.picture.commands import seen
from gemensam.picture.domain.report_rules import LINE_MAX, RELAYED_ONLY, SUMMARY_MAX
from gemensam.picture.domain.reports import SANITISED_AS
from gemensam.picture.lists import Lists
from gemensam.picture.report_shown import ShownCell, cells_of
from gemensam.picture.reporting_queries import ReportView, content_of, get_report, latest_report
from gemensam.web.page import SpacePage
from gemensam.web.shapes import NARROWER
from gemensam.web.spaces import title_of

Fields = Mapping[str, str]
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the narrow report with its fields in the form: whether it is told, its status, its text."""

    cell: ShownCell
    is_told: bool
    status: str
    text: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"row-{self.cell.row}"


@dataclass
class Sanitising:
    """A version being made: the narrow report, the wide space, what it starts from there, and the fields."""

    page: SpacePage
    view: ReportView
    fields: Fields
    lists: Lists = field(init=False)
    wide: str = field(init=False)
    base: Thing | None = field(init=False)
    errors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.page.info.kind != "sub" or not self.page.info.parent:
            raise Refused("not_found")
        if self.view.thing.organisation != self.page.lens.principal.organisation:
            raise Refused("not_owner")
        if self.view.content is None or self.view.thing.status != "published":
            raise Refused("not_allowed_now", status=self.view.thing.status)
        self.wide = self.page.info.parent
        self.page.lens.space(self.wide)
        self.lists = Lists(self.page.lens.directory, self.state, self.view.pins)
        self.base = self._whole() or latest_report(self.state, self.view.thing.organisation)

    @property
    def state(self) -> SpaceState:
        return self.page.lens.state(self.wide)

    @property
    def content(self) -> Content:
        assert self.view.content is not None
        return self.view.content

    @property
    def title(self) -> str:
        return title_of(self.page.lens, self.page.lens.space(self.wide))

    @property
    def corrects(self) -> str:
        """The wide report that the narrow one is a part of, while it still stands: then that one is corrected."""
        return self.base.subject if self.base is not None and self.base is self._whole() else ""

    @property
    def follows(self) -> str:
        return seen(self.base) if not self.corrects else ""

    def _whole(self) -> Thing | None:
        thing = self.state.thing(self.view.data.part_of) if self.view.data.part_of else None
        return thing if thing is not None and thing.status == "published" else None

    @property
    def _is_begun(self) -> bool:
        return "begun" in self.fields

    def summary(self) -> str:
        """Return the summary's field: at first what the wide report says, which all may read."""
        return self.fields.get("summary", "" if self._is_begun else (self._wide_content() or {}).get("summary", ""))

    def lines(self) -> list[Line]:
        """Return the rows of the narrow report; each is told until the writer unticks it."""
        begun = self._is_begun  # then what is not sent has been emptied: never fall back on the original
        return [
            Line(
                cell,
                bool(self.fields.get(f"row-{cell.row}-told")) if begun else True,
                self.fields.get(f"row-{cell.row}-status", cell.value.code),
                self.fields.get(f"row-{cell.row}-text", "" if begun else raw["text"]),
                self.errors.get(f"row-{cell.row}-text", ""),
            )
            for cell, raw in zip(
                cells_of(self.content, self.lists, self.page.lens.now), self.content["cells"], strict=True
            )
        ]

    def told(self) -> Content:
        """Return the wide report's content, with what is wrong in `errors`."""
        wide = self._wide_content() or {
            "template": self.content["template"],
            "cells": [],
            "stated_at": self.page.lens.now,
        }
        lines = {line.cell.row: line for line in self.lines() if line.is_told}
        if not self.summary().strip():
            self.errors["summary"] = _("Write the most important thing in a sentence or two.")
        if len(self.summary()) > SUMMARY_MAX:
            self.errors["summary"] = _too_long(SUMMARY_MAX, self.summary())
        for row, line in lines.items():
            if len(line.text) > LINE_MAX:
                facts = {"limit": LINE_MAX, "length": len(line.text)}
                self.errors[f"row-{row}-text"] = (
                    _("At most %(limit)s characters; this is %(length)s. Shorten it.") % facts
                )
        if not self.fields.get("read"):
            self.errors["read"] = _("Say that you have gone through every text.")
        # What is kept was true when it was said; only what is told now is new.
        kept = [_dated(cell, wide) for cell in wide["cells"] if cell["row"] not in lines]
        changed = {} if self.corrects else {"stated_at": self.page.lens.now, "replies": [], "next_at": None}
        return {
            **{name: value for name, value in wide.items() if name not in RELAYED_ONLY},
            **changed,
            "summary": self.summary(),
            "forecasts": [_dated(one, wide) for one in wide.get("forecasts", ())],
            "cells": [*kept, *(self._cell(line) for line in lines.values())],
            "quick": "", "confirms": "", "kept_at": None, "repeats": 0,
        }  # fmt: skip

    def _cell(self, line: Line) -> dict[str, Any]:
        raw = next(cell for cell in self.content["cells"] if cell["row"] == line.cell.row)
        kept = {name: raw[name] for name in ("row", "type", "certainty", "label", "unconfirmed")}
        return {**kept, "status": line.status, "text": line.text, "stated_at": line.cell.stated_at}

    def _wide_content(self) -> Content | None:
        return content_of(self.page.lens, self.wide, self.base)

    def statuses(self) -> list[tuple[str, str]]:
        """Return the steps to choose among, and *lämnat i mindre krets*."""
        steps = [(item["code"], self.lists.word("status", item["code"])) for item in self.lists.items("status")]
        return [*steps, *((code, self.lists.word("values", code)) for code in ("vet_ej", NARROWER))]


def _dated(said: Content, report: Content) -> Content:
    return {**said, "stated_at": said.get("stated_at") or report["stated_at"]}


def _too_long(limit: int, text: str) -> str:
    return _("At most %(limit)s characters; this is %(length)s. Shorten it.") % {"limit": limit, "length": len(text)}


def sanitising_of(page: SpacePage, subject: str, fields: Fields) -> Sanitising:
    """Return the version being made of a report; raises `Refused`: `not_found`, `not_owner`, `not_allowed_now`."""
    return Sanitising(page, get_report(page.lens, page.space, subject, page.moment), fields)


def versions_of(page: SpacePage, view: ReportView) -> list[str]:
    """Return the addresses of the sanitised versions that have been made of a report, oldest first, each once."""
    refs = (ref for row in view.trace for ref in row.header.refs if ref.rel == SANITISED_AS)
    return list(dict.fromkeys(f"/spaces/{ref.space}/reports/{ref.subject}/" for ref in refs))
