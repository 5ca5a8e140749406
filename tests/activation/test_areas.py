"""A larm to the members within an area that is drawn on the map: full requests, with a look first."""

from typing import Any

import pytest

from gemensam.core.refusal import Refused
from gemensam.geography.commands import make_drawing
from gemensam.ledger.append import now_ms
from gemensam.picture.areas import MAP
from gemensam.picture.domain.coordinates import DEGREE
from tests.activation.test_calls import MINUTE, TIB, client, larms_of, text_of
from tests.network import Network

pytestmark = [pytest.mark.database, pytest.mark.skipif(not MAP.exists(), reason="the map is made at set-up")]
NACKA = [(59.310, 18.150), (59.313, 18.150), (59.313, 18.156)]
SEA = [(59.000, 19.900), (59.050, 19.900), (59.050, 19.950)]


def draw(network: Network, space: str, corners: list[tuple[float, float]] = NACKA, **more: Any) -> str:
    """Draw an area as Nacka; returns its subject."""
    content = {
        "shape": "area", "label": "Rasområdet", "note": "", "valid_from": now_ms() - MINUTE, "valid_until": None,
        "corners": [{"latitude": round(lat * DEGREE), "longitude": round(lon * DEGREE)} for lat, lon in corners],
    }  # fmt: skip
    return make_drawing(network.lens("nacka-tib"), space, {**content, **more}).subject


def form(area: str, **more: str) -> dict[str, str]:
    return {"text": "larm_forsta", "words": "Ras", "target": "drawn", "drawn": area, **more}


def test_a_drawn_area_is_chosen_looked_at_and_then_reaches_those_within(network: Network) -> None:
    space = network.open_incident()
    area, sender = draw(network, space), client(network, TIB)
    path = f"/spaces/{space}/larm/new/"
    assert "Rasområdet (Nacka)" in text_of(sender.get(path))
    look = text_of(sender.post(path, form(area, act="preview")))
    assert "2 av 37" in look and "Södertörns" in look and "Rasområdet" in look
    assert larms_of(network, space) == []
    sent = sender.post(path, form(area))
    assert sent.status_code == 302
    (larm,) = larms_of(network, space)
    assert {each.organisation for each in larm.data.members} == {"nacka", "sbff"}
    assert "Rasområdet (Nacka)" in text_of(sender.get(sent["Location"]))


def test_the_choice_of_kommuner_stays_and_can_be_looked_at_too(network: Network) -> None:
    space, sender = network.open_incident(), client(network, TIB)
    given = {"text": "larm_forsta", "words": "Ras", "target": "area", "area": "0182"}
    assert "2 av 37" in text_of(sender.post(f"/spaces/{space}/larm/new/", {**given, "act": "preview"}))
    everyone = {"text": "larm_forsta", "words": "Ras", "target": "all", "act": "preview"}
    assert "37 av 37" in text_of(sender.post(f"/spaces/{space}/larm/new/", everyone))
    assert larms_of(network, space) == []


@pytest.mark.parametrize(
    ("starts_min", "ends_min", "shape"), [(-2, -1, "area"), (60, None, "area"), (-2, None, "line")],
    ids=["over", "to come", "a line"],
)  # fmt: skip
def test_only_an_area_that_holds_can_be_chosen(
    network: Network, starts_min: int, ends_min: int | None, shape: str
) -> None:
    space, sender, now = network.open_incident(), client(network, TIB), now_ms()
    until = now + ends_min * MINUTE if ends_min else None
    area = draw(network, space, shape=shape, valid_from=now + starts_min * MINUTE, valid_until=until)
    page = text_of(sender.get(f"/spaces/{space}/larm/new/"))
    assert "Rasområdet" not in page and "område på kartan" not in page
    assert sender.post(f"/spaces/{space}/larm/new/", form(area)).status_code == 422
    assert larms_of(network, space) == []


@pytest.mark.parametrize("other", ["", "nothing", "another space's"])
def test_what_is_no_area_here_is_refused_with_what_was_typed(network: Network, other: str) -> None:
    space, sender = network.open_incident(), client(network, TIB)
    draw(network, space)
    area = draw(network, network.open_incident("Annan")) if other.startswith("another") else other
    answer = sender.post(f"/spaces/{space}/larm/new/", form(area))
    assert answer.status_code == 422 and 'value="Ras"' in answer.content.decode()
    assert larms_of(network, space) == []


def test_an_area_without_members_says_so(network: Network) -> None:
    space, sender = network.open_incident(), client(network, TIB)
    area = draw(network, space, SEA)
    told = text_of(sender.post(f"/spaces/{space}/larm/new/", form(area)), status=422)
    assert "täcker ingen medlems kommun" in told


def test_a_name_of_an_area_that_is_too_long_is_refused(network: Network) -> None:
    from gemensam.activation.alerting import Alert
    from gemensam.activation.larm_commands import send_larm

    space = network.open_incident()
    with pytest.raises(Refused, match="text_too_long"):
        send_larm(network.lens(TIB), space, Alert("signal", "Ras", "area", ("0182",), area="x" * 201))
