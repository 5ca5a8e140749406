"""The picture being compiled: what has been chosen and written so far, as a form posts it and a draft keeps it.

A draft is a row beside the log, of the organisation. The form is the whole truth of it: it carries what has been
chosen, in order, so that nothing is lost when a page stands open for an hour.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from gemensam.core.refusal import Refused
from gemensam.ledger.drafts import SavedDraft, load_draft, save_draft
from gemensam.ledger.reading import Lens
from gemensam.web import times

PURPOSE = "compile"
CHOSEN_MAX, TEXT_MAX = 500, 10_000
SCENARIO_FIELDS = ("title", "likelihood", "text", "consequences", "watch")
SCENARIOS_READ, FIELD_MAX = 12, 4_000
SENTENCE_FIELDS = ("text", "type", "source", "source_text", "row", "about", "via")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice under a heading: an entry's sentence, or one of the compiler's own (`sentence`), not yet saved."""

    heading: str
    subject: str = ""
    entry: str = ""
    part: str = ""
    sentence: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        return bool(self.sentence)

    @property
    def ref(self) -> str:
        return f"{self.subject} {self.entry} {self.part}"

    def as_text(self) -> str:
        """The choice as a hidden field holds it."""
        if self.is_own:
            return json.dumps([self.heading, dict(self.sentence)], ensure_ascii=False)
        return json.dumps([self.heading, self.subject, self.entry, self.part])


@dataclass(frozen=True, slots=True)
class Compilation:
    """A picture in the making; times in ms UTC, None where not given. `follows`: label of the picture last seen.

    `fields`: what is written in the further fields of headings, by `heading:field`; `scenarios`: courses of events.
    """

    stated_at: int | None = None
    valid_until: int | None = None
    next_at: int | None = None
    mark: str = ""
    follows: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    scenarios: tuple[Mapping[str, str], ...] = ()
    chosen: tuple[Chosen, ...] = ()
    sentence: Mapping[str, str] = field(default_factory=dict)

    def under(self, heading: str) -> list[tuple[int, Chosen]]:
        """Return (place, choice) of a heading's choices in order."""
        return [(place, one) for place, one in enumerate(self.chosen) if one.heading == heading]

    def fields_of(self, heading: str) -> list[tuple[str, str]]:
        """Return (field, text) of what is written in a heading's further fields."""
        found = ((name.partition(":"), text) for name, text in self.fields.items())
        return [(code, text) for (of, _colon, code), text in found if of == heading]

    def refs(self) -> frozenset[str]:
        return frozenset(one.ref for one in self.chosen)

    def add(self, one: Chosen) -> "Compilation":
        """Choose a sentence once more under a heading; the same one twice is one."""
        if not one.is_own and one.ref in self.refs():
            return self
        return replace(self, chosen=(*self.chosen, one))

    def remove(self, place: int) -> "Compilation":
        return replace(self, chosen=self.chosen[:place] + self.chosen[place + 1 :])

    def put(self, place: int, one: Chosen) -> "Compilation":
        return replace(self, chosen=(*self.chosen[:place], one, *self.chosen[place + 1 :]))

    def move(self, place: int, step: int) -> "Compilation":
        """Move a choice before (-1) or after (1) its neighbour under the same heading."""
        places = [found for found, _one in self.under(self.chosen[place].heading)]
        there = places.index(place) + step
        if not 0 <= there < len(places):
            return self
        order, other = list(self.chosen), places[there]
        order[place], order[other] = order[other], order[place]
        return replace(self, chosen=tuple(order))

    def as_body(self) -> dict[str, Any]:
        """The compilation as a draft keeps it."""
        return {
            "stated_at": self.stated_at, "valid_until": self.valid_until, "next_at": self.next_at, "mark": self.mark,
            "follows": self.follows, "texts": dict(self.texts), "fields": dict(self.fields),
            "scenarios": [dict(one) for one in self.scenarios], "chosen": [one.as_text() for one in self.chosen],
            "sentence": dict(self.sentence),
        }  # fmt: skip


