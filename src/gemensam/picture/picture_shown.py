"""A published picture in words: what its page, its preview and its document show, from its own content alone.

A version never changes. What has become of its sources since is told beside it, apart from the content.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gemensam.core.state import SpaceState
from gemensam.picture.domain import items
from gemensam.picture.domain import matrix as m
from gemensam.picture.domain.frames import frame_for
from gemensam.picture.domain.matrix import Addition, Cell, Matrix, Row, totals
from gemensam.picture.matrix_words import MatrixWords, gap_headings
from gemensam.picture.queries import Live
from gemensam.web import times
from gemensam.web.shapes import Value

Content = Mapping[str, Any]
ASSESSMENT = "bedomning"


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A chosen sentence. `lead` says what it speaks of; `notes` what stands on it; `since` what has become of it.

    `kept`: *oförändrat, bekräftat 18.41*, which is no warning.
    """

    copy: Content
    organisation: str
    lead: str
    text: str
    value: Value | None
    type: str
    source: str
    notes: tuple[str, ...]
    since: str = ""
    link: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class ShownField:
    """A further field of the compiler's under a heading."""

    code: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownScenario:
    """A course of events: `likelihood` in words, "" where nobody has judged it."""

    title: str
    likelihood: str
    text: str
    consequences: str
    watch: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A heading as it is shown; `lines` are what the program makes under it."""

    code: str
    title: str
    text: str
    is_assessment: bool
    statements: tuple[ShownStatement, ...] = ()
    lines: tuple[str, ...] = ()
    fields: tuple[ShownField, ...] = ()
    scenarios: tuple[ShownScenario, ...] = ()

    @property
    def scenario_rows(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The courses of events side by side."""
        return scenario_rows(self.scenarios)


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A difference from the picture before, in words and with its values."""

    kind: str
    organisation: str
    row: str
    before: Value | None
    after: Value | None
    text: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture's content in words, and its matrix to be drawn."""

    content: Content
    sections: tuple[ShownSection, ...]
    changes: tuple[tuple[str, tuple[ShownChange, ...]], ...]
    live: Live
    words: MatrixWords = field(repr=False)


def shown_picture(
    directory: SpaceState, state: SpaceState, content: Content, *, pins: str = "",
    since: Mapping[str, str] | None = None,
) -> ShownPicture:  # fmt: skip
    """Return a picture's content in words. `pins`: the lists of its own time; `since`: see `queries.sources_since`."""
    names = {row["organisation"]: row["name"] for row in content["matrix"]}
    words = MatrixWords(directory, state, content["stated_at"], pins=pins, names=names)
    live = snapshot(directory, state, content)
    made = {code: tuple(_made_lines(code, live, words, content)) for code in _made(content)}
    sections = tuple(_section(section, words, since or {}, made) for section in content["sections"])
    return ShownPicture(content, sections, _changes(content["changes"], words), live, words)


def snapshot(directory: SpaceState, state: SpaceState, content: Content) -> Live:
    """Return the matrix that a picture holds, as the live one is held."""
    frame = frame_for(directory, state)
    rows = tuple(_row(row) for row in content["matrix"])
    columns = tuple(content["columns"])
    found = Matrix(
        content["stated_at"], columns, rows, totals(columns, rows, frame), content["reported"], content["total"]
    )
    return Live(found, frame)


def _row(row: Content) -> Row:
    cells = tuple(
        Cell(cell["row"], cell["value"], cell["at"], additions=tuple(Addition(code) for code in cell["additions"]))
        for cell in row["cells"]
    )
    named = ("latest_at", "oldest_at", "needs", "overdue_at", "gap", "gap_at", "gap_of")
    return Row(row["organisation"], cells, **{name: row[name] for name in named})


def _made(content: Content) -> list[str]:
    return [section["code"] for section in content["sections"] if section["content"] == "program"]


def _section(
    section: Content, words: MatrixWords, since: Mapping[str, str], made: Mapping[str, tuple[str, ...]]
) -> ShownSection:
    return ShownSection(
        section["code"],
        in_language(section, "title"),
        section["text"],
        section["code"] == ASSESSMENT,
        tuple(shown_statement(one, words, since.get(one["entry"], "")) for one in section["statements"]),
        made.get(section["code"], ()),
        shown_fields(section),
        shown_scenarios(section),
    )


