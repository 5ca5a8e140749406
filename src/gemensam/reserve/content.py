"""What the reservpärm holds (starter data 15), in its network's own words, from what its reader may read now.

A page and a document draw the same sheets.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.core.policy import ROSTERS
from gemensam.core.swedish import sort_key
from gemensam.documents.shapes import Column, PaperField, PaperSheet, PaperTable
from gemensam.ledger.noting import note_reading
from gemensam.organisations.domain import Organisation, members, organisation
from gemensam.organisations.queries import list_functions, show_organisation
from gemensam.picture.cadence_shown import cadence_row
from gemensam.picture.domain.contacts import contact_in_force
from gemensam.picture.lists import Item, Lists, told
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.picture_shown import ShownStatement, shown_picture
from gemensam.picture.queries import cadence_of, get_picture, latest_at, list_pictures
from gemensam.rosters.shown import Speech, on_paper
from gemensam.shifts.content import Handover, Line
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import beats

ON_PAPER = ("forsta", "full")  # the report's forms that are filled in by hand
BLANK_LOG, BLANK_NEEDS, SHORT, LONG = 22, 8, 1, 4
PLACES = re.compile(r"\{\w+\}")
CALLED = 3  # functions of each call list that have room on the sheet


class Binder:
    """Draws the sheets of a space's reservpärm."""

    def __init__(self, page: SpacePage) -> None:
        self._page, self._lens = page, page.lens
        self._lists = Lists(page.lens.directory, page.state)
        self._members = sorted(members(page.lens.directory), key=lambda one: sort_key(one.short))

    def sheets(self) -> tuple[PaperSheet, ...]:
        """Return the sheets in their order."""
        found = [
            self.ways(), self.call_list(), *self.report_forms(), *self.agendas(), self.matrix(), self.picture(),
            self.needs(), self.log(), self.afterwards(),
        ]  # fmt: skip
        return tuple(sheet for sheet in found if sheet is not None)

    def ways(self) -> PaperSheet:
        """How one meets and talks: roles and ways in now, the takt, and lines for what else is agreed."""
        roles = tuple(_pair(line) for line in Handover(self._page, self._page.state.position).roles())
        coming = tuple((each.text, times.clock(each.at, self._page.moment.at)) for each in beats(self._page))
        kinds = (_("First choice"), _("Reserve 1"), _("Reserve 2"), _("Meeting place and time"))
        return PaperSheet(
            title=_("Ways to talk, roles and times"),
            text=_("Write down which way is used now, since when and who decided."),
            tables=(
                PaperTable(
                    heading=_("Ways to talk"), rows=tuple((kind, "", "", "") for kind in kinds),
                    columns=columns((_("Way"), 2), (_("Number, code or talk group"), 4), (_("Changed to when"), 3),
                                     (_("In use since"), 2)),
                ),
                PaperTable(
                    heading=_("Roles and ways in"), columns=columns((_("What"), 3), (_("Who or where"), 4)),
                    rows=roles, blank=0 if roles else 4,
                ),
                PaperTable(
                    heading=_("Takt and next times"), columns=columns((_("What"), 3), (_("When"), 4)),
                    rows=(*self.takt(), *coming), blank=2,
                ),
            ),
        )  # fmt: skip

    def takt(self) -> Iterator[tuple[str, str]]:
        """Yield the beats of the takt in force with their times."""
        cadence = cadence_of(self._lens, self._page.state, self._page.moment)
        if cadence is not None:
            yield from cadence_row(cadence)["beats"]

    def call_list(self) -> PaperSheet:
        """Each member with the first functions of its call list and who holds them, its reserve path, its contact now.

        Numbers stand there where every reader of the space reads the rosters; a space with guests has none.
        """
        numbers = (str(place + 1) for place in range(CALLED))
        heads = (
            (_("Organisation"), 3), *((number, 4) for number in numbers), (_("Reserve path"), 4), (_("Contact now"), 3),
        )  # fmt: skip
        speech = self.speech()
        rows = tuple(self._called(one, speech) for one in self._members)
        text = _("Telephone numbers are filled in by hand and checked when the binder is printed.")
        if speech is not None:
            text = _("Who held each function %(at)s. Shifts change: look in the program first where it can be reached.")
            text %= {"at": times.clock(self._page.moment.at, self._page.moment.now)}
        table = PaperTable(heading="", columns=columns(*heads), rows=rows, roomy=True)
        return PaperSheet(title=_("Call list"), text=text, tables=(table,), landscape=True)

    def speech(self) -> Speech | None:
        """The rosters in words, where nobody who reads the space is kept from them (design 3.3)."""
        if not any(info.id == ROSTERS for info in self._lens.wider(self._page.space)):
            return None
        return Speech(self._lens.directory, self._lens.state(ROSTERS, self._page.moment), self._page.moment.at)

    def _called(self, one: Organisation, speech: Speech | None) -> tuple[str, ...]:
        contact = contact_in_force(self._page.state, one.id)
        words = MatrixWords(self._lens.directory, self._page.state, self._page.moment.at)
        reached = words.contact(contact) if contact is not None else ""
        cells = tuple(on_paper(speech.member(one), CALLED)) if speech is not None else self._by_function(one)
        return (*cells, reached)

    def _by_function(self, one: Organisation) -> tuple[str, ...]:
        shown = show_organisation(self._lens.directory, one)
        names = [each.name for each in list_functions(self._lens.directory, one.id)[:CALLED]]
        through = shown.reserve_through if shown.reserve_through not in shown.reserve else ""
        reserve = " ".join(filter(None, (shown.reserve, through)))
        return (one.short, *names, *("" for _each in range(CALLED - len(names))), reserve)

    def report_forms(self) -> Iterator[PaperSheet]:
        """The report to fill in by hand, with the rows that the own organisation answers for."""
        for code in ON_PAPER:
            if template := self._lists.item("report_templates", code):
                yield self._report_form(template)

    def _report_form(self, template: Item) -> PaperSheet:
        fields = tuple(self.field(each) for each in template["fields"] if each["kind"] != "cells")
        is_status = any(each["kind"] == "cells" for each in template["fields"])
        head = (
            PaperField(label=_("Organisation"), lines=SHORT),
            PaperField(label=_("Written by (function) and at"), lines=SHORT),
        )
        return PaperSheet(
            title=_("%(form)s on paper") % {"form": told(template)},
            text=_("Write the time at which each thing was true. Nothing that is security-classified."),
            fields=(*head, *fields), tables=(self.status_table(),) if is_status else (),
        )  # fmt: skip

    def field(self, each: Item) -> PaperField:
        """Return a field of a form to be filled in by hand."""
        options = tuple(told(choice) for choice in each.get("choices", ()))
        lines = SHORT if options or each["kind"] == "instant" else LONG
        return PaperField(label=told(each, "label"), help=told(each, "help"), lines=lines, options=options)

    def status_table(self) -> PaperTable:
        """Return the rows that the own organisation answers for, to be filled in with the digits of the scale."""
        own = organisation(self._lens.directory, self._lens.principal.organisation)
        wanted = own.rows if own is not None else ()
        rows = tuple((told(item), "", "") for item in self._lists.items("rows") if item["code"] in wanted)
        steps = [f"{item['digit']} {told(item)}" for item in self._lists.items("status")]
        return PaperTable(
            heading=" · ".join([*steps, _("? not known")]), rows=rows, blank=2,
            columns=columns(
                (_("Function of society"), 3), (_("Status"), 1), (_("What is affected, where, and what you do"), 6)
            ),
        )  # fmt: skip

    def agendas(self) -> Iterator[PaperSheet]:
        """The agendas of the network's conferences, with room for notes."""
        for agenda in self._lists.items("agendas"):
            rows = tuple(
                (str(point["number"]), spoken(told(point, "title")), spoken(told(point, "leader_line")), "")
                for point in agenda.get("points", ())
            )
            heads = (("", 0), (_("Point"), 2), (_("Leader"), 4), (_("Notes"), 5))
            table = PaperTable(heading="", columns=columns(*heads), rows=rows)
            yield PaperSheet(title=told(agenda), tables=(table,), landscape=True)

    def matrix(self) -> PaperSheet:
        """Members by verksamheter, empty, to be filled in by hand with the digits of the scale."""
        short = [told(item, "short") for item in self._lists.items("rows")]
        heads = ((_("Organisation"), 0), *((word, 1) for word in short), (_("At"), 1))
        rows = tuple((one.short, *("" for _each in short), "") for one in self._members)
        steps = " · ".join(f"{item['digit']} {told(item)}" for item in self._lists.items("status"))
        table = PaperTable(heading=steps, columns=columns(*heads), rows=rows, dense=True)
        return PaperSheet(title=_("The picture, to fill in by hand"), tables=(table,), landscape=True)

    def picture(self) -> PaperSheet | None:
        """The latest combined picture in its words; reading a marked one is recorded."""
        if latest_at(self._page.state, self._page.moment) is None:
            return None
        label = list_pictures(self._page.state, self._page.moment)[0][0]
        view = get_picture(self._lens, self._page.space, label, self._page.moment)
        if view.content is None:
            return None
        note_reading(self._lens.principal, self._page.space, [view.entry])
        shown = shown_picture(self._lens.directory, self._page.state, view.content, pins=view.entry.header.vocabulary)
        tables = tuple(
            PaperTable(
                heading=section.title, text=section.text, columns=columns((_("What"), 5), (_("From, as of"), 3)),
                rows=tuple(self._said(each) for each in section.statements),
            )
            for section in shown.sections
            if section.text or section.statements
        )  # fmt: skip
        at = times.clock(view.content["stated_at"], self._page.moment.at)
        title = _("Combined picture no. %(label)s") % {"label": label}
        marks = " ".join(view.entry.header.marks)
        text = " · ".join(filter(None, [marks, _("The situation as of %(at)s.") % {"at": at}]))
        return PaperSheet(title=title, text=text, tables=tables)

    def _said(self, each: ShownStatement) -> tuple[str, str]:
        value = each.value.word if each.value is not None else ""
        lead = ": ".join(filter(None, (each.lead, value)))
        words = " ".join(filter(None, (lead, each.text, *each.notes)))
        return words, f"{each.organisation}, {times.clock(each.copy['stated_at'], self._page.moment.at)}"

    def needs(self) -> PaperSheet:
        heads = (
            (_("At"), 1), (_("Who"), 2), (_("Needs or offers"), 2), (_("What, how much"), 4), (_("Where, by when"), 3),
            (pgettext("paper", "Answer"), 3),
        )  # fmt: skip
        table = PaperTable(heading="", columns=columns(*heads), blank=BLANK_NEEDS)
        return PaperSheet(title=_("Ask for and offer support"), tables=(table,), landscape=True)

    def log(self) -> PaperSheet:
        heads = (
            (_("No."), 1), (_("At"), 1), (pgettext("paper log", "From"), 2), (pgettext("paper log", "To"), 2),
            (_("Way"), 2), (_("What"), 7), (_("Written by (function)"), 2), (_("Entered at"), 2),
        )  # fmt: skip
        table = PaperTable(heading="", columns=columns(*heads), blank=BLANK_LOG)
        return PaperSheet(title=_("Log sheet"), tables=(table,), landscape=True)

    def afterwards(self) -> PaperSheet:
        """How what was written on paper gets into the program, in order."""
        steps = (
            _("Take the sheets in the order in which they were written."),
            _("Your own report: open Report, fill in the form, and open Written on paper or given by radio before. "
              "Say how, by which function and when it was written."),
            _("Another organisation's report: open Report, then Enter for another organisation. It is unconfirmed "
              "until that organisation has confirmed it."),
            _("A line of the log: open Record a statement. Give how it came in, who wrote it and when."),
            _("Write on the sheet when it was entered. Both times are kept in the program."),
            _("Keep the sheets: they are your organisation's own documents."),
        )  # fmt: skip
        rows = tuple((str(number), step) for number, step in enumerate(steps, 1))
        table = PaperTable(heading="", columns=columns(("", 0), (_("What"), 1)), rows=rows)
        return PaperSheet(title=_("How it is entered afterwards"), tables=(table,))


def spoken(line: str) -> str:
    """What the leader says, with room for what is not known on paper."""
    return PLACES.sub("……", line)


def _pair(line: Line) -> tuple[str, str]:
    what, _colon, who = line.text.partition(": ")
    return what, who


def columns(*heads: tuple[str, int]) -> tuple[Column, ...]:
    """Return the columns of a table from their headings and shares of the width."""
    return tuple(Column(heading=heading, weight=weight) for heading, weight in heads)