def read_compilation(post: QueryDict) -> Compilation:
    """Read a posted form. Raises `Refused`: `bad_request`, `bad_moment`, `text_too_long`."""
    texts = {name.removeprefix("text:"): post.get(name, "") for name in post if name.startswith("text:")}
    for code, text in texts.items():
        if len(text) > TEXT_MAX:
            raise Refused("text_too_long", field=code, limit=TEXT_MAX, length=len(text))
    return Compilation(
        stated_at=_time(post.get("stated_at", "")),
        valid_until=_time(post.get("valid_until", "")),
        next_at=_time(post.get("next_at", "")),
        mark=post.get("mark", "")[:40],
        follows=post.get("follows", "")[:80],
        texts={code: text for code, text in texts.items() if text.strip()},
        fields=_read_fields(post),
        scenarios=_read_scenarios(post),
        chosen=_read_all(post.getlist("chosen")),
        sentence={name: post.get(f"sentence_{name}", "")[:2_000] for name in (*SENTENCE_FIELDS, "heading")},
    )


def _read_fields(post: QueryDict) -> dict[str, str]:
    found = {name.removeprefix("field:"): post.get(name, "") for name in post if name.startswith("field:")}
    for name, text in found.items():
        if len(text) > FIELD_MAX:
            raise Refused("text_too_long", field=name, limit=FIELD_MAX, length=len(text))
    return {name: text for name, text in found.items() if text.strip()}


def _read_scenarios(post: QueryDict) -> tuple[Mapping[str, str], ...]:
    """Return the courses of events of which something is written, in the order of the form."""
    found = []
    for place in range(SCENARIOS_READ):
        one = {name: post.get(f"scenario:{place}:{name}", "") for name in SCENARIO_FIELDS}
        if any(len(text) > FIELD_MAX for text in one.values()):
            raise Refused("text_too_long", field="scenario", limit=FIELD_MAX, length=max(map(len, one.values())))
        if any(text.strip() for text in one.values()):
            found.append({**one, "heading": post.get("scenario_heading", "")[:40]})
    return tuple(found)


def _time(text: str) -> int | None:
    return times.parse(text) if text.strip() else None


def _read_all(given: Sequence[str]) -> tuple[Chosen, ...]:
    if len(given) > CHOSEN_MAX:
        raise Refused("picture_too_long", limit=CHOSEN_MAX)
    return tuple(read_chosen(text) for text in given)


def read_chosen(text: str) -> Chosen:
    """Read one choice; raises `Refused("bad_request")` for anything else."""
    try:
        value = json.loads(text)
    except ValueError as fault:
        raise Refused("bad_request") from fault
    if isinstance(value, list) and len(value) == 4 and all(isinstance(part, str) for part in value):
        return Chosen(*value)
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
        sentence = {name: str(value[1].get(name, "")) for name in SENTENCE_FIELDS}
        if sentence["text"].strip():
            return Chosen(value[0], sentence=sentence)
    raise Refused("bad_request")


def load_compilation(lens: Lens, space: str) -> tuple[Compilation | None, SavedDraft | None]:
    """Return the organisation's compilation in a space and when it was saved, or None."""
    saved = load_draft(lens, space, PURPOSE, "")
    if saved is None:
        return None, None
    body = saved.body
    found = Compilation(
        body.get("stated_at"), body.get("valid_until"), body.get("next_at"), body.get("mark", ""),
        body.get("follows", ""), body.get("texts", {}), body.get("fields", {}), tuple(body.get("scenarios", ())),
        _read_all(body.get("chosen", [])), body.get("sentence", {}),
    )  # fmt: skip
    return found, saved


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form was opened on: the draft's version (0: none). `writer`: which open form it is, by the browser."""

    version: int = 0
    writer: str = ""


def read_opened(post: QueryDict) -> Opened:
    """Return what a posted form says that it was opened on."""
    version = post.get("draft_version", "")[:9]
    return Opened(int(version) if version.isdecimal() else 0, post.get("writer", "")[:40])


def save_compilation(lens: Lens, space: str, found: Compilation, opened: Opened) -> SavedDraft:
    """Keep the compilation.

    Raises `Refused`: `draft_moved` where another form has saved something else since this one was opened (nothing is
    written over), `draft_too_large`.
    """
    saved = load_draft(lens, space, PURPOSE, "")
    body = found.as_body()
    if saved is not None and saved.version != opened.version and not _is_ours(saved, body, opened):
        raise Refused("draft_moved", saved_at=saved.saved_at, saved_by=saved.saved_by, version=saved.version)
    version = saved.version if saved is not None else None
    return save_draft(lens, space, PURPOSE, "", {**body, "writer": opened.writer}, version=version)


def _is_ours(saved: SavedDraft, body: Mapping[str, Any], opened: Opened) -> bool:
    """Whether what was saved since says the same, or was saved by this very form."""
    if opened.writer and saved.body.get("writer") == opened.writer:
        return True
    return all(saved.body.get(name) == value for name, value in body.items())
