"""What the minutes copy from the state, so that they need nothing that can change (design 4.5).

The same function draws the draft that writes itself and fills the published version under the lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.domain import needs as needs_of
from gemensam.coordination.domain import questions as questions_of
from gemensam.coordination.domain import rules
from gemensam.coordination.domain.conferences import LEFT, ConferenceData
from gemensam.coordination.domain.roll import Attender, roll_call
from gemensam.coordination.domain.speakers import speaker_list
from gemensam.coordination.domain.standing import Party, standing
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Load
from gemensam.organisations.domain import Function, function, organisation, pinned_vocabulary

Copy = dict[str, Any]
ANSWER_TEXTS = ("reservation", "reason", "note")


@dataclass(frozen=True)
class Source:
    """What every reader of the space may read, at an instant (F4)."""

    directory: SpaceState
    space: SpaceInfo
    state: SpaceState
    load: Load
    now: int

    def name(self, organisation_id: str) -> str:
        found = organisation(self.directory, organisation_id)
        return found.name if found is not None else organisation_id

    def item(self, code: str, value: str) -> Mapping[str, Any]:
        """Return an item of a list, or nothing where the list or the item is not there."""
        try:
            return pinned_vocabulary(self.directory, self.state, code).item(value) or {}
        except Refused:
            return {}


def copy_conference(source: Source, thing: Thing, adjusted: Mapping[str, str]) -> Copy:
    """Return the fields of `MinutesPublished` that the program fills in; `adjusted`: the leader's texts by point."""
    data = rules.data_of(thing, ConferenceData)
    wanted = [data.call, data.terms, *(note.digest for note in data.notes)]
    texts = source.load(wanted)
    coming = _next(source, thing)
    return {
        "conference": thing.subject, "label": data.label, "title": data.title, "title_en": data.title_en,
        "week": data.week, "planned_at": data.starts_at, "started_at": data.opened_at or None,
        "ended_at": data.closed_at or None, "roles": copy_roles(source, texts.get(data.terms)),
        "attendance": copy_attendance(source, data), "points": _points(data, texts, adjusted),
        "speakers": _speakers(source, data), "needs": copy_needs(source, thing),
        "agreements": copy_agreements(source, thing), "questions": copy_questions(source, thing), "next": coming,
    }  # fmt: skip


def copy_roles(source: Source, terms: Mapping[str, Any] | None) -> list[Copy]:
    """Return who held which role."""
    return [_role(source, held) for held in (terms or {}).get("roles", ())]


def _role(source: Source, held: Mapping[str, str]) -> Copy:
    item, found = source.item("conference_roles", held["role"]), function(source.directory, held["function"])
    name, name_en = _full_names(source, found, held["function"])
    return {
        "role": held["role"], "name": item.get("name", held["role"]), "name_en": item.get("name_en", held["role"]),
        "function": held["function"], "function_name": name, "function_name_en": name_en,
    }  # fmt: skip


def _full_names(source: Source, found: Function | None, fallback: str) -> tuple[str, str]:
    if found is None:
        return fallback, fallback
    where = source.name(found.organisation)
    return f"{where} – {found.name}", f"{where} – {found.name_en}"


def copy_attendance(source: Source, data: ConferenceData) -> list[Copy]:
    """Return the roll call, those expected first."""
    roll = roll_call(data, rules.participants(source.directory, source.space))
    return [_attendance(source, each) for each in (*roll.expected, *roll.others)]


def _attendance(source: Source, attender: Attender) -> Copy:
    said = attender.attendance
    functions = [function(source.directory, name) for name in (said.functions if said else ())]
    return {
        "organisation": attender.organisation, "name": source.name(attender.organisation),
        "expected": attender.expected, "status": attender.status,
        "functions": [found.name for found in functions if found], "via": said.via if said else "",
        "functions_en": [found.name_en for found in functions if found], "digest": said.digest if said else "",
        "represents": [source.name(each) for each in (said.also_represents if said else ())],
        "represented_by": ", ".join(source.name(each) for each in attender.represented_by),
        "joined_at": attender.joined_at or None,
        "left_at": said.at if said is not None and said.status == LEFT else None,
    }  # fmt: skip


def _points(
    data: ConferenceData, texts: Mapping[str, Mapping[str, Any] | None], adjusted: Mapping[str, str]
) -> list[Copy]:
    call = texts.get(data.call) or {}
    return [_point(data, point, texts, adjusted) for point in call.get("points", ())]


def _point(
    data: ConferenceData, point: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any] | None],
    adjusted: Mapping[str, str],
) -> Copy:  # fmt: skip
    note = data.note(point["code"])
    noted = str((texts.get(note.digest) or {}).get("text", "")) if note is not None else ""
    text = adjusted.get(point["code"], noted)
    kept = {name: point[name] for name in ("code", "number", "title", "title_en", "writes", "speakers")}
    return {**kept, "text": text, "digest": note.digest if note is not None else "", "adjusted": text != noted}


def _speakers(source: Source, data: ConferenceData) -> list[Copy]:
    everyone = rules.participants(source.directory, source.space)
    found = speaker_list(source.directory, source.state, everyone, data.closed_at or source.now).speakers
    return [
        {"organisation": each.organisation, "name": source.name(each.organisation), "reasons": list(each.reasons)}
        for each in found
    ]


def copy_needs(source: Source, conference: Thing) -> list[Copy]:
    """Return the needs that were raised at the conference, and the others that are open."""
    raised = source.state.group("needs_of", conference.subject)
    things = {thing.subject: thing for thing in (*source.state.group("needs_open"), *raised)}
    found = sorted(things.values(), key=lambda thing: (thing.created_clock, thing.subject))
    wanted = [thing.data.content for thing in found]
    wanted += [offer.digest for thing in found for offer in thing.data.offers]
    texts = source.load(wanted)
    return [_need(source, thing, texts) for thing in found]


