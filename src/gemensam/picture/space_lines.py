"""What a space's header and the start page say of its picture: the latest number, the takt, what is due."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.ledger.reading import Lens
from gemensam.picture import queries
from gemensam.picture.cadence_shown import name_of
from gemensam.picture.domain.awaited import LEAD_MS, due_by_takt
from gemensam.picture.domain.pictures import label_of, latest_picture
from gemensam.web import times
from gemensam.web.page import SpacePage, cached_fragment
from gemensam.web.spaces import Beat, Headline, TaktName, is_within_period, title_of
from gemensam.web.start import Todo


def headlines(page: SpacePage) -> Iterator[Headline]:
    """The latest combined picture, by its own time."""
    if page.info.kind not in queries.KINDS_WITH_PICTURE:
        return
    latest = queries.latest_at(page.state, page.moment)
    if latest is not None:
        label = label_of(page.state, latest)
        time = times.clock(latest.data.stated_at, page.moment.at)
        text = _("picture no. %(number)s (%(time)s)") % {"number": label, "time": time}
        yield Headline(text, f"/spaces/{page.space}/pictures/{label}/{page.query}")


def summary(page: SpacePage) -> Iterator[str]:
    """How many have reported, where an open space is listed; counted once a minute for its circle."""
    if page.info.closed or page.info.kind not in queries.KINDS_WITH_PICTURE or is_within_period(page.lens, page.info):
        return

    def draw() -> str:
        found = queries.get_live(page.lens, page.space, page.moment).matrix
        facts = {"reported": found.reported, "total": found.total}
        return _("%(reported)s of %(total)s have reported") % facts

    yield cached_fragment(page.key("reported"), draw)


def beats(page: SpacePage) -> Iterator[Beat]:
    """The next report time of the takt, and the picture that is awaited, late or coming.

    The takt's conferences are told together with those that are called.
    """
    if page.info.kind not in queries.KINDS_WITH_PICTURE:
        return
    cadence = queries.cadence_of(page.lens, page.state, page.moment)
    report_at = cadence.beats.following("report", page.moment.at) if cadence is not None else None
    if report_at is not None:
        yield Beat(pgettext("noun", "Report"), report_at)
    picture_at = queries.next_picture(page.lens, page.state, page.moment)
    if picture_at is not None:
        yield Beat(_("Picture"), picture_at, counts_down=True)


def takt(page: SpacePage) -> TaktName | None:
    """The takt in force, for the takt line; where none is set, a word of that for those who may set one."""
    if page.info.closed or page.info.kind not in queries.KINDS_WITH_PICTURE:
        return None
    cadence, url = queries.cadence_of(page.lens, page.state, page.moment), f"/spaces/{page.space}/cadence/{page.query}"
    if cadence is not None:
        return TaktName(_("Rhythm: %(name)s") % {"name": name_of(cadence)}, url, cadence.stale_after_ms)
    return TaktName(_("No rhythm set"), url) if page.may("set_cadence") else None


def todos(lens: Lens) -> Iterator[Todo]:
    """The next combined picture, for those who publish it, when its time is near or has passed."""
    if not lens.may("publish_picture"):
        return
    for info in lens.spaces():
        if info.kind in queries.KINDS_WITH_PICTURE and not info.closed:
            yield from _picture_due(lens, info)


def _picture_due(lens: Lens, info: SpaceInfo) -> Iterator[Todo]:
    state = lens.state(info.id)
    cadence = queries.cadence_of(lens, state, Moment(lens.now))
    due_at = due_by_takt(latest_picture(state), cadence, lens.now)
    if due_at is not None and due_at - LEAD_MS <= lens.now:
        yield Todo(_("Combined picture"), _("Compile"), f"/spaces/{info.id}/compile/", title_of(lens, info), due_at)
