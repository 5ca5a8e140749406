"""What was tried to reach a member's functions, channel by channel: sent, delivered, failed, when (R3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.activation.delivering import attempts_by_function
from gemensam.activation.domain.larms import LarmData
from gemensam.core.policy import ROSTERS
from gemensam.core.state import SpaceState, Thing
from gemensam.delivery import labels, rules
from gemensam.delivery.rules import Attempt
from gemensam.ledger.reading import Lens
from gemensam.rosters.domain.reading import reach
from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class Way:
    """How far one channel came with one function: the best of its attempts. `at` in ms UTC."""

    channel: str
    state: str
    at: int
    reason: str

    @property
    def channel_words(self) -> str:
        return str(labels.CHANNELS[self.channel])

    @property
    def state_words(self) -> str:
        return str(labels.STATES[self.state])

    @property
    def reason_words(self) -> str:
        return labels.reason(self.reason) if self.state in (rules.FAILED, rules.UNKNOWN) else ""


Tried = Mapping[tuple[str, str], tuple[Way, ...]]


def tried_of(thing: Thing, at: int) -> Tried:
    """Return what had been tried for a larm at an instant (ms UTC), by (organisation, function)."""
    found = attempts_by_function(thing)
    known = {held: [one for each in attempts if (one := rules.as_of(each, at))] for held, attempts in found.items()}
    return {held: _ways(attempts) for held, attempts in known.items() if attempts}


def _ways(attempts: list[Attempt]) -> tuple[Way, ...]:
    best: dict[str, Attempt] = {}
    for each in attempts:
        held = best.get(each.channel)
        if held is None or rules.reached_further(each.state, held.state):
            best[each.channel] = each
    return tuple(_way(best[channel]) for channel in labels.CHANNELS if channel in best)


def _way(attempt: Attempt) -> Way:
    return Way(attempt.channel, attempt.state, max(attempt.reported_at, attempt.ended_at, attempt.started_at),
               attempt.reason)  # fmt: skip


def reads_rosters(lens: Lens) -> bool:
    """Whether the reader may read the rosters."""
    return any(info.id == ROSTERS for info in lens.spaces())


def rosters_of(lens: Lens) -> SpaceState | None:
    """Return the state of the rosters for whoever may read them, else None."""
    return lens.state(ROSTERS) if reads_rosters(lens) else None


def number_to_ring(page: SpacePage, thing: Thing, organisation: str) -> str:
    """Return a telephone number of the first of a member's functions that has one now, or ""."""
    data: LarmData = thing.data
    rosters = rosters_of(page.lens)
    if rosters is None:
        return ""
    called = next((each.functions for each in data.members if each.organisation == organisation), ())
    held = (reach(page.lens.directory, rosters, function, page.lens.now) for function in called)
    numbers = (one.value for each in held for one in each.addresses if one.channel == "voice")
    return next(numbers, "")


def way_rows(tried: Tried, organisation: str, function: str) -> list[dict[str, Any]]:
    """Return the channels of a function as a page tells them; those of which the same is to be said are one row."""
    ways = tried.get((organisation, function), ())
    alike: dict[tuple[str, str], list[Way]] = {}
    for each in ways:
        alike.setdefault((each.state_words, each.reason_words), []).append(each)
    return [
        {
            "channel": ", ".join(each.channel_words for each in held), "state": state, "reason": reason,
            "at": max(each.at for each in held),
        }
        for (state, reason), held in alike.items()
    ]  # fmt: skip
