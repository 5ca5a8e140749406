"""7 April 2017: what is not sourced says that it is made up; the day stands at its own times, in its own space."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tests.demo.stand_in import Faults

if TYPE_CHECKING:
    from tests.network import Network

MADE_UP = re.compile("påhitta[dt] för demonstrationen", re.IGNORECASE)
TEXTS = ("text", "summary", "what", "assessment", "gap", "communication", "title")
APRIL: dict[str, Any] = json.loads((files("gemensam.demo") / "7-april.json").read_text(encoding="utf-8"))


# The file --------------------------------------------------------------------------------------------------------


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, str) and value and name in TEXTS:
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, name)


@pytest.mark.parametrize("event", APRIL["events"], ids=lambda event: f"{event['at'][-5:]} {event['act']}")
def test_each_entry_has_a_source_or_says_in_every_text_that_it_is_made_up(event: dict[str, Any]) -> None:
    if event["act"] == "look":
        return  # no entry
    if event.get("fact"):
        assert set(event["fact"]) <= set(APRIL["sources"])
        assert event["actor"].startswith("kansliet-"), "no member is given words that are not its own"
        return
    texts = list(_texts(event))
    assert texts and all(MADE_UP.search(text) for text in texts), event


def test_what_is_sourced_is_what_the_sources_say() -> None:
    sourced = {event["at"]: event for event in APRIL["events"] if event.get("fact")}
    assert "15.08" in sourced["2017-04-07 15:08"]["text"] or "14.53" in sourced["2017-04-07 15:08"]["text"]
    assert sourced["2017-04-07 16:00"]["act"] == "open_conference"
    assert sourced["2017-04-10 15:00"]["act"] == "close_incident"
    assert "tre dygn" in sourced["2017-04-10 15:00"]["text"]
    others = [event for at, event in sourced.items() if at not in ("2017-04-07 15:08", "2017-04-07 16:00")]
    assert all(MADE_UP.search(event["text"]) for event in others), "their minute is in no source"


def test_everybody_may_do_what_they_do_and_uses_their_own_rows() -> None:
    from gemensam.regions import load_region

    region = load_region("stockholm")
    rows = {item["id"]: set(item["rows"]) for item in region.organisations}
    for event in APRIL["events"]:
        for cell in event.get("cells", ()):
            assert cell["row"] in rows[event["organisation"]], event
    functions = {one["id"] for one in region.functions}
    assert {event["actor"] for event in APRIL["events"]} <= functions


# Played ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def april(network: "Network", settings: Any) -> str:
    """The day, lived through in a demonstration; its space."""
    settings.GEMENSAM_DEMO = True
    stage, faults = _stage(), Faults()
    from gemensam.demo.reliving import relive

    assert relive(stage, faults)
    assert not faults.told, str(faults)
    return str(stage.space)


def _stage() -> Any:
    from gemensam.demo.scenario import load_scenario
    from gemensam.demo.stage import Stage

    return Stage(load_scenario("7-april"))


def _at(text: str) -> int:
    from gemensam.demo.moments import local_instant

    return local_instant(f"2017-04-07 {text}")


def _log(network: "Network", space: str) -> list[Any]:
    return network.lens("kansliet-strateg").entries(space, limit=1000)


@pytest.mark.database
def test_the_day_stands_at_its_own_times_and_verifies(network: "Network", april: str) -> None:
    from gemensam.ledger.checking import check_database

    rows = _log(network, april)
    assert rows[0].received_at == _at("15:08") and rows[0].header.clock.ms == _at("15:08")
    assert all(_at("15:08") <= row.received_at < _at("15:08") + 4 * 86_400_000 for row in rows)
    assert [row.received_at for row in rows] == sorted(row.received_at for row in rows)
    verdicts = dict(check_database(every_signature=True))
    assert verdicts[april].holds, verdicts[april].faults
    assert network.lens("nacka-tib").space(april).closed


@pytest.mark.database
def test_nothing_is_left_for_the_worker_to_seal_today(network: "Network", april: str) -> None:
    from pathlib import Path

    from gemensam.ledger.node import read_node
    from gemensam.ledger.seals import seal_due

    assert seal_due(april, read_node(Path(network.data))) is None


@pytest.mark.database
def test_other_spaces_keep_to_the_real_time(network: "Network", april: str) -> None:
    from gemensam.ledger.append import now_ms

    assert abs(now_ms() - network.lens("nacka-tib").now) < 60_000
    assert network.lens("nacka-tib").state("directory").clock.ms > _at("15:08") + 9 * 365 * 86_400_000


@pytest.mark.database
def test_what_vaxholm_knew_at_each_moment(network: "Network", april: str) -> None:
    from gemensam.audit.knowledge import Knowledge
    from gemensam.ledger.pages.rows import Filters, Place

    lens = network.lens("vaxholm-beredskapssamordnare")
    knowledge = Knowledge(lens, lens.space(april), "vaxholm")
    attack = next(
        each for each in knowledge.page(_at("15:08"), Place(Filters())).entries
        if each.row.header.kind == "statement.recorded"
        and (each.row.payload or {})["text"].startswith("Attentatet")
    )  # fmt: skip
    told = [attack.standing(_at(clock)) for clock in ("15:07", "15:08", "15:14", "15:16")]
    assert told == ["later", "available", "sent", "opened"]
    assert [knowledge.sums(_at(clock)).sent > 0 for clock in ("15:08", "15:14")] == [False, True]


@pytest.mark.database
def test_the_day_is_entered_once(network: "Network", april: str) -> None:
    from gemensam.demo.reliving import relive

    before, faults = len(_log(network, april)), Faults()
    stage = _stage()
    assert relive(stage, faults) and not faults.told, str(faults)
    assert stage.space == april and len(_log(network, april)) == before


@pytest.mark.database
def test_a_day_that_was_cut_off_goes_on_only_while_nothing_came_after(network: "Network", settings: Any) -> None:
    from unittest.mock import patch

    from gemensam.core.writing import Draft
    from gemensam.demo.reliving import relive
    from tests.ids import new_id

    settings.GEMENSAM_DEMO = True
    stage, faults = _stage(), Faults()
    with patch("gemensam.demo.reliving.play_event", side_effect=_playing(6)), pytest.raises(KeyboardInterrupt):
        relive(stage, faults)
    again = _stage()
    with patch("gemensam.demo.reliving.play_event", side_effect=_playing(12)), pytest.raises(KeyboardInterrupt):
        relive(again, faults)
    assert again.space == stage.space and not faults.told
    said = {"text": "I dag", "stated_at": network.lens("nacka-tib").now, "type": "fakta", "source": "egen"}
    network.write("nacka-tib", Draft("statement.recorded", stage.space, new_id(), said))
    before = len(_log(network, stage.space))
    assert relive(_stage(), faults) is False
    assert len(_log(network, stage.space)) == before


def _playing(events: int) -> Any:
    """Play so many events, then be killed."""
    from itertools import count

    from gemensam.demo.player import play_event

    played = count(1)

    def play(scene: Any, tell: Any) -> None:
        if next(played) > events:
            raise KeyboardInterrupt
        play_event(scene, tell)

    return play


@pytest.mark.database
def test_no_real_node_lives_through_another_day(network: "Network") -> None:
    from gemensam.core.refusal import Refused
    from gemensam.demo.reliving import relive
    from gemensam.ledger.wall import living_at, now_ms

    with pytest.raises(Refused, match="not_a_demo"), living_at(0):
        raise AssertionError("it must not come here")
    with pytest.raises(Refused, match="not_a_demo"):
        relive(_stage(), Faults())
    assert now_ms() > _at("15:08") + 9 * 365 * 86_400_000
    assert [info.kind for info in network.lens("nacka-tib").spaces() if info.kind == "incident"] == []
