"""A played scenario as it stands in its file: what functions do, in order. Pure; see `SCENARIOS.md`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from gemensam.demo.moments import local_instant

COMMON = frozenset({"actor", "act", "at", "after_s", "days_ago", "minute", "ref", "fact"})
REPORT = frozenset(
    {
        "organisation", "template", "stated_min_ago", "summary", "events", "cells", "rest", "people", "needs", "offers",
        "done", "planned", "forecast", "coordination", "communication", "via", "coming", "monitoring", "follow_up",
        "nothing",
    }
)  # fmt: skip
# For each act: the fields that it must have, and those that it may have.
FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(needed.split()), frozenset(allowed.split()) if isinstance(allowed, str) else allowed)
    for name, needed, allowed in (
        ("open_incident", "title type cadence", "level text"),
        ("make_request", "template purpose to text", "deadline_min due"),
        ("report", "organisation template stated_min_ago summary", REPORT),
        ("unchanged", "", "text"),
        ("no_impact", "", "text"),
        ("defer", "minutes answers", "text"),
        ("correct_report", "reason cells", ""),
        ("withdraw_report", "reason", ""),
        ("statement", "text type source", "source_name unconfirmed row concerns status kommuner point stated_min_ago"),
        ("contact", "about state", "via since_min_ago note"),
        ("draw", "shape label corners", "note valid_min"),
        ("call_conference", "agenda text roles", "in_min weekday time week level series cadence"),
        ("open_conference", "conference", "text"),
        ("attend", "functions", "conference represents via"),
        ("raise_need", "what urgency", "conference amount place kommuner point when organisation via"),
        ("offer", "need text", ""),
        ("ask_question", "text to", "conference"),
        ("share_question", "question", ""),
        ("answer_question", "question text", ""),
        ("record_agreement", "conference text undertakes", "due_min due_days follow_up_min follow_up_days"),
        ("confirm_undertaking", "agreement", ""),
        ("note_point", "conference point text", ""),
        ("publish_picture", "summary choose", "assessment gap valid_min next_in_min"),
        ("close_conference", "conference", "call_next text"),
        ("publish_minutes", "conference", "text"),
        ("provlarm", "", ""),
        ("make_call", "type words word_by_min", "text"),
        ("assess", "call outcome", "reason level"),
        ("first_information", "text", ""),
        ("answer_larm", "given", ""),
        ("follow_up", "text", ""),
        ("look", "organisations", "opens"),
        ("close_incident", "text", ""),
    )
}
POINTERS = ("answers", "agreement", "call", "conference", "need", "question")


class BadScenario(ValueError):
    """A scenario's file cannot be played; the text says which event and why."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a function does at a time: `after_s` seconds after the start, or `days_ago` days before it.

    `number` counts from 0 in the file; `about` holds the act's own fields.
    """

    number: int
    actor: str
    act: str
    after_s: int
    days_ago: int
    minute: int
    ref: str
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario: its events in order, and for each `ref` the number of the event that makes what it names.

    `began_at`: when a day of the past began that it tells of, in ms UTC; 0 for one that is played at any hour.
    """

    code: str
    title: str
    region: str
    events: tuple[Event, ...]
    refs: Mapping[str, int]
    about: Mapping[str, Any]
    began_at: int = 0

    def last_called(self, number: int) -> str:
        """Return the `ref` of the conference that was called last before an event, or ""."""
        called = (one.ref for one in reversed(self.events[:number]) if one.act == "call_conference")
        return next(called, "")


def load_scenario(name: str) -> Scenario:
    """Return a scenario that comes with the program; raises `BadScenario`."""
    return read_scenario((files("gemensam.demo") / f"{name}.json").read_text(encoding="utf-8"))


def read_scenario(text: str) -> Scenario:
    """Return the scenario that a file's text describes; raises `BadScenario` for the first fault."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as fault:
        raise BadScenario(f"not JSON: {fault}") from fault
    for name in ("code", "title", "region", "events"):
        if name not in data:
            raise BadScenario(f"no {name}")
    if data.get("fictional") is not True:
        raise BadScenario("does not say that it is made up (fictional: true)")
    began_at = local_instant(data["began_at"]) if "began_at" in data else 0
    timed = (_timed(given, began_at) for given in data["events"])
    events = tuple(_event(data["code"], number, given) for number, given in enumerate(timed))
    _check_order(data["code"], events)
    about = {name: value for name, value in data.items() if name != "events"}
    refs = _refs(data["code"], events)
    return Scenario(data["code"], data["title"], data["region"], events, refs, about, began_at)


def _timed(given: Mapping[str, Any], began_at: int) -> Mapping[str, Any]:
    """An event of a day of the past tells the hour: it stands so many seconds after the beginning."""
    if "at" not in given or not began_at:
        return given
    return {**given, "after_s": (local_instant(given["at"]) - began_at) // 1_000}


def _event(code: str, number: int, given: Mapping[str, Any]) -> Event:
    where = f"{code}, event {number} ({given.get('act', 'no act')})"
    if given.get("act") not in FIELDS:
        raise BadScenario(f"{where}: no such act")
    if not given.get("actor"):
        raise BadScenario(f"{where}: no actor")
    if ("after_s" in given) == ("days_ago" in given):
        raise BadScenario(f"{where}: give either after_s or days_ago")
    needed, allowed = FIELDS[given["act"]]
    if missing := sorted(needed - set(given)):
        raise BadScenario(f"{where}: no {', '.join(missing)}")
    if unknown := sorted(set(given) - needed - allowed - COMMON):
        raise BadScenario(f"{where}: unknown field {', '.join(unknown)}")
    about = {name: value for name, value in given.items() if name not in COMMON}
    return Event(
        number, given["actor"], given["act"], _whole(where, given, "after_s"), _whole(where, given, "days_ago"),
        _whole(where, given, "minute"), given.get("ref", ""), about,
    )  # fmt: skip


def _whole(where: str, given: Mapping[str, Any], name: str) -> int:
    value = given.get(name, 0)
    if type(value) is not int or value < 0:
        raise BadScenario(f"{where}: {name} is no whole number from 0")
    return value


def _check_order(code: str, events: Iterable[Event]) -> None:
    latest = (-1_000_000, 0)
    for event in events:
        at = (-event.days_ago, event.after_s)
        if at < latest:
            raise BadScenario(f"{code}, event {event.number} ({event.act}): stands after a later one")
        latest = at


def _refs(code: str, events: Iterable[Event]) -> Mapping[str, int]:
    known: dict[str, int] = {}
    for event in events:
        for name in POINTERS:
            if (named := event.about.get(name)) and named not in known:
                raise BadScenario(f"{code}, event {event.number} ({event.act}): nothing is called {named} yet")
        if event.ref in known:
            raise BadScenario(f"{code}, event {event.number} ({event.act}): {event.ref} is taken")
        if event.ref:
            known[event.ref] = event.number
    return known
