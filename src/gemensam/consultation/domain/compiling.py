"""What a remissammanställning copies from the state. The same draws the draft and fills the version under the lock."""

from collections.abc import Mapping, Sequence
from typing import Any

from gemensam.consultation.domain import texts
from gemensam.consultation.domain.board import Standing, standings
from gemensam.consultation.domain.remisses import RemissData
from gemensam.consultation.domain.responses import met
from gemensam.consultation.domain.rules import item
from gemensam.coordination.domain.copying import Source
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing

Copy = dict[str, Any]
Texts = Mapping[str, Mapping[str, Any] | None]
SAME = "same"


def compile_remiss(source: Source, remiss: Thing) -> Copy:
    """Return the fields of `SummaryPublished` that the program fills in."""
    data: RemissData = remiss.data
    views = views_of(source, remiss.subject)
    responses = met(source.state, remiss.subject)
    loaded = source.load(_wanted(data, views, responses))
    sections = (loaded.get(data.content) or {}).get("sections", ())
    return {
        "title": data.title, "number": data.number, "sent_at": data.sent_at, "deadline_at": data.deadline_at,
        "members": [_member(source, each, loaded) for each in standings(data, source.now)],
        "sections": [_section(each) for each in sections],
        "views": [_view(source, each, responses.get(each.subject), loaded) for each in views],
        "changes": [_change(each) for each in changes_of(data, loaded) if each.kind != SAME],
        "revised": bool(data.revision),
    }  # fmt: skip


def views_of(source: Source, remiss: str) -> tuple[Thing, ...]:
    """Return the synpunkter that stand, in the order in which they were marked."""
    return tuple(each for each in source.state.group("views", remiss) if each.status == "marked")


def changes_of(data: RemissData, loaded: Texts) -> tuple[texts.Change, ...]:
    """Return every paragraph before and after; none where there is no text after the remiss."""
    before, after = loaded.get(data.content), loaded.get(data.revision)
    return texts.compare(before["sections"], after["sections"]) if before and after else ()


def _wanted(data: RemissData, views: Sequence[Thing], responses: Mapping[str, Thing]) -> list[str]:
    own = [data.content, *([data.revision] if data.revision else []), *(each.digest for each in data.answers)]
    return [*own, *(each.data.content for each in views), *(each.data.content for each in responses.values())]


def _member(source: Source, row: Standing, loaded: Texts) -> Copy:
    copied: Copy = {"organisation": row.member, "name": source.name(row.member), "state": row.state, "late": row.late}
    if row.answer is None:
        return copied
    said, word = loaded.get(row.answer.digest) or {}, _word(source, "remiss_answers", row.answer.code)
    told = {name: said.get(name, "") for name in ("reason", "body", "decided_on", "diary")}
    return {
        **copied, **told, "answer": row.answer.code, "word": word[0], "word_en": word[1], "at": row.answer.at,
        "via": row.answer.via, "awaits": row.answer.awaits, "has_text": row.answer.has_text,
        "files": list(said.get("files", ())), "digest": row.answer.digest,
    }  # fmt: skip


def _section(each: Mapping[str, Any]) -> Copy:
    return {
        "code": each["code"],
        "title": each["title"],
        "paragraphs": [paragraph["code"] for paragraph in each["paragraphs"]],
    }


def _view(source: Source, view: Thing, response: Thing | None, loaded: Texts) -> Copy:
    said, word = loaded.get(view.data.content) or {}, _word(source, "view_kinds", view.data.kind)
    copied: Copy = {
        "organisation": view.organisation, "name": source.name(view.organisation), "paragraph": view.data.paragraph,
        "kind": view.data.kind, "word": word[0], "word_en": word[1], "quote": said.get("quote", ""),
        "note": said.get("note", ""), "page": said.get("page", 0), "line": said.get("line_from", 0),
        "digest": view.data.content,
    }  # fmt: skip
    if response is None:
        return copied
    outcome = _word(source, "view_responses", response.data.outcome)
    return {
        **copied, "outcome": response.data.outcome, "outcome_word": outcome[0], "outcome_word_en": outcome[1],
        "response": (loaded.get(response.data.content) or {}).get("text", ""), "response_digest": response.data.content,
    }  # fmt: skip


def _change(each: texts.Change) -> Copy:
    return {name: getattr(each, name) for name in ("kind", "code", "section", "before", "after")}


def _word(source: Source, code: str, value: str) -> tuple[str, str]:
    try:
        found = item(source.directory, code, value, "no_such_item")
    except Refused:
        return value, value
    return str(found["name"]), str(found.get("name_en") or found["name"])