def scenario_rows(scenarios: Sequence[ShownScenario]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return each thing that is said of courses of events, with (course, what is said of it) for each of them."""
    names = (
        (_("Likelihood"), "likelihood"), (_("How it goes"), "text"), (_("Consequences"), "consequences"),
        (_("What to watch for"), "watch"),
    )  # fmt: skip
    rows = ((title, tuple((one.title, str(getattr(one, name))) for one in scenarios)) for title, name in names)
    return tuple((title, told) for title, told in rows if any(text for _title, text in told))


def in_language(one: Content, name: str) -> str:
    """Return a text that a picture holds in both languages, in the reader's."""
    english = (get_language() or "sv").startswith("en") and one.get(f"{name}_en")
    return str(one[f"{name}_en"] if english else one[name])


def shown_fields(section: Content) -> tuple[ShownField, ...]:
    """Return the compiler's further fields under a heading; pictures from before there were any have none."""
    return tuple(ShownField(one["code"], in_language(one, "title"), one["text"]) for one in section.get("fields", ()))


def shown_scenarios(section: Content) -> tuple[ShownScenario, ...]:
    """Return the courses of events under a heading."""
    return tuple(
        ShownScenario(one["title"], in_language(one, "likelihood_name"), one["text"], one["consequences"], one["watch"])
        for one in section.get("scenarios", ())
    )


def shown_statement(one: Content, words: MatrixWords, since: str = "") -> ShownStatement:
    """Return a chosen sentence in words."""
    lists = words.lists
    value = words.value(one["status"]) if one["status"] else None
    return ShownStatement(
        one,
        words.name(one["organisation"]),
        _lead(one, words),
        _text(one, words),
        value,
        lists.word("statement_types", one["type"]) if one["type"] else "",
        _source(one, words),
        tuple(_notes(one, words)),
        str(since_texts().get(since, "")) if since else "",
        _link(one),
        _kept(one, words),
    )


def _link(one: Content) -> str:
    if one["kind"] == items.ANSWER:
        return "analysis/"
    return f"reports/{one['subject']}/" if one["kind"] != items.STATEMENT else f"statements/{one['subject']}/"


def _lead(one: Content, words: MatrixWords) -> str:
    if one["row"]:
        return words.column(one["row"])
    if one["kind"] == items.ANSWER:
        return (
            words.lists.word("analysis_questions", one["part"].partition(":")[2])
            if _is_listed(one, words)
            else extra_of(one)
        )
    return str(kind_words().get(one["kind"], ""))


def _is_listed(one: Content, words: MatrixWords) -> bool:
    return words.lists.item("analysis_questions", one["part"].partition(":")[2]) is not None


def extra_of(one: Content) -> str:
    """Return the question as it was copied, for one that is in no list any more."""
    return str(next(iter(one["extra"]), ""))


def _text(one: Content, words: MatrixWords) -> str:
    extra = list(one["extra"])
    if one["kind"] == items.ANSWER:
        return str(one["text"])
    if one["kind"] == items.FORECAST:
        hours = one["part"].partition(":")[2]
        worst = " " + _("Reasonable worst: %(text)s") % {"text": extra[0]} if extra else ""
        return _("%(hours)s h: %(text)s") % {"hours": hours, "text": one["text"]} + worst
    return f"{one['text']} ({', '.join(extra)})".strip() if extra else str(one["text"])


def _source(one: Content, words: MatrixWords) -> str:
    if not one["source"]:
        return ""
    word = words.lists.word("sources", one["source"])
    return f"{word} ({one['source_text']})" if one["source_text"] else word


def _notes(one: Content, words: MatrixWords) -> list[str]:
    found = []
    if one["unconfirmed"]:
        found.append(words.addition_name(m.UNCONFIRMED))
    if one["entered_for"]:
        found.append(words.addition(Addition(m.ENTERED_FOR, 0, one["via"]), one["organisation"]))
    elif one["via"]:
        found.append(words.lists.word("via", one["via"]))
    if one["about"]:
        found.append(_("about %(organisation)s") % {"organisation": words.name(one["about"])})
    return found


def _kept(one: Content, words: MatrixWords) -> str:
    if not one["confirmed_at"]:
        return ""
    return words.addition(Addition(m.KEPT, one["confirmed_at"], one["stated_at"]), one["organisation"])


def _made_lines(code: str, live: Live, words: MatrixWords, content: Content) -> list[str]:
    if code == "nasta":
        return _next_lines(content, words)
    return [*_gap_lines(live, words), *_doubt_lines(live, words, m.STALE), *_doubt_lines(live, words, m.UNCONFIRMED)]


def _next_lines(content: Content, words: MatrixWords) -> list[str]:
    lines = []
    if content["next_at"]:
        lines.append(_("Next picture %(time)s") % {"time": times.clock(content["next_at"], words.at)})
    if content["valid_until"]:
        lines.append(_("This one is valid until %(time)s") % {"time": times.clock(content["valid_until"], words.at)})
    return lines or [_("Not decided.")]


def _gap_lines(live: Live, words: MatrixWords) -> list[str]:
    lines = []
    for code, heading in gap_headings().items():
        who = [words.name(row.organisation) for row in live.matrix.gaps if row.gap == code]
        if who:
            lines.append(f"{heading}: {', '.join(who)}")
    return lines


def _doubt_lines(live: Live, words: MatrixWords, addition: str) -> list[str]:
    """One line with what is stale, or unconfirmed: member by member."""
    found = []
    for row, columns in doubtful(live, addition):
        is_all = len(columns) == len([cell for cell in row.cells if cell.stated_at])
        what = _("everything") if is_all else ", ".join(words.column(column) for column in columns)
        found.append(f"{words.name(row.organisation)} ({what})")
    return [f"{words.addition_name(addition)}: {', '.join(found)}"] if found else []


def doubtful(live: Live, addition: str) -> Iterator[tuple[Row, list[str]]]:
    """Yield members with the functions on which an addition stands; those with nothing new at all are told as gaps."""
    for row in live.matrix.rows:
        columns = [cell.row for cell in row.cells if cell.has(addition)]
        if columns and not (addition == m.STALE and row.gap == m.GAP_STALE):
            yield row, columns


def _changes(changes: Sequence[Content], words: MatrixWords) -> tuple[tuple[str, tuple[ShownChange, ...]], ...]:
    found = []
    for kind, heading in change_headings().items():
        shown = tuple(_change(change, words) for change in changes if change["kind"] == kind)
        if shown:
            found.append((heading, shown))
    return tuple(found)


def _change(change: Content, words: MatrixWords) -> ShownChange:
    status = change["kind"] in ("status", "stale", "added", "removed")
    text = change["text"]
    if change["kind"] == "missing":
        text = gap_headings().get(change["after"], "")
    return ShownChange(
        change["kind"],
        words.name(change["organisation"]),
        words.column(change["row"]) if change["row"] else "",
        words.value(change["before"]) if status and change["before"] else None,
        words.value(change["after"]) if status and change["after"] else None,
        text,
    )


def change_headings() -> dict[str, str]:
    """Return the kinds of changes as headings, in the order in which they are shown."""
    return {
        "status": _("Changed values"),
        "reported": _("Have contributed since"),
        "missing": _("Have not contributed this time"),
        "stale": _("Have become stale"),
        "added": _("New statements"),
        "removed": _("Statements no longer in the picture"),
    }


def since_texts() -> dict[str, str]:
    """Return what may have become of a source after the picture."""
    return {
        "corrected": _("Corrected by the member since"),
        "withdrawn": _("Taken back by the member since"),
        "confirmed": _("Confirmed by the member since"),
    }


def kind_words() -> dict[str, str]:
    """Return what kind of sentence it is, for those that are not about a function of society."""
    return {
        items.SUMMARY: pgettext("statement", "Summary"),
        items.DONE: pgettext("statement", "Done"),
        items.PLANNED: pgettext("statement", "Planned"),
        items.FORECAST: pgettext("statement", "Forecast"),
        items.NEED: pgettext("statement", "Need"),
        items.OFFER: pgettext("statement", "Offer"),
    }
