"""What the målbild puts on the start page and a period's page, and its lines in the log."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.core.moment import Moment
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.panels import Panel
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import Lens, LogRow
from gemensam.objectives import labels
from gemensam.objectives.plan_queries import (
    Chosen,
    Coming,
    day_of,
    list_coming,
    list_items,
    list_milestones,
    schedule_of,
)
from gemensam.objectives.queries import list_versions_for
from gemensam.objectives.shown import Words, summary_lines
from gemensam.organisations.domain import members
from gemensam.picture.lists import told
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import is_within_period, title_of
from gemensam.web.start import Notice, Todo

WORDS_MAX = 120
DRAFT = "draft/"  # where a working group begins, as a path within its space
STALE_MS = 90 * times.DAY  # a word of a member that is older is asked for again before the day


def home(page: SpacePage) -> str:
    """Where one begins in a narrower space of a period: at the draft of its working group."""
    return DRAFT if is_within_period(page.lens, page.info) else ""


def notices(lens: Lens) -> Iterator[Notice]:
    """Yield, for those who govern, that a målbild must be started or that steps of its schedule are late."""
    if not lens.may("govern"):
        return
    for coming in list_coming(lens, Moment(lens.now)):
        if (coming.late or coming.soon) and (coming.is_followed or not coming.years.covers(day_of(Moment(lens.now)))):
            yield _notice(coming, lens)


def _notice(coming: Coming, lens: Lens) -> Notice:
    years, step = _years(coming.years), (coming.late or coming.soon)[0]
    name = _step_name(lens, step.code)
    facts = {"years": years, "step": name, "day": step.due.isoformat(), "n": len(coming.late)}
    if not coming.space:
        text = _("The joint vision %(years)s must be started: %(step)s, by %(day)s. Open its period.") % facts
        return Notice(text, "warning", "/governance/periods/new/")
    url = f"/spaces/{coming.space}/schedule/"
    if coming.late:
        text = ngettext(
            "The joint vision %(years)s: %(n)s step is late. First: %(step)s, by %(day)s.",
            "The joint vision %(years)s: %(n)s steps are late. First: %(step)s, by %(day)s.", len(coming.late),
        ) % facts  # fmt: skip
        return Notice(text, "warning", url)
    return Notice(_("The joint vision %(years)s: next, %(step)s, by %(day)s.") % facts, "info", url)


def _years(years: PeriodData) -> str:
    return f"{years.first_year}–{years.last_year}"


def _step_name(lens: Lens, code: str) -> str:
    items = list_items(lens, lens.directory, "objectives_schedule")
    return next((told(item) for item in items if item["code"] == code), code)


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the milestones that are soon due or overdue, and that the reader's own organisation has not reached."""
    if not lens.may("assess_capability"):
        return
    own = lens.principal.organisation
    if own not in {each.id for each in members(lens.directory)}:
        return
    for info in lens.spaces():
        if info.kind == "period" and not info.closed:
            yield from _to_state(lens, info.id, title_of(lens, info))


def _to_state(lens: Lens, space: str, title: str) -> Iterator[Todo]:
    today = times.local(lens.now).date()
    soon = times.local(lens.now + STALE_MS).date().isoformat()
    for each in list_milestones(lens, space, Moment(lens.now), Chosen(until=soon)):
        mine = each.stands.of(lens.principal.organisation)
        if mine is None or mine.counts in ("reached", "apart"):
            continue
        if mine.word is not None and lens.now - mine.word.at < STALE_MS and each.data.due >= today.isoformat():
            continue
        text = _("Milestone %(label)s: say how far you have come") % {"label": each.data.label}
        due_at = times.parse(f"{each.data.due} 23.59")
        url = f"/spaces/{space}/milestones/{each.subject}/#state"
        yield Todo(text, pgettext("milestone", "Say"), url, title, due_at, each.data.title[:WORDS_MAX])


