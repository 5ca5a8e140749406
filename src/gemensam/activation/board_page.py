"""The board of a larm: a line for each member, the share that has acknowledged, and the clocks, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from gemensam.activation import labels
from gemensam.activation.domain.alert_settings import setting
from gemensam.activation.domain.board import UNREACHED, Line
from gemensam.activation.domain.larms import Answer
from gemensam.activation.domain.targets import ALL
from gemensam.activation.queries import LarmShown
from gemensam.activation.shown import Row, conference_clock
from gemensam.activation.tried import Tried, number_to_ring, reads_rosters, rosters_of, tried_of, way_rows
from gemensam.activation.words import Speech
from gemensam.core.swedish import sort_key
from gemensam.ledger.log import disposals
from gemensam.rosters.domain.reading import call_list
from gemensam.web import times
from gemensam.web.page import SpacePage

DRAWN_EVERY_MS = 5_000

# Those that somebody must do something about stand first.
_ORDER = {"unreached": 0, "handed_on": 1, "waiting": 2, "told": 3, "acknowledged": 4}


def board_key(page: SpacePage, shown: LarmShown) -> tuple[object, ...]:
    """Everything that a drawn board depends on; of the reader that is the language, and whether it reads the rosters.

    So what a reader may do is not in it, and one drawing serves a whole circle.
    """
    gone = disposals(page.lens.state(page.space))
    tick = page.moment.at // DRAWN_EVERY_MS if shown.is_active else page.moment.at // times.MINUTE
    stands = (shown.thing.subject, shown.status, page.state.position, page.lens.directory.position, gone)
    return ("larm_board", page.space, *stands, _rosters_key(page), get_language(), page.query, tick)


def _rosters_key(page: SpacePage) -> object:
    """What a board takes from the rosters, for who may read them: numbers to ring, as they are now.

    The clock of a board of the past stands still, so that it does not come to be drawn anew by itself.
    """
    if not page.historical:
        return reads_rosters(page.lens)
    rosters = rosters_of(page.lens)
    return rosters is not None and (rosters.position, disposals(rosters))


def board_context(page: SpacePage, shown: LarmShown, speech: Speech) -> dict[str, Any]:
    """What the board shows; nothing of it is the reader's own, so that it is drawn once for all who may read it."""
    stands = shown.board
    tried = tried_of(shown.thing, page.moment.at)
    lines = [line_row(page, shown, each, speech, tried) for each in stands.lines]
    lines.sort(key=lambda row: (_ORDER[row["status"]], sort_key(row["name"])))
    return {
        "larm": shown, "board": stands, "lines": lines, "status_words": labels.LARM[shown.status],
        "percent": stands.percent, "target_percent": shown.data.pace.target_percent,
        "target_min": shown.data.pace.target // 60_000,
        "minutes_to_target": _minutes(shown, stands.target_at) if stands.target_at else None,
        "unreached": [row for row in lines if row["status"] == UNREACHED],
        "counts": [(labels.LINE[status], stands.count(status)) for status in _ORDER if stands.count(status)],
        "conference": conference_clock(page, setting(page.lens.directory, "first_conference_min")),
        **content_of(page, shown),
    }  # fmt: skip


def _minutes(shown: LarmShown, at: int) -> int:
    return max(0, at - shown.data.sent_at) // 60_000


def content_of(page: SpacePage, shown: LarmShown) -> dict[str, Any]:
    """What the larm said, from its text; empty where that has gone."""
    told = page.lens.payloads(page.space, [shown.data.content]).get(shown.data.content) or {}
    fields = told.get("fields") or {}
    return {
        "words": fields.get("handelse", ""), "fields": fields, "mark": shown.data.mark,
        "to": for_whom(told.get("target") or {}, Speech(page.lens.directory, page.state)),
    }  # fmt: skip


def for_whom(target: Mapping[str, Any], speech: Speech) -> str:
    """Return whom a larm is for in words: *Medlemmar inom ett område: Avspärrat (Nacka)*; empty for all members."""
    kind, codes = target.get("kind", ALL), target.get("codes") or ()
    if kind == ALL:
        return ""
    words = {
        "level": lambda code: speech.word("levels", code), "group": lambda code: speech.word("municipal_groups", code),
        "area": speech.kommun, "chosen": speech.organisation,
    }.get(kind, str)  # fmt: skip
    told = ", ".join(words(code) for code in codes)
    named = f"{target['name']} ({told})" if target.get("name") else told
    return f"{labels.TARGET.get(kind, kind)}: {named}"


def line_row(page: SpacePage, shown: LarmShown, line: Line, speech: Speech, tried: Tried) -> Row:
    """One member: who, when, how; what is tried now and next; where to ring when nobody is reached."""
    answer, course = line.answer, line.course
    trying = course.steps[-1] if course.steps and line.status not in ("acknowledged", "told") else None
    return {
        "organisation": line.organisation, "name": speech.organisation(line.organisation), "status": line.status,
        "status_words": labels.LINE[line.status], "at": line.acknowledged_at,
        "who": speech.function(answer.function) if answer else "", "answer": _words(shown, answer, speech),
        "via": speech.word("answer_ways", answer.via) if answer else "", "answered_at": answer.at if answer else 0,
        "by": _by(line.organisation, answer, speech), "from_at": answer.from_at if answer else 0,
        "takes_part": line.takes_part, "trying": speech.function(trying.function) if trying else "",
        "trying_at": trying.at if trying else 0, "next": speech.function(course.next_function),
        "next_at": course.next_at if shown.is_active else 0,
        "tried": [
            (speech.function(step.function), step.at, way_rows(tried, line.organisation, step.function))
            for step in course.steps
        ],
        "reserve": _reserve(page, line.organisation, speech) if line.status == UNREACHED else "",
        "number": number_to_ring(page, shown.thing, line.organisation) if line.status == UNREACHED else "",
    }  # fmt: skip


def _words(shown: LarmShown, answer: Answer | None, speech: Speech) -> str:
    if answer is None:
        return ""
    if answer.acknowledges and not shown.data.names_conference:
        return str(labels.LINE["acknowledged"])
    return speech.word("alert_answers", answer.code)


def _by(organisation: str, answer: Answer | None, speech: Speech) -> str:
    """Who entered it, where another organisation did."""
    other = answer.by_organisation if answer is not None else organisation
    return speech.organisation(other) if other != organisation else ""


def _reserve(page: SpacePage, member: str, speech: Speech) -> str:
    """The last resort of a member's list: whom to ring who can reach it."""
    rosters = rosters_of(page.lens) or page.lens.directory
    organisation, text = call_list(page.lens.directory, rosters, member).reserve
    name = speech.organisation(organisation) if organisation else ""
    return ": ".join(dict.fromkeys(part for part in (name, text) if part))
