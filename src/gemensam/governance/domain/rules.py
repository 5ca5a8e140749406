"""What every decision about a document or a member's step checks under the append lock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from gemensam.core.entry import Header, Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain import members, organisation, pinned_vocabulary

# A steering document lives in its period, or in `standing` where it belongs to none; a decision beside its document.
HERE = frozenset({"standing", "period"})
# Relations of this room. `part_of`: the document above in the hierarchy; `decides`: the document that a step is about;
# `confirms`: the entry whose content a confirmer saw; `corrects`: the entry that a correction was made from.
PART_OF, SUPERSEDES, DECIDES, CONFIRMS, CORRECTS = "part_of", "supersedes", "decides", "confirms", "corrects"
AHEAD_MS = 14 * 3_600_000  # the day has begun somewhere on earth
LINE_MAX, TEXT_MAX, LIST_MAX = 300, 4_000, 100
# How an outcome counts (13.2): adopted; with a mark; by the highest official; only together with that official's
# approval; not; not applicable; not stated.
YES, MARKED, OFFICIAL, WITH_OFFICIAL, NO, APART, UNSAID = (
    "yes", "marked", "official", "with_official", "no", "apart", "unsaid",
)  # fmt: skip
COUNTS = frozenset({YES, MARKED, OFFICIAL, WITH_OFFICIAL, NO, APART, UNSAID})


def is_day(text: str) -> bool:
    """Whether a text is a date as 2023-03-10."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_days(**days: str) -> None:
    """Raise `Refused("date_wrong")` for a date that is given and is none; an empty one is *ej angivet*."""
    for field, text in days.items():
        if text and not is_day(text):
            raise Refused("date_wrong", field=field, value=text[:20])


def check_past(now: int, **days: str) -> None:
    """Raise `Refused("date_in_future")` for a fact of a day that has not come; `now` in ms UTC."""
    latest = day_of(now + AHEAD_MS)
    for field, text in days.items():
        if is_day(text) and text > latest:
            raise Refused("date_in_future", field=field, value=text)


@lru_cache(maxsize=4096)
def day_of(at: int) -> str:
    """Return the day of an instant (ms UTC) as 2023-03-10, in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


def check_span(first: str, last: str) -> None:
    """Raise `Refused("dates_reversed")` where a validity ends before it begins."""
    if first and last and last < first:
        raise Refused("dates_reversed", first=first, last=last)


def check_lines(*, longest: int = LINE_MAX, **texts: str) -> None:
    """Raise `Refused("text_too_long")`."""
    for field, text in texts.items():
        _check_length(field, text, longest)


def _check_length(field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise Refused("text_too_long", field=field, limit=longest, length=len(text))


def check_list(field: str, texts: Sequence[str] | None) -> None:
    """Raise `Refused`: `list_too_long`, `text_too_long`."""
    if texts is not None and len(texts) > LIST_MAX:
        raise Refused("list_too_long", field=field, limit=LIST_MAX, length=len(texts))
    for text in texts or ():
        _check_length(field, text, LINE_MAX)


def need_line(field: str, text: str) -> None:
    """Raise `Refused("words_missing")` for an empty text."""
    if not text.strip():
        raise Refused("words_missing", field=field)


def check_item(decision: Decision, code: str, value: str, refusal: str) -> Mapping[str, Any]:
    """Return an item of a list as the space has pinned it, or as it stands now; raises `Refused(refusal)`."""
    found = pinned_vocabulary(decision.directory, decision.state, code).item(value)
    if found is None:
        raise Refused(refusal, value=value)
    return found


def check_voice(decision: Decision) -> None:
    """Raise `Refused("not_your_organisation")` where a member types for another: only the joint office does.

    The joint office is no member itself, so that no member writes what is another's.
    """
    own = organisation(decision.directory, decision.principal.organisation)
    if decision.organisation != decision.principal.organisation and own is not None and own.member:
        raise Refused("not_your_organisation", organisation=decision.organisation)


def check_members(decision: Decision, named: Iterable[str]) -> None:
    """Raise `Refused`: `members_missing` where none is named, `not_a_member`."""
    known = {member.id for member in members(decision.directory)}
    named = tuple(named)
    if not named:
        raise Refused("members_missing")
    for member in named:
        if member not in known:
            raise Refused("not_a_member", organisation=member)


def check_seen(decision: Decision, rel: str, current: str) -> None:
    """Raise `Refused("moved")` where the text that the writer saw is no longer the one in force."""
    for ref in decision.draft.refs:
        if ref.rel == rel and ref.digest and ref.digest != current:
            raise Refused("moved", last=current, based_on=ref.digest)


def decide_reason(decision: Decision) -> Mapping[str, Any]:
    """Return the payload of what ends or returns a thing; raises `words_missing`, `text_too_long`."""
    payload = decision.draft.payload
    need_line("reason", payload["reason"])
    check_lines(longest=TEXT_MAX, reason=payload["reason"])
    return payload


def named(refs: Iterable[Ref], rel: str) -> tuple[Ref, ...]:
    """Return the references of one relation."""
    return tuple(ref for ref in refs if ref.rel == rel)


def link_of(header: Header, rel: str) -> tuple[str, str]:
    """Return (space, subject) of the first reference of a relation, or ("", "")."""
    return next(((ref.space, ref.subject) for ref in header.refs if ref.rel == rel), ("", ""))


def document_named(decision: Decision) -> Thing:
    """Return the document that a draft decides on, of its own space.

    Raises `Refused`: `document_missing`, `document_not_here`: a member's standing comes from one space only (F4).
    """
    refs = named(decision.draft.refs, DECIDES)
    if not refs:
        raise Refused("document_missing")
    thing = decision.state.thing(refs[0].subject)
    if refs[0].space != decision.space.id or thing is None or thing.type != "document":
        raise Refused("document_not_here")
    return thing
