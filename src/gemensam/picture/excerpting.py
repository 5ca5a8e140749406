"""Publishing and withdrawing excerpts of a combined picture: the only writers of these entries (R44, R94)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gemensam.core.entry import Ref
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append, prepare
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.picture.compiling import rehearsal, subject_for
from gemensam.picture.domain.excerpts import EXCERPT_OF, decide_published, entries_of
from gemensam.picture.lists import Lists
from gemensam.picture.marking import marks_by_entry, strictest
from gemensam.picture.queries import PictureView


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An excerpt in the making: its kind, what is taken of the picture, and the recipient's own fields by code.

    `texts`: headings whose own words are taken; `taken`: (heading, subject, entry, part) of each sentence.
    """

    kind: str
    texts: frozenset[str] = frozenset()
    taken: tuple[tuple[str, str, str, str], ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def publish_excerpt(
    lens: Lens, view: PictureView, made: Excerpt, *, circle: int | None = None, key: str = ""
) -> Receipt:
    """Publish an excerpt of a picture. Raises `Refused`: see `decide_published`; `readers_changed`."""
    draft = _draft(view, made, subject_for(lens, key, "excerpt"))
    marks = excerpt_marks(lens, view, made)
    return append(lens.principal, [replace(draft, marks=marks, circle_seen=circle)], key=key)[0]


def preview_excerpt(lens: Lens, view: PictureView, made: Excerpt) -> Mapping[str, Any]:
    """Return the content that publishing now would give, without writing. Raises `Refused` as publishing would."""
    draft = _draft(view, made, uuid7())
    return decide_published(rehearsal(lens, view.space, draft, prepare(draft).payload))


def excerpt_marks(lens: Lens, view: PictureView, made: Excerpt) -> tuple[str, ...]:
    """Return the mark of an excerpt: the strictest of what is copied into it, and the picture's where its words are."""
    space, state = view.space, lens.state(view.space)
    taken = {one[1:] for one in made.taken}
    chosen = [one for one in sentences(view) if (one["subject"], one["entry"], one["part"]) in taken]
    digests = {digest for one in chosen for digest in entries_of(state, one)}
    found = [mark for marks in marks_by_entry(lens, space, digests).values() for mark in marks]
    own = view.entry.header.marks if made.texts else ()
    return strictest(Lists(lens.directory, state), [*found, *own])


def sentences(view: PictureView) -> list[Mapping[str, Any]]:
    """Return the sentences of a picture in order."""
    sections: Sequence[Mapping[str, Any]] = view.content["sections"] if view.content is not None else ()
    return [one for section in sections for one in section["statements"]]


def _draft(view: PictureView, made: Excerpt, subject: str) -> Draft:
    headings = [section["code"] for section in view.content["sections"]] if view.content is not None else []
    asked = dict.fromkeys([*headings, *made.texts, *(one[0] for one in made.taken)])
    payload = {
        "picture": view.thing.subject,
        "kind": made.kind,
        "sections": [section for code in asked if (section := _section(code, made))],
        "fields": [{"code": code, "text": text} for code, text in made.fields.items() if text.strip()],
    }
    refs = (Ref(EXCERPT_OF, view.space, view.thing.subject, view.thing.created),)
    return Draft("excerpt.published", view.space, subject, payload, refs=refs)


def _section(code: str, made: Excerpt) -> dict[str, Any]:
    """Return what is asked of a heading; empty where nothing is."""
    taken = [
        {"subject": subject, "entry": entry, "part": part}
        for heading, subject, entry, part in made.taken
        if heading == code
    ]
    with_text = code in made.texts
    return {"code": code, "with_text": with_text, "statements": taken} if with_text or taken else {}


def withdraw_excerpt(lens: Lens, space: str, subject: str, reason: str, *, last: str = "") -> Receipt:
    """Take an excerpt back; it stays readable and says so."""
    draft = Draft("excerpt.withdrawn", space, subject, {"reason": reason}, based_on=last or None)
    return append(lens.principal, [draft])[0]
