"""Story: each quick answer takes at most three presses from the start page, and so does the owner's own word."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House, now_ms
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
HOUR = 3_600_000
MOST_PRESSES = 3


@pytest.fixture
def space(house: House, hand: str) -> str:
    """An incident of the story's own, in which Länsstyrelsen has asked Nacka for a report."""
    space = house.open_space(f"Snöoväder ({hand})")
    house.ask(space, "nacka", "vaxholm", deadline_at=now_ms() + HOUR)
    return space


def no_impact(officer: Visitor, waiting: Locator) -> None:
    officer.press(officer.button("Ingen påverkan hos oss"))


def later(officer: Visitor, waiting: Locator) -> None:
    officer.press(officer.button("Meddela", waiting))


def declined(officer: Visitor, waiting: Locator) -> None:
    officer.press(waiting.get_by_text("Avböj …"))
    officer.press(officer.button("Ej ansvarig", waiting))


@pytest.mark.parametrize(("act", "told"), [(no_impact, "Ingen påverkan hos oss"), (later, "Åter"), (declined, "Avböj")])
def test_a_quick_answer_takes_few_presses_from_the_start_page(
    enter: Enter, space: str, hand: str, act: Callable[[Visitor, Locator], None], told: str
) -> None:
    officer = enter("nacka-tib", phone=True)
    officer.open("/")
    officer.hand.presses = 0
    todo = officer.page.locator(".todo-list li", has_text=f"Snöoväder ({hand})")
    officer.goes_to(officer.link("Svara", todo.first), "Lägesrapport från Nacka")
    act(officer, officer.page.locator("section", has_text="Väntar på ert svar").first)
    expect(officer.page.locator("#notices")).not_to_be_empty()
    assert officer.hand.presses <= MOST_PRESSES
    officer.look()
    expect(officer.page.locator("main")).to_contain_text(told)
