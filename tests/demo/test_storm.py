"""The scenarios are played by real commands: nothing is refused, nothing is written twice, and everything verifies."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from tests.demo.stand_in import Faults, QuickClock

if TYPE_CHECKING:
    from gemensam.core.state import SpaceState
    from gemensam.ledger.reading import LogRow
    from tests.databases import Databases
    from tests.network import Network

pytestmark = pytest.mark.database
DAY = 86_400_000
WHOLE_S = 718


@pytest.fixture
def clock() -> Iterator[QuickClock]:
    """The play's clock, which is the ledger's as well."""
    from gemensam.ledger.append import now_ms

    clock = QuickClock(now_ms() + 60_000)
    with patch("gemensam.ledger.append.now_ms", clock.now), patch("gemensam.ledger.reading.now_ms", clock.now):
        yield clock


@pytest.fixture
def stage(network: "Network", clock: QuickClock) -> "Network":
    return network


class Interruption(BaseException):
    """The program is killed."""


def _play_storm(clock: QuickClock, **chosen: Any) -> Faults:
    from gemensam.demo.player import play_storm
    from gemensam.demo.scenario import load_scenario
    from gemensam.demo.stage import Stage

    faults = Faults()
    play_storm(Stage(load_scenario("snowstorm")), clock, faults, **chosen)
    return faults


def _fill_standing(clock: QuickClock) -> Faults:
    from gemensam.demo.moments import week_before
    from gemensam.demo.player import tell_past
    from gemensam.demo.scenario import load_scenario
    from gemensam.demo.stage import Stage

    faults = Faults()
    tell_past(Stage(load_scenario("standing"), "standing"), week_before(clock.now(), 4, "10:00"), faults)
    return faults


def _storm_space(network: "Network") -> str:
    spaces = [info.id for info in network.lens("nacka-tib").spaces() if info.kind == "incident"]
    assert len(spaces) == 1
    return spaces[0]


def _storm(network: "Network") -> "SpaceState":
    return network.lens("nacka-tib").state(_storm_space(network))


def _log(network: "Network", space: str) -> "list[LogRow]":
    return network.lens("lansstyrelsen-tib").entries(space, limit=1000)


def _told(network: "Network") -> list[tuple[str, str, str, Any]]:
    """What the storm says, without what differs between two plays: ids and times."""
    kept = ("summary", "text", "texts", "wording", "point", "functions", "reason", "number", "label", "done")
    return [
        (row.header.kind, row.header.organisation, row.header.function, {k: (row.payload or {}).get(k) for k in kept})
        for row in _log(network, _storm_space(network))
    ]


def _positions(network: "Network") -> dict[str, int]:
    lens = network.lens("lansstyrelsen-tib")
    return {info.id: lens.state(info.id).position for info in lens.spaces()}


def test_the_whole_storm_is_played_without_a_refusal(stage: "Network", clock: QuickClock) -> None:
    faults = _play_storm(clock)
    assert not faults.told, str(faults)
    assert sum(clock.waited) == WHOLE_S - 80


def test_when_the_storm_is_over_all_but_two_have_reported(stage: "Network", clock: QuickClock) -> None:
    from gemensam.demo.scenario import load_scenario
    from gemensam.organisations.domain import members

    _play_storm(clock)
    lens = stage.lens("nacka-tib")
    storm = _storm(stage)
    silent = {member.id for member in members(lens.directory) if not storm.group("reports", member.id)}
    assert silent == set(load_scenario("snowstorm").about["deliberately_silent"])


def test_when_the_storm_is_over_two_pictures_and_the_minutes_are_published(stage: "Network", clock: QuickClock) -> None:
    _play_storm(clock)
    storm = _storm(stage)
    kinds = Counter(row.header.kind for row in _log(stage, storm.space))
    assert kinds["picture.published"] == 2
    assert kinds["minutes.published"] == 1
    assert kinds["agreement.recorded"] == 7
    assert [thing.status for thing in storm.group("conferences")] == ["closed", "called"]
    assert storm.thing(storm.space).data.title == "Snöoväder med stora elavbrott"  # type: ignore[union-attr]


def test_the_first_pages_are_not_empty(stage: "Network", clock: QuickClock) -> None:
    began = clock.at
    clock.stop_after = 20
    _play_storm(clock)
    assert clock.at == began
    kinds = Counter(row.header.kind for row in _log(stage, _storm_space(stage)))
    assert kinds["report.published"] >= 8


def test_the_call_is_assessed_and_the_board_fills_in_several_ways_without_any_channel(
    stage: "Network", clock: QuickClock
) -> None:
    _play_storm(clock)
    storm = _storm(stage)
    (larm,) = storm.group("larms")
    from gemensam.activation.domain.board import board

    told = board(larm.data, clock.at)
    assert (told.members, told.acknowledged, larm.data.live) == (37, 26, False)
    assert {each.via for each in larm.data.answers} == {"app", "sms", "voice", "lank", "push"}
    assert len(larm.data.follow_ups) == len(storm.group("information")) == 1
    assert next(storm.newest("modes")).data.mode == "aktiverat"


def test_twice_the_speed_takes_half_the_time(stage: "Network", clock: QuickClock) -> None:
    _play_storm(clock, speed=200)
    assert sum(clock.waited) == (WHOLE_S - 80) / 2


def test_a_second_play_writes_nothing(stage: "Network", clock: QuickClock) -> None:
    _fill_standing(clock)
    _play_storm(clock)
    before = _positions(stage)
    clock.at += DAY
    assert not _fill_standing(clock).told
    assert not _play_storm(clock).told
    assert _positions(stage) == before


def test_a_play_that_was_stopped_and_killed_says_the_same_as_one_that_was_not(
    databases: "Databases", clock: QuickClock
) -> None:
    with _network(databases) as network:
        _play_storm(clock)
        expected = _told(network)
    with _network(databases) as network:
        for waits, entries in ((40, 0), (90, 0), (0, 17), (35, 0), (0, 31), (0, 0)):
            clock.waited.clear()
            clock.stop_after, clock.at = waits or 1_000, clock.at + DAY
            with _killed_after(entries):
                assert not _play_storm(clock).told
        assert _told(network) == expected


@contextmanager
def _network(databases: "Databases") -> "Iterator[Network]":
    from tests.network import Network, build

    with databases.copy("stockholm", build) as folder:
        yield Network(folder)


@contextmanager
def _killed_after(entries: int) -> Iterator[None]:
    """Kill the play when it has written so many entries, also between two of one event; 0: let it be."""
    from gemensam.demo.stage import Scene

    write, written = Scene.write, count(1)

    def writing(scene: Scene, do: Any, step: str = "") -> Any:
        receipt = write(scene, do, step)
        if next(written) == entries:
            raise Interruption
        return receipt

    with patch.object(Scene, "write", writing), suppress(Interruption):
        yield


@pytest.mark.parametrize("time", ["00:05", "08:45", "11:01"])
@pytest.mark.parametrize("day", range(1, 8))
def test_this_week_is_filled_in_at_any_time(stage: "Network", clock: QuickClock, day: int, time: str) -> None:
    from gemensam.demo.moments import next_weekday

    clock.at = next_weekday(clock.at, day, time)
    faults = _fill_standing(clock)
    assert not faults.told, str(faults)
    standing = stage.lens("nacka-tib").state("standing")
    held, coming = standing.group("conferences")
    assert (held.status, coming.status) == ("closed", "called")
    assert coming.data.starts_at - held.data.starts_at in range(7 * DAY - 3_600_000, 7 * DAY + 3_600_001)
    assert held.data.starts_at <= held.data.opened_at <= held.data.closed_at <= clock.at < coming.data.starts_at + DAY
    assert len(standing.group("agreements")) == 3
    assert max(row.header.occurred_at for row in _log(stage, "standing")) <= clock.at


def test_everything_that_was_played_verifies(stage: "Network", clock: QuickClock) -> None:
    from gemensam.ledger.checking import check_database

    _fill_standing(clock)
    _play_storm(clock)
    verdicts = dict(check_database(every_signature=True))
    assert {"standing", _storm_space(stage)} <= set(verdicts)
    assert [(space, verdict.faults) for space, verdict in verdicts.items() if not verdict.holds] == []


def test_what_is_refused_is_told_in_words_and_logged_and_the_play_goes_on(
    stage: "Network", clock: QuickClock, caplog: pytest.LogCaptureFixture
) -> None:
    faults = _play_events(
        clock,
        {"after_s": 0, "actor": "nacka-lasare", "act": "open_incident", "title": "Nej", "type": "x", "cadence": "akut"},
        {"after_s": 1, "actor": "nacka-tib", "act": "withdraw_report", "reason": "Fel."},
        {"after_s": 2, "actor": "lansstyrelsen-tib", "act": "open_incident", "title": "Ja", "type": "x",
         "cadence": "akut"},
    )  # fmt: skip
    assert [fault.event.number for fault in faults.told] == [0, 1]
    assert "Händelse 0 (open_incident, nacka-lasare) kunde inte spelas: Din funktion får inte göra detta." in str(
        faults
    )
    assert len(caplog.records) == 2
    assert _storm(stage).thing(_storm_space(stage)).data.title == "Ja"  # type: ignore[union-attr]


def test_a_fault_of_the_program_is_told_and_logged_with_its_trace(
    stage: "Network", clock: QuickClock, caplog: pytest.LogCaptureFixture
) -> None:
    with patch("gemensam.demo.incident_acts.open_space", side_effect=ZeroDivisionError("oj")):
        faults = _play_events(
            clock, {"after_s": 0, "actor": "lansstyrelsen-tib", "act": "open_incident", "title": "Nej", "type": "x",
                    "cadence": "akut"},
        )  # fmt: skip
    assert "fel i programmet (ZeroDivisionError: oj)" in str(faults)
    assert any(record.exc_info for record in caplog.records)


def _play_events(clock: QuickClock, *events: dict[str, Any]) -> Faults:
    from gemensam.demo.player import play_storm
    from gemensam.demo.scenario import read_scenario
    from gemensam.demo.stage import Stage

    told = {"code": "own", "title": "Eget", "region": "stockholm", "fictional": True, "events": events}
    faults = Faults()
    play_storm(Stage(read_scenario(json.dumps(told))), clock, faults)
    return faults
