"""A published picture as an accessible document (PDF/A-2a and PDF/UA-1), from its own content alone."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Protocol, get_args

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.organisations.domain import function, organisation
from gemensam.picture.domain import matrix as m
from gemensam.picture.domain.matrix import Cell, Row
from gemensam.picture.lists import Lists, value_of
from gemensam.picture.matrix_words import gap_headings
from gemensam.picture.picture_shown import (
    ShownChange,
    ShownField,
    ShownPicture,
    ShownScenario,
    ShownSection,
    ShownStatement,
    doubtful,
    scenario_rows,
)
from gemensam.picture.queries import PictureView
from gemensam.web.page import SpacePage
from gemensam.web.shapes import Value
from gemensam.web.spaces import kind_of_root

BUSY = frozenset({"busy", "timeout", "memory", "too_large"})
TYPES: Sequence[str] = get_args(shapes.StatementType)


def picture_pdf(page: SpacePage, view: PictureView, shown: ShownPicture) -> bytes:
    """Return the document; raises `Refused`: `document_busy`, `fault`."""
    try:
        return render("picture", picture_document(page, view, shown).as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def picture_document(page: SpacePage, view: PictureView, shown: ShownPicture) -> shapes.PictureDocument:
    """Return what is printed of a picture."""
    content, header = shown.content, view.entry.header
    publisher = function_name(page, header.by_organisation, header.function)
    return shapes.PictureDocument(
        frame=picture_frame(page, view, _("Combined picture no. %(number)s") % {"number": view.label}),
        number=content["number"],
        previous=int(content["previous"]) if content["previous"].isdecimal() else None,
        stated_at=content["stated_at"],
        valid_until_at=content["valid_until"],
        next_at=content["next_at"],
        published_at=header.clock.ms,
        published_by=publisher,
        reported=content["reported"],
        members=content["total"],
        sections=tuple(_section(section) for section in shown.sections if _says_something(section)),
        matrix=_matrix(shown),
        changes=tuple(_change(one, heading) for heading, changes in shown.changes for one in changes),
        gaps=tuple(_gaps(shown)),
    )


def _says_something(section: ShownSection) -> bool:
    return bool(section.text or section.statements or section.fields or section.scenarios)


def picture_frame(page: SpacePage, view: PictureView, title: str) -> shapes.Frame:
    """Return what every document of a picture says of itself."""
    header = view.entry.header
    publisher = function_name(page, header.by_organisation, header.function)
    lens = page.lens
    language: Literal["sv", "en"] = "en" if (get_language() or "sv").startswith("en") else "sv"
    readers = len(lens.readers(page.space).organisations)
    heads = view.content["basis"] if view.content else ()
    return shapes.Frame(
        title=title,
        language=language,
        author=f"{settings.GEMENSAM_NETWORK_NAME}, {publisher}",
        space=page.title,
        printed_at=lens.now,
        printed_by=function_name(page, lens.principal.organisation, lens.principal.function),
        circle=_("%(n)s organisations") % {"n": readers},
        marks=tuple(marks_of(page, view)),
        heads=tuple(shapes.FeedHead(**head) for head in heads),
    )


def marks_of(page: SpacePage, view: PictureView) -> Sequence[str]:
    """Return the marks that stand on every page: demonstration, exercise, withdrawn, and the entry's own."""
    return [*loud_marks(page, withdrawn=view.withdrawn), *view.entry.header.marks]


def loud_marks(page: SpacePage, *, withdrawn: bool) -> Sequence[str]:
    """Return the marks that say what a document is, whatever stands in it."""
    marks = ["demonstration"] if settings.GEMENSAM_DEMO else []
    if kind_of_root(page.lens, page.info) == "exercise":
        marks.append("exercise")
    if withdrawn:
        marks.append(pgettext("picture", "WITHDRAWN"))
    return marks


def function_name(page: SpacePage, organisation_id: str, function_id: str) -> str:
    """Return an organisation and one of its functions, by name."""
    directory = page.lens.directory
    who, post = organisation(directory, organisation_id), function(directory, function_id)
    return f"{who.name if who else organisation_id} – {post.name if post else function_id}"


def _section(section: ShownSection) -> shapes.Section:
    """A heading with what was written and chosen; what the program makes of it has its own place in the document."""
    statements = tuple(_statement(one) for one in section.statements)
    return shapes.Section(
        heading=section.title, text=section.text, assessment=section.is_assessment, statements=statements,
        **further(section),
    )  # fmt: skip


