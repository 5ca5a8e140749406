"""What a handover tells (starter data 8): from the state of one space, for one function, since its last shift.

Headings in the network's own order. Direction and messages in force come with the capabilities that hold them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.coordination.agreement_queries import AgreementShown, NeedShown, PartyShown, list_agreements, list_needs
from gemensam.coordination.conference_queries import get_conference, going_on, next_called
from gemensam.coordination.domain.needs import OPEN
from gemensam.coordination.shown import Speech
from gemensam.core.state import Thing
from gemensam.ledger import describing
from gemensam.ledger.describing import Names
from gemensam.ledger.noting import OPEN_MARKS
from gemensam.ledger.pages.showing import Shown, show_all
from gemensam.ledger.reading import LogRow
from gemensam.organisations.domain import pinned_vocabulary
from gemensam.picture.domain.statements import is_unconfirmed
from gemensam.picture.marking import marks_by_entry, marks_of
from gemensam.picture.queries import get_latest_summary
from gemensam.picture.reporting_queries import content_of, latest_report, list_requests, unconfirmed_for
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import beats

SHIFT_MS = 12 * times.HOUR
MOST_CHANGES, MOST_READ, NAMES_SHOWN = 12, 1_000, 12
SEAL = "arrivals.sealed"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a handover: words, an address, and a time (ms UTC) where there is one. `own`: the reader's own."""

    text: str
    url: str = ""
    at: int | None = None
    about: str = ""
    own: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What came since the last shift: how much of what, and the newest of it in words."""

    count: int
    by_group: tuple[tuple[str, int], ...]
    newest: tuple[Shown, ...]


def openly(text: str, marks: Sequence[str]) -> str:
    """A text for a list; of what is marked so that each reading is recorded, only that it is there."""
    return text if OPEN_MARKS.issuperset(marks) else _("marked %(mark)s, open it to read") % {"mark": ", ".join(marks)}


class Handover:
    """Draws a handover's sections from a page of a space. `since`: a position; what came after it has changed."""

    def __init__(self, page: SpacePage, since: int) -> None:
        self._page, self._since = page, since
        self._own = page.lens.principal.organisation
        self._base = f"/spaces/{page.space}"
        self._speech = Speech(page.lens.directory, page.state)

    def situation(self) -> list[Line]:
        """The latest combined picture, and the own organisation's latest report, each in its summary."""
        page, found = self._page, []
        latest = get_latest_summary(page.lens, page.state, page.moment)
        if latest is not None:
            label, thing, text = latest
            words = _("Combined picture no. %(label)s") % {"label": label}
            told = openly(text, marks_of(page.lens, page.space, thing.data.content))
            found.append(Line(words, f"{self._base}/pictures/{label}/{page.query}", thing.data.stated_at, told))
        report = latest_report(page.state, self._own, page.moment)
        content = content_of(page.lens, page.space, report)
        if report is not None and content is not None:
            url = f"{self._base}/reports/{report.subject}/{page.query}"
            found.append(Line(_("Our own report"), url, report.data.stated_at, str(content["summary"])))
        return found

    def changes(self) -> Changes:
        page, rows = self._page, self._rows()
        groups = Counter(describing.group_word(describing.group_of(row.header.kind)) for row in rows)
        count = page.lens.count(page.space, page.state.position) - page.lens.count(page.space, self._since)
        shown = show_all(rows[:MOST_CHANGES], Names(page.lens.directory, page.state), page.state)
        return Changes(count, tuple(groups.most_common()), tuple(shown))

    def _rows(self) -> list[LogRow]:
        """What has come since, newest first, as far as a page can tell."""
        page = self._page
        rows = page.lens.entries(page.space, limit=MOST_READ, newest_first=True, moment=page.moment)
        return [row for row in rows if row.position > self._since and row.header.kind != SEAL]

    def needs(self) -> list[Line]:
        """Open needs, the most urgent first."""
        page = self._page
        order = pinned_vocabulary(page.lens.directory, page.state, "urgency").codes()
        found = [need for need in list_needs(page.lens, page.space, page.moment) if need.status == OPEN]
        found.sort(key=lambda need: order.index(need.data.urgency) if need.data.urgency in order else len(order))
        return [self._need(need) for need in found]

    def _need(self, need: NeedShown) -> Line:
        who, text = self._speech.organisation(need.thing.organisation), openly(need.about.get("text", ""), need.marks)
        return Line(
            text=f"{who}: {text}",
            url=f"{self._base}/needs/{need.thing.subject}/{self._page.query}",
            about=self._speech.lists.word("urgency", need.data.urgency) if need.data.urgency else "",
            own=need.thing.organisation == self._own,
        )

    def due(self) -> list[Line]:
        """Undertakings that are late or fall due within the shift, the own ones first."""
        until = self._page.moment.at + SHIFT_MS
        found = [
            self._undertaking(shown, part)
            for shown in list_agreements(self._page.lens, self._page.space, self._page.moment)
            for part in shown.named
            if shown.stands.status == "recorded" and part.party.open and 0 < part.party.due_at <= until
        ]
        return sorted(found, key=lambda line: (not line.own, line.at or 0, line.text))

    def _undertaking(self, shown: AgreementShown, part: PartyShown) -> Line:
        who = self._speech.organisation(part.party.organisation)
        return Line(
            text=f"{shown.label} {who}: {openly(part.what or shown.wording, shown.marks)}",
            url=f"{self._base}/agreements/{shown.thing.subject}/{self._page.query}",
            at=part.party.due_at,
            about=self._speech.party(part.party, self._page.moment.at),
            own=part.party.organisation == self._own,
            late=part.party.overdue,
        )

    def unanswered(self) -> list[Line]:
        """Requests that somebody has not answered, soonest due first; whether the own organisation is among them."""
        views = [view for view in list_requests(self._page.state, self._page.moment) if view.thing.status == "open"]
        found = []
        for view in sorted((view for view in views if view.missing), key=lambda view: view.data.deadline_at):
            missing = [one.organisation for one in view.missing]
            asker = self._speech.organisation(view.thing.organisation)
            text = ngettext("%(n)s has not answered %(who)s", "%(n)s have not answered %(who)s", len(missing))
            found.append(
                Line(
                    text=text % {"n": len(missing), "who": asker},
                    url=f"{self._base}/requests/{view.thing.subject}/{self._page.query}",
                    at=view.data.deadline_at,
                    about=self._listed(missing),
                    own=self._own in missing,
                    late=bool(view.late),
                )
            )
        return found

    def _listed(self, organisations: Sequence[str]) -> str:
        names = sorted(map(self._speech.organisation, organisations))
        more = len(names) - NAMES_SHOWN
        told = ", ".join(names[:NAMES_SHOWN])
        return told + " " + _("and %(n)s more") % {"n": more} if more > 0 else told

    def unconfirmed(self) -> list[Line]:
        """What was entered for the own organisation, and statements that nobody has confirmed."""
        return [*map(self._relayed, unconfirmed_for(self._page.state, self._own)), *self._doubtful()]

    def _relayed(self, thing: Thing) -> Line:
        text = _("A report entered for us by %(who)s") % {"who": self._speech.organisation(thing.data.by_organisation)}
        url = f"{self._base}/reports/{thing.subject}/{self._page.query}"
        return Line(text, url, thing.data.stated_at, own=True)

    def _doubtful(self) -> Iterator[Line]:
        page = self._page
        found = [each for each in page.state.newest("statements") if each.status == "recorded" and is_unconfirmed(each)]
        digests = [thing.data.content for thing in found]
        texts, marks = page.lens.payloads(page.space, digests), marks_by_entry(page.lens, page.space, digests)
        for thing in found:
            text = str((texts.get(thing.data.content) or {}).get("text", "")) or _("A statement")
            told = openly(text, marks.get(thing.data.content, ()))
            url = f"{self._base}/statements/{thing.subject}/{page.query}"
            yield Line(told, url, thing.data.stated_at, own=thing.data.about == self._own)

    def times(self) -> list[Line]:
        """The next times of the takt."""
        return [Line(beat.text, beat.url, beat.at) for beat in beats(self._page)]

    def roles(self) -> list[Line]:
        """Who has which role in the conference that is going on or comes next, and how one gets in."""
        return list(self._roles())

    def _roles(self) -> Iterator[Line]:
        page = self._page
        thing = going_on(page.state) or next_called(page.state, page.moment.at)
        if thing is None:
            return
        found = get_conference(page.lens, page.space, thing.subject, page.moment)
        url = f"{self._base}/conferences/{thing.subject}/{page.query}"
        for held in found.terms.get("roles", ()):
            role = self._speech.lists.word("conference_roles", held["role"])
            yield Line(f"{role}: {self._speech.function(held['function'])}", url)
        dial_in = found.terms.get("dial_in") or {}
        for name, word in (("primary", _("Way in")), ("reserve", _("Reserve"))):
            if dial_in.get(name):
                yield Line(f"{word}: {dial_in[name]}", url)
