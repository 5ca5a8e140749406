"""Story: the joint office shares a year's costs, and a member prints its statement (G9)."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.costs.making import rows, table
from tests.stories.conftest import Enter
from tests.stories.house import House

pytestmark = pytest.mark.browser
ROOT = "/spaces/standing/costs/"
YEAR = {"pointer": 2041, "keyboard": 2042}


def test_a_budget_becomes_shares_and_a_member_prints_its_own(
    enter: Enter, house: House, hand: str, tmp_path: Path
) -> None:
    year = YEAR.get(hand, 2043)
    day = f"{year - 1}-12-31"
    figures = tmp_path / "folkmangd.csv"
    figures.write_bytes(table(rows(), head=f"kommunkod,kommunnamn,folkmangd_{day.replace('-', '_')}"))
    office = enter("kansliet-strateg")
    office.open(f"{ROOT}population/new/")
    office.hand.write(office.page.locator("[name=day]"), day)
    office.hand.write(office.page.locator("[name=source]"), "SCB")
    office.page.locator("[name=file]").set_input_files(figures)
    office.goes_to(office.button("Spara"), "Kostnader")
    office.open(f"{ROOT}budget/new/")
    office.hand.write(office.page.locator("[name=year]"), str(year))
    office.hand.write(office.page.locator("[name=amount]"), "7 000 000")
    office.goes_to(office.button("Spara"), f"Kostnader {year}")
    expect(office.page.locator("main")).to_contain_text("Preliminär")
    office.press(office.button("Räkna fram de slutliga andelarna"))
    expect(office.page.locator("main")).to_contain_text("Slutlig")
    expect(office.page.locator("tfoot").first).to_contain_text("3 500 000,00")
    office.look()
    member = enter("nacka-tib", phone=True)
    member.open(f"{ROOT}{year}/nacka/")
    member.sees_heading(f"Kostnadsandel {year}, Nacka")
    expect(member.page.locator("main")).to_contain_text("samma resultat")
    member.look()
    assert member.fetches(member.link("Som dokument (PDF)")).startswith(b"%PDF")
