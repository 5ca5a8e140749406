"""Rows of members, synpunkter and changes in words, for pages and tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gemensam.consultation import labels
from gemensam.consultation.domain.board import Standing
from gemensam.consultation.domain.texts import Change
from gemensam.consultation.domain.timing import Warned
from gemensam.consultation.queries import ViewShown
from gemensam.consultation.view_parts import Row, Speech
from gemensam.organisations.names import in_language

COLOURS = {"answered": "success", "awaits": "accent", "waiting": "", "overdue": "warning"}


def member_row(each: Standing, speech: Speech, content: Mapping[str, Any] | None = None) -> Row:
    """Return where a member is, in words; `content`: of its answer, for how it was decided."""
    answer, told = each.answer, content or {}
    return {
        "member": each.member, "name": speech.organisation(each.member), "state": each.state,
        "state_word": str(labels.STANDINGS[each.state]), "colour": COLOURS[each.state],
        "answer": speech.answer(answer.code) if answer is not None else "", "code": answer.code if answer else "",
        "at": answer.at if answer is not None else None, "how": how(answer, speech), "late": each.late,
        "earlier": len(each.earlier), "files": answer.files if answer is not None else 0,
        "has_text": answer is not None and (answer.has_text or answer.files > 0),
        "body": told.get("body", ""), "decided_on": told.get("decided_on", ""), "diary": told.get("diary", ""),
        "reason": told.get("reason", ""),
    }  # fmt: skip


def how(answer: Any, speech: Speech) -> str:
    """Return how an answer came in: in the program, by link, or a document entered by whom."""
    if answer is None:
        return ""
    if answer.via == "lank":
        return speech.via(answer.via)
    if answer.by == answer.organisation:
        return _("in the program")
    return _("%(via)s, entered by %(who)s") % {"via": speech.via(answer.via), "who": speech.short(answer.by)}


def warning_rows(found: Iterable[Warned], speech: Speech) -> list[Row]:
    """Return warnings in the list's words, with the members by name."""
    rows = []
    for each in found:
        item = speech.lists.item("remiss_warnings", each.code)
        text = in_language(item, "text")
        for name, value in each.facts:
            text = text.replace("{" + name + "}", str(value))
        rows.append({"code": each.code, "text": text, "names": speech.names(each.members)})
    return rows


def view_row(each: ViewShown, speech: Speech) -> Row:
    """Return a synpunkt with its place and its bemötande."""
    thing, content, response = each.thing, each.content, each.response
    return {
        "subject": thing.subject, "organisation": thing.organisation, "name": speech.short(thing.organisation),
        "paragraph": thing.data.paragraph, "kind": speech.lists.word("view_kinds", thing.data.kind),
        "code": thing.data.kind, "quote": content.get("quote", ""), "note": content.get("note", ""),
        "place": place_words(content), "outcome": response.data.outcome if response is not None else "",
        "outcome_word": speech.lists.word("view_responses", response.data.outcome) if response is not None else "",
        "response": each.response_text, "response_subject": response.subject if response is not None else "",
        "moved": each.moved,
    }  # fmt: skip


def place_words(content: Mapping[str, Any]) -> str:
    """Return where a quote stands: the page where there is one, and the line."""
    line = content.get("line_from", 0) or content.get("line", 0)
    if not line:
        return ""
    if content.get("page"):
        return _("page %(page)s, line %(line)s") % {"page": content["page"], "line": line}
    return _("line %(line)s") % {"line": line}


def by_section(sections: Sequence[Mapping[str, Any]], rows: Iterable[Row]) -> list[Row]:
    """Return the sections that have synpunkter, paragraph by paragraph, and last those about none."""
    told = list(rows)
    titles = {each["code"]: section for section in sections for each in section["paragraphs"]}
    groups: dict[str, Row] = {}
    for row in told:
        section = titles.get(row["paragraph"])
        key = section["code"] if section is not None else ""
        title = f"{section['code']} {section['title']}".strip() if section is not None else _("Other views")
        groups.setdefault(key, {"code": key, "title": title, "views": []})["views"].append(row)
    order = {section["code"]: place for place, section in enumerate(sections)}
    return sorted(groups.values(), key=lambda each: order.get(each["code"], len(order)))


def change_row(each: Change) -> Row:
    """Return a paragraph's change in words and parts."""
    return {**each._asdict(), "word": str(labels.CHANGES[each.kind])}
