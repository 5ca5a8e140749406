"""The takt in one line on every page of a space, its page for all who read, and its history with reasons."""

import re

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.picture.compiling import Takt, set_cadence
from gemensam.picture.domain.cadences import BEATS
from gemensam.picture.domain.rhythm import Rhythm
from gemensam.picture.queries import cadence_of
from gemensam.picture.rhythm_words import read_rhythm, rhythm_words
from tests.network import Network
from tests.picture.test_reporting_pages import hidden

LEADER = "lansstyrelsen-tib"


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def line(page: str) -> str:
    """The takt line of a page without its tags."""
    found = re.search(r'<p class="beats">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[1])) if found else ""


@pytest.mark.parametrize(
    "place", ["", "picture/", "requests/", "conferences/", "needs/", "agreements/", "questions/", "log/"]
)
def test_the_takt_stands_in_one_line_on_every_page_of_the_space(network: Network, place: str) -> None:
    told = line(client(network, "nacka-lasare").get(f"/spaces/standing/{place}", follow=True).content.decode())
    assert "Takt: Vecka" in told
    assert all(word in told for word in ("Rapport", "Lägesbild", "Konferens", "inaktuell efter 8 dygn"))


def test_a_space_without_a_takt_says_so_to_who_may_set_one(network: Network) -> None:
    space = network.open_incident()
    assert "Ingen takt satt" in line(client(network, LEADER).get(f"/spaces/{space}/log/").content.decode())
    assert "takt" not in line(client(network, "nacka-tib").get(f"/spaces/{space}/log/").content.decode()).lower()


def test_everybody_reads_the_takt_with_its_reasons_and_few_set_it(network: Network) -> None:
    space = network.open_incident()
    set_cadence(network.lens(LEADER), space, Takt("akut", "Första timmarna"))
    set_cadence(network.lens(LEADER), space, Takt("intensiv", "Läget är stabilt"))
    nacka, url = client(network, "nacka-lasare"), f"/spaces/{space}/cadence/"
    page = nacka.get(url).content.decode()
    assert page.index("Läget är stabilt") < page.index("Första timmarna")
    assert "Länsstyrelsen" in page
    assert "varje dag 06.30 och 14.30" in page
    assert "Ny takt" not in page
    assert nacka.post(url, {"code": "akut", "reason": "x"}).status_code == 403
    assert "Ny takt" in client(network, LEADER).get(url).content.decode()


@pytest.mark.parametrize(
    ("hours", "status"), [("", 302), ("5", 302), ("0", 422), ("x", 422), ("9" * 9, 422), ("²", 422)]
)
def test_the_limit_for_stale_is_whole_hours(network: Network, hours: str, status: int) -> None:
    space, leader = network.open_incident(), client(network, LEADER)
    url, given = f"/spaces/{space}/cadence/", {"code": "akut", "reason": "Snöoväder", "stale_hours": hours}
    answer = leader.post(url, given)
    assert answer.status_code == status
    if status == 302:
        assert f"inaktuell efter {hours or '3'} h" in line(leader.get(url).content.decode())
    else:
        assert "hela timmar" in answer.content.decode()
        assert 'value="Snöoväder"' in answer.content.decode()


def test_a_limit_shorter_than_a_night_is_named(network: Network) -> None:
    space, leader = network.open_incident(), client(network, LEADER)
    given = {"code": "intensiv", "reason": "Natt", "stale_hours": "8"}
    leader.post(f"/spaces/{space}/cadence/", given)
    assert "kortare än" in leader.get(f"/spaces/{space}/cadence/").content.decode()


def test_a_takt_that_is_not_to_be_read_is_not_found(network: Network) -> None:
    space = network.open_sub_space("standing", "taby-tib")
    assert client(network, "nacka-tib").get(f"/spaces/{space}/cadence/").status_code == 404
    with pytest.raises(Refused, match="reason_missing"):
        set_cadence(network.lens(LEADER), "standing", Takt("akut", " "))


@pytest.mark.parametrize(
    ("rhythm", "sv", "en"),
    [
        (Rhythm("at", (4,), ("08:30",)), "torsdag 08.30", "Thursday 08:30"),
        (Rhythm("at", (1, 3, 5), ("09:00",)), "måndag, onsdag och fredag 09.00", "Monday, Wednesday and Friday 09:00"),
        (Rhythm("every", minutes=120), "var 2 h", "every 2 h"),
        (Rhythm("relative", minutes=-30, to="conference"), "30 min före konferens", "30 min before conference"),
        (Rhythm("relative", minutes=30, to="conference"), "30 min efter konferens", "30 min after conference"),
    ],
)  # fmt: skip
def test_a_rhythm_reads_as_people_say_it(rhythm: Rhythm, sv: str, en: str) -> None:
    for language, words in (("sv", sv), ("en", en)):
        with override(language):
            assert rhythm_words(rhythm) == words
    assert rhythm_words(None) == ""


# Parts of the takt changed one by one


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("Torsdag 8.30", Rhythm("at", (4,), ("08:30",))),
        ("every day 06:30, 14:30", Rhythm("at", (1, 2, 3, 4, 5, 6, 7), ("06:30", "14:30"))),
        ("vardagar 09.00", Rhythm("at", (1, 2, 3, 4, 5), ("09:00",))),
        ("fredag, måndag  och onsdag 9.00 och 15:00", Rhythm("at", (1, 3, 5), ("09:00", "15:00"))),
        ("var 90 min", Rhythm("every", minutes=90)),
        ("every 1 h 30 min", Rhythm("every", minutes=90)),
        ("1 timme efter lägesbild", Rhythm("relative", minutes=60, to="picture")),
        ("45 minutes before conference", Rhythm("relative", minutes=-45, to="conference")),
    ],
)
def test_a_rhythm_is_read_as_people_write_it(text: str, rhythm: Rhythm) -> None:
    assert read_rhythm(text) == rhythm


