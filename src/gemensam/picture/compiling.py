"""Publishing and withdrawing combined pictures, setting the takt: the only writers of these entries (R24–R27)."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision, Draft, Receipt
from gemensam.ledger.append import append, prepare
from gemensam.ledger.drafts import discard_draft
from gemensam.ledger.ids import uuid7
from gemensam.ledger.judge import read_node_name
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import vocabulary
from gemensam.picture.compile_draft import PURPOSE, SCENARIO_FIELDS, Chosen, Compilation
from gemensam.picture.domain.cadences import Cadence, cadence_from, cadence_subject, payload_of
from gemensam.picture.domain.publishing import completed
from gemensam.picture.domain.rhythm import Beats, Rhythm
from gemensam.picture.marking import mark_of_all, marks_by_entry
from gemensam.picture.queries import cadence_of, get_live


@dataclass(frozen=True, slots=True)
class Published:
    """A picture as it was published: where it stands, and its subject."""

    receipt: Receipt
    statements: tuple[Receipt, ...]


def publish_picture(
    lens: Lens, space: str, compiled: Compilation, *, circle: int | None = None, key: str = ""
) -> Published:
    """Publish a compilation, with its own sentences as statements of the writer, in one commit.

    `circle`: the version of the readers that the author saw; `key`: the same press twice is one picture. Raises
    `Refused`: see `decide_published`.
    """
    marks = picture_marks(lens, space, compiled)
    own = [place for place, one in enumerate(compiled.chosen) if one.is_own]
    subjects = {place: subject_for(lens, key, f"statement {place}") for place in own}
    statements = [_statement(space, subjects[place], compiled.chosen[place], compiled) for place in own]
    content = picture_content(compiled, subjects)
    subject = subject_for(lens, key, "picture")
    picture = Draft("picture.published", space, subject, content, marks=marks, circle_seen=circle)
    receipts = append(lens.principal, [*statements, picture], key=key)
    discard_draft(lens, space, PURPOSE, "")
    return Published(receipts[-1], receipts[:-1])


def picture_marks(lens: Lens, space: str, compiled: Compilation) -> tuple[str, ...]:
    """Return the mark of a picture: the strictest of the chosen one and those of all that is copied into it (R50)."""
    live = get_live(lens, space, Moment(lens.now))
    copied = {cell.entry for row in live.matrix.rows for cell in row.cells} | {one.entry for one in compiled.chosen}
    return mark_of_all(lens, space, copied, compiled.mark)


def subject_for(lens: Lens, key: str, part: str) -> str:
    """Return a new subject; the same for the same key of the same account, so that a repeat is the same request."""
    if not key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{key}/{part}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def picture_content(compiled: Compilation, subjects: Mapping[int, str]) -> dict[str, Any]:
    """Return the author's part of a picture's payload; `subjects` names the statements of own sentences, by place."""
    if compiled.stated_at is None:
        raise Refused("stated_at_missing")
    fields, scenarios = (
        (name.partition(":")[0] for name in compiled.fields),
        (one["heading"] for one in compiled.scenarios),
    )
    headings = dict.fromkeys([*compiled.texts, *fields, *scenarios, *(one.heading for one in compiled.chosen)])
    return {
        "stated_at": compiled.stated_at,
        "valid_until": compiled.valid_until,
        "next_at": compiled.next_at,
        "previous": compiled.follows,
        "sections": [_section(compiled, code, subjects) for code in headings],
    }


def _section(compiled: Compilation, code: str, subjects: Mapping[int, str]) -> dict[str, Any]:
    statements = [_choice(one, subjects.get(place, "")) for place, one in compiled.under(code)]
    scenarios = [one for one in compiled.scenarios if one["heading"] == code]
    return {
        "code": code,
        "text": compiled.texts.get(code, ""),
        "statements": [one for one in statements if one],
        "fields": [{"code": name, "text": text} for name, text in compiled.fields_of(code)],
        "scenarios": [{name: one[name] for name in SCENARIO_FIELDS} for one in scenarios],
    }


def _choice(one: Chosen, subject: str) -> dict[str, str] | None:
    if not one.is_own:
        return {"subject": one.subject, "entry": one.entry, "part": one.part}
    return {"subject": subject, "entry": "", "part": "statement"} if subject else None


def _statement(space: str, subject: str, one: Chosen, compiled: Compilation) -> Draft:
    named = ("text", "type", "source", "source_text", "row", "about")
    content = {name: one.sentence.get(name, "") for name in named}
    payload = {**content, "stated_at": compiled.stated_at or 0}
    marks = (compiled.mark,) if compiled.mark else ()
    return Draft("statement.recorded", space, subject, payload, marks=marks, via=one.sentence.get("via", ""))


def preview_picture(lens: Lens, space: str, compiled: Compilation) -> Mapping[str, Any]:
    """Return the content that publishing now would give, without writing; own sentences are not in it yet.

    Raises `Refused` as publishing would.
    """
    draft = Draft("picture.published", space, uuid7(), picture_content(compiled, {}))
    is_partial = any(one.is_own for one in compiled.chosen)
    return completed(rehearsal(lens, space, draft, prepare(draft).payload), may_be_empty=is_partial)


def rehearsal(lens: Lens, space: str, draft: Draft, payload: Mapping[str, Any]) -> Decision:
    def load(digests: Sequence[str]) -> Mapping[str, Mapping[str, Any] | None]:
        return lens.payloads(space, digests)

    return Decision(
        Draft(draft.kind, space, draft.subject, payload), lens.principal, lens.principal.organisation,
        lens.space(space), lens.state(space), lens.directory, lens.now, read_node_name(), load, lens.state,
        lambda digests: marks_by_entry(lens, space, digests),
    )  # fmt: skip


def withdraw_picture(lens: Lens, space: str, subject: str, reason: str, *, last: str = "") -> Receipt:
    """Take a published picture back; it stays readable and says so."""
    draft = Draft("picture.withdrawn", space, subject, {"reason": reason}, based_on=last or None)
    return append(lens.principal, [draft])[0]


@dataclass(frozen=True, slots=True)
class Takt:
    """A takt to be set: a code of the list `cadences`, why, and when its first conference is (ms UTC; 0 now).

    `code` "" goes on from the takt in force, which must still be the one whose entry is `seen`. `parts`: the beats that
    come otherwise than there, None for one that is left out. `stale_after_ms` 0 keeps its limit.
    """

    code: str
    reason: str
    anchor_at: int = 0
    stale_after_ms: int = 0
    parts: Mapping[str, Rhythm | None] = field(default_factory=dict)
    seen: str = ""


def set_cadence(lens: Lens, space: str, takt: Takt, *, key: str = "") -> Receipt:
    """Set the takt of a space. Raises `Refused`: `no_such_cadence`, `reason_missing`, `cadence_moved`."""
    base, listed = _base(lens, space, takt)
    rhythms = {**base.beats.rhythms, **takt.parts}
    beats = Beats({name: rhythm for name, rhythm in rhythms.items() if rhythm is not None})
    wanted = replace(base, beats=beats, stale_after_ms=takt.stale_after_ms or base.stale_after_ms)
    payload = payload_of(wanted, listed, reason=takt.reason, anchor_at=takt.anchor_at)
    subject = cadence_subject(lens.principal.organisation)
    return append(lens.principal, [Draft("cadence.set", space, subject, payload)], key=key)[0]


def _base(lens: Lens, space: str, takt: Takt) -> tuple[Cadence, Cadence | None]:
    """Return the takt that the new one goes on from, and the list's of the same code."""
    current = cadence_of(lens, lens.state(space), Moment(lens.now)) if not takt.code else None
    item = vocabulary(lens.directory, "cadences").item(takt.code or (current.code if current is not None else ""))
    listed = cadence_from(item) if item is not None else None
    if current is not None and current.digest != takt.seen:
        raise Refused("cadence_moved")
    base = current or listed
    if base is None:
        raise Refused("no_such_cadence", value=takt.code)
    return base, listed
