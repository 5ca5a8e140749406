"""Story: back to 7 April 2017. What did Vaxholm know at 15.08, and the whole day played."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import House, found

pytestmark = pytest.mark.browser
TITLE = "7 april 2017 – delvis påhittat"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A demonstration with the day in it."""
    house = House(found(tmp_path_factory.mktemp("april") / "data", "--scenario", "7-april"))
    house.start()
    yield house
    house.stop()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_what_did_vaxholm_know_at_15_08(enter: Enter, phone: bool) -> None:
    officer = enter("vaxholm-beredskapssamordnare", phone=phone)
    officer.open("/spaces/")
    officer.press(officer.link(TITLE, officer.page.locator("main")))
    officer.look()
    officer.press(officer.page.locator("#moment > summary"))
    field = officer.page.get_by_label("Vad vi visste kl.")
    officer.hand.write(field, "2017-04-07 15.08")
    officer.press(officer.button("Visa", officer.page.locator("form", has=field)))
    banner = officer.page.locator("aside.historical")
    expect(banner).to_contain_text("Det här hade Vaxholm tillgång till kl. 15.08.00 den 7 april 2017 enligt loggen.")
    officer.goes_to(officer.link("Uppgift för uppgift", banner), "Vad visste Vaxholm?")
    attack = officer.page.locator("table.known tbody tr", has_text="Attentatet på Drottninggatan")
    expect(attack).to_contain_text("Tillgänglig, inte skickad")
    expect(attack).to_contain_text("15.14 senare")
    request = officer.page.locator("table.known tbody tr", has_text="Begäran om lägesrapport")
    expect(request).to_contain_text("Kom in senare")


def test_the_day_is_played_and_its_landmarks_lead_there(enter: Enter) -> None:
    officer = enter("nacka-tib")
    officer.open("/spaces/")
    officer.press(officer.link(TITLE, officer.page.locator("main")))
    officer.press(officer.page.locator("#moment > summary"))
    officer.goes_to(officer.link("Spela upp från början"), "Uppspelning")
    time = officer.page.locator("#replay-time")
    expect(time).to_have_text("fredag 7 april 2017 kl. 15.08.00")
    landmark = officer.page.locator(".landmarks li", has_text="Konferens öppnad")
    officer.press(landmark.get_by_role("link"))
    expect(time).to_have_text("fredag 7 april 2017 kl. 16.00.00")
    expect(officer.page.locator("#replay-stage")).to_contain_text("Samlad lägesbild nr 1")
    officer.press(officer.page.locator("#replay-play"))
    expect(time).to_have_text("måndag 10 april 2017 kl. 15.00.00", timeout=60_000)
    officer.look()
