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
        lens = self._lens_of(member) if _tells_all(place) or _tells_office(place) or member.id == BEGUN else None
        if lens is None:
            return
        codes = [str(item["code"]) for item in framework_of(lens, lens.state(self.period)).items]
        if get_own(lens, self.period).circle is None:
            title = f"Självskattning – {member.short}"
            commands.open_circle(lens, self.period, title, key=f"capabilities/{member.id}/circle")
        for number, code in enumerate(codes[:HALF_DONE] if member.id == BEGUN else codes):
            self._assess(member, place, code, number)
        if member.id != BEGUN:
            self._answer(member)

    def _lens_of(self, member: Organisation) -> Lens | None:
        """Return the lens of the member's first function that may assess, as it is now."""
        directory = _lens(OFFICE, STRATEGIST, self.now).directory
        able = (one for one in functions(directory, member.id) if ASSESSES & set(one.roles))
        found = next(able, None)
        return _lens(member.id, found.id, self.now) if found is not None else None

    def _assess(self, member: Organisation, place: int, code: str, number: int) -> None:
        steps = MONTHS_AGO if place % 9 == 0 else MONTHS_AGO[-1:]
        for step, months in enumerate(steps):
            key = f"capabilities/{member.id}/{code}/{step}"
            lens = self._lens_of(member) if key not in self.written else None
            if lens is not None:
                at = instant(local(self.now).date() - timedelta(days=30 * months), 600 + number)
                day = local(self.now).date() - timedelta(
                    days=OLD if (place + number) % 7 == 0 else 30 * months + number
                )
                content = {"capability": code, **_invented(member, place, number, step)}
                if content["level"] in ("3", "4"):
                    content |= {"proof": PROOF, "proven_on": day.isoformat()}
                titles = {"office": f"Nivåer till kansliet – {member.short}"}
                sent = Sent(key=key, at=at)
                commands.make_assessment(lens, self.period, content, titles=titles, sent=sent)

    def _answer(self, member: Organisation) -> None:
        key, lens = f"capabilities/{member.id}/answer", self._lens_of(member)
        round_ = open_round(lens.state(self.period)) if lens is not None else None
        if key not in self.written and lens is not None and round_ is not None:
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
    if number == place % 23:
        return "endast_vi"
    if not _tells_all(place):
        return "niva_kansliet"
    return "niva_motivering_alla" if number % 5 == 0 else "niva_alla"
