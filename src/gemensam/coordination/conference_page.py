"""One conference as a page: everything on it in words, from the state of its space at the page's moment.

The page of everybody, the secretary's and the wall's are drawn from the same context.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.coordination import labels
from gemensam.coordination.commands import NOTE_DRAFT
from gemensam.coordination.conference_queries import (
    Conference,
    Point,
    acts_on_conference,
    get_speakers,
    may_record,
    may_speak,
    next_after,
    picture_numbers,
    proposal,
)
from gemensam.coordination.decided_page import decided_context
from gemensam.coordination.domain.conferences import CLOSED, OPEN
from gemensam.coordination.domain.roll import Attender
from gemensam.coordination.domain.speakers import Speaker
from gemensam.coordination.minutes_queries import get_minutes
from gemensam.coordination.shown import Speech, told
from gemensam.coordination.view_parts import function_choices, function_groups, organisation_choices, speech_of
from gemensam.core.swedish import sort_key
from gemensam.ledger.drafts import SavedDraft, list_drafts
from gemensam.picture.lists import value_of
from gemensam.web import times
from gemensam.web.page import SpacePage

Context = dict[str, Any]
# What a point of the agenda is written in, and so which part of the page it leads to.
PARTS = {
    "attendance": "roll", "needs": "needs", "agreements": "agreements",
    "follow_up": "follow-up", "next": "next",
}  # fmt: skip


def conference_context(page: SpacePage, shown: Conference, *, wall: bool = False) -> Context:
    """Return what the page is drawn from. `wall`: for a screen that all see, without controls, drafts and lines."""
    speech, lens = speech_of(page), page.lens
    acts = frozenset() if page.readonly or wall else acts_on_conference(lens, shown.thing)
    speaks = not page.readonly and not wall and may_speak(lens)
    records = not page.readonly and not wall and may_record(lens, shown.thing.organisation)
    return {
        **_head(page, shown, speech),
        "acts": {name.partition(".")[2]: True for name in acts},
        "speaks": speaks,
        "records": records,
        "leads": records or bool(acts),
        "wall": wall,
        "place": "",
        "points": _points(page, shown, speech, "conference.point_noted" in acts),
        "next_point": _next_point(shown) if "conference.moved_to" in acts else None,
        **_roll(page, shown, speech, enters=not wall and page.may("report_for_others")),
        **_speakers(page, speech),
        **decided_context(page, shown, speech, own="" if wall else lens.principal.organisation),
        **_onwards(page, shown, calls=not wall and page.may("lead")),
    }


def _head(page: SpacePage, shown: Conference, speech: Speech) -> Context:
    data, terms = shown.data, shown.terms
    roles = [
        {"name": speech.lists.word("conference_roles", held["role"]), "function": speech.function(held["function"])}
        for held in terms.get("roles", ())
    ]
    return {
        "conference": shown,
        "subject": shown.thing.subject,
        "title": told(data) or speech.lists.word("agendas", data.agenda),
        "data": data,
        "status": shown.status,
        "status_words": str(labels.CONFERENCE[shown.status]),
        "ends_at": shown.held.ends_at,
        "owner": speech.organisation(shown.thing.organisation),
        "dial_in": terms.get("dial_in", {}),
        "text": terms.get("text", ""),
        "change_reason": terms.get("reason", ""),
        "end_text": shown.end.get("text") or shown.end.get("reason") or "",
        "roles": roles,
        "current": shown.current,
        "current_title": told(shown.current.about) if shown.current is not None else "",
    }


def _points(page: SpacePage, shown: Conference, speech: Speech, takes_notes: bool) -> list[Context]:
    places = _places(page, shown)
    drafts = _note_drafts(page, shown.thing.subject) if takes_notes else {}
    return [_point(point, shown, speech, places, drafts.get(point.code)) for point in shown.points]


def _places(page: SpacePage, shown: Conference) -> dict[str, str]:
    """Return what stands in the places of the template's lines: numbers of pictures, the next conference."""
    number, previous = picture_numbers(page.state)
    following, proposed = next_after(page.state, shown.thing), proposal(page.lens, page.state)
    at = following.data.starts_at if following is not None else proposed.starts_at if proposed is not None else 0
    day = times.day(at, page.moment.at) if at else "…"
    return {
        "{number}": number, "{previous}": previous, "{next_day}": day[:1].upper() + day[1:],
        "{next_time}": times.clock(at, at) if at else "…",
    }  # fmt: skip


def _point(
    point: Point, shown: Conference, speech: Speech, places: Mapping[str, str], draft: SavedDraft | None
) -> Context:
    def said(name: str) -> str:
        text = told(point.about, name)
        for place, words in places.items():
            text = text.replace(place, words)
        return text

    kept = str(draft.body.get("text", "")) if draft is not None else ""
    # A browser may save the draft once more while it leaves with the note: that is no other text.
    written = draft is not None and kept.strip() != point.text.strip()
    return {
        "point": point,
        "code": point.code,
        "number": point.about["number"],
        "at": _began_at(shown) + point.about["minute"] * times.MINUTE,
        "title": said("title"),
        "leader_line": said("leader_line"),
        "part": "speakers" if point.about["speakers"] else PARTS.get(point.about["writes"], ""),
        "by": speech.function(point.note.function) if point.note is not None else "",
        "field": kept if written else point.text,
        "unsaved": written,
    }


