"""Figures of larm and of what has been asked, per member, for an event or a year (R92)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from gemensam.activation.domain.board import ACKNOWLEDGED
from gemensam.activation.queries import LarmShown
from gemensam.activation.words import Speech
from gemensam.core.policy import SpaceInfo
from gemensam.core.swedish import sort_key
from gemensam.ledger.reading import Lens
from gemensam.picture.burden import Burden
from gemensam.web import times

Found = Sequence[tuple[SpaceInfo, LarmShown]]


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """How one member answered: larms that it was reached by, those that it acknowledged, the median in seconds.

    `questions`: what it has been asked in requests, and `answer_min` the median time to an answer in minutes.
    """

    name: str
    larms: int
    acknowledged: int
    seconds: int | None
    questions: int = 0
    answer_min: int | None = None


def by_member(lens: Lens, found: Found, asked: Iterable[Burden] = ()) -> list[MemberFigures]:
    """Return each member's figures over some larms and what it was asked beside them, in Swedish order."""
    speech = Speech(lens.directory, lens.directory)
    burdens = {each.organisation: each for each in asked}
    count: dict[str, int] = dict.fromkeys(burdens, 0)
    seconds: dict[str, list[int]] = {}
    for _info, shown in found:
        for line in shown.board.lines:
            count[line.organisation] = count.get(line.organisation, 0) + 1
            if line.status == ACKNOWLEDGED:
                seconds.setdefault(line.organisation, []).append((line.acknowledged_at - shown.data.sent_at) // 1000)
    figures = [
        MemberFigures(speech.organisation(one), total, len(seconds.get(one, ())),
                      int(median(seconds[one])) if one in seconds else None, *_asked(burdens.get(one)))
        for one, total in count.items()
    ]  # fmt: skip
    return sorted(figures, key=lambda each: sort_key(each.name))


def _asked(burden: Burden | None) -> tuple[int, int | None]:
    if burden is None:
        return 0, None
    return burden.questions, None if burden.median_ms is None else round(burden.median_ms / times.MINUTE)