@pytest.mark.parametrize(
    "text", ["", "ibland", "torsdag", "08.30", "torsdag 25.00", "var", "var 0 min", "var h", "9 min", "möjligen 08.30",
             "30 min före lunch", "var 99999 dygn", "torsdag 08.30 kanske"],
)  # fmt: skip
def test_what_is_no_rhythm_is_told_with_what_was_written(text: str) -> None:
    with pytest.raises(Refused, match="rhythm_unreadable"):
        read_rhythm(text)


AT = st.builds(
    Rhythm, st.just("at"), st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    st.sets(st.times().map(lambda time: f"{time:%H:%M}"), min_size=1, max_size=4).map(lambda all_: tuple(sorted(all_))),
)  # fmt: skip
EVERY = st.builds(Rhythm, st.just("every"), minutes=st.integers(1, 24 * 60 - 1))
BESIDE = st.builds(
    Rhythm, st.just("relative"), minutes=st.integers(-600, 600).filter(bool), to=st.sampled_from(BEATS[1:])
)


@given(rhythm=AT | EVERY | BESIDE, language=st.sampled_from(("sv", "en")))
def test_what_is_written_out_is_read_again(rhythm: Rhythm, language: str) -> None:
    with override(language):
        assert read_rhythm(rhythm_words(rhythm)) == rhythm


def test_each_part_of_the_takt_is_changed_with_a_reason(network: Network) -> None:
    space, leader = network.open_incident(), client(network, LEADER)
    url = f"/spaces/{space}/cadence/"
    leader.post(url, {"code": "intensiv", "reason": "Snöoväder"})
    seen = hidden(leader.get(url).content.decode(), "seen")
    given = {"code": "current", "seen": seen, "reason": "Natten", "report": "varje dag 07.00", "picture": "ingen"}
    assert leader.post(url, given).status_code == 302
    page = leader.get(url).content.decode()
    assert "Intensiv, anpassad" in page and "varje dag 07.00" in page and "Natten" in page
    cadence = cadence_of(network.lens(LEADER), network.lens(LEADER).state(space), Moment(now_ms()))
    assert cadence is not None and cadence.code == "intensiv" and "picture" not in cadence.beats.rhythms
    assert cadence.beats.rhythms["conference"].kind == "at"  # what was left empty stays
    again = leader.post(url, {**given, "picture": "varje dag 16.00"})
    assert again.status_code == 422 and "ändrats under tiden" in again.content.decode()
    leader.post(url, {"code": "intensiv", "reason": "Som vanligt igen"})
    assert "Intensiv, anpassad" not in line(leader.get(url).content.decode())


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"report": "ibland"}, "ibland"),
        ({"conference": "30 min före lägesbild", "picture": "30 min efter konferens"}, "egen tid"),
        ({"conference": "ingen"}, "egen tid"),  # the acute takt counts report and picture from the conference
        ({"reason": " "}, ""),
        ({"code": ""}, ""),
    ],
)
def test_a_part_that_cannot_be_is_told_and_what_was_written_stays(
    network: Network, more: dict[str, str], told: str
) -> None:
    space, leader = network.open_incident(), client(network, LEADER)
    answer = leader.post(f"/spaces/{space}/cadence/", {"code": "akut", "reason": "Snö", "picture": "var 3 h", **more})
    assert answer.status_code == 422 and told in answer.content.decode()
    assert f'value="{more.get("picture", "var 3 h")}"' in answer.content.decode()


def test_a_part_changed_goes_on_counting_from_the_same_hour(network: Network) -> None:
    space, leader = network.open_incident(), client(network, LEADER)
    url, first = f"/spaces/{space}/cadence/", now_ms() + 10 * 60_000
    set_cadence(network.lens(LEADER), space, Takt("akut", "Första timmarna", first))
    page = leader.get(url).content.decode()
    given = {"code": "current", "reason": "Kortare", "picture": "45 min efter konferens"}
    leader.post(url, {**given, "seen": hidden(page, "seen"), "anchor_at": hidden(page, "anchor_at")})
    cadence = cadence_of(network.lens(LEADER), network.lens(LEADER).state(space), Moment(now_ms()))
    assert cadence is not None
    assert cadence.beats.following("conference", now_ms()) == first // 60_000 * 60_000
    assert cadence.beats.following("picture", first) == first // 60_000 * 60_000 + 45 * 60_000
