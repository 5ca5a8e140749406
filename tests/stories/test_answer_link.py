"""Story: the asker makes a link for one who cannot sign in; a stranger answers by it on a phone; it is revoked."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import House, now_ms
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
HOUR = 3_600_000


@pytest.fixture
def space(house: House, hand: str) -> str:
    """An incident of the story's own, in which Länsstyrelsen has asked Vaxholm for a report."""
    space = house.open_space(f"Snöoväder ({hand})")
    house.ask(space, "vaxholm", "nacka", deadline_at=now_ms() + HOUR)
    return space


def test_a_stranger_answers_by_a_link_on_a_phone(enter: Enter, space: str) -> None:
    asker = enter("lansstyrelsen-tib")
    asker.open(f"/spaces/{space}/requests/")
    asker.goes_to(asker.link("Länsstyrelsen", asker.page.locator("main")), re.compile("lägesrapport$"))
    request_page = asker.page.url
    address = make_link(asker)
    stranger = enter(phone=True)
    stranger.open(address)
    stranger.sees_heading("Länsstyrelsen Stockholm begär en lägesrapport")
    stranger.goes_to(stranger.button("Öppna formuläret"), "Lägesrapport från Vaxholms stad")
    stranger.hand.write(stranger.page.get_by_label("Det viktigaste"), "Stadshuset är utan el.")
    stranger.open(address)  # the page was left by mistake: what was written is still in this window
    stranger.goes_to(stranger.button("Öppna formuläret"), "Lägesrapport från Vaxholms stad")
    expect(stranger.page.get_by_label("Det viktigaste")).to_have_value("Stadshuset är utan el.")
    row = stranger.page.get_by_role("group", name=re.compile("^El"))
    stranger.hand.choose(row.get_by_role("radio", name="Allvarlig påverkan"))
    rest = stranger.page.get_by_role("group", name="Övriga")
    stranger.hand.choose(rest.get_by_role("radio", name=re.compile("[Ii]ngen påverkan")))
    stranger.goes_to(stranger.button("Granska och lämna"), "Se innan ni lämnar svaret")
    stranger.goes_to(stranger.button(re.compile("^Lämna till")), "Svaret är lämnat")
    assert stranger.page.evaluate("() => Object.keys(sessionStorage)") == []
    expect(stranger.page.get_by_role("article")).to_contain_text("Stadshuset är utan el.")
    asker.page.goto(request_page)
    links = asker.page.locator("#links")
    expect(links).to_contain_text("Besvarad")
    asker.press(asker.button(re.compile("^Återkalla"), links))
    asker.says_yes()
    expect(links).to_contain_text("Återkallad")
    gone = stranger.context.request.get(address)
    assert gone.status == 404 and "Länken gäller inte" in gone.text()


def test_a_stranger_comes_back_and_then_declines_by_a_link(enter: Enter, space: str) -> None:
    asker = enter("lansstyrelsen-tib")
    asker.open(f"/spaces/{space}/requests/")
    asker.goes_to(asker.link("Länsstyrelsen", asker.page.locator("main")), re.compile("lägesrapport$"))
    request_page = asker.page.url
    address = make_link(asker)
    stranger = enter(phone=True)
    for says, told in ((comes_back, "Ni återkommer kl."), (declines, "Ej ansvarig")):
        stranger.open(address)
        stranger.goes_to(stranger.button("Öppna formuläret"), "Lägesrapport från Vaxholms stad")
        says(stranger)
        stranger.sees_heading("Svaret är lämnat")
        expect(stranger.page.locator("main")).to_contain_text(told)
    asker.page.goto(request_page)
    asker.look()
    row = asker.page.locator("tr[data-key=vaxholm]")
    expect(row).to_contain_text("via svarslänk, obekräftat")
    expect(row).to_contain_text("Ej ansvarig")


def comes_back(stranger: Visitor) -> None:
    stranger.press(stranger.button("Meddela"))


def declines(stranger: Visitor) -> None:
    stranger.press(stranger.page.get_by_text("Avböj …"))
    stranger.press(stranger.button("Ej ansvarig"))


def make_link(asker: Visitor) -> str:
    """Make a link as the asker does on the request's page, and return its path."""
    links = asker.page.locator("#links")
    asker.press(links.get_by_text("Skapa en länk"))
    asker.hand.pick(links.get_by_label("Aktör"), "Vaxholms stad")
    asker.hand.write(links.get_by_label("Funktion som ska svara"), "Räddningssamordnaren i stadshuset")
    asker.goes_to(asker.button("Skapa länken", links), "Länken är skapad")
    told = asker.page.locator("#link-address").inner_text()
    return told[told.index("/answer/") :]