def panels(page: SpacePage) -> Iterator[Panel]:
    """Yield what a period's page says of its målbild."""
    base, words = f"/spaces/{page.space}/", Words(page)
    yield Panel(_("Goals and milestones"), f"{base}objectives/{page.query}", 10, _objectives_lines(page))
    yield Panel(_("The text of the joint vision"), f"{base}vision/{page.query}", 20, _version_lines(page, words))
    lines = tuple(_schedule_lines(page, words))
    if lines:
        yield Panel(_("Schedule of the joint vision"), f"{base}schedule/{page.query}", 30, lines)


def _objectives_lines(page: SpacePage) -> tuple[str, ...]:
    lines = summary_lines(list_milestones(page.lens, page.space, page.moment))
    return lines or (_("No milestones have been entered yet."),)


def _version_lines(page: SpacePage, words: Words) -> tuple[str, ...]:
    found = list_versions_for(page.lens, page.space, page.moment)
    if not found:
        return (_("No version has been published yet."),)
    latest = found[0]
    kind = words.lists.word("vision_versions", latest.kind)
    return (f"{kind} {latest.number}: {latest.title}, {times.day(latest.published_at, page.moment.at)}",)


def _schedule_lines(page: SpacePage, words: Words) -> Iterator[str]:
    found = schedule_of(page.lens, page.space, page.moment)
    late = [step for step in found if step.late]
    if late:
        names = "; ".join(words.lists.word("objectives_schedule", step.code) for step in late[:3])
        facts = {"n": len(late), "steps": names}
        yield ngettext("%(n)s step is late: %(steps)s", "%(n)s steps are late: %(steps)s", len(late)) % facts
    following = next((step for step in found if step.done_on is None and not step.late), None)
    if following is not None:
        name = words.lists.word("objectives_schedule", following.code)
        yield _("Next: %(step)s, by %(day)s") % {"step": name, "day": words.on(following.due)}


# Lines of the log -----------------------------------------------------------------------------------------------


def register_describers() -> None:
    """Tell the log how entries of the målbild read in one line."""
    for kind in labels.KIND_WORDS:
        describing.register_describer(kind, _describe)


def _describe(row: LogRow, names: Names) -> Line:
    said = _said(row, names)
    word = kind_word(row.header.kind)
    return Line(f"{word}: {said}" if said else word, _url(row))


def _said(row: LogRow, names: Names) -> str:
    payload, kind = row.payload or {}, row.header.kind
    if kind == "milestone.stated":
        state = names.item("milestone_states", str(payload["state"]), row.header.vocabulary)
        return f"{_title(row, names)}: {names.organisation(row.header.organisation)}, {state}"
    if kind == "schedule_step.done":
        step = row.header.subject.removeprefix("step-")
        return f"{names.item('objectives_schedule', step, row.header.vocabulary)}, {payload['on']}"
    found = next((str(payload[name]) for name in ("title", "text", "reason") if payload.get(name)), "")
    return _shortened(found or _title(row, names))


def _title(row: LogRow, names: Names) -> str:
    thing = names.state.thing(row.header.subject)
    label = getattr(thing.data, "label", "") if thing is not None else ""
    return _shortened(" ".join(part for part in (label, names.title(row.header.subject)) if part))


def _shortened(text: str) -> str:
    return text if len(text) <= WORDS_MAX else f"{text[:WORDS_MAX]}…"


def _url(row: LogRow) -> str:
    header = row.header
    base, group, subject = f"/spaces/{header.space}", header.kind.partition(".")[0], header.subject
    places: dict[str, Any] = {
        "vision_version": f"{base}/vision/{subject}/", "revision": f"{base}/draft/{subject}/",
        "draft_comment": f"{base}/draft/#comment-{subject}", "area": f"{base}/objectives/",
        "goal": f"{base}/goals/{subject}/", "milestone": f"{base}/milestones/{subject}/",
        "activity": f"{base}/yearly-plan/", "schedule_step": f"{base}/schedule/",
    }  # fmt: skip
    return str(places.get(group, ""))
