"""When the next conference is: the takt's times, those that are called, and what the header and the start page say."""

import re

from gemensam.coordination import commands
from gemensam.coordination.commands import next_content
from gemensam.coordination.sending import Sent
from gemensam.core.moment import Moment
from gemensam.ledger.append import now_ms
from gemensam.ledger.reading import Lens
from gemensam.picture.compiling import Takt, set_cadence
from gemensam.picture.queries import cadence_of
from gemensam.web.page import SpacePage, page_now
from gemensam.web.spaces import beats
from tests.coordination.actions import HOUR, LEADER, attend, call, opened
from tests.coordination.test_pages import client, text_of
from tests.network import Network

MINUTE = 60_000
WORD = "Konferens"
PICTURES = "lansstyrelsen-lagesbildsansvarig"


def _acute(network: Network, anchor_at: int) -> str:
    """Open an incident whose conferences come every two hours from an anchor, and return it."""
    space = network.open_incident()
    set_cadence(network.lens(LEADER), space, Takt("akut", "Första timmarna", anchor_at))
    return space


def _page(network: Network, space: str, now: int) -> SpacePage:
    lens: Lens = network.lens("nacka-tib", now)
    return page_now(lens, lens.space(space))


def _conferences(network: Network, space: str, now: int) -> list[tuple[int, bool]]:
    """The conferences of the header's takt line: when, and whether there is one to go to."""
    return [(beat.at, bool(beat.url)) for beat in beats(_page(network, space, now)) if beat.text == WORD]


def test_the_next_conference_is_the_takts_own_wherever_it_is_said(network: Network) -> None:
    anchor = now_ms() + 10 * MINUTE
    space = _acute(network, anchor)
    call(network, space, starts_at=anchor)
    content = next_content(network.lens(LEADER), space)
    assert content is not None
    assert content["starts_at"] == anchor + 2 * HOUR
    offered = client(network, LEADER).get(f"/spaces/{space}/conferences/").content.decode()
    assert f'value="{anchor + 2 * HOUR}"' in offered
    assert _conferences(network, space, anchor + MINUTE) == [(anchor + 2 * HOUR, False)]


def test_a_conference_that_was_called_later_than_the_takt_says_does_not_move_the_takt(network: Network) -> None:
    anchor = now_ms() + 10 * MINUTE
    space = _acute(network, anchor)
    call(network, space, starts_at=anchor + 20 * MINUTE)
    content = next_content(network.lens(LEADER), space)
    assert content is not None
    assert content["starts_at"] == anchor + 2 * HOUR


def test_the_header_says_a_called_conference_once(network: Network) -> None:
    anchor = now_ms() + 10 * MINUTE
    space = _acute(network, anchor)
    call(network, space, starts_at=anchor + 5 * MINUTE)
    assert _conferences(network, space, now_ms()) == [(anchor + 5 * MINUTE, True)]
    call(network, "standing", starts_at=_weekly(network))
    assert _conferences(network, "standing", now_ms()) == [(_weekly(network), True)]


def _weekly(network: Network) -> int:
    """When the ordinary situation's takt has its next conference."""
    lens = network.lens(LEADER)
    cadence = cadence_of(lens, lens.state("standing"), Moment(lens.now))
    assert cadence is not None
    following = cadence.beats.following("conference", lens.now)
    assert following is not None
    return following


def test_the_header_says_the_takts_next_beside_a_later_one_of_its_own(network: Network) -> None:
    anchor = now_ms() + 10 * MINUTE
    space = _acute(network, anchor)
    call(network, space, starts_at=anchor + 24 * HOUR)
    assert _conferences(network, space, now_ms()) == [(anchor, False), (anchor + 24 * HOUR, True)]


def test_a_cancelled_conference_claims_no_time_of_the_takt(network: Network) -> None:
    anchor = now_ms() + 10 * MINUTE
    space = _acute(network, anchor)
    conference = call(network, space, starts_at=anchor)
    commands.cancel_conference(network.lens(LEADER), space, conference, "Inget nytt")
    assert _conferences(network, space, now_ms()) == [(anchor, False)]


def test_the_takt_is_told_by_what_it_is_called(network: Network) -> None:
    space = _acute(network, now_ms() + 10 * MINUTE)
    page = client(network, "nacka-tib").get(f"/spaces/{space}/log/").content.decode()
    line = page[page.index('class="beats"') :]
    told = re.findall(r"<span>(?:<a[^>]*>)?([^<]+?)(?:</a>)? <b>", line[: line.index("</p>")])
    assert sorted(told) == ["Konferens", "Lägesbild", "Rapport"]


def test_an_open_conference_stands_once_on_the_start_page(network: Network) -> None:
    conference = opened(network)
    expected = text_of(client(network, "nacka-tib").get("/"))
    assert "Konferensen pågår sedan" in expected
    assert "Pågår nu:" not in expected
    attend(network, "standing", conference, "nacka-tib")
    taking_part = text_of(client(network, "nacka-tib").get("/"))
    assert "Konferensen pågår sedan" not in taking_part
    assert "Pågår nu:" in taking_part
    assert "Pågår nu:" in text_of(client(network, "nacka-lasare").get("/"))


def test_who_compiles_the_picture_registers_itself(network: Network) -> None:
    conference = opened(network)
    url = f"/spaces/standing/conferences/{conference}/"
    pictures = client(network, PICTURES)
    assert "Anmäl Länsstyrelsen" in text_of(pictures.get(url))
    pictures.post(f"{url}attendance/", {"function": PICTURES})
    assert "1/37" in text_of(pictures.get(url))


def test_the_agenda_counts_from_when_it_was_opened(network: Network) -> None:
    planned = now_ms() + 45 * MINUTE
    space = network.open_incident()
    conference = call(network, space, starts_at=planned)
    first = re.compile(r'id="point-[^"]+".*?<time datetime="([^"]+)"', re.DOTALL)
    url = f"/spaces/{space}/conferences/{conference}/"
    nacka = client(network, "nacka-tib")
    before = first.findall(nacka.get(url).content.decode())
    commands.open_conference(network.lens(LEADER), space, conference, sent=Sent())
    after = first.findall(nacka.get(url).content.decode())
    assert len(before) == len(after) > 3
    assert all(later < earlier for earlier, later in zip(before, after, strict=True))


def test_files_have_swedish_names(network: Network) -> None:
    nacka = client(network, "nacka-tib")
    for place, word in (("agreements", "overenskommelser"), ("needs", "behov")):
        answer = nacka.get(f"/spaces/standing/{place}/table.csv")
        assert f'filename="{word}-' in answer["Content-Disposition"]