class Further(Protocol):
    """What has fields and courses of events of the compiler's own."""

    @property
    def fields(self) -> tuple[ShownField, ...]: ...
    @property
    def scenarios(self) -> tuple[ShownScenario, ...]: ...


def further(section: Further) -> dict[str, Any]:
    """Return the further parts of a section, and the courses of events side by side."""
    parts = tuple(shapes.Part(heading=one.title, text=one.text) for one in section.fields)
    if not section.scenarios:
        return {"parts": parts}
    heads = (_("Course of events"), *(one.title for one in section.scenarios))
    rows = tuple((title, *(text or "–" for _title, text in told)) for title, told in scenario_rows(section.scenarios))
    return {"parts": parts, "compared": shapes.SideBySide(headings=heads, rows=rows)}


def _statement(one: ShownStatement) -> shapes.Statement:
    kind: Any = one.copy["type"] if one.copy["type"] in TYPES else ""
    return shapes.Statement(
        text=one.text,
        organisation=one.organisation,
        stated_at=one.copy["stated_at"],
        type=kind,
        activity=one.lead,
        value=one.copy["status"],
        source=one.source,
        reference=one.copy["entry"][:12],
        marks=(*one.notes, one.kept) if one.kept else one.notes,
    )


def _matrix(shown: ShownPicture) -> shapes.Matrix:
    columns = shown.live.matrix.columns
    activities = tuple(_activity(shown, column) for column in columns)
    members = tuple(_member(row, shown) for row in shown.live.matrix.rows)
    return shapes.Matrix(scale=scale_of(shown.words.lists), activities=activities, members=members)


def _activity(shown: ShownPicture, column: str) -> shapes.Activity:
    lists = shown.words.lists
    group = (lists.item("rows", column) or {}).get("group", "")
    return shapes.Activity(
        code=column,
        name=shown.words.column(column),
        short=shown.words.column(column, "short"),
        group=lists.word("row_groups", group) if group else "",
    )


def scale_of(lists: Lists) -> tuple[shapes.ScaleValue, ...]:
    """Return the scale and the values that are none, as a document draws them."""
    codes = [item["code"] for name in ("status", "values") for item in lists.items(name)]
    return tuple(_scale_value(value_of(lists, code)) for code in codes)


def _scale_value(value: Value) -> shapes.ScaleValue:
    return shapes.ScaleValue(
        code=value.code, digit=str(value.digit or ""), word=value.word, short=value.short, form=_form(value)
    )


def _form(value: Value) -> shapes.Form:
    forms: dict[str | int, shapes.Form] = {
        1: "circle", 2: "square", 3: "triangle", 4: "diamond", 5: "octagon",
        m.UNKNOWN: "unknown", m.RETURNS: "unknown", m.NOT_REPORTED: "hatched",
    }  # fmt: skip
    return forms.get(value.digit or value.code, "none")


def _member(row: Row, shown: ShownPicture) -> shapes.MatrixMember:
    return shapes.MatrixMember(
        name=shown.words.name(row.organisation),
        cells=tuple(_cell(cell, shown) for cell in row.cells),
        oldest_at=row.oldest_at or None,
        notes=tuple(shown.words.row_notes(row)),
    )


def _cell(cell: Cell, shown: ShownPicture) -> shapes.Cell:
    return shapes.Cell(value=cell.value, marks=shown.words.cell(cell, "").notes)


def _change(change: ShownChange, heading: str) -> shapes.Change:
    return shapes.Change(
        organisation=change.organisation,
        heading=heading,
        activity=change.row,
        before=change.before.code if change.before else "",
        after=change.after.code if change.after else "",
        text=change.text if change.kind in ("added", "removed", "missing") else "",
    )


def _gaps(shown: ShownPicture) -> Iterator[shapes.Gap]:
    """Who has not contributed and why, then what is stale or unconfirmed."""
    for row in shown.live.matrix.gaps:
        text = shown.words.gap(row) or gap_headings().get(row.gap, "")
        yield shapes.Gap(organisation=shown.words.name(row.organisation), text=text, last_at=row.latest_at or None)
    for addition in (m.STALE, m.UNCONFIRMED):
        for row, columns in doubtful(shown.live, addition):
            told = ", ".join(shown.words.column(column) for column in columns)
            text = f"{shown.words.addition_name(addition)}: {told}"
            yield shapes.Gap(organisation=shown.words.name(row.organisation), text=text, last_at=row.oldest_at or None)
