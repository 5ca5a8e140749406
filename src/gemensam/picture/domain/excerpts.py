"""Utdrag: what is taken out of a published combined picture for a named recipient, upward or public (R44, R94). Pure.

Nothing is typed anew: the chosen sentences are copied from the picture under the append lock, and the marks decide
which may be taken. What only the recipient needs is written in fields of the recipient's own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, NamedTuple

from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import pinned_vocabulary
from gemensam.picture.domain.own_fields import own_words
from gemensam.picture.domain.pictures import ChosenStatement, FeedHead, Scenario, SectionField, kept, label_of
from gemensam.picture.domain.publishing import EMPTY_SECTION, HERE
from gemensam.picture.domain.report_rules import decide_reason

Item = Mapping[str, Any]
LIST, TLP = "excerpts", "tlp"
PUBLIC = "public"  # the `widest` of a mark that lets everybody read
EXCERPT_OF = "excerpt_of"
FIELD_MAX = 4_000
GONE = frozenset({"withdrawn", "denied"})


@dataclass(frozen=True)
class ExcerptSection:
    """A heading of the picture. The author gives `code`, `with_text` (whether the compiler's own words are taken
    along) and which sentences (`subject`, `entry` and `part` of each); the rest is copied from the picture.
    """

    code: str
    with_text: bool = False
    title: str = ""
    title_en: str = ""
    text: str = ""
    fields: tuple[SectionField, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    statements: tuple[ChosenStatement, ...] = ()


@dataclass(frozen=True)
class ExcerptField:
    """A field that the recipient alone has. The author gives `code` and `text`; the list gives the rest."""

    code: str
    text: str
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class ExcerptPublished:
    """An excerpt. The author names the picture (its subject), the kind (list `excerpts`), and what is taken.

    `label`: the picture's number; `stated_at`, `valid_until` (ms UTC) the picture's own times; `basis` its heads.
    """

    picture: str
    kind: str
    sections: tuple[ExcerptSection, ...] = ()
    fields: tuple[ExcerptField, ...] = ()
    label: str = ""
    name: str = ""
    name_en: str = ""
    to: str = ""
    to_en: str = ""
    is_public: bool = False
    stated_at: int = 0
    valid_until: int | None = None
    basis: tuple[FeedHead, ...] = ()


@dataclass(frozen=True)
class ExcerptWithdrawn:
    """The publisher takes an excerpt back; it stays readable and says so."""

    reason: str


@dataclass(frozen=True, slots=True)
class ExcerptData:
    """An excerpt in the state: of which picture, of which kind, when; no text."""

    picture: str
    label: str
    kind: str
    stated_at: int
    is_public: bool
    clock: Clock
    content: str
    function: str = ""


EXCERPT = SubjectType(
    "excerpt",
    owner=Machine({("", "excerpt.published"): "published", ("published", "excerpt.withdrawn"): "withdrawn"}),
    index=lambda thing: [(("excerpts",), (thing.data.clock, thing.subject))],
)


def _extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: payload[name] for name in ("picture", "label", "kind", "stated_at", "is_public")}


def _published(_data: Any, header: Header, digest: str, extract: Mapping[str, Any] | None) -> ExcerptData:
    found = extract or {"picture": "", "label": "", "kind": "", "stated_at": header.occurred_at, "is_public": False}
    return ExcerptData(
        intern(found["picture"]), found["label"], intern(found["kind"]), found["stated_at"], found["is_public"],
        header.clock, digest, intern(header.function),
    )  # fmt: skip


def excerpts(state: SpaceState) -> tuple[Thing, ...]:
    """Return all excerpts of a space in the order of their clocks, withdrawn ones included."""
    return state.group("excerpts")


# What holds a sentence back ------------------------------------------------------------------------------------


class Marked(NamedTuple):
    """What is known of a sentence when it is to leave: the marks of its entry as it was copied and as it stands now."""

    marks: frozenset[str]
    unconfirmed: bool = False
    gone: bool = False


class Held(NamedTuple):
    """Why something may not be taken. `code`: `marked` (with the mark), `unmarked`, `unconfirmed` or `taken_back`."""

    code: str
    mark: str = ""


def why_held(found: Marked, kind: Item, tlp: Iterable[Item]) -> Held | None:
    """Return why something may not be taken into an excerpt of this kind, None where it may (R44, R51).

    A mark that the list does not know holds it back: what nobody has said may leave, stays. Whatever the list says,
    a public excerpt takes only what is marked for everybody.
    """
    if found.gone:
        return Held("taken_back")
    widest = {str(item["name"]): str(item.get("widest", "")) for item in tlp}
    takes = {PUBLIC} if kind.get("is_public") else set(kind.get("takes", ()))
    for mark in sorted(found.marks):
        if widest.get(mark, "") not in takes:
            return Held("marked", mark)
    if not found.marks and (kind.get("is_public") or not kind.get("unmarked")):
        return Held("unmarked")
    if found.unconfirmed and not kind.get("unconfirmed"):
        return Held("unconfirmed")
    return None


def entries_of(state: SpaceState, one: Item) -> tuple[str, ...]:
    """Return the entries whose marks bind a copied sentence: the copied one, and what stands in force now (7)."""
    thing = state.thing(one["subject"])
    now = str(thing.data.content) if thing is not None else ""
    return tuple(digest for digest in (one["entry"], now) if digest)


def marked_sentence(state: SpaceState, one: Item, marks: Mapping[str, Sequence[str]]) -> Marked:
    """Return what is known of a copied sentence; `marks` by entry, of `entries_of`."""
    thing = state.thing(one["subject"])
    found = frozenset(mark for entry in entries_of(state, one) for mark in marks.get(entry, ()))
    return Marked(found, one["unconfirmed"] or one["entered_for"], thing is None or thing.status in GONE)


def marked_text(picture_marks: Sequence[str]) -> Marked:
    """Return what is known of the compiler's own words: they may repeat anything in the picture, and bear its mark."""
    return Marked(frozenset(picture_marks))


