"""Publishing a combined picture: what is checked and filled in under the append lock (R25–R28; F4, F13, F16). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.kinds import Kind
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation, pinned_vocabulary
from gemensam.picture.domain import items
from gemensam.picture.domain.frames import frame_for, members_of
from gemensam.picture.domain.items import Item
from gemensam.picture.domain.matrix import STALE, Matrix, Row, matrix
from gemensam.picture.domain.own_fields import completed_fields, completed_scenarios, own_words
from gemensam.picture.domain.pictures import (
    PICTURE,
    Change,
    ChosenStatement,
    PicturePublished,
    PictureWithdrawn,
    kept,
    label_of,
    latest_picture,
    picture_extract,
    published,
    series_of,
)  # fmt: skip
from gemensam.picture.domain.places import kommuner
from gemensam.picture.domain.report_rules import decide_reason
from gemensam.picture.domain.reports import IN_FORCE
from gemensam.picture.domain.statements import is_unconfirmed

# From what a sentence can be copied, and in which status it stands.
STANDS = {"report": frozenset(IN_FORCE), "statement": frozenset({"recorded"}), "analysis": frozenset({"answered"})}
HERE = frozenset({"standing", "incident", "exercise", "sub", "outer"})
TEXT_MAX = 10_000
STATEMENTS_MAX = 500
# Room for the matrix beside the texts within the largest payload.
CHARACTERS_MAX = 120_000


def decide_published(decision: Decision) -> Mapping[str, Any]:
    """Complete a picture under the append lock.

    Raises `Refused`: `picture_empty`, `picture_too_long`, `unknown_heading`, `heading_twice`, `stated_in_future`,
    `valid_until_wrong`, and for a chosen statement `statement_not_here`, `statement_moved`.
    `picture_moved`: the latest picture is another than the author saw.
    """
    return completed(decision)


def completed(decision: Decision, *, may_be_empty: bool = False) -> Mapping[str, Any]:
    """Return a picture with what the program fills in; `may_be_empty` for a preview that is not all of it."""
    payload = decision.draft.payload
    _check_times(decision, payload)
    sections = tuple(_sections(decision, payload["sections"]))
    _check_amount(sections, may_be_empty)
    seen = _matrix(decision)
    series = decision.node
    taken = series_of(decision.state, series)  # counted too: a number stays taken when its picture is disposed of
    before = latest_picture(decision.state)
    previous = label_of(decision.state, before) if before else ""
    if payload["previous"] not in ("", previous):
        raise Refused("picture_moved", number=previous)
    rows = [_snapshot_row(decision, row) for row in seen.rows]
    return {
        **payload,
        "sections": list(sections),
        "number": max([len(taken), *(thing.data.number for thing in taken)]) + 1,
        "series": series,
        "previous": previous,
        "columns": list(seen.columns),
        "matrix": rows,
        "reported": seen.reported,
        "total": seen.total,
        "changes": list(_changes(decision, before, sections, rows)),
        "basis": decision.state.basis(),
    }


def _check_times(decision: Decision, payload: Mapping[str, Any]) -> None:
    stated_at = payload["stated_at"]
    if stated_at <= 0 or stated_at > decision.now + AHEAD_LIMIT_MS:
        raise Refused("stated_in_future", stated_at=stated_at)
    for name in ("valid_until", "next_at"):
        if payload[name] is not None and payload[name] <= stated_at:
            raise Refused("valid_until_wrong", stated_at=stated_at)


def _sections(decision: Decision, given: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the sections in the order of the list; what the program makes stands there even without a text."""
    headings = pinned_vocabulary(decision.directory, decision.state, "picture_headings").items
    by_code = {section["code"]: section for section in given}
    if len(by_code) != len(given):
        raise Refused("heading_twice", value=next(code for code in by_code if _count(given, code) > 1))
    if unknown := by_code.keys() - {heading["code"] for heading in headings}:
        raise Refused("unknown_heading", value=min(unknown))
    loaded, names = _load(decision, given), item_names(decision.directory, decision.state)
    for heading in sorted(headings, key=lambda heading: int(heading.get("order", 0))):
        section = by_code.get(heading["code"])
        if section is not None or heading.get("content") == "program":
            yield _section(decision, heading, section or EMPTY_SECTION, loaded, names)


