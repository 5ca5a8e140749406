"""`make demo`: fills an empty demonstration, says how to sign in, and plays the storm beside the server."""

import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connections

from gemensam.core.policy import STANDING
from gemensam.demo.capabilities_filling import fill_capabilities
from gemensam.demo.consultation_filling import fill_consultation
from gemensam.demo.costs_filling import fill_costs
from gemensam.demo.governing import open_periods
from gemensam.demo.logins import Login, Logins, load_logins, make_accounts
from gemensam.demo.moments import week_before
from gemensam.demo.objectives_filling import fill_objectives
from gemensam.demo.planning_filling import fill_planning
from gemensam.demo.player import Fault, WallClock, play_storm, tell_past
from gemensam.demo.reading_filling import fill_reading
from gemensam.demo.reliving import relive
from gemensam.demo.roster_filling import fill_rosters
from gemensam.demo.scenario import load_scenario
from gemensam.demo.stage import Stage
from gemensam.demo.steering_filling import fill_steering
from gemensam.ledger.append import now_ms
from gemensam.web.collected import collect_if_changed

STOP_WITHIN_S = 5.0


STORM, APRIL = "snowstorm", "7-april"
SCENARIOS = {STORM: (STORM,), APRIL: (APRIL,), "both": (STORM, APRIL)}


class Show:
    """The demonstration of a data folder, served on a port. `speed` in percent: 100 plays the storm as written.

    `scenario`: one of `SCENARIOS`.
    """

    def __init__(self, data: Path, port: int, *, speed: int = 100, scenario: str = STORM) -> None:
        self._data, self._port, self._speed = data, port, speed
        self._scenarios = SCENARIOS[scenario]
        self._clock = WallClock()
        self._thread = threading.Thread(target=self._play, name="demo", daemon=True)

    def prepare(self) -> None:
        """Make what is not there of accounts, this week's standing space and rosters; print address and logins."""
        found = load_logins()
        make_accounts(found)
        fill_standing(now_ms())
        fill_rosters(now_ms())
        open_periods(now_ms())
        fill_objectives(now_ms())
        fill_capabilities(now_ms())
        fill_planning(now_ms())
        fill_steering(now_ms())
        fill_costs(now_ms())
        fill_reading(now_ms())
        fill_consultation(now_ms())
        april = relive_april() if APRIL in self._scenarios else ""
        collect_if_changed()  # here, so that the address answers when it is read
        print("\n".join(welcome(found, self._port, self._data)), flush=True)
        if april:
            print(f"  Den 7 april 2017   http://localhost:{self._port}/spaces/{april}/replay/\n", flush=True)

    def start(self) -> None:
        """Play the storm from where it was, in a thread of its own. One that was played to its end stays still."""
        if STORM in self._scenarios:
            self._thread.start()

    def stop(self) -> None:
        """Stop the play between two events; the next start goes on from there."""
        self._clock.stop()
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN_S)

    def _play(self) -> None:
        try:
            if play_storm(Stage(load_scenario("snowstorm")), self._clock, tell_on_console, speed=self._speed):
                print("  Snöovädret är spelat till slut. `make demo-reset` tar bort allt.", flush=True)
        finally:
            connections.close_all()


def fill_standing(now: int) -> None:
    """Enter this week's conference and reports and last week's agreements in the standing space, unless they are there.

    `now` in ms UTC.
    """
    scenario = load_scenario("standing")
    about = scenario.about["conference"]
    tell_past(Stage(scenario, STANDING), week_before(now, about["weekday"], about["time"]), tell_on_console)


def relive_april() -> str:
    """Enter 7 April 2017 in a space of its own unless it is there; return the space, or "" where it cannot be."""
    stage = Stage(load_scenario(APRIL))
    if not relive(stage, tell_on_console):
        print("  7 april 2017 avbröts när den lades in. `make demo-reset` tar bort allt.", file=sys.stderr, flush=True)
    return stage.space


def tell_on_console(fault: Fault) -> None:
    """Write a fault of the play where whoever started the demonstration sees it."""
    print(f"gemensam: {fault}", file=sys.stderr, flush=True)


def welcome(found: Logins, port: int, data: Path) -> Iterator[str]:
    """Yield the lines that say where the demonstration is and how to sign in, in Swedish."""
    yield ""
    yield "DEMONSTRATION – påhittade uppgifter, bara på den här datorn."
    yield ""
    yield f"  Öppna   http://localhost:{port}/"
    yield ""
    yield from _table(found)
    yield ""
    yield from (f"  {line}" for login in found.logins if login.secret for line in _second_factor(login))
    yield ""
    yield f"  Uppgifterna ligger i {data} och finns kvar till nästa start; `make demo-reset` tar bort dem."
    yield "  Lösenordet gäller bara demonstrationen."
    yield ""
    yield "  Avsluta med Ctrl+C."
    yield ""


def _table(found: Logins) -> Iterator[str]:
    rows = [("Användarnamn", "Lösenord", "I demonstrationen")]
    rows += [(login.function, found.password, login.does) for login in found.logins]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for place, row in enumerate(rows):
        yield _line(row, widths)
        if place == 0:
            yield _line(["─" * width for width in (*widths, max(len(one[2]) for one in rows))], widths)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return f"  {row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}"


def _second_factor(login: Login) -> Iterator[str]:
    yield f"{login.function} har ett andra steg. Lägg hemligheten {login.secret} i en"
    yield "autentiseringsapp (TOTP) och skriv koden som den visar."
