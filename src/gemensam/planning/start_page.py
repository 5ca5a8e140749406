"""What planning puts on the start page and in the lines of the log."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gemensam.core.moment import Moment
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import Lens, LogRow
from gemensam.planning import labels
from gemensam.planning.domain.known_events import HERE
from gemensam.planning.event_queries import all_events, open_clashes_of
from gemensam.web import times
from gemensam.web.spaces import title_of
from gemensam.web.start import Todo

WORDS_MAX = 120
WARN_MS = 60 * times.DAY  # a clash further away is seen in the calendar


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the clashes before long that concern the reader's organisation and that nobody accepts."""
    if not lens.may("plan"):
        return
    for info in lens.spaces():
        if info.kind in HERE and not info.closed:
            yield from _clashes(lens, info.id, title_of(lens, info))


def _clashes(lens: Lens, space: str, title: str) -> Iterator[Todo]:
    moment = Moment(lens.now)
    found = [each for each in open_clashes_of(lens, lens.state(space), moment) if each.from_at < lens.now + WARN_MS]
    events = all_events(lens, space, moment) if found else {}
    for clash in found:
        names = ", ".join(events[each.subject].title for each in clash.events)
        url = f"/spaces/{space}/known-events/{clash.events[0].subject}/#clashes"
        yield Todo(_("Known events clash"), _("Look"), url, title, clash.from_at, names[:WORDS_MAX])


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
    place = {"known_event": "known-events"}[row.header.kind.partition(".")[0]]
    return f"/spaces/{row.header.space}/{place}/{row.header.subject}/"
