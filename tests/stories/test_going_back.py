"""Story 4: back to 15.08. What was known then, what had happened by then, and never more than one may read now."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
SECRET = "Hemlig samordning"
MINUTE = 60_000
PLACES = ("Begäran", "Konferens", "Överenskommelser", "Behov", "Logg", "Om ytan")


@dataclass(frozen=True)
class Past:
    """A space, the moment to go back to (ms UTC), and a narrower space that was there already then."""

    space: str
    then: int
    hidden: str


@pytest.fixture(scope="module")
def past(house: House) -> Past:
    """Then, only Norrtälje had reported. Since then it has better news, and Sundbyberg has told how it was before."""
    space = house.open_space("Storm")
    hidden = house.open_space(SECRET, kind="sub", parent=space, circle=("lansstyrelsen-tib", "norrtalje-tib"))
    house.report("norrtalje-tib", hidden, {"el": ("kritisk", "Sabotage misstänks.")})
    house.report("norrtalje-tib", space, {"el": ("allvarlig", "Stora elavbrott.")})
    then = house.last_received_at(space)
    house.report("norrtalje-tib", space, {"el": ("mattlig", "Elen är på väg tillbaka.")})
    house.report("sundbyberg-tib", space, {"el": ("kritisk", "Ställverket brann.")}, stated_at=then - MINUTE)
    return Past(space, then, hidden)


def test_what_was_known_then_is_shown_and_nothing_can_be_written_there(enter: Enter, past: Past) -> None:
    officer = enter("nacka-tib")
    officer.open(f"/spaces/{past.space}/picture/")
    expect(electricity(officer, "Norrtälje")).to_contain_text("Måttlig påverkan")
    expect(electricity(officer, "Sundbyberg")).to_contain_text("Kritisk påverkan")
    go_back(officer, "Vad vi visste kl.", past.then)
    expect(banner(officer)).to_contain_text("Det här hade Nacka tillgång till")
    expect(banner(officer)).to_contain_text(f"kl. {local(past.then):%H.%M.%S}")
    expect(electricity(officer, "Norrtälje")).to_contain_text("Allvarlig påverkan")
    expect(electricity(officer, "Sundbyberg")).not_to_contain_text("Kritisk påverkan")
    is_past(officer)
    for place in PLACES:
        officer.takes(place)
        expect(officer.menu(place)).to_have_attribute("aria-current", "page")
        is_past(officer)
        officer.look()
    expect(officer.page.locator("html")).not_to_contain_text("på väg tillbaka")
    officer.press(officer.link("Tillbaka till nu"))
    expect(banner(officer)).to_be_hidden()
    expect(officer.menu("Rapportera")).to_be_visible()


def test_what_had_happened_by_then_includes_what_came_in_later(enter: Enter, past: Past) -> None:
    officer = enter("nacka-tib")
    officer.open(f"/spaces/{past.space}/picture/")
    go_back(officer, "Vad som hade hänt kl.", past.then)
    expect(banner(officer)).to_contain_text("Det här hade hänt")
    expect(electricity(officer, "Norrtälje")).to_contain_text("Allvarlig påverkan")
    expect(electricity(officer, "Sundbyberg")).to_contain_text("Kritisk påverkan")
    is_past(officer)
    go_back(officer, "Vad vi visste kl.", past.then)
    expect(electricity(officer, "Sundbyberg")).not_to_contain_text("Kritisk påverkan")


def test_no_moment_shows_a_space_that_one_may_not_read(enter: Enter, past: Past) -> None:
    officer = enter("nacka-tib")
    for moment in ("", f"?knew_at={written(past.then)}", f"?happened_by={written(past.then)}"):
        for space in (past.hidden, "nowhere"):
            assert officer.context.request.get(f"/spaces/{space}/picture/{moment}").status == 404
        officer.open(f"/spaces/{past.space}/picture/{moment}")
        expect(officer.page.locator("html")).not_to_contain_text(SECRET)
        officer.open(f"/spaces/{past.space}/search/{moment or '?'}&q=sabotage")
        expect(officer.page.locator("main")).not_to_contain_text("Sabotage misstänks")


def go_back(officer: Visitor, question: str, then: int) -> None:
    """Choose a moment as one does on every page of a space."""
    officer.press(officer.page.locator("#moment > summary"))
    field = officer.page.get_by_label(question)
    officer.look()
    officer.hand.write(field, written(then))
    officer.press(officer.button("Visa", officer.page.locator("form", has=field)))
    expect(banner(officer)).to_be_visible()
    officer.look()


def is_past(officer: Visitor) -> None:
    """Nothing on the page writes, and it follows nothing that happens now."""
    expect(banner(officer)).to_be_visible()
    expect(officer.page.locator("main form[method=post]")).to_have_count(0)
    expect(
        officer.page.locator("main").get_by_role("button", name=re.compile("^(Publicera|Spara|Skicka)"))
    ).to_have_count(0)
    expect(officer.menu("Rapportera")).to_have_count(0)
    expect(officer.page.locator("html[data-line]")).to_have_count(0)


def banner(officer: Visitor) -> Locator:
    return officer.page.locator("aside.historical")


def electricity(officer: Visitor, organisation: str) -> Locator:
    """What an organisation's row of the matrix says of the electricity."""
    head = officer.page.get_by_role("rowheader", name=organisation)
    return officer.page.locator(".matrix tbody tr").filter(has=head).locator("td").first


def written(at: int) -> str:
    """A moment as one may write it, exact to the millisecond."""
    return f"{local(at):%Y-%m-%d %H.%M.%S}.{at % 1000:03}"


def local(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo("Europe/Stockholm"))
