"""An incident's activation as its page shows it: läge with history, calls with assessments, information, links."""

from typing import Any

from gemensam.activation import labels
from gemensam.activation.domain import calls
from gemensam.activation.domain.calls import Assessment, CallData, may_convene_at
from gemensam.activation.domain.incidents import InformationData
from gemensam.activation.domain.modes import ModeData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.origins import Origin, origin_of
from gemensam.activation.queries import first_conference, larm_began, links_of, mode_of
from gemensam.activation.words import Speech
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.organisations.names import in_language
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

Row = dict[str, Any]
MINUTE = 60_000


def texts_of(page: SpacePage, digests: list[str]) -> dict[str, Any]:
    """Return payloads by digest; empty where the text has gone."""
    found = page.lens.payloads(page.space, [each for each in digests if each])
    return {digest: payload or {} for digest, payload in found.items()}


def happened(page: SpacePage, at: int) -> bool:
    return page.moment.happened_by is None or at <= page.moment.happened_by


def mode_now(page: SpacePage, speech: Speech) -> Row:
    """The läge in force with what the list says of it."""
    shown = mode_of(page.lens, page.space, page.moment)
    item = next((each for each in speech.items("modes") if each["code"] == shown.mode), {})
    thing = shown.thing
    told = texts_of(page, [thing.data.content]).get(thing.data.content, {}) if thing is not None else {}
    return {
        "code": shown.mode, "name": in_language(item) or shown.mode, "rank": shown.rank,
        "level": speech.word("levels", shown.level) if shown.level else "",
        "criteria": in_language(item, "criteria"), "since": thing.data.at if thing is not None else 0,
        "who": speech.who(thing.organisation, thing.data.function) if thing is not None else "",
        "reason": told.get("reason", ""), "decided_by": told.get("decided_by", ""),
        "roles": [speech.word("roles_network", code) for code in item.get("required_roles") or ()],
        "agenda": item.get("agenda", ""),
    }  # fmt: skip


def mode_history(page: SpacePage, speech: Speech) -> list[Row]:
    """Every läge that has been set, latest first: who, in which role, when and why (R10)."""
    things = [each for each in page.state.newest("modes") if happened(page, each.data.at)]
    told = texts_of(page, [each.data.content for each in things])
    return [_mode_row(each, told.get(each.data.content, {}), speech) for each in things]


def _mode_row(thing: Thing, told: dict[str, Any], speech: Speech) -> Row:
    data = data_of(thing, ModeData)
    checks = [
        {"name": speech.word("closing_checklist", each["code"]), **each} for each in told.get("checks", ())
    ]  # fmt: skip
    return {
        "subject": thing.subject, "name": speech.word("modes", data.mode), "at": data.at, "checks": checks,
        "level": speech.word("levels", data.level) if data.level else "",
        "who": speech.who(thing.organisation, data.function), "reason": told.get("reason", ""),
        "decided_by": told.get("decided_by", ""),
    }  # fmt: skip


def call_rows(page: SpacePage, speech: Speech) -> list[Row]:
    """Every call, latest first."""
    things = [each for each in page.state.newest("calls") if happened(page, each.data.since)]
    return [call_row(page, each, speech) for each in things]


def call_row(page: SpacePage, thing: Thing, speech: Speech) -> Row:
    """One call with what was assessed, and what this reader may do with it."""
    data, own = data_of(thing, CallData), page.lens.principal.organisation
    told = texts_of(page, [data.content, data.last, *(each.digest for each in data.assessments)])
    content = told.get(data.content, {})
    outcome, taken = data.outcome, data.taken
    mine = thing.organisation == own and page.may("call")
    is_open = thing.status in (calls.ASKED, calls.MADE)
    convene_at = may_convene_at(page.lens.directory, data) if data.made_at else 0
    return {
        "subject": thing.subject, "words": content.get("words", ""), "text": content.get("text", ""),
        "type": speech.word("incident_types", data.type) if data.type else "", "at": data.since, "data": data,
        "who": speech.who(thing.organisation, data.function), "organisation": thing.organisation,
        "status": thing.status, "status_words": labels.CALL[thing.status], "origin": _origin(page, data),
        "reason": told.get(data.last, {}).get("reason", "") if thing.status == calls.WITHDRAWN else "",
        "steps": [_step(each, told, speech) for each in data.assessments],
        "outcome": speech.word("assessment_outcomes", outcome.outcome) if outcome else "",
        "taken_by": speech.who(taken.organisation, taken.function) if taken else "",
        "convene_at": convene_at,
        "can_assess": page.may("assess") and is_open, "can_withdraw": mine and thing.status != calls.WITHDRAWN,
        "can_raise": mine and thing.status == calls.ASKED, "can_convene": mine and thing.status == calls.MADE,
        "convene_now": bool(convene_at) and page.moment.at >= convene_at,
    }  # fmt: skip


def _origin(page: SpacePage, data: CallData) -> Origin | None:
    """What the call comes from, as it is now; None too where this reader does not read it."""
    try:
        return origin_of(page.lens, data.basis) if data.basis is not None else None
    except Refused:
        return None


def _step(step: Assessment, told: dict[str, Any], speech: Speech) -> Row:
    content = told.get(step.digest, {})
    return {
        "who": speech.who(step.organisation, step.function), "at": step.at, "status": step.status,
        "outcome": speech.word("assessment_outcomes", step.outcome) if step.outcome else "",
        "reason": content.get("reason") or content.get("note") or "",
    }  # fmt: skip


def information_rows(page: SpacePage, speech: Speech) -> list[Row]:
    """The first information that stands, latest first."""
    things = [each for each in page.state.newest("information") if happened(page, each.data.at)]
    told = texts_of(page, [each.data.content for each in things])
    return [
        {
            "subject": each.subject, "at": each.data.at, "text": told.get(each.data.content, {}).get("text", ""),
            "who": speech.who(each.organisation, data_of(each, InformationData).function),
            "can_withdraw": each.organisation == page.lens.principal.organisation and page.may("call"),
        }
        for each in things
    ]  # fmt: skip


def link_rows(page: SpacePage, speech: Speech) -> list[Row]:
    """The incidents that are one with this, whichever of them said so."""
    rows = []
    names = {info.id: title_of(page.lens, info) for info in page.lens.spaces()}
    for source, other, data, thing in links_of(page.lens, page.space, page.moment):
        there = other if source == page.space else source
        if there not in names or not happened(page, data.at):
            continue
        told = page.lens.payloads(source, [data.content]).get(data.content) or {}
        rows.append({
            "space": there, "title": names[there], "relation": data.relation, "words": labels.RELATION[data.relation],
            "goes_on": data.relation == "merged" and source == page.space, "at": data.at,
            "who": speech.who(thing.organisation, data.function), "reason": told.get("reason", ""),
            "subject": thing.subject if source == page.space else "",
        })  # fmt: skip
    return rows


def conference_clock(page: SpacePage, target_min: int) -> Row:
    """The time from the first larm to the first conference, against the target (R5)."""
    began, at = larm_began(page.state), first_conference(page.state)
    due_at = began + target_min * MINUTE if began else 0
    is_late = bool(due_at) and (at or page.moment.at) > due_at
    return {
        "began": began, "at": at, "due_at": due_at, "target_min": target_min,
        "minutes": max(0, at - began) // MINUTE if began and at else 0, "is_late": is_late,
    }  # fmt: skip
