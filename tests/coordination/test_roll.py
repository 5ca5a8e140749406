"""The roll call: each checks itself in, one stands for several, the leader ticks; who writes where at once."""

import re

from gemensam.coordination import commands
from gemensam.coordination.commands import Presence
from tests.coordination.actions import LEADER, SECRETARY, attend, opened, thing_of
from tests.coordination.test_pages import client, place, text_of
from tests.network import Network


def test_one_who_stands_for_several_is_shown_as_such_everywhere(network: Network) -> None:
    conference = opened(network)
    nacka = client(network, "nacka-tib")
    url = place("standing", conference)
    given = {"function": "nacka-tib", "also_represents": ["taby", "varmdo"], "represents": "asked"}
    nacka.post(f"{url}attendance/", given)
    for where in (url, f"{url}wall/"):
        page = text_of(client(network, "taby-tib").get(where))
        assert "3/37" in page
        assert re.search("Nacka.{0,60}även för Täby, Värmdö", page)
    commands.close_conference(network.lens(LEADER), "standing", conference)
    minutes = text_of(client(network, LEADER).get(f"{url}minutes/"))
    assert "Täby företräds av Nacka" in re.sub(r"Täby kommun", "Täby", minutes).replace("Nacka kommun", "Nacka")


def test_a_second_function_leaves_those_who_are_represented(network: Network) -> None:
    conference = opened(network)
    attend(network, "standing", conference, "nacka-tib", "taby")
    second = client(network, "nacka-sakerhetschef")
    second.post(place("standing", conference, "attendance/"), {"function": "nacka-sakerhetschef"})
    here = thing_of(network, "standing", conference).data.latest_attendance()["nacka"]
    assert here.functions == ("nacka-tib", "nacka-sakerhetschef")
    assert here.also_represents == ("taby",)


def test_whom_one_stands_for_can_be_taken_back(network: Network) -> None:
    conference = opened(network)
    attend(network, "standing", conference, "nacka-tib", "taby", "varmdo")
    nacka, url = client(network, "nacka-tib"), place("standing", conference)
    ticked = [line for line in nacka.get(url).content.decode().split("<input") if "also_represents" in line]
    assert sum("checked" in line for line in ticked) == 2
    nacka.post(f"{url}attendance/", {"function": "nacka-tib", "also_represents": "taby", "represents": "asked"})
    assert thing_of(network, "standing", conference).data.latest_attendance()["nacka"].also_represents == ("taby",)


def test_the_leader_ticks_one_who_is_missing_in_one_press(network: Network) -> None:
    conference, leader = opened(network), client(network, LEADER)
    url = place("standing", conference)
    assert "Pricka av Vaxholm" in text_of(leader.get(url))
    assert "Pricka av" not in text_of(client(network, "nacka-tib").get(url))
    answer = leader.post(f"{url}attendance/others/", {"who": "vaxholm", "from": "desk/"})
    assert answer["Location"] == f"{url}desk/#roll"
    here = thing_of(network, "standing", conference).data.latest_attendance()["vaxholm"]
    assert (here.status, here.by_organisation) == ("present", "lansstyrelsen")
    assert "Pricka av Vaxholm" not in text_of(leader.get(url))


# The desk and the wall --------------------------------------------------------------------------------------------


def test_leader_and_secretary_write_at_once_without_overwriting(network: Network) -> None:
    conference, leader, secretary = opened(network), client(network, LEADER), client(network, SECRETARY)
    url = place("standing", conference)
    desk = secretary.get(f"{url}desk/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', desk[desk.index(f'action="{url}notes/upprop/"') :])
    assert seen is not None
    assert leader.post(f"{url}notes/upprop/", {"text": "Ledarens", "seen": seen[1]}).status_code == 302
    given = {"text": "Sekreterarens", "seen": seen[1], "from": "desk/"}
    both = secretary.post(f"{url}notes/upprop/", given)
    page = text_of(both, status=409)
    assert "Ledarens" in page
    assert "Sekreterarens" in page
    assert "Sekreterarens vy" in page
    other = secretary.post(f"{url}notes/oppnande/", {"text": "Öppnat", "seen": seen[1], "from": "desk/"})
    assert other["Location"] == f"{url}desk/#point-oppnande"


def test_the_desk_is_for_who_records(network: Network) -> None:
    conference = opened(network)
    url = place("standing", conference, "desk/")
    assert client(network, SECRETARY).get(url).status_code == 200
    assert client(network, "nacka-tib").get(url).status_code == 403
    assert client(network, SECRETARY).get(f"{url}?knew_at=2026-01-01T10:00").status_code in (404, 409)


def test_the_wall_follows_the_leader(network: Network) -> None:
    conference, lens = opened(network), network.lens(LEADER)
    commands.raise_need(network.lens("taby-tib"), "standing", {"text": "Två elverk"}, conference=conference)
    wall = client(network, "nacka-lasare")
    url = place("standing", conference, "wall/")
    assert "Saknas (37)" in text_of(wall.get(url))
    commands.move_to(lens, "standing", conference, "samverkansbehov")
    assert "6. Samverkansbehov" in text_of(wall.get(url))
    assert "Två elverk" in text_of(wall.get(url))
    commands.note_point(lens, "standing", conference, ("lagesbild", "Bilden är godkänd."))
    commands.move_to(lens, "standing", conference, "kommunikation")
    assert "Två elverk" not in text_of(wall.get(url))
    main = wall.get(url).content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    commands.attend(network.lens("nacka-tib"), "standing", conference, Presence(("nacka-tib",)))
    assert "1/37" in text_of(wall.get(url))
