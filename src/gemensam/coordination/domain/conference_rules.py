"""What is checked and filled in when a conference is called and held, under the append lock."""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.convening import check_caller, check_leader, check_recorder
from gemensam.coordination.domain.weeks import is_weekly, iso_week
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain import function

Payload = Mapping[str, Any]
LENGTH_MIN, LENGTH_MAX = 5, 480
ENDED = frozenset({"closed", "cancelled"})


def decide_called(decision: Decision) -> Payload:
    """Copy the agenda and give the conference its number.

    Raises `Refused`: `unknown_agenda`, `unknown_cadence`, `starts_at_wrong`, `length_wrong`, `unknown_role`,
    `no_such_function`, `text_too_long`, and what `check_caller` does.
    """
    check_caller(decision)
    payload = decision.draft.payload
    agenda = rules.check_item(decision, "agendas", payload["agenda"], "unknown_agenda")
    weekly = bool(payload["series"]) and is_weekly(
        rules.check_item(decision, "cadences", payload["series"], "unknown_cadence")
    )
    length_min = payload["length_min"] or int(agenda["minutes"])
    _check_plan(decision, {**payload, "length_min": length_min})
    rules.check_words(title=payload["title"], title_en=payload["title_en"])
    numbered = _numbered(decision, payload["starts_at"], weekly=weekly)
    points = [_point(point, numbered["week"]) for point in agenda["points"]]
    titles = {"title": payload["title"], "title_en": payload["title_en"]}
    if not payload["title"].strip():
        titles = _titles(agenda, numbered, weekly=weekly)
    return {**payload, **numbered, **titles, "length_min": length_min, "points": points}


def decide_changed(decision: Decision) -> Payload:
    """Check a new time or dial-in: with a reason, and on the terms that the writer saw."""
    check_leader(decision)
    payload = decision.draft.payload
    if not payload["reason"].strip():
        raise Refused("reason_missing")
    rules.check_words(reason=payload["reason"])
    rules.check_seen(decision, rules.CORRECTS, _data(decision).terms)
    _check_plan(decision, payload)
    return payload


def decide_words(decision: Decision) -> Payload:
    """Check what is said at opening or closing."""
    check_leader(decision)
    rules.check_words(longest=rules.TEXT_MAX, text=decision.draft.payload["text"])
    return decision.draft.payload


def decide_cancelled(decision: Decision) -> Payload:
    """Check who cancels, and that there is a reason."""
    check_leader(decision)
    return decide_reason(decision)


def decide_reason(decision: Decision) -> Payload:
    """Check that there is a reason."""
    reason = decision.draft.payload["reason"]
    if not reason.strip():
        raise Refused("reason_missing")
    rules.check_words(reason=reason)
    return decision.draft.payload


def decide_noted(decision: Decision) -> Payload:
    """Check a note of a point; raises `moved` where somebody has written it since the writer saw it."""
    payload = decision.draft.payload
    check_recorder(decision, "record")
    data = _data(decision)
    _check_point(data, payload["point"])
    rules.check_words(longest=rules.TEXT_MAX, text=payload["text"])
    last = data.note(payload["point"])
    rules.check_seen(decision, rules.CORRECTS, last.digest if last else data.call)
    return payload


def decide_moved(decision: Decision) -> Payload:
    """Check that the point is one of the agenda's; leader or secretary moves."""
    check_recorder(decision, "lead")
    _check_point(_data(decision), decision.draft.payload["point"])
    return decision.draft.payload


def decide_attendance(decision: Decision) -> Payload:
    """Check who takes part, and fill in those of the organisation who already do.

    Raises `Refused`: `not_permitted`, `conference_ended`, `no_such_organisation`, `no_such_function`,
    `represents_itself`, `unknown_via`.
    """
    payload = decision.draft.payload
    _check_open(decision)
    rules.require_voice(decision)
    rules.check_organisations(decision, (decision.organisation, *payload["also_represents"]))
    if decision.organisation in payload["also_represents"]:
        raise Refused("represents_itself")
    _check_functions(decision, payload["functions"], decision.organisation)
    before = _already(decision)
    functions = [*(before.functions if before and payload["keep"] else ()), *payload["functions"]]
    spoken_for = before.also_represents if before and payload["keep_represented"] else ()
    represents = sorted({*spoken_for, *payload["also_represents"]})
    return {**payload, "functions": list(dict.fromkeys(functions)), "also_represents": represents}


