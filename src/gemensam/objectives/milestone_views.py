"""One milestone with its members' states, one goal, stating the own state, and what came of an incident or exercise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gemensam.coordination.traces import history
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.noting import note_reading
from gemensam.objectives import plan_commands as commands
from gemensam.objectives.domain.areas import WITHDRAWN
from gemensam.objectives.domain.standing import Party
from gemensam.objectives.forms import ReasonForm, StateForm
from gemensam.objectives.plan_queries import (
    MilestoneShown,
    get_milestone,
    list_milestones,
    list_outcomes,
    text_of,
    thing_of,
    was_there,
)
from gemensam.objectives.shown import Words, milestone_row, state_labelled, tally
from gemensam.objectives.sources_shown import sources_shown
from gemensam.objectives.view_parts import period_page, sent_of, writable
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import pressed, seen_again, there
from gemensam.web.page import SpacePage

TRACEABLE = frozenset({"incident", "exercise", "standing"})


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A member's line on a milestone's page."""

    party: Party
    name: str
    drawn: str
    remarks: list[str]
    evidence: str
    note: str
    on: str


@signed_in
@require_GET
def milestone(request: Request, space: str, subject: str) -> HttpResponse:
    """One milestone: its text, where it comes from, and how far each member has come."""
    page = period_page(request, space)
    return _draw(request, page, get_milestone(page.lens, space, subject, page.moment))


def _draw(request: Request, page: SpacePage, found: MilestoneShown, *, status: int = 200, **more: Any) -> HttpResponse:
    words, text = Words(page), text_of(page.lens, page.space, found.thing)
    states = _states(page, found)
    form = None
    if page.may("assess_capability") and _concerns(page, found):
        form = _state_form(page, words, initial=states.get(page.lens.principal.organisation, {}))
    context = {
        **_about(page, found.thing, words, text),
        "row": milestone_row(found, words), "tally": tally(found.stands, words),
        "parties": list(_party_rows(found.stands.parties, states, words)),
        "others": list(_party_rows(found.stands.others, states, words)),
        "concerned": words.speech.organisations(found.data.concerns) if found.data.concerns else "",
        "area": _title(page, found.data.area), "goal": page.state.thing(found.data.goal) if found.data.goal else None,
        "state_form": form, "readers": reader_list(page.lens, page.space), **more,
    }  # fmt: skip
    return pages.render(request, "objectives/milestone.html", context, status=status)


def _about(page: SpacePage, thing: Thing, words: Words, text: Any) -> dict[str, Any]:
    """Return what every page of one thing shows: its text, its sources and its history. That it was read is noted."""
    rows = page.lens.history(page.space, thing.subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    is_own = thing.organisation == page.lens.principal.organisation and thing.status != WITHDRAWN
    return {
        "thing": thing, "text": text, "sources": sources_shown(page, tuple(text.get("traces", ())), words),
        "trace": history(rows, words.speech), "governs": page.may("govern") and is_own, "reason_form": ReasonForm(),
        "withdrawn": thing.status == WITHDRAWN,
    }  # fmt: skip


def _title(page: SpacePage, subject: str) -> str:
    thing = page.state.thing(subject)
    return str(thing.data.title) if thing is not None else ""


def _states(page: SpacePage, found: MilestoneShown) -> dict[str, Any]:
    said = {each.organisation: each.word.digest for each in (*found.stands.parties, *found.stands.others) if each.word}
    texts = page.lens.payloads(page.space, list(said.values()))
    return {who: texts.get(digest) or {} for who, digest in said.items()}


def _party_rows(parties: tuple[Party, ...], states: dict[str, Any], words: Words) -> Iterator[PartyRow]:
    for party in parties:
        said = states.get(party.organisation, {})
        yield PartyRow(
            party, words.organisation(party.organisation), state_labelled(party.state, words), words.remarks(party),
            said.get("evidence", ""), said.get("note", ""), words.day(said["on"]) if said.get("on") else "",
        )  # fmt: skip


def _concerns(page: SpacePage, found: MilestoneShown) -> bool:
    own = page.lens.principal.organisation
    return found.thing.status != WITHDRAWN and any(each.organisation == own for each in found.stands.parties)


def _state_form(page: SpacePage, words: Words, data: Any = None, initial: Any = None) -> StateForm:
    items = list(words.scale.values())
    return StateForm(data, items=items, words={code: words.state(code) for code in words.scale}, initial=initial)


@may("assess_capability")
@require_POST
def state(request: Request, space: str, subject: str) -> HttpResponse:
    """Say how far the own organisation has come."""
    page = writable(period_page(request, space))
    found = get_milestone(page.lens, space, subject, page.moment)
    form = _state_form(page, Words(page), request.POST)
    if not form.is_valid():
        return _draw(request, page, found, state_form=form, seen=seen_again(request), status=422)
    where = there(space, f"milestones/{subject}/", page.lens.principal.organisation)
    return pressed(
        request, lambda: commands.state_milestone(page.lens, space, subject, form.cleaned_data, sent=sent_of(request)),
        _("Your state stands with the milestone."), where,
    )  # fmt: skip


@signed_in
@require_GET
def goal(request: Request, space: str, subject: str) -> HttpResponse:
    """One goal: its text, where it comes from, and its milestones."""
    page = period_page(request, space)
    thing = thing_of(page.state, subject, "goal")
    if not was_there(thing, page.moment):
        raise Refused("not_found")
    words = Words(page)
    found = [each for each in list_milestones(page.lens, space, page.moment) if each.data.goal == subject]
    context = {
        **_about(page, thing, words, text_of(page.lens, space, thing)), "area": _title(page, thing.data.area),
        "rows": [milestone_row(each, words) for each in found],
    }  # fmt: skip
    return pages.render(request, "objectives/goal.html", context)


@signed_in
@require_GET
def outcomes(request: Request, space: str) -> HttpResponse:
    """What an incident or exercise has led to: the goals and milestones that say that they come from it (G4)."""
    page = pages.space_page(request, space)
    if page.info.kind not in TRACEABLE:
        raise Refused("not_found")
    return pages.render(request, "objectives/outcomes.html", {"outcomes": list_outcomes(page.lens, space)})
