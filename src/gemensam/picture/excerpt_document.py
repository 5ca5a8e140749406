"""An excerpt as it leaves: one document, set as PDF and as plain text.

A public one says time, sender and recipient (R44), and of the inside nothing: no function, no number of an entry, no
name of the space, no heads of the log.
"""

from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.times import full
from gemensam.organisations.domain import organisation
from gemensam.picture.excerpt_shown import ExcerptView, ShownPart, name_of, recipient_of, shown_parts
from gemensam.picture.lists import Lists
from gemensam.picture.pdf import BUSY, TYPES, function_name, further, loud_marks, scale_of
from gemensam.picture.picture_shown import ShownStatement
from gemensam.web import times
from gemensam.web.page import SpacePage


def excerpt_pdf(page: SpacePage, view: ExcerptView) -> bytes:
    """Return the document; raises `Refused`: `document_busy`, `fault`, `not_found` where the text is disposed of."""
    try:
        return render("excerpt", excerpt_document(page, view).as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def excerpt_document(page: SpacePage, view: ExcerptView) -> shapes.ExcerptDocument:
    """Return what is printed of an excerpt; raises `Refused("not_found")`."""
    content, header = view.content, view.entry.header
    if content is None:
        raise Refused("not_found")
    lists = Lists(page.lens.directory, page.state, header.vocabulary)
    public = bool(content["is_public"])
    parts = shown_parts(page.lens.directory, page.state, content, pins=header.vocabulary)
    said = {one.copy["status"] for part in parts for one in part.statements}
    return shapes.ExcerptDocument(
        frame=_frame(page, view, public),
        stated_at=content["stated_at"],
        published_at=header.clock.ms,
        valid_until_at=content["valid_until"],
        sender=sender_of(page, view),
        to=recipient_of(content),
        source=_("Combined picture no. %(number)s") % {"number": content["label"]},
        note=_note(page, view),
        scale=tuple(value for value in scale_of(lists) if value.code in said),
        sections=tuple(_section(part, public) for part in parts),
    )


def sender_of(page: SpacePage, view: ExcerptView) -> str:
    """Return the organisation that answers for an excerpt, by name, and the network."""
    found = organisation(page.lens.directory, view.entry.header.by_organisation)
    name = found.name if found is not None else view.entry.header.by_organisation
    return f"{name}, {settings.GEMENSAM_NETWORK_NAME}"


def _note(page: SpacePage, view: ExcerptView) -> str:
    if not view.withdrawn:
        return ""
    return _("This excerpt has been taken back by its sender.")


def _frame(page: SpacePage, view: ExcerptView, public: bool) -> shapes.Frame:
    content: Any = view.content
    language: Literal["sv", "en"] = "en" if times.language() == "en" else "sv"
    sender, lens = sender_of(page, view), page.lens
    return shapes.Frame(
        title=name_of(content),
        language=language,
        author=sender,
        space=settings.GEMENSAM_NETWORK_NAME if public else page.title,
        printed_at=view.entry.header.clock.ms if public else lens.now,
        printed_by=sender if public else function_name(page, lens.principal.organisation, lens.principal.function),
        circle=recipient_of(content),
        marks=(*loud_marks(page, withdrawn=view.withdrawn), *view.entry.header.marks),
        heads=() if public else tuple(shapes.FeedHead(**head) for head in content["basis"]),
    )


def _section(part: ShownPart, public: bool) -> shapes.Section:
    statements = tuple(_statement(one, public) for one in part.statements)
    return shapes.Section(
        heading=part.title, text=part.text, assessment=part.is_assessment, statements=statements, **further(part),
    )  # fmt: skip


def _statement(one: ShownStatement, public: bool) -> shapes.Statement:
    kind: Any = one.copy["type"] if one.copy["type"] in TYPES else ""
    return shapes.Statement(
        text=one.text,
        organisation=one.organisation,
        stated_at=one.copy["stated_at"],
        type=kind,
        activity=one.lead,
        value=one.copy["status"],
        source="" if public else one.source,
        reference="" if public else one.copy["entry"][:12],
        marks=() if public else one.notes,
    )


def excerpt_text(document: shapes.ExcerptDocument) -> str:
    """Return the same document as plain text, for a web page, e-mail or WIS."""
    at, words = document.stated_at, {one.code: one.word for one in document.scale}
    loud = [_LOUD[mark]() for mark in document.frame.marks if mark in _LOUD]
    quiet = ", ".join(mark for mark in document.frame.marks if mark not in _LOUD)
    head = [
        *(f"*** {mark} ***" for mark in loud),
        document.frame.title.upper(),
        _("Situation at %(time)s") % {"time": full(at, times.language())},
        _("Sender: %(sender)s") % {"sender": document.sender},
        _("To: %(recipient)s") % {"recipient": document.to},
        _("Published %(time)s") % {"time": full(document.published_at, times.language())},
        *([_("Marked: %(marks)s") % {"marks": quiet}] if quiet else []),
        *([document.note] if document.note else []),
    ]
    sections = [_section_text(section, words, at) for section in document.sections]
    return "\n\n".join(["\n".join(head), *sections]) + "\n"


# What a text is, whatever stands in it, stands first.
_LOUD = {
    "demonstration": lambda: _("DEMONSTRATION"),
    "exercise": lambda: _("EXERCISE"),
}


def _section_text(section: shapes.Section, words: dict[str, str], at: int) -> str:
    heading = section.heading.upper() + (f" ({_('assessment by the compiler')})" if section.assessment else "")
    lines = [_statement_text(one, words, at) for one in section.statements]
    parts = [f"{part.heading}: {part.text.strip()}" for part in section.parts]
    compared = _compared_text(section.compared) if section.compared is not None else []
    return "\n".join(part for part in (heading, section.text.strip(), *lines, *parts, *compared) if part)


def _compared_text(found: shapes.SideBySide) -> list[str]:
    """Each thing compared with all that is said of it, one after the other."""
    told = []
    for place, heading in enumerate(found.headings[1:], 1):
        told += [f"{heading}:", *(f"- {row[0]}: {row[place]}" for row in found.rows)]
    return told


def _statement_text(one: shapes.Statement, words: dict[str, str], at: int) -> str:
    value = words.get(one.value, one.value) if one.value else ""
    lead = ": ".join(part for part in (one.activity, value) if part)
    said = ". ".join(part.rstrip(".") for part in (lead, one.text) if part)
    told = ", ".join([one.organisation, times.clock(one.stated_at, at), *one.marks])
    return f"- {said}. ({told})"
