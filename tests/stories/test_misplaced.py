"""Stories: what should not stand here is asked about before it is written, and held apart when it was."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import PASSWORD, House
from tests.stories.visitor import Visitor
from tests.web.site import run

pytestmark = pytest.mark.browser
CONTACT = "nacka-sakerhetschef"
MISPLACED = "Skyddsrummets läge och larmkod."


@pytest.fixture(scope="module")
def contact(house: House) -> str:
    """A login for the contact for protective security, which the demonstration has not."""
    run(house.founded.data, "user", "add", "--name", CONTACT, "--function", CONTACT, "--password-stdin", given=PASSWORD)
    return CONTACT


def asked(enter: Enter, phone: bool) -> Visitor:
    """An officer who will be asked something: that is told with 422, of which the browser complains in its console."""
    officer = enter("nacka-tib", phone=phone)
    officer.has_lost_contact = True
    return officer


@pytest.mark.parametrize("phone", [False, True])
def test_a_personal_number_is_asked_about_and_taken_out(enter: Enter, house: House, hand: str, phone: bool) -> None:
    space = house.open_space(f"Isstorm ({hand}, {phone}, nummer)")
    officer = asked(enter, phone)
    officer.open(f"/spaces/{space}/statements/new/")
    text = officer.page.get_by_label("Uppgiften", exact=True)
    officer.hand.write(text, "Anna, 811218-9876, saknas.")
    officer.goes_to(officer.page.locator("main form .btn-primary").last, "Är detta ett personnummer?")
    officer.hand.write(officer.page.get_by_label("Texten med 811218-9876"), "En person saknas.")
    officer.press(officer.button("Fortsätt med texten"))
    expect(officer.page.locator("main")).to_contain_text("En person saknas.")
    officer.look()


@pytest.mark.parametrize("phone", [False, True])
def test_a_mark_that_asks_stores_nothing_until_it_is_answered(
    enter: Enter, house: House, hand: str, phone: bool
) -> None:
    space = house.open_space(f"Isstorm ({hand}, {phone}, märke)")
    officer = asked(enter, phone)
    officer.open(f"/spaces/{space}/report/?template=full")
    officer.hand.pick(officer.page.get_by_label("Sekretessmarkering"), "OSL 15:2 försvarssekretess")
    officer.hand.write(officer.page.get_by_label("Det viktigaste"), MISPLACED)
    expect(officer.page.locator("[data-draft-state]")).to_have_text("Inte sparat: en fråga ska besvaras först")
    officer.goes_to(officer.button("Se och publicera"), "Hör detta hemma här över huvud taget?")
    officer.goes_to(officer.button("Nej, eller osäker"), "Lägesrapport från Nacka")
    expect(officer.page.get_by_label("Det viktigaste")).to_have_value("")


@pytest.mark.parametrize("phone", [False, True])
def test_what_was_misplaced_is_held_apart_and_decided_on(
    enter: Enter, house: House, hand: str, phone: bool, contact: str
) -> None:
    space = house.open_space(f"Isstorm ({hand}, {phone}, felinförd)")
    house.report("nacka-tib", space, {"el": ("kritisk", MISPLACED)})
    watcher = enter("trafikverket-tib", phone=phone)
    watcher.open(f"/spaces/{space}/members/nacka/el/")
    expect(watcher.page.locator("main")).to_contain_text(MISPLACED)

    finder = enter("norrtalje-tib", phone=phone)
    finder.open(f"/spaces/{space}/members/nacka/")
    finder.goes_to(finder.page.locator('main a[href*="/reports/"]').first, re.compile("rapport, Nacka$"))
    report = finder.page.url.removeprefix(house.address)
    finder.goes_to(finder.link("Felinförd uppgift"), "Felinförd uppgift")
    finder.hand.write(finder.page.get_by_label("Varför ska det inte stå här?"), "Hör inte hemma i det här systemet.")
    finder.goes_to(finder.button("Sätt i karantän nu"), "Karantän")
    expect(finder.page.locator("main")).not_to_contain_text(MISPLACED)
    finder.open(report)
    expect(finder.page.locator("main")).to_contain_text("Innehållet är i karantän")

    decider = enter(contact, phone=phone)
    decider.open("/")
    todo = decider.page.locator(".todo-list li", has_text=f"Isstorm ({hand}, {phone}, felinförd)")
    decider.goes_to(decider.link("Avgör", todo), "Karantän")
    table = decider.page.get_by_role("region", name="Vilka som hade läst").get_by_role("row")
    expect(table.filter(has_text="Trafikverket").locator("time")).to_have_count(2)
    decider.press(decider.page.locator("main summary").filter(has_text="Text i uppgift"))
    expect(decider.page.locator("main")).to_contain_text(MISPLACED)
    decider.hand.write(decider.page.get_by_label("Skäl för beslutet"), "Bedömd: hör inte hemma här.")
    decider.goes_to(decider.button("Låt den stå"), "Karantän")
    expect(decider.page.locator("main")).to_contain_text("En kontaktperson har avgjort att den står fast.")
    decider.open("/")
    expect(decider.page.locator("main")).not_to_contain_text(f"Isstorm ({hand}, {phone}, felinförd)En felinförd")
