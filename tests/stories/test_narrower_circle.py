"""Story: what only three may know is reported in the same form, and the others see that it was given elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import House

pytestmark = pytest.mark.browser
SECRET = "Reservkraften räcker i sex timmar."


@pytest.mark.parametrize("phone", [False, True])
def test_a_report_with_a_part_for_a_narrower_circle(enter: Enter, house: House, hand: str, phone: bool) -> None:
    space = house.open_space(f"Isstorm ({hand}, {phone})")
    officer = enter("nacka-tib", phone=phone)
    officer.open(f"/spaces/{space}/report/?template=full")
    officer.hand.write(officer.page.get_by_label("Det viktigaste"), "Vi har elavbrott i delar av kommunen.")
    officer.goes_to(officer.button("Lägg till en del för mindre krets"), "Lägesrapport från Nacka")
    part = officer.page.get_by_role("region", name="Del för mindre krets")
    officer.hand.choose(part.get_by_role("radio", name="Namngivna medlemmar"))
    officer.press(part.get_by_text("Medlemmar att välja bland").first)
    officer.press(part.get_by_role("checkbox", name="Vaxholm"))
    officer.press(part.get_by_role("checkbox", name="Sundbyberg"))
    officer.hand.write(part.get_by_label("Det viktigaste, för kretsen"), "Elen är osäkrare än vi säger öppet.")
    line = part.get_by_role("group", name="Rad 1", exact=True)
    officer.hand.pick(line.get_by_label("Verksamhet"), "El")
    officer.hand.pick(line.get_by_label("Status"), "Kritisk påverkan")
    officer.hand.write(line.get_by_label("Vad är påverkat och vad gör ni?"), SECRET)
    officer.goes_to(officer.button("Se och publicera"), "Se innan ni publicerar")
    lists = officer.page.locator("details.readers")
    officer.press(lists.nth(1).locator("summary"))
    expect(lists.nth(0)).to_contain_text(re.compile(r"Läses av 3[78] aktörer"))
    expect(lists.nth(1)).to_contain_text("Läses av 3 aktörer")
    expect(lists.nth(1)).to_contain_text("Vaxholms stad")
    officer.goes_to(officer.button(re.compile("^Publicera båda")), re.compile("rapport, Nacka$"))
    expect(officer.page.locator("main")).to_contain_text(SECRET)

    inside = enter("vaxholm-beredskapssamordnare", phone=phone)
    inside.open(officer.page.url.removeprefix(house.address))
    expect(inside.page.locator("main")).to_contain_text(SECRET)
    inside.goes_to(inside.link("Till delen för sig"), re.compile("rapport, Nacka$"))
    expect(inside.page.locator("main")).to_contain_text("Del av rapporten i")

    outside = enter("norrtalje-tib", phone=phone)
    outside.open(officer.page.url.removeprefix(house.address))
    expect(outside.page.locator("main")).to_contain_text("Lämnat i mindre krets")
    expect(outside.page.locator("main")).not_to_contain_text(SECRET)
    expect(outside.page.locator("main")).not_to_contain_text("Vaxholm")

    officer.goes_to(officer.link("Till delen för sig"), re.compile("rapport, Nacka$"))
    officer.goes_to(officer.link("Sanerad version"), "Sanerad version")
    officer.hand.write(officer.page.get_by_label("Text till alla"), "Reservkraften är begränsad.")
    officer.press(officer.page.get_by_label("Jag har gått igenom varje text"))
    officer.goes_to(officer.button(re.compile("^Publicera den sanerade")), re.compile("rapport, Nacka$"))
    outside.open(officer.page.url.removeprefix(house.address))
    expect(outside.page.locator("main")).to_contain_text("Reservkraften är begränsad.")
    expect(outside.page.locator("main")).not_to_contain_text(SECRET)
    expect(outside.page.locator("main")).not_to_contain_text("Sanerad")
