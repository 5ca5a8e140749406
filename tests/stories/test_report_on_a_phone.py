"""Story 1: a duty officer reports on a phone, repeats it with few presses, and loses nothing of what was written."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House, now_ms
from tests.stories.visitor import Visitor, sign_in

pytestmark = pytest.mark.browser
HOUR = 3_600_000
PRESSES_FOR_UNCHANGED = 3


@pytest.fixture
def space(house: House, hand: str) -> str:
    """An incident of the story's own, in which Länsstyrelsen has asked Nacka for a report."""
    space = house.open_space(f"Snöoväder ({hand})")
    house.ask(space, "nacka", "vaxholm", deadline_at=now_ms() + HOUR)
    return space


def test_a_request_is_answered_on_a_phone(enter: Enter, house: House, space: str, hand: str) -> None:
    officer = enter(phone=True)
    sign_in(officer, "nacka-tib")
    officer.look()
    answer(officer, hand)
    status(officer, "El", "Allvarlig påverkan")
    status(officer, "Vägar och framkomlighet", "Måttlig påverkan")
    officer.hand.write(officer.page.get_by_label("Det viktigaste"), "Elavbrott på Ingarö sedan i natt.")
    officer.hand.write(row(officer, "El").get_by_label("Vad är påverkat"), "900 hushåll utan el.")
    officer.hand.choose(rest(officer))
    officer.goes_to(officer.button("Se och publicera"), "Se innan ni publicerar")
    readers(officer)
    officer.goes_to(officer.button(re.compile("Publicera till 3[78] aktörer")), "Första rapport, Nacka")
    report = officer.page.get_by_role("article")
    expect(report).to_contain_text("Elavbrott på Ingarö sedan i natt.")
    expect(report).to_contain_text("900 hushåll utan el.")
    expect(report).to_contain_text("Länsstyrelsen: Aktiverat läge enligt nätverkets rutin")


def test_unchanged_takes_three_presses_from_the_start_page(enter: Enter, house: House, space: str, hand: str) -> None:
    house.report("nacka-tib", space, {"el": ("betydande", "900 hushåll utan el.")}, summary="Som i går kväll.")
    officer = enter("nacka-tib", phone=True)
    officer.open("/")
    officer.hand.presses = 0
    answer(officer, hand)
    officer.press(officer.button("Oförändrat"))
    officer.sees_heading("Första rapport, Nacka")
    assert officer.hand.presses <= PRESSES_FOR_UNCHANGED
    expect(officer.page.locator("main")).to_contain_text("Oförändrat")
    expect(officer.page.get_by_role("article")).to_contain_text("900 hushåll utan el.")


def test_a_report_that_came_by_radio_is_entered_for_the_member(enter: Enter, space: str) -> None:
    officer = enter("ssbf-vb", phone=True)
    officer.open(f"/spaces/{space}/picture/")
    officer.goes_to(officer.menu("Rapportera"), "Lägesrapport från SSBF")
    officer.goes_to(officer.link("Lägg in åt annan aktör"), "Lägg in åt annan aktör")
    officer.goes_to(officer.link("Vaxholms stad"), "Rapport åt Vaxholm")
    officer.hand.choose(officer.page.get_by_role("radio", name="Rakel"))
    officer.hand.write(officer.page.get_by_label("Det viktigaste"), "Stadshuset är utan el och telefon.")
    status(officer, "Telefoni och internet", "Kritisk påverkan")
    officer.hand.choose(rest(officer))
    officer.goes_to(officer.button("Se och publicera"), "Se innan ni publicerar")
    officer.goes_to(officer.button(re.compile("^Publicera till")), "Första rapport, Vaxholm")
    expect(officer.page.locator("main")).to_contain_text("Obekräftad")
    expect(officer.page.locator("main")).to_contain_text("Rakel")


def test_what_is_written_survives_a_closed_browser_and_a_killed_server(enter: Enter, house: House, space: str) -> None:
    officer = enter("nacka-tib", phone=True)
    officer.open(f"/spaces/{space}/report/?template=forsta")
    officer.hand.write(officer.page.get_by_label("Det viktigaste"), "Skrivet före avbrottet.")
    expect(officer.page.locator("[data-draft-state]")).to_have_text(re.compile(r"^Utkast sparat \d\d\.\d\d$"))
    officer.has_lost_contact = True
    house.kill()
    officer.hand.write(officer.page.get_by_label("Det viktigaste"), "Skrivet före avbrottet. Och under det.")
    expect(officer.page.locator("[data-draft-state]")).to_contain_text("ingen kontakt med servern")
    kept = officer.context.storage_state()
    officer.context.close()
    house.start()
    again = enter("nacka-tib", phone=True, storage_state=kept)
    again.open(f"/spaces/{space}/report/?template=forsta")
    expect(again.page.get_by_label("Det viktigaste")).to_have_value("Skrivet före avbrottet.")
    again.press(again.button("Använd det"))
    expect(again.page.get_by_label("Det viktigaste")).to_have_value("Skrivet före avbrottet. Och under det.")


def answer(officer: Visitor, hand: str) -> None:
    """Go from the start page's first thing to do to the form."""
    todo = officer.page.locator(".todo-list li", has_text=f"Snöoväder ({hand})")
    expect(todo).to_contain_text("Lägesrapport begärd av Länsstyrelsen")
    officer.goes_to(officer.link("Svara", todo), "Lägesrapport från Nacka")


def row(officer: Visitor, name: str) -> Locator:
    return officer.page.get_by_role("group", name=re.compile(f"^{name}"))


def status(officer: Visitor, name: str, value: str) -> None:
    officer.hand.choose(row(officer, name).get_by_role("radio", name=value))


def readers(officer: Visitor) -> None:
    """Before anything is published one sees who will read it, all of them by name."""
    who = officer.page.locator("details.readers").first
    officer.press(who.locator("summary"))
    expect(who).to_contain_text(re.compile(r"Läses av 3[78] aktörer, \d+ personer"))
    expect(who).to_contain_text("Norrtälje kommun")
    assert len(who.locator("li").all()) in (37, 38)


def rest(officer: Visitor) -> Locator:
    """That all other rows are as usual, said once for them all."""
    return officer.page.get_by_role("group", name="Övriga").get_by_role("radio", name=re.compile("[Ii]ngen påverkan"))
