"""Entries as pages show them: a line for the list, everything for an entry's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger import describing, labels
from gemensam.ledger.describing import Line, Names
from gemensam.ledger.pages.rows import corrected_by
from gemensam.ledger.reading import Lens, LogRow
from gemensam.web import times
from gemensam.web.spaces import title_of

DIGEST = 64
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a line of the log; times in ms UTC.

    `happened_at`: its own time, where it differs from its arrival by a minute or more. `verdicts`: what else than
    *in force* is to be said of it, as (code, word). `changed_later`: a later entry corrects it or
    takes it back.
    """

    row: LogRow
    line: Line
    organisation: str
    by_organisation: str
    function: str
    kind: str
    happened_at: int | None
    verdicts: tuple[tuple[str, str], ...]
    changed_later: bool
    correction: bool

    @property
    def quiet(self) -> bool:
        """Whether the program wrote it for the log's own sake."""
        return self.row.header.kind == "arrivals.sealed"


def show_all(rows: Sequence[LogRow], names: Names, state: SpaceState, *, openly: bool = False) -> list[Shown]:
    """Return entries of one space in words; `openly`: also the texts of marked ones."""
    corrected = corrected_by(state, rows)
    return [_show(row, names, corrected.get(row.header.subject, 0), openly=openly) for row in rows]


def show(row: LogRow, names: Names, state: SpaceState, *, openly: bool = False) -> Shown:
    """Return one entry in words."""
    return show_all([row], names, state, openly=openly)[0]


def _show(row: LogRow, names: Names, corrected: int, *, openly: bool) -> Shown:
    header = row.header
    return Shown(
        row=row,
        line=(describing.describe_openly if openly else describing.describe)(row, names),
        organisation=names.organisation(header.organisation),
        by_organisation=names.organisation(header.by_organisation) if header.on_behalf else "",
        function=names.function(header.function),
        kind=describing.kind_word(header.kind),
        happened_at=header.occurred_at if abs(header.occurred_at - row.received_at) >= times.MINUTE else None,
        verdicts=tuple((code, str(labels.VERDICTS[code])) for code in verdicts(row)),
        changed_later=row.verdict == "in_force" and corrected > row.position,
        correction=describing.is_correction(header),
    )


def verdicts(row: LogRow) -> list[str]:
    """Return the codes of what is to be said of an entry beside that it is in force."""
    found = [] if row.verdict == "in_force" else [row.verdict]
    if row.header.clock.ms - row.received_at > AHEAD_LIMIT_MS:
        found.append("clock_wrong")
    if row.payload is None:
        found.append("held" if row.held else "disposed")
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a text: its word, and a plain value or further parts. `at`: a time in ms UTC; `lang`: of the text."""

    word: str
    text: str = ""
    parts: tuple["Part", ...] = ()
    at: int | None = None
    code: bool = False
    url: str = ""
    heads: tuple[str, ...] = ()
    lines: tuple[tuple["Part", ...], ...] = ()
    lang: str = ""


def payload_parts(row: LogRow, names: Names) -> tuple[Part, ...]:
    """Return an entry's text as a list that can be read; empty fields are left out."""
    return _parts(row.payload or {}, _Teller(row.header.space, names, row.header.vocabulary), 0)