def _began_at(shown: Conference) -> int:
    """When the agenda's minutes count from: when it was opened, until then when it is to begin."""
    return shown.data.opened_at if shown.status in (OPEN, CLOSED) else shown.data.starts_at


def _note_drafts(page: SpacePage, subject: str) -> dict[str, SavedDraft]:
    found = [draft for draft in list_drafts(page.lens, page.space) if draft.purpose == NOTE_DRAFT]
    return {draft.subject.partition("/")[2]: draft for draft in found if draft.subject.startswith(f"{subject}/")}


def _next_point(shown: Conference) -> Context | None:
    codes = [point.code for point in shown.points]
    place = codes.index(shown.data.current) + 1 if shown.data.current in codes else 0
    if place >= len(codes):
        return None
    following = shown.points[place]
    return {"code": following.code, "number": following.about["number"], "title": told(following.about)}


def _roll(page: SpacePage, shown: Conference, speech: Speech, *, enters: bool) -> Context:
    roll, own = shown.roll, page.lens.principal.organisation
    mine = roll.of(own)
    functions = function_choices(page, own)
    here = mine.attendance.functions if mine is not None and mine.status == "present" and mine.attendance else ()
    return {
        "roll": roll,
        "here": _by_name(attender_row(each, speech) for each in (*roll.expected, *roll.others) if each.here),
        "missing": _missing_first(_by_name(attender_row(each, speech) for each in roll.missing)),
        "mine": attender_row(mine, speech) if mine is not None else None,
        "own_name": speech.organisation(own),
        "own_function": page.lens.principal.function,
        "own_function_name": speech.names.function(page.lens.principal.function),
        "own_function_here": page.lens.principal.function in here,
        "own_functions": functions,
        "others": [each for each in organisation_choices(page) if each[0] != own],
        "represented": mine.attendance.also_represents if here and mine is not None and mine.attendance else (),
        "enters": enters,
        "every_function": function_groups(page) if enters else [],
        "vias": speech.lists.choices("via") if enters else [],
    }


def wall_context(page: SpacePage, shown: Conference) -> Context:
    """Return what the wall shows: the part of the page that the point spoken of is about, large, and no controls."""
    context = conference_context(page, shown, wall=True)
    parts = {point["code"]: point["part"] for point in context["points"]}
    return {
        **context,
        "place": "wall/",
        "focus": parts.get(shown.data.current, "") if shown.current is not None else "roll",
        "standing_for": [each for each in context["here"] if each["represents"]],
        "needs_left_count": len(context["needs_left"]),
        "questions_waiting": sum(1 for each in context["questions"] if each["status"] == "asked"),
    }


def _by_name(rows: Iterable[Context]) -> list[Context]:
    """Return rows in Swedish order of the names that are shown."""
    return sorted(rows, key=lambda row: sort_key(row["name"]))


def _missing_first(rows: list[Context]) -> list[Context]:
    """Those who have said nothing first, then those who announced themselves or left."""
    return sorted(rows, key=lambda row: row["status"] != "absent")


def attender_row(attender: Attender, speech: Speech) -> Context:
    """Return one organisation of the roll call in words."""
    said = attender.attendance
    return {
        "attender": attender,
        "organisation": attender.organisation,
        "name": speech.organisation(attender.organisation),
        "status": attender.status,
        "words": str(labels.ATTENDANCE[attender.status]),
        "functions": speech.functions(said.functions) if said is not None else "",
        "represents": speech.organisations(said.also_represents) if said is not None else "",
        "represented_by": speech.organisations(attender.represented_by),
        "via": speech.lists.word("via", said.via, "text") if said is not None and said.via else "",
    }


def _speakers(page: SpacePage, speech: Speech) -> Context:
    found = get_speakers(page.lens, page.space, page.moment)
    return {
        "speakers": [_speaker(each, speech) for each in found.speakers],
        "nothing_to_add": [speech.organisation(each) for each in found.nothing_to_add],
        "silent": [speech.organisation(each) for each in found.silent],
    }


def _speaker(speaker: Speaker, speech: Speech) -> Context:
    return {
        "organisation": speaker.organisation,
        "name": speech.organisation(speaker.organisation),
        "reasons": [str(labels.REASONS[code]) for code in speaker.reasons],
        "rows": [(speech.lists.row(row), value_of(speech.lists, status)) for row, status in speaker.rows[:4]],
        "more": max(0, len(speaker.rows) - 4),
        "needs": speaker.needs,
        "stated_at": speaker.stated_at,
    }


def _onwards(page: SpacePage, shown: Conference, *, calls: bool) -> Context:
    minutes = get_minutes(page.lens, page.space, shown.thing.subject, page.moment)
    versions: list[Mapping[str, Any]] = [
        {"label": minutes.label(each), "at": each.at, "withdrawn": bool(each.withdrawn_at)} for each in minutes.versions
    ]
    following = next_after(page.state, shown.thing)
    return {
        "versions": versions,
        "following": following,
        "following_title": told(following.data) if following is not None else "",
        "proposal": proposal(page.lens, page.state) if calls and following is None else None,
    }