def _need(source: Source, thing: Thing, texts: Mapping[str, Mapping[str, Any] | None]) -> Copy:
    data = rules.data_of(thing, needs_of.NeedData)
    row, urgency = source.item("rows", data.row), source.item("urgency", data.urgency)
    offers = [each for _, each in sorted(data.latest_offers().items()) if each.status == needs_of.OFFERED]
    return {
        "organisation": thing.organisation, "name": source.name(thing.organisation),
        "text": need_words(texts.get(data.content)), "row": data.row, "row_name": row.get("name", data.row),
        "row_name_en": row.get("name_en", data.row), "urgency": data.urgency,
        "urgency_name": urgency.get("name", data.urgency), "urgency_name_en": urgency.get("name_en", data.urgency),
        "concerns": [source.name(each) for each in data.concerns], "until_at": data.until_at or None,
        "status": needs_of.joint_status(data, thing.status), "digest": data.content,
        "offers": [
            {"organisation": each.organisation, "name": source.name(each.organisation),
             "text": str((texts.get(each.digest) or {}).get("text", "")), "digest": each.digest}
            for each in offers
        ],
    }  # fmt: skip


def need_words(payload: Mapping[str, Any] | None) -> str:
    """Return a need in one line: what, how much, where, when."""
    given = payload or {}
    return ", ".join(given[name] for name in ("text", "amount", "place", "when") if given.get(name))


def copy_questions(source: Source, conference: Thing) -> list[Copy]:
    """Return the common questions of the conference, and the others that wait for an answer."""
    asked = source.state.group("questions_of", conference.subject)
    waiting = (
        thing for thing in source.state.group("questions")
        if questions_of.status_at(thing.data, thing.status) == questions_of.ASKED
    )  # fmt: skip
    things = {thing.subject: thing for thing in (*asked, *waiting)}
    found = sorted(things.values(), key=lambda thing: (thing.created_clock, thing.subject))
    wanted = [thing.data.content for thing in found]
    wanted += [word.digest for thing in found for word in questions_of.standing_answers(thing.data)]
    texts = source.load(wanted)
    return [_question(source, thing, texts) for thing in found]


def _question(source: Source, thing: Thing, texts: Mapping[str, Mapping[str, Any] | None]) -> Copy:
    data = rules.data_of(thing, questions_of.QuestionData)
    answers = questions_of.standing_answers(data)
    return {
        "organisation": thing.organisation, "name": source.name(thing.organisation),
        "text": str((texts.get(data.content) or {}).get("text", "")), "digest": data.content,
        "status": questions_of.status_at(data, thing.status),
        "sharers": [source.name(word.organisation) for word in questions_of.sharers(data)],
        "answers": [
            {"organisation": word.organisation, "name": source.name(word.organisation), "digest": word.digest,
             "text": str((texts.get(word.digest) or {}).get("text", "")), "at": word.at}
            for word in answers
        ],
    }  # fmt: skip


def copy_agreements(source: Source, conference: Thing) -> list[Copy]:
    """Return the agreements of the conference, and before them those of earlier ones that are still open."""
    own = source.state.group("agreements_of", conference.subject)
    earlier = [thing for thing in source.state.group("agreements") if _is_followed_up(source, thing, conference)]
    texts = source.load(_digests((*earlier, *own)))
    return [
        *(_agreement(source, thing, texts, earlier=True) for thing in earlier),
        *(_agreement(source, thing, texts, earlier=False) for thing in own),
    ]


def _is_followed_up(source: Source, thing: Thing, conference: Thing) -> bool:
    before = source.state.thing(thing.data.conference)
    is_earlier = before is not None and before.data.starts_at < conference.data.starts_at
    return is_earlier and standing(thing.data, thing.status, source.now).open


def _digests(things: Sequence[Thing]) -> list[str]:
    answers = [answer.digest for thing in things for answer in thing.data.answers]
    return [*(thing.data.terms for thing in things), *answers]


def _agreement(
    source: Source, thing: Thing, texts: Mapping[str, Mapping[str, Any] | None], *, earlier: bool
) -> Copy:  # fmt: skip
    data, terms = thing.data, texts.get(thing.data.terms) or {}
    stands = standing(data, thing.status, source.now)
    whats = {each["organisation"]: each["what"] for each in terms.get("undertakings", ())}

    def party(each: Party) -> Copy:
        said = texts.get(each.answer.digest) or {} if each.answer is not None else {}
        return {
            "organisation": each.organisation, "name": source.name(each.organisation),
            "what": whats.get(each.organisation, ""), "due_at": each.due_at or None, "status": each.status,
            "answered_at": each.answer.at if each.answer is not None else None,
            "text": next((str(said[name]) for name in ANSWER_TEXTS if said.get(name)), ""),
            "contradictions": list(each.contradictions),
            "digest": each.answer.digest if each.answer is not None else "",
        }  # fmt: skip

    return {
        "label": data.label, "wording": str(terms.get("wording", "")), "status": stands.status,
        "parties": [party(each) for each in stands.named], "others": [party(each) for each in stands.others],
        "follow_up_at": data.follow_up_at or None, "valid_until_at": data.valid_until_at or None,
        "earlier": earlier, "digest": data.terms,
    }  # fmt: skip


def _next(source: Source, conference: Thing) -> Copy | None:
    coming = source.state.group("conferences_coming")
    later = (thing for thing in coming if thing.data.starts_at > conference.data.starts_at)
    found = next(later, None)
    if found is None:
        return None
    return {"starts_at": found.data.starts_at, "title": found.data.title, "title_en": found.data.title_en}
