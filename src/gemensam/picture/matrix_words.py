"""The matrix in words: values, what stands on them, sums and gaps, from the lists of the space.

A matrix asks for hundreds of words; they are remembered for one drawing, and nothing here looks into the log.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.core.state import SpaceState
from gemensam.picture.domain import matrix as m
from gemensam.picture.domain.contacts import IN_CONTACT, Contact
from gemensam.picture.domain.matrix import Addition, Cell, Row, Sum
from gemensam.picture.lists import Lists, told, value_of
from gemensam.web import times
from gemensam.web.shapes import Value, escape, mark

# What is said of a whole row, and so not once more in each of its cells.
ON_ROW = frozenset({m.KEPT})
# What is entered for a member is unconfirmed until that member confirms it: the shorter word stands in the cell.
SHORT = {m.ENTERED_FOR: m.UNCONFIRMED}
NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell in words: `notes` stand visibly in it, `heard` is the whole of it for those who listen or hover."""

    value: Value
    notes: tuple[str, ...]
    heard: str
    trend: str = ""
    is_changed: bool = False
    is_stale: bool = False


class MatrixWords:
    """Words for one drawing of the matrix, measured from `at` (ms UTC).

    `pins`: the lists of an entry's own time. `names`: what organisations were called then, for a published picture.
    """

    def __init__(
        self, directory: SpaceState, state: SpaceState, at: int, *, pins: str = "", names: Mapping[str, str] = NOBODY
    ) -> None:
        self.lists = Lists(directory, state, pins)
        self.at = at
        self._names = names
        self._values: dict[tuple[str, int], Value] = {}
        self._types: dict[str, str] = {}
        self._said: dict[tuple[Callable[[int, int], str], int], str] = {}
        self._added: dict[tuple[Addition, str], str] = {}
        self._marks: dict[tuple[str, str], str] = {}

    def name(self, organisation: str) -> str:
        """Return an organisation's short name."""
        return self._names.get(organisation) or self.lists.organisation(organisation)

    def value(self, code: str, until_at: int = 0) -> Value:
        """Return a value as shape and word."""
        found = self._values.get((code, until_at))
        if found is None:
            found = self._values[code, until_at] = value_of(self.lists, code, until_at=until_at, reference=self.at)
        return found

    def clock(self, at: int) -> str:
        """Return a local time; the cells of a row share theirs."""
        return self._once(times.clock, at)

    def age_html(self, at: int) -> str:
        """Return an age with the exact time behind it."""
        return self._once(times.age_html, at)

    def _once(self, how: Callable[[int, int], str], at: int) -> str:
        found = self._said.get((how, at))
        if found is None:
            found = self._said[how, at] = how(at, self.at)
        return found

    def mark(self, value: Value) -> str:
        """Return a value's shape with its word hidden, or its short word."""
        known = value.code, value.short
        if known not in self._marks:
            self._marks[known] = mark(value)
        return self._marks[known]

    def cell(self, cell: Cell, organisation: str) -> CellWords:
        """Return a cell's words, e.g. *Allvarlig påverkan, 14 min, bedömning, Inaktuell (2 h 10 min)*."""
        value = self.value(cell.value, cell.until_at)
        if not cell.additions and not cell.stated_at and not cell.since_at:
            return CellWords(value, (), value.word)
        heard = [value.word, *self._about(cell), *(self.addition(one, organisation) for one in cell.additions)]
        codes = dict.fromkeys(SHORT.get(one.code, one.code) for one in cell.additions if one.code not in ON_ROW)
        notes = tuple(self.addition_name(code) for code in codes)
        changed = cell.has(m.CHANGED) or cell.has(m.LATE)
        return CellWords(value, notes, ", ".join(heard), self._trend(cell), changed, cell.has(m.STALE))

    def _about(self, cell: Cell) -> Iterator[str]:
        if cell.stated_at:
            yield self._once(times.age, cell.as_of)
        elif cell.since_at:
            yield _("asked for since %(time)s") % {"time": self.clock(cell.since_at)}
        if cell.type:
            yield self._type(cell.type)
        if cell.trend:
            yield self.lists.word("trend", cell.trend)

    def _trend(self, cell: Cell) -> str:
        if cell.trend not in ("battre", "samre"):
            return ""
        item = self.lists.item("trend", cell.trend)
        return f"{item['sign']} {told(item)}" if item else ""

    def _type(self, code: str) -> str:
        if code not in self._types:
            self._types[code] = self.lists.word("statement_types", code).lower()
        return self._types[code]

    def addition_name(self, code: str) -> str:
        """Return the short word of an addition: *Inaktuell*."""
        return self._additions.get(code, (code, code))[0]

    def addition(self, one: Addition, organisation: str) -> str:
        """Return the whole of an addition: *Inaktuell (2 h 10 min)*, *Ändrad sedan nr 3*."""
        if (one, organisation) not in self._added:
            self._added[one, organisation] = self._addition(one, organisation)
        return self._added[one, organisation]

    def _addition(self, one: Addition, organisation: str) -> str:
        if one.code == m.KEPT and one.of and self.clock(one.at) == self.clock(int(one.of)):
            return _("Unchanged, confirmed %(time)s") % {"time": self.clock(one.at)}
        name, text = self._additions.get(one.code, (one.code, one.code))
        # Which other organisation stands in the report's text; a published picture keeps the bare word.
        if one.code == m.FROM_OTHER or (not one.at and not one.of):
            return name
        return _filled(text, self._facts(one, organisation))

    def _facts(self, one: Addition, organisation: str) -> dict[str, str]:
        facts = {"time": self.clock(one.at) if one.at else "", "number": str(one.of)}
        if one.code == m.STALE:
            facts["age"] = times.duration(int(one.of))
        if one.code == m.KEPT:
            facts["stated"] = self.clock(int(one.of))
        if one.code == m.ENTERED_FOR:
            facts["via"] = self.lists.word("via", str(one.of)).lower()
            facts["organisation"] = self.name(organisation)
        return facts

    @cached_property
    def _additions(self) -> dict[str, tuple[str, str]]:
        return {item["code"]: (told(item), told(item, "text")) for item in self.lists.items("additions")}

    def row_notes(self, row: Row) -> Iterator[str]:
        """Yield what is said of a member as a whole."""
        yield from self.row_warnings(row)
        yield from self.reach(row)
        if row.in_words:
            yield self.lists.word("report_templates", row.in_words)
        if kept := self.kept(row):
            yield kept

    def kept(self, row: Row) -> str:
        """Return *Oförändrat, bekräftat 18.41* where a member's latest report says so, else ""."""
        confirmed_at = _kept_at(row)
        return _("Unchanged, confirmed %(time)s") % {"time": self.clock(confirmed_at)} if confirmed_at else ""

    def reported(self, row: Row) -> str:
        """Return which report a member gave last and when, shortly: *Oförändrat 18.55*, *Veckorapport 2 d*; escaped."""
        if not row.latest_at:
            return ""
        if confirmed_at := _kept_at(row):
            return escape(_("Unchanged %(time)s") % {"time": self.clock(confirmed_at)})
        age = self.age_html(row.latest_at)
        if row.in_words:
            return f"{escape(self.lists.word('report_templates', row.in_words))} {age}"
        return _("Reported %(age)s") % {"age": age}

    def row_warnings(self, row: Row) -> Iterator[str]:
        """Yield what a reader of a member's row has to heed."""
        if row.overdue_at:
            yield self.addition(Addition(m.OVERDUE, row.overdue_at), row.organisation)
        if row.entered_by:
            who = self.name(row.entered_by)
            yield _("Entered by %(organisation)s, not confirmed") % {"organisation": who}
        if is_all_stale(row):
            yield self.addition_name(m.STALE)
        if row.gap not in ("", m.GAP_NO_ANSWER, m.GAP_STALE):
            yield self.gap(row)

    def reach(self, row: Row) -> Iterator[str]:
        """Yield how a member is reached where that is not as usual."""
        if row.contact is not None and row.contact.state != IN_CONTACT:
            yield self.contact(row.contact)

    def contact(self, contact: Contact) -> str:
        """Return how a member is reached: *Kontakt via reservsamband (Rakel) 08.40*."""
        facts = {
            "via": self.lists.word("via", contact.via) if contact.via else "",
            "time": self.clock(contact.since_at),
            "organisation": self.name(contact.by),
        }
        return _filled(self.lists.word("contact", contact.state, "text"), facts)

    def gap(self, row: Row) -> str:
        """Return why a member has not contributed (R28)."""
        if row.gap == m.GAP_DECLINED:
            reason = self.lists.word("decline_reasons", row.gap_of)
            return _("Declined: %(reason)s") % {"reason": reason}
        time = self.clock(row.gap_at) if row.gap_at else ""
        return str(gap_texts()[row.gap]) % {"time": time}

    def column(self, code: str, name: str = "name") -> str:
        return self.lists.row(code, name)

    def sum(self, one: Sum) -> str:
        """Return a column's sum as a sentence: *El: 1 kritisk påverkan · 5 ej rapporterat*."""
        counts = " · ".join(f"{count} {self.value(value).word.lower()}" for value, count in one.counts)
        return f"{self.column(one.row)}: {counts}"

    def trends(self, row: Row) -> str:
        """Return how many functions get better or worse."""
        parts = []
        if row.worse:
            parts.append(ngettext("%(n)s getting worse", "%(n)s getting worse", row.worse) % {"n": row.worse})
        if row.better:
            parts.append(ngettext("%(n)s getting better", "%(n)s getting better", row.better) % {"n": row.better})
        return ", ".join(parts)


