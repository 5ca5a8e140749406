"""The målbild with its milestones as an accessible document: the latest version's text, then the milestones."""

from collections.abc import Iterator
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.objectives.domain.difference import numbered
from gemensam.objectives.plan_queries import MilestoneShown, list_milestones, list_of, text_of
from gemensam.objectives.queries import VersionShown, get_version_for, list_versions_for
from gemensam.objectives.shown import Words
from gemensam.web import times
from gemensam.web.page import SpacePage

BUSY = frozenset({"busy", "timeout", "memory", "too_large"})


def objectives_pdf(page: SpacePage, words: Words) -> bytes:
    """Return the document; raises `Refused`: `document_busy`, `fault`."""
    title = f"{_('Joint vision')} {page.title}"
    sheets = (*_text_sheets(page, words), *_milestone_sheets(page, words))
    if not sheets:
        sheets = (shapes.PaperSheet(title=_("Milestones"), text=_("Nothing has been entered for this period yet.")),)
    return made(shapes.BinderDocument(frame=frame(page, words, title), sheets=sheets))


def version_pdf(page: SpacePage, words: Words, version: VersionShown) -> bytes:
    """Return one version of the text as a document; raises `Refused`: `document_busy`, `fault`."""
    return made(
        shapes.BinderDocument(frame=frame(page, words, version.title), sheets=tuple(_sheets_of(version, words)))
    )


def made(document: shapes.BinderDocument) -> bytes:
    """Return a document; raises `Refused`: `document_busy`, `fault`."""
    try:
        return render("binder", document.as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def frame(page: SpacePage, words: Words, title: str) -> shapes.Frame:
    """Return what the document says of itself, with the heads of the feeds that it was made from."""
    language: Literal["sv", "en"] = "en" if (get_language() or "sv").startswith("en") else "sv"
    lens = page.lens
    who = f"{words.organisation(lens.principal.organisation)} – {words.speech.names.function(lens.principal.function)}"
    return shapes.Frame(
        title=title,
        language=language,
        author=settings.GEMENSAM_NETWORK_NAME,
        space=page.title,
        printed_at=lens.now,
        printed_by=who,
        circle=_("%(n)s organisations") % {"n": len(lens.readers(page.space).organisations)},
        moment=times.exact(page.moment.at) if page.historical else "",
        marks=("demonstration",) if settings.GEMENSAM_DEMO else (),
        heads=tuple(shapes.FeedHead(**head) for head in page.state.basis()),  # type: ignore[arg-type]
    )


def _text_sheets(page: SpacePage, words: Words) -> Iterator[shapes.PaperSheet]:
    holding = (each for each in list_versions_for(page.lens, page.space, page.moment) if each.holds)
    latest = next(holding, None)
    if latest is not None:
        yield from _sheets_of(get_version_for(page.lens, page.space, latest.subject, page.moment), words)


def _sheets_of(version: VersionShown, words: Words) -> Iterator[shapes.PaperSheet]:
    """A sheet for each part of the text, its paragraphs with their numbers."""
    places = numbered(version.sections)
    kind = words.lists.word("vision_versions", version.kind)
    of_version = f"{kind}, {pgettext('version', 'no.')} {version.number}"
    for item in words.lists.items("vision_parts"):
        lines = []
        for section in version.sections:
            if section.part == item["code"]:
                lines.append(f"{places[section.code]}  {section.heading.upper()}")
                lines += [f"{places[one.code]}  {one.text}" for one in section.paragraphs]
        if lines:
            title = words.lists.word("vision_parts", item["code"])
            yield shapes.PaperSheet(title=f"{title} ({of_version})", text="\n\n".join(lines), landscape=False)


def _milestone_sheets(page: SpacePage, words: Words) -> Iterator[shapes.PaperSheet]:
    found = list_milestones(page.lens, page.space, page.moment)
    heads = [(_("Number"), 1), (_("Milestone"), 5), (_("Level that owns it"), 2), (_("To be reached by"), 2),
             (_("What counts as evidence"), 4), (pgettext("objectives", "Reached"), 2)]  # fmt: skip
    columns = tuple(shapes.Column(heading=heading, weight=weight) for heading, weight in heads)
    tables = []
    for area in list_of(page.state, "areas", page.moment):
        rows = tuple(_row(each, page, words) for each in found if each.data.area == area.subject)
        if rows:
            tables.append(shapes.PaperTable(heading=area.data.title, columns=columns, rows=rows))
    if tables:
        yield shapes.PaperSheet(title=_("Milestones"), text="", landscape=True, tables=tuple(tables))


def _row(each: MilestoneShown, page: SpacePage, words: Words) -> tuple[str, ...]:
    data, text = each.data, text_of(page.lens, page.space, each.thing)
    late = f" ({_('overdue')})" if each.stands.overdue else ""
    told = f"{data.title}\n{text.get('text', '')}".strip()
    return (
        data.label, told, words.lists.word("levels", data.level), data.due, text.get("evidence", ""),
        f"{each.stands.reached}/{each.stands.asked}{late}",
    )  # fmt: skip
