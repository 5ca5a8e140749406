"""The window report (fönsterrapport): the same picture laid out as windows – the situation now, forecast, wanted state
and gap for each of its headings. Nothing is typed for it but the compiler's own fields, which the picture holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.picture.domain import items
from gemensam.picture.lists import Item, Lists, told
from gemensam.picture.pdf import BUSY, picture_frame
from gemensam.picture.picture_shown import ShownPicture, ShownScenario, ShownSection, ShownStatement
from gemensam.picture.queries import PictureView
from gemensam.web import times
from gemensam.web.page import SpacePage

LIST = "window_fields"
FORECAST = "forecast"  # of a field's `takes`: the forecasts stand in its column


@dataclass(frozen=True, slots=True)
class Pane:
    """One window's column: the compiler's own text and the statements that stand in it."""

    title: str
    text: str
    statements: tuple[ShownStatement, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.statements)


@dataclass(frozen=True, slots=True)
class Window:
    """A heading of the picture in the report's columns."""

    code: str
    title: str
    panes: tuple[Pane, ...]


@dataclass(frozen=True, slots=True)
class WindowReport:
    """The columns' titles, the windows, and the headings that stand whole before (`opening`) and after them."""

    columns: tuple[str, ...]
    windows: tuple[Window, ...]
    opening: tuple[ShownSection, ...]
    closing: tuple[ShownSection, ...]


def window_report(shown: ShownPicture) -> WindowReport:
    """Return a picture as a window report, by the lists of its own time."""
    lists = shown.words.lists
    fields = sorted(lists.items(LIST), key=lambda one: int(one.get("order", 0)))
    codes = window_codes(lists)
    sections = {section.code: section for section in shown.sections}
    placed = [section.code for section in shown.sections]
    first = min((placed.index(code) for code in codes if code in placed), default=len(placed))
    windows = tuple(_window(lists, code, sections.get(code), fields) for code in codes)
    rest = [section for section in shown.sections if section.code not in codes and _says_something(section)]
    opening = tuple(section for section in rest if placed.index(section.code) < first)
    closing = tuple(section for section in rest if placed.index(section.code) >= first)
    return WindowReport((_("Situation now"), *(told(one) for one in fields)), windows, opening, closing)


def window_codes(lists: Lists) -> list[str]:
    """Return the headings that are windows: those with the report's own fields, else all that hold statements."""
    headings = sorted(lists.items("picture_headings"), key=lambda one: int(one.get("order", 0)))
    named = [str(one["code"]) for one in headings if one.get("fields") == LIST]
    return named or [str(one["code"]) for one in headings if one.get("content") == "statements"]


def _window(lists: Lists, code: str, section: ShownSection | None, fields: Sequence[Item]) -> Window:
    title = section.title if section is not None else lists.word("picture_headings", code)
    return Window(code, title, tuple(_panes(section, fields)))


def _panes(section: ShownSection | None, fields: Sequence[Item]) -> Iterator[Pane]:
    statements = section.statements if section is not None else ()
    forecasts = tuple(one for one in statements if one.copy["kind"] == items.FORECAST)
    has_column = any(field.get("takes") == FORECAST for field in fields)
    now = tuple(one for one in statements if not has_column or one not in forecasts)
    yield Pane(_("Situation now"), section.text if section is not None else "", now)
    written = {one.code: one.text for one in section.fields} if section is not None else {}
    for field in fields:
        yield Pane(told(field), written.get(field["code"], ""), forecasts if field.get("takes") == FORECAST else ())


def _says_something(section: ShownSection) -> bool:
    return bool(section.text or section.statements or section.lines or section.fields or section.scenarios)


def window_pdf(page: SpacePage, view: PictureView, shown: ShownPicture) -> bytes:
    """Return the report as a document on one or more wide pages; raises `Refused`: `document_busy`, `fault`."""
    try:
        return render("table", window_document(page, view, shown).as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def window_document(page: SpacePage, view: PictureView, shown: ShownPicture) -> shapes.TableDocument:
    """Return what is printed of a window report: a row for each window."""
    report, at = window_report(shown), shown.content["stated_at"]
    title = _("Window report, combined picture no. %(number)s") % {"number": view.label}
    named = [shapes.Column(heading=each, weight=3 if place else 5) for place, each in enumerate(report.columns)]
    columns = (shapes.Column(heading=_("Heading"), weight=2), *named)
    rows = tuple((one.title, *(_pane_text(pane, at) for pane in one.panes)) for one in report.windows)
    opening = "\n\n".join([_times(shown), *(_section_text(one, at) for one in report.opening)])
    closing = "\n\n".join(_section_text(one, at) for one in report.closing)
    return shapes.TableDocument(
        frame=picture_frame(page, view, title), columns=columns, rows=rows, summary=opening, note=closing,
        counted=False,
    )  # fmt: skip


def _times(shown: ShownPicture) -> str:
    content = shown.content
    parts = [_("Situation at %(time)s") % {"time": times.clock(content["stated_at"], 0)}]
    if content["valid_until"]:
        parts.append(_("valid until %(time)s") % {"time": times.clock(content["valid_until"], content["stated_at"])})
    built = {"reported": content["reported"], "total": content["total"]}
    parts.append(_("built on %(reported)s of %(total)s members") % built)
    return " · ".join(parts)


def _pane_text(pane: Pane, at: int) -> str:
    lines = [f"– {_statement_text(one, at)}" for one in pane.statements]
    return "\n".join(part for part in (pane.text.strip(), *lines) if part) or "–"


def _statement_text(one: ShownStatement, at: int) -> str:
    value = one.value.word if one.value is not None else ""
    lead = ": ".join(part for part in (one.lead, value) if part)
    said = ". ".join(part.rstrip(".") for part in (lead, one.text) if part)
    return f"{said}. ({', '.join([one.organisation, times.clock(one.copy['stated_at'], at), *one.notes])})"


def _section_text(section: ShownSection, at: int) -> str:
    lines = [f"– {_statement_text(one, at)}" for one in section.statements]
    lines += [f"– {line}" for line in section.lines]
    lines += [f"{one.title}: {one.text}" for one in section.fields]
    lines += [_scenario_text(one) for one in section.scenarios]
    return "\n".join(part for part in (section.title.upper(), section.text.strip(), *lines) if part)


def _scenario_text(one: ShownScenario) -> str:
    told = " ".join(part for part in (one.text, one.consequences, one.watch) if part)
    likelihood = _("likelihood: %(word)s") % {"word": one.likelihood.lower() or "–"}
    return f"{one.title} ({likelihood}). {told}"
