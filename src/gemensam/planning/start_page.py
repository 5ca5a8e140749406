"""What planning puts on the start page and in the lines of the log."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.coordination.shown import Speech
from gemensam.core.moment import Moment
from gemensam.governance.panels import Panel
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import Lens, LogRow
from gemensam.picture.lists import Lists
from gemensam.planning import labels
from gemensam.planning.domain import follow_ups, projects
from gemensam.planning.domain.known_events import HERE
from gemensam.planning.event_queries import all_events, open_clashes_of
from gemensam.planning.follow_queries import FollowUpShown, list_follow_ups, to_answer
from gemensam.planning.follow_shown import follow_row
from gemensam.planning.project_queries import ASKED, list_projects
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of
from gemensam.web.start import Todo

WORDS_MAX = 120
PLACES = {"known_event": "known-events", "project": "projects", "follow_up": "follow-ups"}
AHEAD_MS = 90 * times.DAY  # the next follow-up is due so soon that it is time to ask
WARN_MS = 60 * times.DAY  # a clash further away is seen in the calendar


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield what waits for the reader's organisation: clashes before long that nobody accepts, and projects."""
    for info in lens.spaces():
        if info.closed:
            continue
        title = title_of(lens, info)
        if info.kind in HERE and lens.may("plan"):
            yield from _clashes(lens, info.id, title)
        if info.kind in projects.HERE and lens.may("plan"):
            yield from _asked(lens, info.id, title)
        if info.kind in follow_ups.HERE:
            yield from _to_answer(lens, info.id, title)
            if lens.may("plan"):
                yield from _to_follow_up(lens, info.id, title)


def _clashes(lens: Lens, space: str, title: str) -> Iterator[Todo]:
    moment = Moment(lens.now)
    found = [each for each in open_clashes_of(lens, lens.state(space), moment) if each.from_at < lens.now + WARN_MS]
    events = all_events(lens, space, moment) if found else {}
    for clash in found:
        names = ", ".join(events[each.subject].title for each in clash.events)
        url = f"/spaces/{space}/known-events/{clash.events[0].subject}/#clashes"
        yield Todo(_("Known events clash"), _("Look"), url, title, clash.from_at, names[:WORDS_MAX])


def _asked(lens: Lens, space: str, title: str) -> Iterator[Todo]:
    """The projects that the reader's organisation is asked to take part in and has not answered."""
    own = lens.principal.organisation
    for shown in list_projects(lens, space, Moment(lens.now)):
        if any(each.organisation == own and each.status == ASKED for each in shown.parts):
            url = f"/spaces/{space}/projects/{shown.subject}/#parts"
            yield Todo(_("Asked to take part in a project"), _("Answer"), url, title, detail=shown.title)


def _to_answer(lens: Lens, space: str, title: str) -> Iterator[Todo]:
    """The follow-ups that the reader's organisation has not answered; from the first reminder on it says so."""
    for shown in to_answer(lens, space, lens.state(space)):
        template = Lists(lens.directory, lens.state(space)).item(follow_ups.TEMPLATES, shown.data.template)
        times_of = follow_ups.reminders(template, shown.due_at) if template else ()
        text = (
            _("Reminder: follow-up to answer") if any(at <= lens.now for at in times_of) else _("Follow-up to answer")
        )
        url = f"/spaces/{space}/follow-ups/{shown.subject}/answer/"
        yield Todo(text, _("Answer"), url, title, shown.due_at, str(shown.text.get("title", ""))[:WORDS_MAX])


def _to_follow_up(lens: Lens, space: str, title: str) -> Iterator[Todo]:
    """What the own organisation follows up: a report to write when the time is out, and the next time by the rule."""
    found = list_follow_ups(lens, space, Moment(lens.now))
    done = {(each.data.template, each.text.get("about"), each.data.year) for each in found}
    lists = Lists(lens.directory, lens.state(space))
    for shown in found:
        if shown.thing.organisation != lens.principal.organisation:
            continue
        if not shown.data.versions and (shown.is_closed or shown.due_at < lens.now):
            url = f"/spaces/{space}/follow-ups/{shown.subject}/#reports"
            yield Todo(_("Publish the report of a follow-up"), _("Write"), url, title, detail=_named(shown))
        template = lists.item(follow_ups.TEMPLATES, shown.data.template)
        year = follow_ups.next_year(template, shown.data.year) if template else None
        if template is None or year is None or (shown.data.template, shown.text.get("about"), year) in done:
            continue
        due_at = follow_ups.due_of(template, year)
        if lens.now < due_at < lens.now + AHEAD_MS:
            yield Todo(_("Time for the next follow-up"), _("Begin"), _next_url(space, shown, year), title, due_at,
                       _named(shown))  # fmt: skip


def _named(shown: FollowUpShown) -> str:
    return str(shown.text.get("title", ""))[:WORDS_MAX]


def _next_url(space: str, shown: FollowUpShown, year: int) -> str:
    told = {name: str(shown.text.get(name, "")) for name in ("title", "about", "about_subject", "template")}
    return f"/spaces/{space}/follow-ups/new/?{urlencode({**told, 'year': year})}"


def panels(page: SpacePage) -> Iterator[Panel]:
    """Yield what a period's page says of its projects."""
    found = list_projects(page.lens, page.space, page.moment)
    lists = Lists(page.lens.directory, page.state)
    going = sum(bool((lists.item(projects.STATES, each.moved.state) or {}).get("active")) for each in found)
    line = ngettext("%(n)s project, %(going)s going on", "%(n)s projects, %(going)s going on", len(found))
    lines = (line % {"n": len(found), "going": going},) if found else ()
    yield Panel(_("Joint projects"), f"/spaces/{page.space}/projects/{page.query}", 50, lines)
    asked = list_follow_ups(page.lens, page.space, page.moment)
    speech = Speech(page.lens.directory, page.state)
    told = tuple(_progress(follow_row(each, speech, page.moment.at)) for each in asked if not each.is_closed)
    yield Panel(_("Follow-up"), f"/spaces/{page.space}/follow-ups/{page.query}", 52, told)


def _progress(row: dict[str, Any]) -> str:
    return _("%(title)s: %(answered)s of %(asked)s have answered") % row


def register_describers() -> None:
    """Tell the log how entries of planning read in one line."""
    for kind in labels.KIND_WORDS:
        describing.register_describer(kind, _describe)


def _describe(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    said = next((str(payload[name]) for name in ("title", "text", "reason") if payload.get(name)), "")
    word = kind_word(row.header.kind)
    told = said if len(said) <= WORDS_MAX else f"{said[:WORDS_MAX]}…"
    return Line(f"{word}. {told}" if told else word, _url(row))


def _url(row: LogRow) -> str:
    place = PLACES[row.header.kind.partition(".")[0]]
    return f"/spaces/{row.header.space}/{place}/{row.header.subject}/"
