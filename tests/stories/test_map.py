"""Story: the map by a chosen verksamhet with its equal list, and an area that is drawn and seen on another screen."""

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House, now_ms
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser

CORNERS = "60.02, 18.55\n60.06, 18.60\nN 6656500, E 698000"


@pytest.fixture
def space(house: House, hand: str) -> str:
    """An incident in which Norrtälje and Trafikverket speak of the telephones of Norrtälje."""
    space = house.open_space(f"Storm på kartan ({hand})")
    own = {"el": ("allvarlig", "Elavbrott i hela Roslagen."), "tele_internet": ("ingen", "")}
    house.report("norrtalje-tib", space, own)
    where = {"kommuner": ["0188"], "latitude": 600_500_000, "longitude": 186_000_000}
    row = {"row": "tele_internet", "status": "kritisk", "text": "Stopp.", "type": "fakta", "where": where}
    report = {"template": "forsta", "stated_at": now_ms(), "summary": "Läget i näten.", "cells": [row]}
    house.write("trafikverket-tib", space, "report.published", report)
    return space


def test_the_map_is_read_in_its_list_and_drawn_on_for_others(enter: Enter, space: str, hand: str) -> None:
    watcher = enter("nacka-tib")
    asked = listen(watcher)
    watcher.open(f"/spaces/{space}/map/")
    drawn(watcher)
    watcher.follows()
    expect(line(watcher, "Norrtälje")).to_contain_text("Allvarlig påverkan")
    expect(line(watcher, "Nacka")).to_contain_text("Ej tillfrågad")
    expect(watcher.page.locator(".map-mark[title='Norrtälje: Allvarlig påverkan'] svg")).to_have_count(1)
    watcher.press(watcher.button("Visa på kartan: Norrtälje"))
    expect(watcher.page.locator(".map-told")).to_contain_text("Allvarlig påverkan")
    watcher.look()

    watcher.hand.pick(watcher.page.get_by_label("Verksamhet"), "Telefoni och internet")
    watcher.press(watcher.page.get_by_role("button", name="Visa", exact=True))
    expect(line(watcher, "Norrtälje")).to_contain_text("Olika uppgifter")
    expect(line(watcher, "Norrtälje")).to_contain_text("Trafikverket: Kritisk påverkan")
    drawn(watcher)
    watcher.follows()
    watcher.look()

    drawer = enter("trafikverket-tib")
    drawer.open(f"/spaces/{space}/map/")
    drawer.goes_to(drawer.link("Rita"), "Rita på kartan")
    drawn(drawer)
    put_corners(drawer, hand)
    drawer.hand.write(drawer.page.get_by_label("Etikett"), "Avspärrat vid Hallstavik")
    drawer.goes_to(drawer.button("Lägg det på kartan"), "Avspärrat vid Hallstavik")
    drawn(drawer)
    expect(drawer.page.get_by_role("group", name="Koordinater").locator("tbody tr")).to_have_count(3)

    seen = watcher.page.locator("[data-drawing=area]")
    expect(seen).to_contain_text("Avspärrat vid Hallstavik")
    expect(watcher.page.locator(".map-number[title='Avspärrat vid Hallstavik']")).to_have_text("1")
    expect(seen.locator(".drawing-number")).to_have_text("1")
    watcher.look()
    assert [address for address in asked if not address.startswith((watcher.house.address, "data:", "blob:"))] == []


def test_a_need_is_raised_with_a_place_and_stands_on_the_map(enter: Enter, space: str) -> None:
    watcher = enter("nacka-tib")
    watcher.open(f"/spaces/{space}/map/")
    drawn(watcher)
    watcher.follows()
    needy = enter("norrtalje-tib", phone=True)
    needy.open(f"/spaces/{space}/needs/new/")
    needy.hand.write(needy.page.get_by_label("Vad behövs?"), "Två reservverk")
    needy.hand.write(needy.page.get_by_label("Kommuner"), "Atlantis")
    needy.press(needy.button("Anmäl behovet"))
    expect(needy.page.get_by_label("Kommuner")).to_have_attribute("aria-invalid", "true")
    needy.faults.clear()  # the browser notes in its console that the form came back
    needy.look()
    needy.hand.write(needy.page.get_by_label("Kommuner"), "Norrtälje, Österåker")
    needy.press(needy.button("Anmäl behovet"))
    expect(needy.page.locator("main")).to_contain_text("Norrtälje, Österåker")
    expect(watcher.page.locator(".maplibregl-marker.map-need")).to_have_count(2)  # one in each kommun that it names
    watcher.press(watcher.button("Visa på kartan: Norrtälje, Två reservverk"))
    expect(watcher.page.locator(".map-told")).to_contain_text("Två reservverk")
    watcher.look()


def test_coordinates_are_found_in_three_systems_on_a_phone(enter: Enter, space: str) -> None:
    visitor = enter("nacka-tib", phone=True)
    visitor.open(f"/spaces/{space}/map/")
    drawn(visitor)
    visitor.hand.write(visitor.page.get_by_label("Hitta koordinater"), "34V CL 32430 80225")
    visitor.press(visitor.button("Hitta"))
    found = visitor.page.locator("#point-found")
    expect(found).to_contain_text("59.32750, 18.05470")
    expect(found).to_contain_text("N 6580506, E 67379")
    expect(found).to_contain_text("Stockholm")
    visitor.look()


def test_a_browser_that_cannot_draw_has_the_list(enter: Enter, space: str) -> None:
    visitor = enter("nacka-tib")
    visitor.page.route("**/maplibre-gl.*mjs", lambda route: route.abort())
    visitor.has_lost_contact = True
    visitor.page.goto(f"/spaces/{space}/map/")
    expect(visitor.page.locator("main")).to_contain_text("Kartan kan inte ritas i den här webbläsaren.")
    expect(line(visitor, "Norrtälje")).to_contain_text("Allvarlig påverkan")
    visitor.faults.clear()  # the page says in the console why it has no map


def listen(visitor: Visitor) -> list[str]:
    """Return the addresses that a browser asks for from now on."""
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    return asked


def drawn(visitor: Visitor) -> None:
    expect(visitor.page.locator("#map[data-drawn]")).to_be_visible()


def line(visitor: Visitor, kommun: str) -> Locator:
    return visitor.page.locator(".kommun-lines li").filter(
        has=visitor.page.get_by_role("link", name=kommun, exact=True)
    )


def put_corners(drawer: Visitor, hand: str) -> None:
    """Three corners: pressed on the map with a pointer, written with the keyboard."""
    field = drawer.page.get_by_label("Hörn")
    if hand == "keyboard":
        drawer.hand.write(field, CORNERS)
        return
    canvas = drawer.page.locator("#map canvas").first
    for number, position in enumerate(((300, 200), (380, 210), (340, 290)), 1):
        canvas.click(position={"x": position[0], "y": position[1]})
        assert len(field.input_value().splitlines()) == number
