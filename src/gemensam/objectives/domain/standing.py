"""How a milestone stands: each member's own word joined, overdue by the clock, and what does not fit named (G3)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gemensam.objectives.domain.areas import WITHDRAWN
from gemensam.objectives.domain.milestones import MilestoneData, StateWord

UNSTATED = "ej_angivet"
REACHED, OPEN, APART, NOT_STATED = "reached", "open", "apart", "unstated"  # what a state counts as
# What the view must say in words beside a state.
OTHER_WORDING = "other_wording"  # said of an earlier wording of the milestone
WITHOUT_EVIDENCE = "without_evidence"  # reached, but nothing is said that shows it
FELL_BACK = "fell_back"  # had been said to be reached before
AFTER_END = "after_end"  # said although the milestone had been withdrawn
NOT_NAMED = "not_named"  # says something although the milestone does not concern it


@dataclass(frozen=True, slots=True)
class Party:
    """A member's part of a milestone. `state` is a code of the list, `ej_angivet` until the member has said something.

    `counts`: what the state counts as. `overdue`: not reached though the day has passed.
    """

    organisation: str
    state: str
    counts: str
    word: StateWord | None
    overdue: bool
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone at a moment: the members that it concerns, in the order given; apart from them others who spoke."""

    parties: tuple[Party, ...]
    others: tuple[Party, ...]
    overdue: bool

    @property
    def asked(self) -> int:
        """How many it concerns: those who say that it does not concern them are counted apart."""
        return sum(1 for party in self.parties if party.counts != APART)

    @property
    def reached(self) -> int:
        return sum(1 for party in self.parties if party.counts == REACHED)

    @property
    def status(self) -> str:
        """The joint status: `reached` when all that it concerns have reached it, `open` when some say something."""
        if self.asked and self.reached == self.asked:
            return REACHED
        return OPEN if any(party.word is not None for party in self.parties) else NOT_STATED

    @property
    def contradictory(self) -> bool:
        return any(party.contradictions for party in (*self.parties, *self.others))

    def counted(self) -> Counter[str]:
        """Return how many stand at each state."""
        return Counter(party.state for party in self.parties)

    def of(self, organisation: str) -> Party | None:
        return next((each for each in (*self.parties, *self.others) if each.organisation == organisation), None)


Scale = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What milestones are read with: the members in order, the items of `milestone_states` by code, and the day.

    `happened_by`: words said later are left out (ms UTC, None: all count).
    """

    members: Sequence[str]
    scale: Scale
    today: date
    happened_by: int | None = None

    def counts(self, state: str) -> str:
        """Return what a state counts as; one that the list does not have counts as open."""
        return str(self.scale.get(state, {}).get("counts", OPEN))


def standing(data: MilestoneData, status: str, reading: Reading) -> Standing:
    """Return how a milestone stands."""
    latest = data.latest(reading.happened_by)
    concerned = [each for each in reading.members if not data.concerns or each in data.concerns]
    judge = _Judge(data, status, reading)
    parties = tuple(judge.party(each, latest.get(each)) for each in concerned)
    others = tuple(judge.stranger(latest[each]) for each in sorted(set(latest) - set(concerned)))
    return Standing(parties, others, any(party.overdue for party in parties))


@dataclass(frozen=True, slots=True)
class _Judge:
    data: MilestoneData
    status: str
    reading: Reading

    def party(self, organisation: str, word: StateWord | None) -> Party:
        due, counts_of = self.data.due, self.reading.counts
        late = bool(due) and self.reading.today.isoformat() > due and self.status != WITHDRAWN
        if word is None or not word.state:
            return Party(organisation, UNSTATED, NOT_STATED, None, late)
        counts = counts_of(word.state)
        overdue = late and counts not in (REACHED, APART)
        return Party(organisation, word.state, counts, word, overdue, tuple(self.contradictions(word)))

    def stranger(self, word: StateWord) -> Party:
        found = self.party(word.organisation, word)
        return replace(found, overdue=False, contradictions=(NOT_NAMED, *found.contradictions))

    def contradictions(self, word: StateWord) -> Iterator[str]:
        counts, data = self.reading.counts(word.state), self.data
        if data.changes and word.terms and word.terms != data.content:
            yield OTHER_WORDING
        if counts == REACHED and not word.has_evidence:
            yield WITHOUT_EVIDENCE
        if counts == OPEN and self._was_reached_before(word):
            yield FELL_BACK
        if self.status == WITHDRAWN and word.clock > data.ended_clock:
            yield AFTER_END

    def _was_reached_before(self, word: StateWord) -> bool:
        earlier = (each for each in self.data.words if each.organisation == word.organisation)
        return any(self.reading.counts(each.state) == REACHED for each in earlier if each.clock < word.clock)
