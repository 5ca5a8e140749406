"""Story: what did we know? Entry by entry, letting somebody in, and the replay of a day."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.test_going_back import electricity, go_back

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def storm(house: House) -> tuple[str, int]:
    """A space with two reports of Norrtälje, and when the first had come."""
    space = house.open_space("Storm")
    house.report("norrtalje-tib", space, {"el": ("allvarlig", "Stora elavbrott.")})
    then = house.last_received_at(space)
    house.report("norrtalje-tib", space, {"el": ("mattlig", "Elen är på väg tillbaka.")})
    return space, then


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_what_we_knew_is_seen_entry_by_entry_at_any_moment(enter: Enter, storm: tuple[str, int], phone: bool) -> None:
    space, then = storm
    officer = enter("nacka-tib", phone=phone)
    officer.open(f"/spaces/{space}/picture/")
    go_back(officer, "Vad vi visste kl.", then)
    officer.goes_to(officer.link("Uppgift för uppgift"), "Vad visste Nacka?")
    expect(officer.page.locator("main")).to_contain_text("Telefon, e-post och radio syns inte här.")
    rows = officer.page.locator("table.known tbody tr")
    expect(rows.first).to_contain_text("Kom in senare")
    expect(rows.nth(1)).to_contain_text("Tillgänglig, inte skickad")
    officer.press(officer.link("Tillbaka till nu"))
    expect(rows.first).to_contain_text(re.compile("Skickad|Öppnad"))


def test_an_organisation_lets_another_one_in_and_ends_it(enter: Enter, storm: tuple[str, int]) -> None:
    space, _then = storm
    keeper, asker = enter("nacka-aktorsadministrator"), enter("norrtalje-tib")
    assert asker.context.request.get(f"/spaces/{space}/known/of/nacka/").status == 403
    keeper.open(f"/spaces/{space}/known/")
    keeper.goes_to(keeper.link("Släpp in någon"), "Vem som är insläppt")
    keeper.hand.pick(keeper.page.get_by_label("Vem släpps in?"), "Norrtälje")
    keeper.hand.write(keeper.page.get_by_label("Varför"), "Gemensam utvärdering")
    keeper.press(keeper.button("Släpp in"))
    expect(keeper.page.locator("#notices")).to_contain_text("Norrtälje är insläppt.")
    keeper.look()
    asker.open(f"/spaces/{space}/known/")
    asker.goes_to(asker.link("Nacka", asker.page.locator("main")), "Vad visste Nacka?")
    keeper.open(f"/spaces/{space}/known/insight/")
    expect(keeper.page.locator("main")).to_contain_text("tittade senast")
    keeper.press(keeper.button(re.compile("Avsluta insynen")))
    expect(keeper.page.locator("#notices")).to_contain_text("Insynen är avslutad.")
    assert asker.context.request.get(f"/spaces/{space}/known/of/nacka/").status == 403


def test_a_day_is_played_step_by_step(enter: Enter, storm: tuple[str, int]) -> None:
    space, _then = storm
    officer = enter("nacka-tib")
    officer.open(f"/spaces/{space}/replay/")
    place, stage = officer.page.locator("#replay-place"), officer.page.locator("#replay-stage")
    expect(stage.locator("h2").first).to_have_text("Läget")
    steps = int((place.text_content() or "").split("/")[1])
    for _ in range(steps):
        officer.press(officer.button("Steg framåt"))
    expect(place).to_have_text(f"{steps} / {steps}")
    expect(electricity(officer, "Norrtälje")).to_contain_text("Måttlig påverkan")
    officer.look()
    officer.hand.pick(officer.page.get_by_label("Sida", exact=True), "Logg")
    expect(stage.locator("h2").first).to_have_text("Logg")
    officer.look()


def test_a_day_is_played_by_itself_and_by_keys_alone(enter: Enter, storm: tuple[str, int]) -> None:
    space, _then = storm
    officer = enter("nacka-tib")
    officer.open(f"/spaces/{space}/replay/")
    place, keyboard = officer.page.locator("#replay-place"), officer.page.keyboard
    steps = int((place.text_content() or "").split("/")[1])
    keyboard.press("p")
    expect(place).to_have_text(f"{steps} / {steps}")
    expect(officer.page.locator("#replay-play")).to_contain_text("Spela")
    keyboard.press(",")
    expect(place).to_have_text(f"{steps - 1} / {steps}" if steps > 1 else "1 / 1")
    keyboard.press(".")
    expect(place).to_have_text(f"{steps} / {steps}")
    officer.look()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_shift_is_handed_over_and_taken_over(enter: Enter, house: House, phone: bool) -> None:
    space = house.open_space("Skift")
    house.report("norrtalje-tib", space, {"el": ("allvarlig", "Stora elavbrott.")})
    off, on = enter("nacka-tib", phone=phone), enter("nacka-tib")
    off.open(f"/spaces/{space}/handover/")
    expect(off.page.locator("main")).to_contain_text("Lägesrapport")
    off.hand.write(off.page.get_by_label("Vad nästa måste veta"), "Elbolaget ringer 20.00")
    off.press(off.page.get_by_label("Det finns sådant som sägs muntligt"))
    off.press(off.button("Lämna över"))
    expect(off.page.locator("#notices")).to_contain_text("Överlämnat.")
    off.look()
    on.open("/")
    row = on.page.locator(".todo-list li", has_text="En överlämning väntar").filter(has_text="Skift")
    on.goes_to(row.get_by_role("link", name="Ta emot"), re.compile("Skiftbyte: Nacka"))
    expect(on.page.locator("main")).to_contain_text("Elbolaget ringer 20.00")
    expect(on.page.locator("main")).to_contain_text("Något sägs bara muntligt.")
    on.hand.write(on.page.get_by_label("Din anteckning"), "Har ringt")
    on.press(on.button("Ta emot"))
    expect(on.page.locator("#notices")).to_contain_text("Mottaget.")
    expect(on.page.locator("main")).to_contain_text("Inget har kommit in.")
    on.look()
