"""Excerpts in words: what can be taken of a picture and what holds it back, and an excerpt as it is read (R44, R94)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens, LogRow
from gemensam.picture.compare_shown import title_of
from gemensam.picture.domain.excerpts import (
    LIST,
    TLP,
    Held,
    entries_of,
    excerpts,
    marked_sentence,
    marked_text,
    why_held,
)
from gemensam.picture.excerpting import Excerpt, sentences
from gemensam.picture.lists import Item, Lists, told
from gemensam.picture.marking import marks_by_entry
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.picture_shown import (
    ASSESSMENT,
    ShownField,
    ShownScenario,
    ShownStatement,
    scenario_rows,
    shown_fields,
    shown_scenarios,
    shown_statement,
)
from gemensam.picture.queries import PictureView
from gemensam.web.page import SpacePage

Content = Mapping[str, Any]
TAKEN_MAX, FIELD_MAX = 500, 4_000


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """An excerpt with its content (None: disposed of) and its entry in the log."""

    thing: Thing
    content: Content | None
    entry: LogRow

    @property
    def withdrawn(self) -> bool:
        return self.thing.status == "withdrawn"


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A heading or a field of an excerpt as it is read."""

    code: str
    title: str
    text: str
    is_assessment: bool = False
    statements: tuple[ShownStatement, ...] = ()
    fields: tuple[ShownField, ...] = ()
    scenarios: tuple[ShownScenario, ...] = ()

    @property
    def scenario_rows(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The courses of events side by side."""
        return scenario_rows(self.scenarios)


@dataclass(frozen=True, slots=True)
class Takeable:
    """A sentence of the picture: with the value of its box, whether it is ticked, and why it may not be taken."""

    shown: ShownStatement
    box: str
    is_taken: bool
    held: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeableHeading:
    """A heading of the picture: its own text with what holds it back, and its sentences."""

    code: str
    title: str
    text: str
    is_text_taken: bool
    text_held: str
    sentences: tuple[Takeable, ...]
    own: ShownPart

    @property
    def has_words(self) -> bool:
        """Whether the compiler has written something under it."""
        return bool(self.text or self.own.fields or self.own.scenarios)


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the recipient's own, with what has been written."""

    code: str
    title: str
    help: str
    text: str
    is_required: bool


def kinds(lists: Lists) -> list[Item]:
    """Return the kinds of excerpts, in the list's order; empty where the network has no such list."""
    return sorted(lists.items(LIST), key=lambda item: int(item.get("order", 0)))


def kind_named(lists: Lists, code: str) -> Item:
    """Return a kind; raises `Refused`: `unknown_excerpt`."""
    found = lists.item(LIST, code)
    if found is None:
        raise Refused("unknown_excerpt", value=code)
    return found


def held_words(held: Held | None) -> str:
    """Return why something may not be taken, in words; "" where it may."""
    if held is None:
        return ""
    words = {
        "marked": _("Marked %(mark)s: may not go to this recipient."),
        "unmarked": _("Not marked for the public by its owner."),
        "unconfirmed": _("Not confirmed by its owner."),
        "taken_back": _("Taken back by its owner since the picture."),
    }
    return words[held.code] % {"mark": held.mark}


def start_excerpt(page: SpacePage, view: PictureView, kind: Item) -> Excerpt:
    """Return the excerpt that a form begins with: all that may be taken under the headings of this kind."""
    headings = frozenset(kind.get("headings", ()))
    whole = Excerpt(str(kind["code"]))
    offered = [one for one in takeable(page, view, kind, whole) if one.code in headings]
    texts = frozenset(one.code for one in offered if one.has_words and not one.text_held)
    taken = (read_box(each.box) for one in offered for each in one.sentences if not each.held)
    return Excerpt(str(kind["code"]), texts, tuple(taken))


def takeable(page: SpacePage, view: PictureView, kind: Item, made: Excerpt) -> list[TakeableHeading]:
    """Return the picture heading by heading; the marks decide what may be taken, and the reason is told."""
    content = view.content or {"sections": (), "stated_at": 0}
    words = MatrixWords(page.lens.directory, page.state, content["stated_at"], pins=view.entry.header.vocabulary)
    tlp = words.lists.items(TLP)
    digests = [digest for one in sentences(view) for digest in entries_of(page.state, one)]
    marks = marks_by_entry(page.lens, page.space, digests)
    text_held = held_words(why_held(marked_text(view.entry.header.marks), kind, tlp))
    found = []
    for section in content["sections"]:
        offered = tuple(
            _takeable(page.state, one, section["code"], kind, tlp, marks, words, made) for one in section["statements"]
        )
        own = _part({**section, "statements": ()}, words, {})
        one = TakeableHeading(own.code, own.title, own.text, own.code in made.texts, text_held, offered, own)
        if one.has_words or offered:
            found.append(one)
    return found


def _takeable(  # noqa: PLR0913  all of it is what one box depends on
    state: SpaceState, one: Content, heading: str, kind: Item, tlp: Sequence[Item],
    marks: Mapping[str, tuple[str, ...]], words: MatrixWords, made: Excerpt,
) -> Takeable:  # fmt: skip
    known = marked_sentence(state, one, marks)
    key = (heading, one["subject"], one["entry"], one["part"])
    held = held_words(why_held(known, kind, tlp))
    box = json.dumps(key, ensure_ascii=False)
    return Takeable(shown_statement(one, words), box, key in made.taken, held, tuple(sorted(known.marks)))


def read_box(text: str) -> tuple[str, str, str, str]:
    """Read the value of a box; raises `Refused("bad_request")` for anything else."""
    try:
        value = json.loads(text)
    except ValueError as fault:
        raise Refused("bad_request") from fault
    if isinstance(value, list) and len(value) == 4 and all(isinstance(part, str) for part in value):
        return (value[0], value[1], value[2], value[3])
    raise Refused("bad_request")


def read_excerpt(post: QueryDict) -> Excerpt:
    """Read a posted form. Raises `Refused`: `bad_request`, `excerpt_too_long`."""
    boxes = post.getlist("take")
    if len(boxes) > TAKEN_MAX:
        raise Refused("bad_request")
    fields = {name.removeprefix("field:"): post.get(name, "") for name in post if name.startswith("field:")}
    if any(len(text) > FIELD_MAX for text in fields.values()):
        raise Refused("excerpt_too_long", limit=FIELD_MAX)
    taken = tuple(dict.fromkeys(read_box(box) for box in boxes))
    return Excerpt(post.get("kind", "")[:40], frozenset(post.getlist("text")), taken, fields)


def own_fields(kind: Item, made: Excerpt) -> list[OwnField]:
    """Return the recipient's own fields to be written."""
    return [
        OwnField(one["code"], told(one), told(one, "help"), made.fields.get(one["code"], ""), bool(one.get("required")))
        for one in kind.get("fields", ())
    ]


def get_excerpt(lens: Lens, space: str, subject: str, moment: Moment) -> ExcerptView:
    """Return an excerpt; raises `Refused("not_found")`."""
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type != "excerpt" or _is_later(thing, moment):
        raise Refused("not_found")
    content = lens.payloads(space, [thing.data.content]).get(thing.data.content)
    return ExcerptView(thing, content, lens.entry(space, thing.created))


def list_excerpts(state: SpaceState, moment: Moment, picture: str = "") -> list[Thing]:
    """Return the excerpts of a space, or of one of its pictures, newest first."""
    found = [thing for thing in excerpts(state) if not picture or thing.data.picture == picture]
    return [thing for thing in reversed(found) if not _is_later(thing, moment)]


def _is_later(thing: Thing, moment: Moment) -> bool:
    return moment.happened_by is not None and thing.data.stated_at > moment.happened_by


def shown_parts(
    directory: SpaceState,
    state: SpaceState,
    content: Content,
    *,
    pins: str = "",
    since: Mapping[str, str] | None = None,
) -> tuple[ShownPart, ...]:
    """Return an excerpt in words: the recipient's own fields first, then what was taken of the picture."""
    words = MatrixWords(directory, state, content["stated_at"], pins=pins)
    fields = (ShownPart(f"field-{one['code']}", _named(one), one["text"]) for one in content["fields"])
    return (*fields, *(_part(section, words, since or {}) for section in content["sections"]))


def _named(field: Content) -> str:
    return title_of({"title": field["name"], "title_en": field["name_en"]})


def _part(section: Content, words: MatrixWords, since: Mapping[str, str]) -> ShownPart:
    statements = tuple(shown_statement(one, words, since.get(one["entry"], "")) for one in section["statements"])
    return ShownPart(
        section["code"], title_of(section), section["text"], section["code"] == ASSESSMENT, statements,
        shown_fields(section), shown_scenarios(section),
    )  # fmt: skip


def name_of(content: Content) -> str:
    """Return what an excerpt is called."""
    return title_of({"title": content["name"], "title_en": content["name_en"]})


def recipient_of(content: Content) -> str:
    """Return for whom an excerpt is."""
    return title_of({"title": content["to"], "title_en": content["to_en"]})
