"""Story: the binder is printed before it goes dark, and what was written on paper is entered afterwards (R70, R71)."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.dark import HOUR, MINUTE, at, told
from tests.stories.house import House, now_ms

pytestmark = pytest.mark.browser


@pytest.fixture
def space(house: House, hand: str) -> str:
    return house.open_space(f"Ingen el ({hand})")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_binder_prints_in_one_press_and_as_a_document(enter: Enter, space: str, phone: bool) -> None:
    officer = enter("nacka-tib", phone=phone)
    officer.page.add_init_script("globalThis.print = () => { globalThis.hasPrinted = true; }")
    officer.open(f"/spaces/{space}/binder/")
    for sheet in ("Larmlista", "Första rapport på papper", "Loggblad", "Så för vi in det efteråt"):
        expect(officer.page.get_by_role("heading", name=re.compile(rf"^\d+\. {sheet}$"))).to_be_visible()
    officer.page.emulate_media(media="print")
    expect(officer.page.locator(".mark-band strong")).to_be_visible()
    officer.page.emulate_media(media="screen")
    officer.press(officer.button("Skriv ut pärmen"))
    assert officer.page.evaluate("() => globalThis.hasPrinted") is True
    assert officer.fetches(officer.link("Som dokument (PDF)")).startswith(b"%PDF")


def test_a_report_from_paper_is_entered_with_who_wrote_it_and_when(enter: Enter, house: House, space: str) -> None:
    from gemensam.web.times import field

    written_at = now_ms() - 5 * HOUR
    officer = enter("nacka-tib")
    officer.open(f"/spaces/{space}/report/?template=forsta")
    officer.hand.write(officer.page.locator("[name=summary]"), "Skrivet med penna i mörkret.")
    officer.hand.choose(officer.page.locator("[name=rest][value=ingen]"))
    officer.press(officer.page.locator("summary", has_text="Efterinföring från papper eller radio"))
    officer.hand.choose(officer.page.locator("[name=written_medium][value=papper]"))
    officer.hand.write(officer.page.locator("[name=written_by]"), "Nacka, stabschef")
    officer.hand.write(officer.page.locator("[name=written_at]"), field(written_at, "sv"))
    officer.goes_to(officer.button("Se och publicera …"), "Se innan ni publicerar")
    expect(officer.page.locator("main")).to_contain_text("på papper, av Nacka, stabschef")
    officer.press(officer.button(re.compile("^Publicera till")))
    expect(officer.page.locator("main")).to_contain_text("Infört i efterhand")
    expect(officer.page.locator("main")).to_contain_text("på papper, av Nacka, stabschef")
    officer.look()
    (row,) = told(house, space, "report.published")
    assert abs(at(row) - written_at) < MINUTE
    assert at(row, "received_at") - at(row) > 5 * HOUR - MINUTE
