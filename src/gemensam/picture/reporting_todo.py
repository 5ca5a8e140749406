"""What reporting puts on the start page: requests to answer, reports to confirm, answers that are late."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.state import SpaceState
from gemensam.ledger.reading import Lens
from gemensam.picture.lists import Lists
from gemensam.picture.reporting_queries import RequestView, list_requests, open_requests_for, unconfirmed_for
from gemensam.web import times
from gemensam.web.spaces import title_of
from gemensam.web.start import Todo

REPORTING_SPACES = frozenset({"standing", "incident", "exercise", "sub", "outer"})


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield what the reader's organisation is expected to do, for each open space that it reads."""
    for info in lens.spaces():
        if info.kind in REPORTING_SPACES and not info.closed:
            yield from _in_space(lens, info)


def _in_space(lens: Lens, info: SpaceInfo) -> Iterator[Todo]:
    state, moment = lens.state(info.id), Moment(lens.now)
    lists, title = Lists(lens.directory, state), title_of(lens, info)
    if lens.may("report"):
        for view in open_requests_for(state, lens.principal.organisation, moment):
            yield _to_answer(view, lists, info.id, title, lens)
    if lens.may("confirm"):
        yield from _to_confirm(state, lists, info.id, title, lens)
    if lens.may("request"):
        yield from _to_remind(state, moment, info.id, title, lens)


def _to_answer(view: RequestView, lists: Lists, space: str, title: str, lens: Lens) -> Todo:
    asker = lists.organisation(view.thing.organisation)
    mine = view.of(lens.principal.organisation)
    due_at = mine.until_at if mine is not None and mine.until_at else view.data.deadline_at
    detail = ""
    if mine is not None and mine.state == "deferred":
        detail = _("You come back at %(time)s") % {"time": times.clock(mine.until_at, lens.now)}
    elif mine is not None and mine.reminded_at:
        detail = _("Reminded %(time)s") % {"time": times.clock(mine.reminded_at, lens.now)}
    text = _("Situation report requested by %(asker)s") % {"asker": asker}
    return Todo(text, _("Answer"), f"/spaces/{space}/report/", title, due_at, detail)


def _to_confirm(state: SpaceState, lists: Lists, space: str, title: str, lens: Lens) -> Iterator[Todo]:
    for thing in unconfirmed_for(state, lens.principal.organisation):
        by = lists.organisation(thing.data.by_organisation)
        text = _("Report entered for you by %(by)s is unconfirmed") % {"by": by}
        yield Todo(text, _("Look and confirm"), f"/spaces/{space}/reports/{thing.subject}/", title)


def _to_remind(state: SpaceState, moment: Moment, space: str, title: str, lens: Lens) -> Iterator[Todo]:
    for view in list_requests(state, moment):
        own = view.thing.organisation == lens.principal.organisation
        late = [one for one in view.late if one.reminded_at < view.data.deadline_at]
        if own and view.thing.status == "open" and late:
            text = ngettext(
                "%(count)s organisation has not answered your request",
                "%(count)s organisations have not answered your request",
                len(late),
            ) % {"count": len(late)}
            yield Todo(text, _("See and remind"), f"/spaces/{space}/requests/{view.thing.subject}/", title)