@dataclass(frozen=True, slots=True)
class _Teller:
    space: str
    names: Names
    pins: str

    def value(self, name: str, value: Any, depth: int) -> Part:
        word = labels.field_word(name)
        if isinstance(value, bool):
            return Part(word, _("yes") if value else _("no"))
        if isinstance(value, int):
            return Part(word, at=value) if _is_time(name, value) else Part(word, str(value))
        if isinstance(value, str):
            return self._text(word, name, value)
        if isinstance(value, Mapping):
            return self._object(word, value, depth)
        return self._list(word, name, value, depth)

    def _text(self, word: str, name: str, value: str) -> Part:
        if name in ("organisation", "organisations"):
            return Part(word, self.names.organisation(value))
        if name == "function":
            return Part(word, _("all functions") if value == "*" else self.names.function(value))
        for vocabulary in labels.LISTS.get(name, ()):
            if found := self.names.item(vocabulary, value, self.pins):
                return Part(word, found)
        is_code = name in ("digest", "public_key", "previous", "confirms")
        return Part(word, value, code=is_code, lang="en" if name.endswith("_en") else "")

    def _object(self, word: str, value: Mapping[str, Any], depth: int) -> Part:
        if {"digest", "media_type", "name"} <= value.keys():
            url = f"/spaces/{self.space}/attachments/{value['digest']}/"
            return Part(word, str(value["name"]), url=url)
        if depth >= DEEPEST:
            return Part(word, "…")
        return Part(word, parts=_parts(value, self, depth + 1))

    def _list(self, word: str, name: str, value: Any, depth: int) -> Part:
        if all(isinstance(each, str) for each in value):
            told = [self._text("", name, each).text for each in value]
            return Part(word, ", ".join(told))
        if depth >= DEEPEST:
            return Part(word, "…")
        if len(value) > 1 and all(_is_flat(each) for each in value):
            return self._table(word, value)
        numbered = [self.value(str(place), each, depth + 1) for place, each in enumerate(value, 1)]
        return Part(word, parts=tuple(numbered))

    def _table(self, word: str, value: Any) -> Part:
        """Things with the same plain fields stand below each other; a field that all leave empty is left out."""
        fields = [name for name in value[0] if any(each.get(name) not in _EMPTY for each in value)]
        fields.sort(key=lambda name: name not in labels.LISTS)
        lines = [tuple(self._cell(name, each.get(name)) for name in fields) for each in value]
        return Part(word, heads=tuple(map(labels.field_word, fields)), lines=tuple(lines))

    def _cell(self, name: str, value: Any) -> Part:
        return Part("") if value in _EMPTY else self.value(name, value, DEEPEST)


_EMPTY: tuple[Any, ...] = ("", None, [], (), {})


def _is_flat(value: object) -> bool:
    """Whether it is an object of plain values (an attachment's is shown as a link instead)."""
    if not isinstance(value, Mapping) or "media_type" in value:
        return False
    return all(each in _EMPTY or isinstance(each, (str, int)) for each in value.values())


def _parts(value: Mapping[str, Any], teller: _Teller, depth: int) -> tuple[Part, ...]:
    return tuple(teller.value(name, each, depth) for name, each in value.items() if each not in _EMPTY)


def _is_time(name: str, value: int) -> bool:
    return (name == "at" or name.endswith("_at")) and value > 10**11


@dataclass(frozen=True, slots=True)
class Reference:
    """What an entry refers to: the relation in words, the name of the thing, where it is."""

    relation: str
    title: str
    url: str
    space: str = ""


def references(lens: Lens, row: LogRow) -> list[Reference]:
    """Return an entry's references. They name the same space or a wider one, so that its readers read them all."""
    return [_reference(lens, row, ref) for ref in row.header.refs]


def _reference(lens: Lens, row: LogRow, ref: Ref) -> Reference:
    relation = str(labels.RELATIONS.get(ref.rel, ref.rel))
    try:
        info = lens.space(ref.space)
    except Refused:  # a wider space that this reader has lost: what was referred to is not shown
        return Reference(relation, _("something that is no longer shared with you"), "")
    there = f"{ref.digest}/" if ref.digest else f"?subject={ref.subject}"
    space = "" if ref.space == row.header.space else title_of(lens, info)
    return Reference(relation, _referred(lens, ref), f"/spaces/{ref.space}/log/{there}", space)


def _referred(lens: Lens, ref: Ref) -> str:
    """What a reference names, in the words of the entry itself or of the one that began its thing."""
    state = lens.state(ref.space)
    thing = state.thing(ref.subject)
    digest = ref.digest or (thing.created if thing is not None else "")
    names = Names(lens.directory, state)
    return describing.describe(lens.entry(ref.space, digest), names).text if digest else ref.subject
