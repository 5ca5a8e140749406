"""Story: two on duty write on one draft at once; neither writes over the other, and what is published is copied."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import House, now_ms

pytestmark = pytest.mark.browser
HOUR = 3_600_000


@pytest.fixture
def space(house: House, hand: str) -> str:
    space = house.open_space(f"Snöoväder ({hand})")
    house.ask(space, "nacka", deadline_at=now_ms() + HOUR)
    return space


def test_two_who_write_at_once_are_shown_what_differs(enter: Enter, space: str) -> None:
    first, second = enter("nacka-tib"), enter("nacka-tib", phone=True)
    for officer in (first, second):
        officer.open(f"/spaces/{space}/report/?template=forsta")
    first.hand.write(first.page.get_by_label("Det viktigaste"), "Mörkt på Ingarö.")
    expect(first.page.locator("[data-draft-state]")).to_have_text(re.compile(r"^Utkast sparat \d\d\.\d\d$"))
    second.has_lost_contact = True  # the browser writes down that the save was refused
    second.hand.write(second.page.get_by_label("Det viktigaste"), "Mörkt på Värmdö.")
    expect(second.page.locator("[data-draft-state]")).to_contain_text("TiB sparade utkastet")
    second.look()
    second.press(second.button("Se och publicera"))
    expect(second.page.get_by_role("alert")).to_contain_text("Mörkt på Ingarö.")
    second.look()
    expect(second.page.get_by_label("Det viktigaste")).to_have_value("Mörkt på Värmdö.")
    second.goes_to(second.link("Fortsätt med deras"), "Lägesrapport från Nacka")
    expect(second.page.get_by_label("Det viktigaste")).to_have_value("Mörkt på Ingarö.")


def test_what_is_reported_is_copied_counted_and_compared(enter: Enter, house: House, space: str) -> None:
    house.report("nacka-tib", space, {"el": ("betydande", "900 hushåll utan el.")}, summary="Mörkt på Ingarö.")
    officer = enter("nacka-tib")
    officer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    officer.open(f"/spaces/{space}/members/nacka/")
    officer.goes_to(officer.link(re.compile("^Läget gäller"), officer.page.locator("main")), "Första rapport, Nacka")
    officer.press(officer.page.locator("summary", has_text="Kopiera som text"))
    officer.look()
    officer.press(officer.button(re.compile("^Kopiera ?: Det viktigaste")))
    expect(officer.page.locator("#notices")).to_contain_text("Kopierat")
    assert officer.page.evaluate("() => navigator.clipboard.readText()") == "Mörkt på Ingarö."
    text = officer.fetches(officer.link("Spara som textfil")).decode()
    assert "Mörkt på Ingarö." in text and "DEMONSTRATION" in text
    officer.open(f"/spaces/{space}/requests/statistics/")
    expect(officer.page.get_by_role("row", name=re.compile("Nacka kommun"))).to_be_visible()
    officer.open("/statistics/requests/")
    officer.open(f"/spaces/{space}/figures/")
    expect(officer.page.locator("main")).to_contain_text("Inga nyckeltal har lämnats")
