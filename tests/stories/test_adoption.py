"""Stories: a member's decision is registered by hand and the matrix turns; taken back, and it turns again."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter

pytestmark = pytest.mark.browser
TITLE = "Målbild 2023–2026"


def test_a_registered_decision_turns_the_matrix(enter: Enter) -> None:
    secretary = enter("huddinge-namndsekreterare")
    secretary.open("/governance/?on=2024-01-01")
    row = secretary.page.locator("tr[data-key=huddinge]")
    expect(row).to_contain_text("I avvaktan")
    secretary.goes_to(secretary.page.locator(".adoption thead").get_by_role("link", name=TITLE), "Medlemmarnas beslut")
    secretary.goes_to(secretary.link("Registrera ett beslut"), "Registrera ett beslut")
    page = secretary.page
    secretary.hand.pick(page.get_by_label("Utfall"), "Antar, godkänner")
    secretary.hand.write(page.get_by_label("Datum"), "2023-08-21")
    secretary.hand.write(page.get_by_label(re.compile("^§")), "8")
    secretary.look()
    secretary.goes_to(secretary.button("Registrera"), "Huddinge kommun: Antar, godkänner")
    secretary.look()
    secretary.open("/governance/?on=2024-01-01")
    expect(row.locator("td").last).to_contain_text("Antaget")
    expect(row.locator("td").last).to_contain_text("2023-08-21 § 8")
    secretary.open("/governance/?on=2023-08-20")
    expect(row.locator("td").last).to_contain_text("I avvaktan")
    secretary.look()
    secretary.open("/governance/?on=2024-01-01")
    secretary.goes_to(row.locator("td").last.get_by_role("link"), "Huddinge kommun: Antar, godkänner")
    secretary.press(page.get_by_text("Registrerat av misstag?"))
    secretary.hand.write(page.locator("form[action='withdraw/']").get_by_label("Varför"), "Gällde ett annat ärende")
    secretary.press(secretary.button("Återta steget"))
    expect(page.locator("main")).to_contain_text("Återtaget: det räknas inte längre.")
    secretary.look()
    secretary.open("/governance/?on=2024-01-01")
    expect(row.locator("td").last).to_contain_text("I avvaktan")