def _count(given: Sequence[Mapping[str, Any]], code: str) -> int:
    return sum(section["code"] == code for section in given)


EMPTY_SECTION: Mapping[str, Any] = {"text": "", "statements": (), "fields": (), "scenarios": ()}


def _section(
    decision: Decision, heading: Mapping[str, Any], given: Mapping[str, Any],
    loaded: Mapping[str, Mapping[str, Any] | None], names: Mapping[str, str],
) -> Mapping[str, Any]:  # fmt: skip
    return {
        "code": heading["code"],
        "title": heading["name"],
        "title_en": heading.get("name_en", ""),
        "content": heading.get("content", ""),
        "text": given["text"],
        "statements": [_copied(decision, chosen, loaded, names) for chosen in given["statements"]],
        "fields": completed_fields(decision, heading, given["fields"]),
        "scenarios": completed_scenarios(decision, heading, given["scenarios"]),
    }


def _load(decision: Decision, given: Sequence[Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any] | None]:
    chosen = [chosen for section in given for chosen in section["statements"]]
    if len(chosen) > STATEMENTS_MAX:
        raise Refused("picture_too_long", limit=STATEMENTS_MAX)
    return decision.load([_content(decision, one) for one in chosen])


def _content(decision: Decision, chosen: Mapping[str, Any]) -> str:
    """Return the digest of a chosen entry, that it is in force in this very space (F4), and what the author saw."""
    thing = decision.state.thing(chosen["subject"])
    if thing is None or thing.type not in STANDS:
        raise Refused("statement_not_here")
    content = str(thing.data.content)
    own = thing.type == "statement" and thing.organisation == decision.organisation
    if chosen["entry"] != content and not (own and chosen["entry"] == ""):
        raise Refused("statement_moved", organisation=thing.organisation)
    if thing.status not in STANDS[thing.type]:
        raise Refused("statement_moved", organisation=thing.organisation)
    return content


def _copied(
    decision: Decision, chosen: Mapping[str, Any], loaded: Mapping[str, Mapping[str, Any] | None],
    names: Mapping[str, str],
) -> Mapping[str, Any]:  # fmt: skip
    content = _content(decision, chosen)
    payload, thing = loaded.get(content), decision.state.thing(chosen["subject"])
    if payload is None or thing is None:
        raise Refused("statement_not_here")
    item = item_named(thing, payload, chosen["part"], names)
    if item is None:
        raise Refused("statement_not_here")
    return asdict(copy_of(thing, item))


def item_named(thing: Thing, payload: Mapping[str, Any], part: str, names: Mapping[str, str]) -> Item | None:
    """Return the named sentence of a report or statement, or None; `names` of key figures and kommuner, by code."""
    found = items.READ[thing.type](payload, names)
    return next((item for item in found if item.part == part), None)


def item_names(directory: SpaceState, state: SpaceState) -> Mapping[str, str]:
    """Return the names of kommuner and key figures by code, and the questions of the analysis by `answer:` and code."""
    figures = {item["code"]: item["name"] for item in _items(directory, state, "figures")}
    questions = {
        f"{items.ANSWER}:{item['code']}": item["name"] for item in _items(directory, state, "analysis_questions")
    }
    return {**kommuner(directory), **figures, **questions}


def _items(directory: SpaceState, state: SpaceState, code: str) -> Sequence[Mapping[str, Any]]:
    try:
        return pinned_vocabulary(directory, state, code).items
    except Refused:
        return ()


def copy_of(thing: Thing, item: Item) -> ChosenStatement:
    """Return a sentence as a picture keeps it: with its member, entry and times."""
    data, report = thing.data, thing.type == "report"
    unconfirmed = is_unconfirmed(thing) if thing.type == "statement" else item.unconfirmed
    return ChosenStatement(
        subject=thing.subject,
        entry=data.content,
        organisation=thing.organisation,
        by_organisation=data.by_organisation if report else thing.organisation,
        via=data.relayed_via if report else data.via,
        unconfirmed=unconfirmed,
        entered_for=thing.status == "unconfirmed",
        confirmed_at=data.stated_at if report and data.quick == "unchanged" else 0,
        reported_at=data.clock.ms,
        **{name: value for name, value in item._asdict().items() if name != "unconfirmed"},
    )


