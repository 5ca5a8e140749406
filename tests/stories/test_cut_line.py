"""Story 5: the line is cut while somebody writes; the page says how old it is, and nothing of theirs is taken."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
WITHIN_S = 25
# The clock of a page can be moved, that of a worker that all pages share cannot: the page then listens by itself.
ALONE = "delete globalThis.SharedWorker"
AGE = re.compile(r"^Ingen kontakt med servern\. Sidan visar läget för \d+ sekunder sedan \(\d\d\.\d\d\)\.$")
# Safari does not keep a reader's place when something comes above it; Chromium neither, while the page does it itself.
UNANCHORED = "addEventListener('DOMContentLoaded', () => document.body.style.overflowAnchor = 'none')"
PLACE = "(node) => node.getBoundingClientRect().top"
SENTENCE = "Vi bedömer att läget förbättras under"


@pytest.fixture
def space(house: House, hand: str) -> str:
    space = house.open_space(f"Elavbrott ({hand})")
    house.report("norrtalje-tib", space, {"el": ("kritisk", "Hela Norrtälje utan el.")})
    return space


def test_a_silent_line_is_told_within_half_a_minute_and_the_page_comes_back(
    enter: Enter, house: House, space: str
) -> None:
    officer = watching(enter, space)
    with house.frozen():
        officer.page.clock.run_for(WITHIN_S * 1000)
        expect(line(officer)).to_have_text(AGE)
        officer.look()
    house.report("norrtalje-tib", space, {"el": ("betydande", "Elen är på väg tillbaka.")})
    officer.page.clock.run_for(WITHIN_S * 1000)
    comes_back(officer)


def test_a_killed_server_is_told_at_once_and_the_page_comes_back(enter: Enter, house: House, space: str) -> None:
    officer = watching(enter, space)
    officer.has_lost_contact = True
    house.kill()
    expect(line(officer)).to_have_text(re.compile("^Ingen kontakt med servern"))
    house.start()
    house.report("norrtalje-tib", space, {"el": ("betydande", "Elen är på väg tillbaka.")})
    officer.page.clock.run_for(WITHIN_S * 1000)
    comes_back(officer)


def watching(enter: Enter, space: str) -> Visitor:
    """Somebody who compiles a picture, in the middle of a sentence far down on the page."""
    officer = enter("lansstyrelsen-lagesbildsansvarig")
    officer.context.add_init_script(ALONE)
    officer.context.add_init_script(UNANCHORED)
    officer.page.clock.install()
    officer.open(f"/spaces/{space}/compile/")
    officer.follows()
    expect(officer.page.locator("#offers")).to_contain_text("Hela Norrtälje utan el.")
    officer.hand.write(assessment(officer), SENTENCE)
    expect(officer.page.locator("[data-draft-state]").first).to_contain_text("Utkast sparat")
    return officer


def comes_back(officer: Visitor) -> None:
    """What was missed is fetched, the words are others, and text, focus and place are as they were left.

    The place is where the text stands on the screen: what comes above it moves the page under it.
    """
    before = assessment(officer).evaluate(PLACE)
    expect(officer.page.locator("#offers")).to_contain_text("Elen är på väg tillbaka.", timeout=40_000)
    expect(line(officer)).to_have_text(re.compile(r"^Kontakten är tillbaka\."))
    expect(assessment(officer)).to_have_value(SENTENCE)
    expect(assessment(officer)).to_be_focused()
    assert officer.page.evaluate("() => scrollY") > 0
    # A known defect: under load the text sometimes moves by 43 px here. Why is not found; mended, this is 1 again.
    assert assessment(officer).evaluate(PLACE) == pytest.approx(before, abs=1)


def assessment(officer: Visitor) -> Locator:
    return officer.page.locator("#text-bedomning")


def line(officer: Visitor) -> Locator:
    return officer.page.locator("[data-live-age]")
