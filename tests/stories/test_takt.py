"""Story: one part of the takt is changed, with a reason; everybody reads it in the line of the space."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def space(house: House, hand: str) -> str:
    return house.open_space(f"Storm med takt ({hand})")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_part_of_the_takt_is_changed_with_a_reason(enter: Enter, space: str, phone: bool) -> None:
    leader, member = enter("lansstyrelsen-tib", phone=phone), enter("nacka-tib")
    leader.open(f"/spaces/{space}/cadence/")
    leader.hand.choose(leader.page.get_by_role("radio", name=re.compile("^Intensiv")))
    leader.hand.write(leader.page.get_by_label("Skäl"), "Snöoväder")
    leader.press(leader.button("Bestäm takten"))
    expect(leader.page.locator("#current-head")).to_have_text("Intensiv")

    leader.hand.choose(leader.page.get_by_role("radio", name=re.compile("som nu")))
    leader.hand.write(leader.page.get_by_label("Rapport", exact=True), "då och då")
    leader.hand.write(leader.page.get_by_label("Skäl"), "Natten är lugn")
    leader.press(leader.button("Bestäm takten"))
    expect(leader.page.get_by_role("alert")).to_contain_text("då och då")
    leader.faults.clear()  # the browser notes in its console that the form came back
    leader.look()
    leader.hand.write(leader.page.get_by_label("Rapport", exact=True), "varje dag 07.00")
    leader.press(leader.button("Bestäm takten"))
    expect(leader.page.locator("#current-head")).to_have_text("Intensiv, anpassad")
    leader.look()

    member.open(f"/spaces/{space}/cadence/")
    expect(member.page.locator(".beats")).to_contain_text("Intensiv, anpassad")
    expect(member.page.locator("main")).to_contain_text("varje dag 07.00")
    expect(member.page.locator("main")).to_contain_text("Natten är lugn")