def _kept_at(row: Row) -> int:
    """When *oförändrat* was confirmed, 0 where the latest report says something new."""
    kept = [addition.at for cell in row.cells for addition in cell.additions if addition.code == m.KEPT]
    return max(kept) or row.latest_at if kept else 0


def is_all_stale(row: Row) -> bool:
    """Whether everything that a member has said is stale: then it is said of the row, not of each value."""
    said = [cell for cell in row.cells if cell.stated_at]
    return len(said) > 1 and all(cell.has(m.STALE) for cell in said)


def _filled(text: str, facts: dict[str, str]) -> str:
    """Fill a list's text; an unknown field, which the joint office may have written, stays as it stands."""
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    return text


def gap_texts() -> dict[str, str]:
    """Return why somebody is missing, by the matrix's codes; `%(time)s` where the reason has a time."""
    return {
        m.GAP_NO_ANSWER: _("No answer since %(time)s"),
        m.GAP_RETURNS: _("Back at %(time)s"),
        m.GAP_STALE: _("Nothing new since %(time)s"),
        m.GAP_NOT_ASKED: _("Not asked"),
        m.GAP_NO_ROWS: _("Gives no status"),
    }


def gap_headings() -> dict[str, str]:
    """Return the reasons as headings, in the order in which they are shown."""
    return {
        m.GAP_NO_ANSWER: _("Have not answered"),
        m.GAP_STALE: _("Nothing new"),
        m.GAP_RETURNS: _("Will be back"),
        m.GAP_DECLINED: _("Have declined"),
        m.GAP_NOT_ASKED: _("Have not been asked"),
        m.GAP_NO_ROWS: _("Give no status"),
    }
