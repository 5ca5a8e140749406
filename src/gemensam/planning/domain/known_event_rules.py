"""What may be said of a known event, judged under the append lock; and the clashes of a space (G12)."""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.core.kinds import FOR_OTHERS, Kind
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.organisations.domain.reading import vocabulary
from gemensam.picture.domain.places import checked_place
from gemensam.planning.domain.clashes import PLACE, Clash, Occurrence, find_clashes, rules_of
from gemensam.planning.domain.known_events import (
    ACCEPTED,
    AHEAD_MS,
    CLASH_RULES,
    EVENT_KINDS,
    FILES_MAX,
    HERE,
    KNOWN_EVENT,
    LONGEST_MS,
    PLANNED,
    REOPENED,
    RESOURCES,
    TITLE_MAX,
    WITHDRAWN,
    YEARS_MAX,
    ClashAccepted,
    ClashReopened,
    KnownEventCancelled,
    KnownEventChanged,
    KnownEventEntered,
    NoteWithdrawn,
    PlanningNoted,
    apply_cancelled,
    apply_said,
    apply_told,
    occurrences_of,
    takes_place,
)
from gemensam.rosters.domain.local import local


def _decide_event(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `words_missing`, `text_too_long`, `unknown_event_kind`, `known_event_resource`, `event_times`,
    `planning_years`, `reason_missing`, and what `checked_place` and `rules.check_seen` raise.
    """
    payload = decision.draft.payload
    rules.need_text("title", payload["title"])
    rules.check_words(longest=TITLE_MAX, title=payload["title"])
    rules.check_words(**{name: payload[name] for name in ("place", "organiser", "source")})
    rules.check_words(longest=rules.TEXT_MAX, effect=payload["effect"])
    _check_lists(decision.directory, payload)
    if not 0 < payload["until_at"] - payload["from_at"] <= LONGEST_MS or payload["from_at"] < 0:
        raise Refused("event_times")
    first = local(payload["from_at"]).year
    if payload["yearly_until"] and not first <= payload["yearly_until"] <= first + YEARS_MAX:
        raise Refused("planning_years", first=first, last=first + YEARS_MAX)
    if decision.draft.kind == "known_event.changed":
        _check_change(decision)
    return {**payload, "where": checked_place(decision.directory, payload["where"])}


def _check_lists(directory: SpaceState, payload: Mapping[str, Any]) -> None:
    if vocabulary(directory, EVENT_KINDS).item(payload["kind"]) is None:
        raise Refused("unknown_event_kind", value=payload["kind"])
    for resource in payload["resources"]:
        if vocabulary(directory, RESOURCES).item(resource) is None:
            raise Refused("known_event_resource", value=resource)


def _check_change(decision: Decision) -> None:
    if not decision.draft.payload["reason"].strip():
        raise Refused("reason_missing")
    rules.check_words(reason=decision.draft.payload["reason"])
    if decision.thing is not None:
        rules.check_seen(decision, rules.CORRECTS, decision.thing.data.terms[-1].digest)


def _decide_reason(decision: Decision) -> Mapping[str, Any]:
    if not decision.draft.payload["reason"].strip():
        raise Refused("reason_missing")
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def _decide_note(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `words_missing`, `text_too_long`, `known_event_files`."""
    payload = decision.draft.payload
    rules.need_text("text", payload["text"])
    rules.check_words(longest=rules.TEXT_MAX, text=payload["text"])
    if len(payload["attachments"]) > FILES_MAX:
        raise Refused("known_event_files", limit=FILES_MAX)
    return payload


def _decide_note_withdrawn(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `planning_note_gone` for what is no own note that holds, `reason_missing`."""
    thing = decision.thing
    notes = thing.data.notes() if thing is not None else ()
    if (decision.organisation, decision.draft.payload["note"]) not in {(one.organisation, one.digest) for one in notes}:
        raise Refused("planning_note_gone")
    return _decide_reason(decision)


def _decide_accepted(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `clash_gone` where there is no such clash of this event any longer, `clash_not_yours` for an
    organisation that is neither responsible for one of its events, nor its kommun, nor the joint office.
    """
    found = clashes_in(decision.directory, decision.state, decision.now)
    clash = next((each for each in found if each.key == decision.draft.payload["key"]), None)
    if clash is None or clash.events[0].subject != decision.draft.subject:
        raise Refused("clash_gone")
    if (
        not concerns(clash, decision.directory, decision.organisation)
        and "govern" not in decision.principal.permissions
    ):
        raise Refused("clash_not_yours")
    return _decide_reason(decision)


def _decide_reopened(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused("clash_not_accepted")` for a clash that the organisation does not accept."""
    thing = decision.thing
    accepted = thing.data.acceptances(decision.draft.payload["key"]) if thing is not None else ()
    if decision.organisation not in {each.organisation for each in accepted}:
        raise Refused("clash_not_accepted")
    return _decide_reason(decision)


def concerns(clash: Clash, directory: SpaceState, organisation_id: str) -> bool:
    """Whether an organisation is responsible for one of the events of a clash, or is the kommun where they meet."""
    found = organisation(directory, organisation_id)
    is_place = clash.by == PLACE and found is not None and found.kommunkod in clash.shared
    return organisation_id in clash.organisations or is_place


def clashes_in(directory: SpaceState, state: SpaceState, now: int, happened_by: int | None = None) -> tuple[Clash, ...]:
    """Return the clashes among what goes on or comes within `AHEAD_MS` of an instant (ms UTC)."""
    occurrences = [
        one for thing in state.group("known_events") for one in _clashing(directory, thing, now, happened_by)
    ]
    return find_clashes(occurrences, rules_of(vocabulary(directory, CLASH_RULES).items))


def _clashing(directory: SpaceState, thing: Thing, now: int, happened_by: int | None) -> Iterable[Occurrence]:
    terms = thing.data.terms_at(happened_by)
    if terms is None or not takes_place(thing.data, happened_by) or is_background(directory, terms.kind):
        return ()
    return occurrences_of(thing.subject, thing.organisation, terms, now, now + AHEAD_MS)


def is_background(directory: SpaceState, kind: str) -> bool:
    """Whether events of a kind, as a season of weather, go on behind the others and clash with none."""
    item = vocabulary(directory, EVENT_KINDS).item(kind)
    return bool(item and item.get("background"))


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(
        payload[name] for name in ("title", "place", "organiser", "effect", "text", "reason") if payload.get(name)
    )


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, KNOWN_EVENT, payload, "plan", apply, spaces=HERE, decide=decide, text=_text, **more)


KINDS = (
    _kind("known_event.entered", KnownEventEntered, apply_told, _decide_event, on_behalf=FOR_OTHERS),
    _kind("known_event.changed", KnownEventChanged, apply_told, _decide_event, on_behalf=FOR_OTHERS),
    _kind("known_event.cancelled", KnownEventCancelled, apply_cancelled, _decide_reason, on_behalf=FOR_OTHERS,
          folds_payload=False),
    _kind(PLANNED, PlanningNoted, apply_said, _decide_note, folds_payload=False),
    _kind(WITHDRAWN, NoteWithdrawn, apply_said, _decide_note_withdrawn),
    _kind(ACCEPTED, ClashAccepted, apply_said, _decide_accepted),
    _kind(REOPENED, ClashReopened, apply_said, _decide_reopened),
)  # fmt: skip
