"""The demonstration's projects, known events and follow-up. The projects are known by name; all else is invented.

Written by the ordinary commands of functions, each once: the keys in the log say what stands already.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from gemensam.coordination.sending import Sent
from gemensam.core.policy import STANDING, Principal
from gemensam.core.writing import Receipt
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of
from gemensam.organisations.domain import function, members
from gemensam.planning import event_commands, follow_commands, project_commands
from gemensam.rosters.domain.local import instant, local

OFFICE = "kansliet-strateg"
INVENTED = "Påhittat för demonstrationen."
# (title, leader, purpose, state, invited, who says what, steps as (text, year, month, is done))
PROJECTS: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[tuple[str, str, str], ...], tuple[Any, ...]], ...] = (
    ("Brottsförebyggande arbete", "polisen", "Gemensam lägesbild och tidiga insatser mot våld i länet.", "pagar",
     ("stockholm", "huddinge", "sodertalje", "region-stockholm"),
     (("huddinge-sakerhetschef", "joined", "En samordnare på halvtid."), ("stockholm-tib", "joined", "")),
     (("Gemensam nulägesbild", 2023, 10, True), ("Arbetssätt prövat i tre kommuner", 2025, 3, True),
      ("Utvärdering", 2026, 11, False))),
    ("Cybersäkerhet", "nacka", "Samma lägstanivå och en väg att hjälpa varandra vid angrepp.", "pagar",
     ("taby", "solna", "sos-alarm"),
     (("taby-sakerhetschef", "joined", "Testar först."), ("solna-sakerhetschef", "declined", "Hinner inte i år.")),
     (("Gemensam kravlista", 2024, 5, True), ("Övning med driftstopp", 2026, 9, False),
      ("Avtal om hjälp", 2026, 12, False))),
    ("Välfärdsbrottslighet", "lansstyrelsen", "Upptäcka och stoppa brott mot välfärden tillsammans.", "beslutat",
     ("nacka", "huddinge", "region-stockholm"), (), (("Uppstart", 2026, 2, False),)),
    ("Väder och klimat", "huddinge", "Beredskap för skyfall, värme och torka.", "ide", ("varmdo", "ekero"),
     (("varmdo-sakerhetschef", "joined", ""),), ()),
)  # fmt: skip
# (title, kind, days from now, length in days, hours or None, kommuner, who, effect, resources, yearly)
EVENTS: tuple[tuple[Any, ...], ...] = (
    ("Derby i fotboll", "match", 12, 0, (15, 18), ("0184",), "solna-sakerhetschef",
     "Många resande med pendeltåg och tunnelbana före och efter.", ("polis", "kollektivtrafik"), False),
    ("Konsert på arenan", "konsert", 12, 0, (17, 23), ("0184",), "solna-sakerhetschef",
     "Full arena och sen utrymning.", ("ordningsvakter", "kollektivtrafik"), False),
    ("Statsbesök", "statsbesok", 12, 2, None, ("0180",), "lansstyrelsen-tib",
     "Avspärrade gator i innerstaden, restriktioner i luften.", ("polis", "vagnat"), False),
    ("Motorvägstunnel stängd nattetid", "vagarbete", 10, 9, None, ("0180", "0126"), "huddinge-sakerhetschef",
     "Omledning genom tätorter.", ("vagnat",), False),
    ("Skolstart", "skolstart", 60, 3, None, (), "nacka-sakerhetschef", "Mer trafik vid skolor.", (), True),
    ("Säsong för snö och is", "hogriskvader", 2, 120, None, (), "lansstyrelsen-tib",
     "Halka, elavbrott och inställd trafik kan komma med kort varsel.", ("vagnat", "kollektivtrafik"), True),
    ("Regional samverkansövning", "ovning", 40, 1, None, (), "lansstyrelsen-tib",
     "Ledningsfunktioner är upptagna.", ("ledning",), False),
)  # fmt: skip


def fill_planning(now: int) -> None:
    """Enter what is not there of projects, known events and a follow-up. `now` in ms UTC."""
    filling = Filling(now)
    periods = {each.years.first_year: each.id for each in list_periods_for(filling.lens(OFFICE))}
    for project in PROJECTS if 2023 in periods else ():
        filling.project(periods[2023], project)
    for number, event in enumerate(EVENTS):
        filling.event(number, event)
    if 2023 in periods:
        filling.follow_up(periods[2023])


class Filling:
    """Fills in, one thing after the other; a key that stands in the log is not written again."""

    def __init__(self, now: int) -> None:
        self._now, self._written = now, receipts_of(ACCOUNT)
        self._directory = lens_for(Principal(ACCOUNT, "kansliet", OFFICE, frozenset()), now).directory

    def lens(self, function_id: str) -> Lens:
        found = function(self._directory, function_id)
        organisation = found.organisation if found is not None else function_id.partition("-")[0]
        return lens_for(Principal(ACCOUNT, organisation, function_id, frozenset()), self._now)

    def once(self, key: str, write: Callable[[Sent], Receipt]) -> str:
        """Write unless it stands; return the subject."""
        key = f"planning/{key}"
        receipt = self._written.get(key) or write(Sent(key=key))
        return receipt.subject

    def planner(self, organisation: str) -> str:
        """Return a function of an organisation that plans."""
        names = ("sakerhetschef", "tib", "rsib", "vb", "vd")
        found = (f"{organisation}-{name}" for name in names)
        return next((each for each in found if self.lens(each).may("plan")), "")

    def project(self, space: str, given: tuple[Any, ...]) -> None:
        """Open a project and say who takes part."""
        title, leader, purpose, state, invited, words, steps = given
        planner = self.planner(leader)
        if not planner:
            return
        known = {each.id for each in members(self._directory)}
        days = [f"{year}-{month:02}-15" for _text, year, month, _done in steps]
        content = {
            "title": title, "purpose": f"{purpose} {INVENTED}", "goal_text": "", "state": state,
            "invited": [each for each in invited if each in known],
            "begins_on": "2023-09-01" if days else "", "ends_on": days[-1] if days else "",
            "steps": [
                {"text": text, "due_on": day, "done_on": day if done else ""}
                for (text, _year, _month, done), day in zip(steps, days, strict=True)
            ],
        }  # fmt: skip
        lens = self.lens(planner)
        subject = self.once(
            f"project/{title}", lambda sent: project_commands.open_project(lens, space, content, sent=sent)
        )
        for who, act, text in words:
            self._answer(space, subject, who, (act, text))

    def _answer(self, space: str, subject: str, who: str, word: tuple[str, str]) -> None:
        key = f"part/{subject}/{who}"
        self.once(
            key, lambda sent: project_commands.answer_project(self.lens(who), space, subject, word, sent=sent)
        )  # fmt: skip

    def event(self, number: int, given: tuple[Any, ...]) -> None:
        """Enter a known event; its days are counted from when the demonstration was filled."""
        title, kind, ahead, length, hours, kommuner, who, effect, resources, yearly = given
        first = local(self._now).date() + timedelta(days=ahead)
        content = {
            "title": title, "kind": kind, **_times(first, length, hours), "place": "", "organiser": "",
            "where": {"kommuner": list(kommuner), "latitude": None, "longitude": None},
            "effect": f"{effect} {INVENTED}", "source": "Demonstration", "resources": list(resources),
            "yearly_until": first.year + 3 if yearly else 0,
        }  # fmt: skip
        subject = self.once(
            f"event/{number}", lambda sent: event_commands.enter_event(self.lens(who), STANDING, content, sent=sent)
        )  # fmt: skip
        if kind == "statsbesok":
            note = {
                "text": f"Gator runt slottet stängs kl. 6. {INVENTED}",
                "attachments": [],
            }
            self.once(
                f"note/{number}",
                lambda sent: event_commands.note_planning(self.lens(who), STANDING, subject, note, sent=sent),
            )

    def follow_up(self, space: str) -> None:
        """Ask about the overenskommelse, and let three members answer."""
        year = local(self._now).year
        content = {
            "title": "Uppföljning av överenskommelsen",
            "about": "Överenskommelse om gemensam funktion för regional samverkan",
            "template": "arlig", "year": year, "recipients": [each.id for each in members(self._directory)],
            "text": INVENTED,
        }  # fmt: skip
        lens = self.lens(OFFICE)
        subject = self.once(
            f"follow-up/{year}", lambda sent: follow_commands.open_follow_up(lens, space, content, sent=sent)
        )  # fmt: skip
        told = (("taby-sakerhetschef", "ja", "Övat larm varje kvartal."),
                ("solna-sakerhetschef", "delvis", "Nya rutiner."),
                ("varmdo-sakerhetschef", "ja", "Företrädare utsedda på alla nivåer."))  # fmt: skip
        for who, follows, done in told:
            answers = [{"code": "foljs", "value": follows}, {"code": "gjort", "value": f"{done} {INVENTED}"}]
            self._give(space, subject, who, {"answers": answers, "note": ""})

    def _give(self, space: str, subject: str, who: str, content: dict[str, Any]) -> None:
        self.once(
            f"answer/{subject}/{who}",
            lambda sent: follow_commands.answer_follow_up(self.lens(who), space, subject, content, sent=sent),
        )


def _times(first: date, length: int, hours: tuple[int, int] | None) -> dict[str, Any]:
    if hours is None:
        until = instant(first + timedelta(days=max(length, 1)), 0)
        return {"from_at": instant(first, 0), "until_at": until, "whole_days": True}
    return {"from_at": instant(first, hours[0] * 60), "until_at": instant(first, hours[1] * 60), "whole_days": False}
