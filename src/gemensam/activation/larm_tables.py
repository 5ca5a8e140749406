"""The result of a larm, and of all larms, as tables for other programs: words, codes and times with their zone."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.activation import labels
from gemensam.activation.board_page import line_row
from gemensam.activation.queries import LarmShown
from gemensam.activation.shown import Row
from gemensam.activation.statistics import MemberFigures
from gemensam.activation.tried import tried_of
from gemensam.activation.words import Speech
from gemensam.core.policy import SpaceInfo
from gemensam.ledger.reading import Lens
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

Table = tuple[list[str], list[Sequence[object]]]


def _time(at: int) -> str:
    return times.iso(at) if at else ""


def larm_table(page: SpacePage, shown: LarmShown, speech: Speech) -> Table:
    """Return head and a line for each member; the larm's mark stands on every line."""
    head = [
        pgettext("table", "Mark"), _("Organisation"), pgettext("table", "Status"), pgettext("table", "Acknowledged"),
        _("Seconds"), pgettext("table", "Takes part"), _("Function"), pgettext("table", "Way"), _("Takes part from"),
        _("Tried"), _("Alert sent"),
    ]  # fmt: skip
    sent_at, tried = shown.data.sent_at, tried_of(shown.thing, page.moment.at)
    lines: list[Sequence[object]] = []
    for line in shown.board.lines:
        row = line_row(page, shown, line, speech, tried)
        seconds = (row["at"] - sent_at) // 1000 if row["at"] else ""
        told = ", ".join(_tried(name, ways) for name, _at, ways in row["tried"])
        part = _("yes") if row["takes_part"] else _("no")
        lines.append([
            shown.data.mark, row["name"], str(row["status_words"]), _time(row["at"]), seconds, part, row["who"],
            row["via"], _time(row["from_at"]), told, times.iso(sent_at),
        ])  # fmt: skip
    return head, lines


def _tried(name: str, ways: Sequence[Row]) -> str:
    """One function with what came of each channel: `TiB (SMS delivered 2026-11-29T03:41:10+01:00)`."""
    told = "; ".join(f"{way['channel']} {way['state']} {_time(way['at'])}" for way in ways)
    return f"{name} ({told})" if told else name


def all_larms_table(lens: Lens, found: Iterable[tuple[SpaceInfo, LarmShown]]) -> Table:
    """Return head and a line for each larm (R92)."""
    head = [
        pgettext("table", "Mark"), _("Space"), _("Text"), _("Sent"), pgettext("table", "Status"), _("Members"),
        pgettext("table", "Acknowledged"), _("Per cent"), _("Minutes to the target"), pgettext("table", "Takes part"),
        _("Followed up, times"),
    ]  # fmt: skip
    lines: list[Sequence[object]] = []
    for info, shown in found:
        speech, board = Speech(lens.directory, lens.state(info.id)), shown.board
        minutes = (board.target_at - shown.data.sent_at) // 60_000 if board.target_at else ""
        lines.append([
            shown.data.mark, title_of(lens, info), speech.word("alert_texts", shown.data.text),
            times.iso(shown.data.sent_at), str(labels.LARM[shown.status]), board.members, board.acknowledged,
            board.percent, minutes, board.take_part, len(shown.data.follow_ups),
        ])  # fmt: skip
    return head, lines


def members_table(found: Iterable[MemberFigures]) -> Table:
    """Return head and a line for each member (R92)."""
    head = [
        _("Organisation"), pgettext("table", "Alerts"), pgettext("table", "Acknowledged"),
        _("Half of them within, seconds"), _("Questions asked"), _("Half of them answered within, minutes"),
    ]  # fmt: skip
    lines: list[Sequence[object]] = [
        [one.name, one.larms, one.acknowledged, _known(one.seconds), one.questions, _known(one.answer_min)]
        for one in found
    ]
    return head, lines


def _known(number: int | None) -> object:
    return "" if number is None else number
