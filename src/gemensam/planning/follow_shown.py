"""Follow-ups in words: rows, answers side by side, the table and the printed report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.coordination.shown import Speech, told
from gemensam.core.swedish import sort_key
from gemensam.documents.shapes import Column, FeedHead, Frame, TableDocument
from gemensam.planning.domain.follow_ups import CHOICE, TEMPLATES
from gemensam.planning.follow_queries import FollowUpShown
from gemensam.web import times

Row = dict[str, Any]
Table = tuple[list[str], list[Sequence[object]]]


def follow_row(shown: FollowUpShown, speech: Speech, at: int) -> Row:
    """Return a follow-up as it is drawn; `at`: the instant that lateness is judged at (ms UTC)."""
    text = shown.text
    return {
        "subject": shown.subject, "title": text.get("title", ""), "about": text.get("about", ""), "text": text,
        "year": shown.data.year, "who": speech.organisation(shown.thing.organisation), "due_at": shown.due_at,
        "template": speech.lists.word(TEMPLATES, shown.data.template) if shown.data.template else "",
        "answered": len(shown.recipients) - len(shown.missing), "asked": len(shown.recipients),
        "missing": [speech.organisation(each) for each in in_order(shown.missing, speech)],
        "is_closed": shown.is_closed, "is_late": not shown.is_closed and bool(shown.missing) and shown.due_at < at,
        "versions": len(shown.data.versions), "acts": {kind.partition(".")[2]: True for kind in shown.acts},
    }  # fmt: skip


def in_order(organisations: Sequence[str], speech: Speech) -> list[str]:
    """Return organisations in Swedish order of their short names."""
    return sorted(organisations, key=lambda each: sort_key(speech.organisation(each)))


def value_words(question: Mapping[str, Any], value: str) -> str:
    """Return an answer in words: a choice by its text."""
    if question["kind"] != CHOICE:
        return value
    return next((told(each, "text") for each in question["choices"] if each["code"] == value), value)


def answer_rows(shown: FollowUpShown, answers: Mapping[str, Mapping[str, Any]], speech: Speech) -> list[Row]:
    """Return every member that was asked or has answered, with its answers in the order of the questions."""
    questions = shown.text.get("questions", ())
    named = in_order(tuple({*shown.recipients, *shown.answered}), speech)
    return [
        {
            "organisation": each, "name": speech.organisation(each), "is_answered": each in shown.answered,
            "at": shown.answered[each].at if each in shown.answered else 0,
            "values": _values(questions, answers.get(each, {})), "note": answers.get(each, {}).get("note", ""),
        }
        for each in named
    ]  # fmt: skip


def with_questions(questions: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> list[Row]:
    """Return the rows with each answer beside its question, for pages."""
    texts = [told(each, "text") for each in questions]
    return [{**row, "pairs": list(zip(texts, row["values"], strict=True))} for row in rows]


def _values(questions: Sequence[Mapping[str, Any]], payload: Mapping[str, Any]) -> list[str]:
    given = {each["code"]: each["value"] for each in payload.get("answers", ())}
    return [value_words(question, given.get(question["code"], "")) for question in questions]


def counts(shown: FollowUpShown, answers: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Return, for each question with choices, how many chose each."""
    found = []
    for question in shown.text.get("questions", ()):
        if question["kind"] == CHOICE:
            given = [each["value"] for one in answers.values() for each in one.get("answers", ())
                     if each["code"] == question["code"]]  # fmt: skip
            chosen = [(told(each, "text"), given.count(each["code"])) for each in question["choices"]]
            found.append({"text": told(question, "text"), "chosen": chosen})
    return found


def answer_table(shown: FollowUpShown, rows: Sequence[Row]) -> Table:
    """Return head and lines: one line for each member."""
    questions = [told(each, "text") for each in shown.text.get("questions", ())]
    head = [_("Organisation"), pgettext("table", "Answered"), *questions, _("Anything else")]
    lines: list[Sequence[object]] = [
        (row["name"], times.iso(row["at"]) if row["is_answered"] else "", *row["values"], row["note"]) for row in rows
    ]
    return head, lines


def report_rows(content: Mapping[str, Any]) -> list[Row]:
    """Return the answers that a published report holds, in Swedish order."""
    questions = content["questions"]
    rows = [
        {"name": each["name"], "at": each["answered_at"], "values": _values(questions, each), "note": each["note"],
         "digest": each["digest"]}
        for each in content["answers"]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: sort_key(row["name"]))


def report_document(content: Mapping[str, Any], frame: Frame) -> TableDocument:
    """Return a published report for print: its text, and the answers as a table."""
    rows = report_rows(content)
    questions = [told(each, "text") for each in content["questions"]]
    answered = sum(bool(row["digest"]) for row in rows)
    came = ngettext("%(n)s of %(of)s has answered.", "%(n)s of %(of)s have answered.", answered)
    parts = [
        f"{content['about']} · {content['year']}", came % {"n": answered, "of": len(rows)}, content["summary"],
        f"{_('What is proposed')}: {content['proposals']}" if content["proposals"] else "",
        f"{_('Why a new version?')} {content['reason']}" if content["reason"] else "",
    ]  # fmt: skip
    return TableDocument(
        frame=frame, columns=(Column(heading=_("Organisation"), weight=2), *(Column(heading=each, weight=3)
                                                                             for each in questions)),
        rows=tuple((row["name"], *(_printed(row, value) for value in row["values"])) for row in rows),
        summary="\n\n".join(part for part in parts if part), counted=False,
        note="\n".join(f"{row['name']}: {row['note']}" for row in rows if row["note"]),
    )  # fmt: skip


def _printed(row: Row, value: str) -> str:
    return value if row["digest"] else _("not answered")


def heads_of(content: Mapping[str, Any]) -> tuple[FeedHead, ...]:
    """Return the feeds that a report was made from."""
    return tuple(FeedHead(**head) for head in content["basis"])
