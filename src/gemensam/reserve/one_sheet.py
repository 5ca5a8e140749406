"""A member's one sheet: call list and ways to talk on the front, the first report and the agenda on the back.

It is what one needs to be reached, to report and to take part when nothing but paper and telephone is left; two sides
of one A4. The reservpärm holds the same of the whole network, and more.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from gemensam.activation.alerting import dial_in
from gemensam.activation.domain.calls import activated, first_agenda
from gemensam.activation.domain.lists import holders
from gemensam.documents.shapes import PaperField, PaperSheet, PaperTable
from gemensam.organisations.domain import Organisation, organisation
from gemensam.organisations.queries import list_functions
from gemensam.picture.lists import Lists, told
from gemensam.reserve.content import Binder, columns, spoken
from gemensam.rosters.shown import ShownStep, Speech
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import beats

FORM = "forsta"
STEPS, ASSESSORS, BEATS = 7, 4, 4  # what there is room for
Row = tuple[str, ...]


class OneSheet:
    """Draws the two sides for the reader's own organisation."""

    def __init__(self, page: SpacePage) -> None:
        self._page, self._lens, self._binder = page, page.lens, Binder(page)
        self._own = organisation(page.lens.directory, page.lens.principal.organisation)
        self._lists, self._speech = Lists(page.lens.directory, page.state), self._binder.speech()

    @property
    def name(self) -> str:
        """The organisation that the sheet is for."""
        return self._own.short if self._own is not None else ""

    def sides(self) -> tuple[PaperSheet, ...]:
        """Return front and back."""
        return self._front(), self._back()

    def _front(self) -> PaperSheet:
        at = times.clock(self._page.moment.at, self._page.moment.now)
        text = _("As it stood %(at)s. Numbers are written in by hand where none are printed.") % {"at": at}
        tables = (self._call_list(), self._to_call(), self._ways(), self._takt())
        return PaperSheet(title=_("%(who)s: call list and ways to talk") % {"who": self.name}, text=text, tables=tables)

    def _call_list(self) -> PaperTable:
        heads = columns(("", 0), (_("Function"), 4), (_("Who, and number"), 5), (_("Reached at"), 2))
        rows = list(self._steps(self._own)) if self._own is not None else []
        return PaperTable(heading=_("Our call list, in order"), columns=heads, rows=tuple(rows), blank=0 if rows else 4)

    def _steps(self, own: Organisation) -> Iterator[Row]:
        if self._speech is None:
            for place, each in enumerate(list_functions(self._lens.directory, own.id)[:STEPS], 1):
                yield str(place), each.name, "", ""
            return
        member = self._speech.member(own)
        for place, step in enumerate(member.steps[:STEPS], 1):
            yield str(place), step.name, _reached(step), ""
        covered = _("Covered by %(who)s") % {"who": member.cover} if member.cover else ""
        reserve = "\n".join(part for part in (covered, member.reserve) if part)
        if reserve:
            yield "", _("Reserve path"), reserve, ""

    def _to_call(self) -> PaperTable:
        """Those who assess a call for joint work, by the network's list of lägen."""
        directory = self._lens.directory
        found = holders(directory, activated(directory).get("assessed_by") or ())[:ASSESSORS]
        rows = tuple(self._holder(one, held, self._speech) for one, held in found)
        heads = columns((_("Who assesses a call"), 4), (_("Who, and number"), 5), (_("Reached at"), 2))
        return PaperTable(heading=_("To call for joint work"), columns=heads, rows=rows, blank=0 if rows else 2)

    def _holder(self, one: str, held: str, speech: Speech | None) -> Row:
        found = organisation(self._lens.directory, one)
        step = speech.step(held) if speech is not None else None
        names = {each.id: each.name for each in list_functions(self._lens.directory, one)}
        name = step.name if step is not None else names.get(held, held)
        return f"{found.short if found else one} – {name}", _reached(step) if step is not None else "", ""

    def _ways(self) -> PaperTable:
        known = dial_in(self._lens, self._page.space)
        code = _("code %(code)s") % {"code": known["kod"]} if known.get("kod") else ""
        first = ", ".join(part for part in (known.get("tel", ""), code) if part)
        kinds = ((_("First choice"), first), (_("Reserve 1"), known.get("reserv", "")), (_("Reserve 2"), ""),
                 (_("Meeting place and time"), ""))  # fmt: skip
        heads = columns(
            (_("Way"), 3), (_("Number, code or talk group"), 4), (_("Changed to when"), 3), (_("In use since"), 2)
        )
        rows = tuple((kind, number, "", "") for kind, number in kinds)
        return PaperTable(heading=_("Ways to talk"), columns=heads, rows=rows)

    def _takt(self) -> PaperTable:
        coming = tuple((each.text, times.clock(each.at, self._page.moment.at)) for each in beats(self._page))
        rows = (*self._binder.takt(), *coming)[:BEATS]
        heads = columns((_("What"), 3), (_("When"), 4))
        return PaperTable(heading=_("Takt and next times"), columns=heads, rows=rows, blank=max(1, 3 - len(rows)))

    def _back(self) -> PaperSheet:
        return PaperSheet(
            title=_("%(who)s: first report and agenda") % {"who": self.name},
            text=_("Said by telephone or radio in this order, and read back. Nothing that is security-classified."),
            fields=tuple(self._fields()), tables=(self._status(), *self._agenda()),
        )  # fmt: skip

    def _fields(self) -> Iterator[PaperField]:
        yield PaperField(label=_("Written by (function) and at"))
        template = self._lists.item("report_templates", FORM)
        for each in template["fields"] if template else ():
            if each["kind"] != "cells":
                yield replace(self._binder.field(each), help="", lines=1)

    def _status(self) -> PaperTable:
        table = self._binder.status_table()
        return replace(table, blank=0 if table.rows else 4)

    def _agenda(self) -> Iterator[PaperTable]:
        agenda = self._lists.item("agendas", first_agenda(self._lens.directory))
        if agenda:
            rows = tuple(
                (str(point["number"]), spoken(told(point, "title")), spoken(told(point, "leader_line")), "")
                for point in agenda.get("points", ())
            )
            heads = columns(("", 0), (_("Point"), 3), (_("Leader"), 6), (_("Notes"), 4))
            yield PaperTable(heading=told(agenda), columns=heads, rows=rows)


def _reached(step: ShownStep) -> str:
    """Who holds a function and the numbers, or that nobody does."""
    if not step.addresses:
        return ""
    numbers = ", ".join(step.numbers)
    return f"{step.label}: {numbers}" if numbers else step.label