def _check_amount(sections: Sequence[Mapping[str, Any]], may_be_empty: bool) -> None:
    written = 0
    for section in sections:
        if len(section["text"]) > TEXT_MAX:
            raise Refused("picture_too_long", limit=TEXT_MAX)
        written += sum(map(len, own_words(section)))
        written += sum(len(one["text"]) + sum(map(len, one["extra"])) for one in section["statements"])
    if written > CHARACTERS_MAX:
        raise Refused("picture_too_long", limit=CHARACTERS_MAX)
    if not may_be_empty and not any(own_words(section) or section["statements"] for section in sections):
        raise Refused("picture_empty")


def _matrix(decision: Decision) -> Matrix:
    """The matrix as every reader of the space sees it now."""
    frame = frame_for(decision.directory, decision.state)
    who = members_of(decision.directory, decision.space)
    return matrix(decision.state, who, frame, Moment(decision.now))


def _snapshot_row(decision: Decision, row: Row) -> Mapping[str, Any]:
    found = organisation(decision.directory, row.organisation)
    cells = [
        {"row": cell.row, "value": cell.value, "at": cell.as_of, "additions": [added.code for added in cell.additions]}
        for cell in row.cells
    ]
    names = ("latest_at", "oldest_at", "needs", "overdue_at", "gap", "gap_at", "gap_of")
    return {
        "organisation": row.organisation,
        "name": found.short if found else row.organisation,
        "cells": cells,
        **{name: getattr(row, name) for name in names},
    }


def _changes(
    decision: Decision, before: Thing | None, sections: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """What differs from the previous picture; nothing for the first, or when its text has been disposed of."""
    earlier = decision.load([before.data.content]).get(before.data.content) if before is not None else None
    if earlier is None:
        return
    old_rows = {row["organisation"]: row for row in earlier["matrix"]}
    changes = [change for row in rows for change in row_changes(old_rows.get(row["organisation"]), row)]
    changes += statement_changes(earlier["sections"], sections)
    yield from (asdict(change) for change in changes)


def row_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what has changed in a member's row between two pictures."""
    who = after["organisation"]
    gap_before = before["gap"] if before else "not_asked"
    if gap_before and not after["gap"]:
        yield Change("reported", who)
    if after["gap"] and not gap_before:
        yield Change("missing", who, after=after["gap"])
    old = {cell["row"]: cell for cell in before["cells"]} if before else {}
    for cell in after["cells"]:
        was = old.get(cell["row"])
        if was is not None and was["value"] != cell["value"]:
            yield Change("status", who, cell["row"], was["value"], cell["value"])
        elif STALE in cell["additions"] and (was is None or STALE not in was["additions"]):
            yield Change("stale", who, cell["row"], after=cell["value"])


def statement_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    """Yield statements that are new or gone; one that was only confirmed again is neither."""
    old, new = _sentences(before), _sentences(after)
    for key, one in new.items():
        if key not in old:
            yield Change("added", one["organisation"], one["row"], after=one["status"], text=one["text"])
    for key, one in old.items():
        if key not in new:
            yield Change("removed", one["organisation"], one["row"], before=one["status"], text=one["text"])


def _sentences(sections: Sequence[Mapping[str, Any]]) -> dict[tuple[object, ...], Mapping[str, Any]]:
    return {
        (one["organisation"], one["kind"], one["row"], one["status"], one["text"], tuple(one["extra"])): one
        for section in sections
        for one in section["statements"]
    }


def picture_text(payload: Mapping[str, Any]) -> str:
    """Return what the full-text search finds in a picture."""
    parts = [text for section in payload["sections"] for text in own_words(section)]
    parts += [one["text"] for section in payload["sections"] for one in section["statements"]]
    return "\n".join(part for part in parts if part)


KINDS = (
    Kind("picture.published", 1, PICTURE, PicturePublished, "publish_picture", published,
         spaces=HERE, decide=decide_published, text=picture_text, extract=picture_extract, publishes=True),
    Kind("picture.withdrawn", 1, PICTURE, PictureWithdrawn, "publish_picture", kept,
         spaces=HERE, decide=decide_reason, text=lambda payload: str(payload["reason"]), folds_payload=False),
)  # fmt: skip
TYPES = (PICTURE,)
