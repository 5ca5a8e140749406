"""When the next picture is awaited, and how it is said: as promised, else as the takt says; late in words."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from gemensam.core.entry import Clock
from gemensam.ledger.append import now_ms
from gemensam.picture.compiling import Takt, set_cadence
from gemensam.picture.domain.awaited import awaited_picture
from gemensam.picture.domain.cadences import Cadence
from gemensam.picture.domain.rhythm import Beats, Rhythm
from gemensam.web import times
from tests.network import Network
from tests.picture.scene import HOUR, MINUTE, publish_picture, section
from tests.picture.test_takt_line import LEADER, client, line

NOON = 1_795_171_200_000  # Friday 20 November 2026, 09.00 in Stockholm


def picture(published_at: int, next_at: int = 0) -> Any:
    return SimpleNamespace(data=SimpleNamespace(clock=Clock(published_at, 0), next_at=next_at))


def takt(set_at: int = 0, minutes: int = 120) -> Cadence:
    beats = Beats({"picture": Rhythm("every", minutes=minutes)}, NOON)
    return Cadence("akut", "Akut", "", beats, 3 * HOUR, set_at=set_at)


@pytest.mark.parametrize(
    ("latest", "cadence", "at", "due"),
    [
        (None, None, NOON, None),
        (picture(NOON), None, NOON, None),
        (picture(NOON, NOON + 3 * HOUR), None, NOON + HOUR, NOON + 3 * HOUR),
        (picture(NOON, NOON + 3 * HOUR), takt(NOON - HOUR), NOON + 4 * HOUR, NOON + 3 * HOUR),
        (picture(NOON, NOON + 3 * HOUR), takt(NOON + HOUR), NOON + HOUR, NOON + 2 * HOUR),
        (None, takt(NOON - 1), NOON + 30 * MINUTE, NOON),
        (picture(NOON - 30 * MINUTE), takt(NOON - HOUR), NOON, NOON + 2 * HOUR),
        (picture(NOON), takt(NOON - HOUR), NOON + 5 * HOUR, NOON + 2 * HOUR),
    ],
)  # fmt: skip
def test_the_latest_pictures_promise_holds_until_a_takt_is_set(
    latest: Any, cadence: Cadence | None, at: int, due: int | None
) -> None:
    assert awaited_picture(latest, cadence, at) == due


@pytest.mark.parametrize(
    ("left", "swedish", "english"),
    [
        (42 * MINUTE + 59_000, "om 42 min", "in 42 min"), (MINUTE, "om 1 min", "in 1 min"), (59_000, "nu", "now"),
        (-59_000, "nu", "now"), (-12 * MINUTE, "försenad 12 min", "12 min late"),
        (27 * HOUR, "om 1 dygn 3 h", "in 1 day 3 h"),
    ],
)  # fmt: skip
def test_how_long_it_is_until_then_is_said_in_words(left: int, swedish: str, english: str) -> None:
    assert (times.until(NOON + left, NOON, "sv"), times.until(NOON + left, NOON, "en")) == (swedish, english)


def test_the_words_for_the_page_are_those_of_its_language() -> None:
    with override("en"):
        assert 'data-until="in #" data-late="# late"' in times.until_html(NOON + HOUR, NOON)
    with override("sv"):
        late = times.until_html(NOON - HOUR, NOON)
    assert "class=warned" in late
    assert ">försenad 1 h<" in late


def told(page: str) -> str:
    found = re.search(r'<p class="next-picture">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]*>", "", found[1]) if found else ""


def test_the_next_picture_stands_on_the_picture_the_workbench_and_the_takt_line(network: Network) -> None:
    space = network.open_incident()
    due = now_ms() + 42 * MINUTE + 30_000
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"), next_at=due)
    reader, compiler = client(network, "nacka-tib"), client(network, "lansstyrelsen-lagesbildsansvarig")
    wanted = f"Nästa lägesbild {times.clock(due, now_ms(), 'sv')}, om 42 min."
    assert told(reader.get(f"/spaces/{space}/picture/").content.decode()) == wanted
    assert told(reader.get(f"/spaces/{space}/pictures/1/").content.decode()) == wanted
    page = compiler.get(f"/spaces/{space}/compile/").content.decode()
    assert told(page) == wanted
    assert "om 42 min" in line(page)


def test_a_picture_that_has_not_come_is_late_in_words(network: Network) -> None:
    space = network.open_incident()
    set_cadence(network.lens(LEADER), space, Takt("akut", "Snö"))
    earlier = now_ms() - 2 * HOUR
    publish_picture(
        network, space, earlier, section("sammanfattning", text="Läget"), next_at=now_ms() - 12 * MINUTE - 5_000
    )
    page = client(network, "nacka-tib").get(f"/spaces/{space}/picture/").content.decode()
    assert told(page).endswith("försenad 12 min.")
    assert "försenad 12 min" in line(page)


def test_an_older_picture_awaits_nothing(network: Network) -> None:
    space = network.open_incident()
    for _ in range(2):
        publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"), next_at=now_ms() + HOUR)
    nacka = client(network, "nacka-tib")
    assert told(nacka.get(f"/spaces/{space}/pictures/1/").content.decode()) == ""
    assert told(nacka.get(f"/spaces/{space}/pictures/2/").content.decode())