# Publishing ------------------------------------------------------------------------------------------------------


def kind_of(decision: Decision, code: str) -> Item:
    """Return a kind of excerpt; raises `Refused`: `unknown_excerpt`."""
    found = pinned_vocabulary(decision.directory, decision.state, LIST).item(code)
    if found is None:
        raise Refused("unknown_excerpt", value=code)
    return found


def decide_published(decision: Decision) -> Mapping[str, Any]:
    """Complete an excerpt under the append lock. Raises `Refused`: `unknown_excerpt`, `excerpt_no_picture`,
    `excerpt_not_in_picture`, `excerpt_held`, `excerpt_field_missing`, `excerpt_empty`, `excerpt_unknown_field`,
    `excerpt_too_long`, `personal_number`.
    """
    payload = decision.draft.payload
    kind = kind_of(decision, payload["kind"])
    picture, content = _picture(decision, payload["picture"])
    sections = tuple(_sections(decision, payload["sections"], kind, picture, content))
    fields = tuple(_fields(payload["fields"], kind))
    if not fields and not any(section["with_text"] or section["statements"] for section in sections):
        raise Refused("excerpt_empty")
    names = ("name", "name_en", "to", "to_en")
    return {
        **payload,
        **{name: str(kind.get(name, "")) for name in names},
        "is_public": bool(kind.get("is_public")),
        "sections": list(sections),
        "fields": list(fields),
        "label": label_of(decision.state, picture),
        "stated_at": content["stated_at"],
        "valid_until": content["valid_until"],
        "basis": content["basis"],
    }


def _picture(decision: Decision, subject: str) -> tuple[Thing, Mapping[str, Any]]:
    thing = decision.state.thing(subject)
    if thing is None or thing.type != "picture" or thing.status != "published":
        raise Refused("excerpt_no_picture")
    content = decision.load([thing.data.content]).get(thing.data.content)
    if content is None:
        raise Refused("excerpt_no_picture")
    return thing, content


def _sections(
    decision: Decision, given: Sequence[Item], kind: Item, picture: Thing, content: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Yield the chosen headings in the order of the picture, with copies of what stands in it."""
    by_code = {section["code"]: section for section in given}
    if by_code.keys() - {section["code"] for section in content["sections"]} or len(by_code) != len(given):
        raise Refused("excerpt_not_in_picture")
    tlp = pinned_vocabulary(decision.directory, decision.state, TLP).items
    chosen = [one for section in content["sections"] for one in section["statements"]]
    digests = {entry for one in chosen for entry in entries_of(decision.state, one)}
    marks = decision.marks([*sorted(digests), picture.created])
    for section in content["sections"]:
        asked = by_code.get(section["code"])
        if asked is None or not (asked["with_text"] or asked["statements"]):
            continue
        if asked["with_text"]:
            _check(marked_text(marks.get(picture.created, ())), kind, tlp)
        wanted = [_named(section, one) for one in asked["statements"]]
        for one in wanted:
            _check(marked_sentence(decision.state, one, marks), kind, tlp)
        named = {name: section[name] for name in ("code", "title", "title_en")}
        own = section if asked["with_text"] else EMPTY_SECTION
        words = {"text": own["text"], "fields": own.get("fields", ()), "scenarios": own.get("scenarios", ())}
        yield {**named, **words, "with_text": bool(own_words(own)), "statements": wanted}


def _named(section: Item, asked: Item) -> Item:
    key = (asked["subject"], asked["entry"], asked["part"])
    for one in section["statements"]:
        if (one["subject"], one["entry"], one["part"]) == key:
            return dict(one)
    raise Refused("excerpt_not_in_picture")


def _check(found: Marked, kind: Item, tlp: Iterable[Item]) -> None:
    held = why_held(found, kind, tlp)
    if held is not None:
        raise Refused("excerpt_held", why=held.code, mark=held.mark)


def _fields(given: Sequence[Item], kind: Item) -> Iterator[Mapping[str, Any]]:
    """Yield the recipient's own fields that say something, in the order of the list."""
    texts = {field["code"]: field["text"].strip() for field in given}
    known = [field["code"] for field in kind.get("fields", ())]
    if unknown := texts.keys() - set(known):
        raise Refused("excerpt_unknown_field", value=min(unknown))
    for field in kind.get("fields", ()):
        text = texts.get(field["code"], "")
        if len(text) > FIELD_MAX:
            raise Refused("excerpt_too_long", limit=FIELD_MAX)
        if not text and field.get("required"):
            raise Refused("excerpt_field_missing", field=field["name"])
        if text:
            yield {"code": field["code"], "text": text, "name": field["name"], "name_en": field.get("name_en", "")}


def excerpt_text(payload: Mapping[str, Any]) -> str:
    """Return what the full-text search finds in an excerpt."""
    parts = [field["text"] for field in payload["fields"]]
    parts += [text for section in payload["sections"] for text in own_words(section)]
    parts += [one["text"] for section in payload["sections"] for one in section["statements"]]
    return "\n".join(part for part in parts if part)


KINDS = (
    Kind("excerpt.published", 1, EXCERPT, ExcerptPublished, "publish_picture", _published,
         spaces=HERE, decide=decide_published, text=excerpt_text, extract=_extract, publishes=True),
    Kind("excerpt.withdrawn", 1, EXCERPT, ExcerptWithdrawn, "publish_picture", kept,
         spaces=HERE, decide=decide_reason, text=lambda payload: str(payload["reason"]), folds_payload=False),
)  # fmt: skip
TYPES = (EXCERPT,)
