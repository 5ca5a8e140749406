"""Story: what does not fit on the conference's wall is shown page by page, until somebody pauses it (WCAG 2.2.2)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.test_conference import call
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
LOW = {"width": 1280, "height": 480}  # as low as the lists of a real conference are long
A_WHILE_MS = 10 * 60_000
SEEN = """(focus) => {
  const title = focus.querySelector("h2").getBoundingClientRect().bottom, end = focus.getBoundingClientRect().bottom;
  return Array.from(focus.querySelectorAll("li")).filter((item) => {
    const box = item.getBoundingClientRect();
    return box.top >= title - 1 && box.bottom <= end + 1;
  }).map((item) => item.textContent.trim());
}"""


@pytest.fixture
def space(house: House, hand: str) -> str:
    return house.open_space(f"Lång lista ({hand})")


def test_the_wall_turns_its_pages_until_it_is_paused(enter: Enter, space: str) -> None:
    leader = enter("lansstyrelsen-tib")
    call(leader, space)
    wall = enter("nacka-lasare", viewport=LOW)
    wall.page.clock.install()
    wall.open(f"{leader.page.url}wall/")
    wall.page.clock.run_for(1_000)
    focus, bar = wall.page.locator(".wall-focus"), wall.page.locator("#wall-turn")
    everything = focus.locator("li").all_text_contents()
    expect(bar).to_contain_text(re.compile(r"Sida 1 av \d"))
    pages = int((bar.locator("[data-turn-place]").text_content() or "").split()[-1])
    seen = set(focus.evaluate(SEEN))
    for page in range(2, pages + 1):
        turned(wall, bar, page)
        seen |= set(focus.evaluate(SEEN))
    assert seen == {each.strip() for each in everything}  # nothing is lost between two pages
    turned(wall, bar, 1)
    wall.look()
    wall.press(wall.button("Pausa"))
    wall.page.clock.run_for(A_WHILE_MS)
    expect(bar).to_contain_text("Sida 1 av")
    wall.press(wall.button("Nästa sida"))
    expect(bar).to_contain_text("Sida 2 av")
    wall.press(wall.button("Fortsätt"))
    turned(wall, bar, 3 if pages > 2 else 1)


def test_a_wall_that_holds_everything_has_no_pages(enter: Enter, space: str) -> None:
    leader = enter("lansstyrelsen-tib")
    call(leader, space)
    wall = enter("nacka-lasare", viewport={"width": 1920, "height": 1080})
    wall.open(f"{leader.page.url}wall/")
    expect(wall.page.locator("#wall-turn")).to_be_hidden()
    wall.look()


def turned(wall: Visitor, bar: Locator, page: int) -> None:
    """Let the time pass that a page is shown, and a little more."""
    for _ in range(60):
        if f"Sida {page} av" in (bar.text_content() or ""):
            return
        wall.page.clock.run_for(1_000)
    raise AssertionError(f"page {page} never came")
