"""The demonstration's self-assessments: a round that is open, and invented levels of a number of members.

All texts say that they are invented. Levels of the past have times of their own, so that the development is seen;
Nacka has begun and keeps most to itself, so that there is something to go on with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from gemensam.capabilities import commands
from gemensam.capabilities.commands import Sent
from gemensam.capabilities.domain.rounds import open_round
from gemensam.capabilities.queries import framework_of, get_own
from gemensam.core.policy import Principal
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of
from gemensam.organisations.domain import Organisation, functions, members
from gemensam.rosters.domain.local import instant, local

OFFICE, STRATEGIST = "kansliet", "kansliet-strateg"
ASSESSES = frozenset({"isk", "beslutsfattare", "foretradare_samordnande"})
REASON = "DEMONSTRATION. Påhittad motivering."
PROOF = "DEMONSTRATION. Påhittat provlarm."
MEASURE = "DEMONSTRATION. Öva reservväg med nattbemanning"
ROUND = "DEMONSTRATION: Självskattning"
MONTHS_AGO = (14, 8, 1)  # when a member assessed itself, so that there are some half-years to look back on
OLD = 1_000  # days: a proof that holds no more
HALF_DONE = 9  # of the delförmågor, by the member that has begun and not finished
BEGUN = "nacka"


def fill_capabilities(now: int) -> None:
    """Enter what is not there of levels and the round. `now` in ms UTC."""
    lens = _lens(OFFICE, STRATEGIST, now)
    today = local(now).date()
    period = next((each for each in list_periods_for(lens) if each.years.covers(today)), None)
    if period is None:
        return
    filling = Filling(period.id, now, frozenset(receipts_of(ACCOUNT)))
    filling.open_round(lens, today)
    for place, member in enumerate(members(lens.directory)):
        filling.fill(member, place)


def _lens(organisation: str, function: str, now: int) -> Lens:
    return lens_for(Principal(ACCOUNT, organisation, function, frozenset()), now)


@dataclass(frozen=True)
class Filling:
    """Fills in for one member after the other. `written`: the keys of what stands in the log already."""

    period: str
    now: int
    written: frozenset[str] = field(repr=False)

    def open_round(self, lens: Lens, today: date) -> None:
        key = "capabilities/round"
        if key not in self.written:
            due_on = (today + timedelta(days=21)).isoformat()
            text = "DEMONSTRATION. Gå igenom delförmågorna; det ni inte delar ser ingen annan."
            commands.open_assessment_round(lens, self.period, _round(due_on, text), key=key)

    def fill(self, member: Organisation, place: int) -> None:
        """Assess for about half of the members; the rest have not begun. `place` decides what is invented."""
        wanted = _tells_all(place) or _tells_office(place) or member.id == BEGUN
        writer = self._writer_of(member) if wanted else ""
        if not writer:
            return
        lens = _lens(member.id, writer, self.now)
        codes = [str(item["code"]) for item in framework_of(lens, lens.state(self.period)).items]
        if get_own(lens, self.period).circle is None:
            title = f"Självskattning – {member.short}"
            commands.open_circle(lens, self.period, title, key=f"capabilities/{member.id}/circle")
        self._assess(member, writer, self._invented(member, place, codes[:HALF_DONE] if member.id == BEGUN else codes))
        if member.id != BEGUN:
            self._answer(_lens(member.id, writer, self.now))

    def _writer_of(self, member: Organisation) -> str:
        """Return the member's first function that may assess, or ""."""
        directory = _lens(OFFICE, STRATEGIST, self.now).directory
        able = (one.id for one in functions(directory, member.id) if ASSESSES & set(one.roles))
        return next(able, "")

    def _assess(self, member: Organisation, writer: str, contents: list[tuple[dict[str, Any], int]]) -> None:
        """Write the first alone, which opens the circle with the joint office, and the others in one commit."""
        titles = {"office": f"Nivåer till kansliet – {member.short}"}
        first, rest = f"capabilities/{member.id}/first", f"capabilities/{member.id}/rest"
        (content, at), *others = contents
        if first not in self.written:
            lens = _lens(member.id, writer, self.now)
            commands.make_assessment(lens, self.period, content, titles=titles, sent=Sent(key=first, at=at))
        if rest not in self.written:
            commands.make_assessments(_lens(member.id, writer, self.now), self.period, others, titles=titles, key=rest)

    def _invented(self, member: Organisation, place: int, codes: list[str]) -> list[tuple[dict[str, Any], int]]:
        """Return what the member assessed, with the time of each, the earliest first."""
        found = []
        for step, months in enumerate(MONTHS_AGO if place % 12 == 0 else MONTHS_AGO[-1:]):
            for number, code in enumerate(codes):
                content = {"capability": code, **_invented(member, place, number, step)}
                age = OLD if (place + number) % 7 == 0 else 30 * months + number
                if content["level"] in ("3", "4"):
                    content |= {"proof": PROOF, "proven_on": self._day(age).isoformat()}
                found.append((content, instant(self._day(30 * months), 600 + number)))
        return found

    def _day(self, days_ago: int) -> date:
        return local(self.now).date() - timedelta(days=days_ago)

    def _answer(self, lens: Lens) -> None:
        key, round_ = f"capabilities/{lens.principal.organisation}/answer", open_round(lens.state(self.period))
        if key not in self.written and round_ is not None:
            commands.answer_round(lens, self.period, round_.subject, key=key)


def _round(due_on: str, text: str) -> Mapping[str, str]:
    return {"title": ROUND, "due_on": due_on, "text": text}


def _tells_all(place: int) -> bool:
    return place % 3 == 0


def _tells_office(place: int) -> bool:
    return place % 6 == 1


def _invented(member: Organisation, place: int, number: int, step: int) -> dict[str, Any]:
    level = min(4, 1 + (place * 5 + number * 3) % 4 + (step if (place + number) % 2 else 0))
    given: dict[str, Any] = {"level": str(level), "reason": REASON, "shared_as": _sharing(member, place, number)}
    if level <= 2 and place % 4 == 0:
        given |= {"measure": MEASURE, "measure_due": "2027-05-31", "tells_measure": True}
    return given


def _sharing(member: Organisation, place: int, number: int) -> str:
    if member.id == BEGUN:
        return "endast_vi" if number % 2 else "niva_kansliet"
    if number and number == place % 23:
        return "endast_vi"
    if not _tells_all(place):
        return "niva_kansliet"
    return "niva_motivering_alla" if number % 5 == 0 else "niva_alla"