def decide_recorder(decision: Decision) -> Payload:
    """Check a departure."""
    _check_open(decision)
    rules.require_voice(decision)
    rules.check_words(note=decision.draft.payload["note"])
    return decision.draft.payload


def _already(decision: Decision) -> Any:
    """Return the organisation's attendance in force, or None where it does not take part."""
    thing = decision.thing
    if thing is None or thing.party(decision.organisation) != "present":
        return None
    return thing.data.latest_attendance().get(decision.organisation)


def _check_open(decision: Decision) -> None:
    """A conference that has ended takes attendance only of the time while it was held (what was phoned in late)."""
    thing = decision.thing
    if thing is None or thing.status not in ENDED:
        return
    said_at = decision.draft.occurred_at
    if thing.status == "cancelled" or said_at is None or said_at > thing.data.closed_at:
        raise Refused("conference_ended")


def _check_plan(decision: Decision, payload: Payload) -> None:
    if payload["starts_at"] <= 0:
        raise Refused("starts_at_wrong")
    if not LENGTH_MIN <= payload["length_min"] <= LENGTH_MAX:
        raise Refused("length_wrong", least=LENGTH_MIN, most=LENGTH_MAX)
    rules.check_words(**payload["dial_in"])
    rules.check_words(longest=rules.TEXT_MAX, text=payload["text"])
    if len(payload["roles"]) > rules.LIST_MAX:
        raise Refused("too_many_lines", field="roles", limit=rules.LIST_MAX)
    for held in payload["roles"]:
        rules.check_item(decision, "conference_roles", held["role"], "unknown_role")
        _check_functions(decision, [held["function"]])


def _check_functions(decision: Decision, functions: Iterable[str], organisation: str = "") -> None:
    for name in functions:
        found = function(decision.directory, name)
        if found is None or organisation not in ("", found.organisation):
            raise Refused("no_such_function", function=name)


def _check_point(data: Any, code: str) -> None:
    if code not in {point for point, _ in data.points}:
        raise Refused("unknown_point", value=code)


def _data(decision: Decision) -> Any:
    thing = decision.thing
    if thing is None:
        raise Refused("no_such_subject", subject=decision.draft.subject)
    return thing.data


def _point(point: Payload, week: int) -> dict[str, Any]:
    def said(name: str) -> str:
        return str(point.get(name) or "").replace("{week}", str(week))

    texts = {name: said(name) for name in ("title", "title_en", "leader_line", "leader_line_en")}
    return {
        "code": point["code"], "number": point["number"], "minute": point["minute"], **texts,
        "writes": point.get("writes") or "", "speakers": bool(point.get("speaker_order")),
    }  # fmt: skip


def _numbered(decision: Decision, starts_at: int, *, weekly: bool) -> dict[str, Any]:
    """Number the conference: decided under the lock, so that no two get one number (F16).

    The running number counts things, not payloads, so that disposal does not free a number. A node that did not
    begin the space's series puts its name before the label (F20).
    """
    earlier = decision.state.group("conferences")
    year, week = iso_week(starts_at)
    number = 1 + sum(1 for thing in earlier if thing.data.node == decision.node)
    home = min(earlier, key=_by_creation).data.node if earlier else decision.node
    before = "" if decision.node == home else f"{decision.node}-"
    label = before + _label(decision, number, year, week, weekly=weekly)
    return {"number": number, "label": label, "year": year, "week": week, "node": decision.node}


def _label(decision: Decision, number: int, year: int, week: int, *, weekly: bool) -> str:
    if not weekly:
        return f"E{number}" if decision.space.id == STANDING else str(number)
    series = decision.draft.payload["series"]
    key = (series, year, week, decision.node)
    earlier = (thing.data for thing in decision.state.group("conferences"))
    taken = sum(1 for data in earlier if (data.series, data.year, data.week, data.node) == key)
    return f"{week}.{taken + 1}" if taken else str(week)


def _by_creation(thing: Thing) -> Any:
    return thing.created_clock, thing.subject


def _titles(agenda: Payload, numbered: Payload, *, weekly: bool) -> dict[str, str]:
    name, name_en = str(agenda["name"]), str(agenda.get("name_en") or agenda["name"])
    if weekly:
        return {"title": f"{name} vecka {numbered['week']}", "title_en": f"{name_en} week {numbered['week']}"}
    return {"title": f"{name} (nr {numbered['label']})", "title_en": f"{name_en} (no. {numbered['label']})"}
