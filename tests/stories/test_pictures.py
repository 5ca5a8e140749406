"""Story 3: picture no. 1, new reports, picture no. 2, which says what has changed; others see it as it is published."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def space(house: House, hand: str) -> str:
    """An incident in which three organisations have reported."""
    space = house.open_space(f"Isstorm ({hand})")
    house.report("norrtalje-tib", space, {"el": ("allvarlig", "Elavbrott i hela Roslagen.")})
    house.report("nacka-tib", space, {"vag": ("mattlig", "Halt på Värmdöleden.")})
    house.report("trafikverket-tib", space, {"vag": ("betydande", "E18 är avstängd vid Söderhall.")})
    return space


def test_picture_two_says_what_has_changed_since_picture_one(enter: Enter, house: House, space: str) -> None:
    watcher = enter("nacka-tib")
    watcher.open(f"/spaces/{space}/picture/")
    watcher.follows()
    expect(watcher.page.locator("main")).to_contain_text("3 av 37 aktörer har bidragit")

    compiler = enter("lansstyrelsen-lagesbildsansvarig")
    compiler.open(f"/spaces/{space}/picture/")
    compiler.goes_to(compiler.link("Sammanställ lägesbild"), "Sammanställ lägesbild")
    choose(compiler, "Elavbrott i hela Roslagen.")
    choose(compiler, "E18 är avstängd vid Söderhall.")
    compiler.hand.write(text(compiler, "sammanfattning"), "Isstorm i länets norra delar.")
    compiler.hand.write(text(compiler, "bedomning"), "Vi bedömer att avbrotten varar över natten.")
    publish(compiler, 1)
    expect(section(compiler, "Konsekvenser")).to_contain_text("Elavbrott i hela Roslagen.")
    expect(section(compiler, "Bedömning")).to_contain_text("Vi bedömer att avbrotten varar över natten.")
    shows(watcher, 1)

    house.report("norrtalje-tib", space, {"el": ("mattlig", "Elen är åter i Norrtälje tätort.")})
    expect(cell(watcher, "Norrtälje", "El")).to_contain_text("Måttlig påverkan")

    compiler.goes_to(compiler.menu("Lägesbild"), "Läget")
    compiler.goes_to(compiler.link("Sammanställ lägesbild"), "Sammanställ lägesbild")
    choose(compiler, "Elen är åter i Norrtälje tätort.")
    publish(compiler, 2)
    changes = section(compiler, "Ändringar sedan nr 1")
    expect(changes).to_contain_text(re.compile(r"Norrtälje\s+El\s+.*Allvarlig påverkan\s+→\s+.*Måttlig påverkan"))
    expect(changes).not_to_contain_text("Nacka")
    shows(watcher, 2)
    watcher.look()

    compiler.goes_to(compiler.link("Alla lägesbilder"), "Samlade lägesbilder")
    compiler.goes_to(compiler.link(re.compile(r"nr 1")), "Samlad lägesbild nr 1")
    expect(section(compiler, "Konsekvenser")).to_contain_text("Elavbrott i hela Roslagen.")
    expect(compiler.page.locator("main")).to_contain_text("Det finns en nyare lägesbild")
    assert compiler.fetches(compiler.link("Som pdf")).startswith(b"%PDF")


def choose(compiler: Visitor, said: str) -> None:
    """Choose a statement among those that are offered; it stands in the picture then."""
    offer = compiler.page.locator("#offers li", has_text=said)
    compiler.press(compiler.button("Välj", offer))
    expect(compiler.page.locator(".picked li", has_text=said)).to_be_visible()


def publish(compiler: Visitor, number: int) -> None:
    """Look at what will be published and who will read it, and publish it."""
    title = f"Förhandsgranskning av samlad lägesbild nr {number}"
    compiler.goes_to(compiler.button("Förhandsgranska och publicera"), title)
    expect(compiler.page.locator("details.readers summary")).to_contain_text(re.compile(r"Läses av 3[78] aktörer"))
    compiler.goes_to(compiler.button(f"Publicera nr {number}"), f"Samlad lägesbild nr {number}")


def shows(watcher: Visitor, number: int) -> None:
    """The page that is open elsewhere shows the new number without being fetched anew."""
    expect(watcher.page.locator("#summary-head")).to_have_text(f"Samlad lägesbild nr {number}")


def text(compiler: Visitor, code: str) -> Locator:
    return compiler.page.locator(f"#text-{code}")


def section(visitor: Visitor, heading: str | re.Pattern[str]) -> Locator:
    return visitor.page.get_by_role("region", name=heading)


def cell(visitor: Visitor, organisation: str, column: str) -> Locator:
    """A cell of the matrix; its words are those that a screen reader says."""
    row = visitor.page.locator(".matrix tbody tr").filter(has=visitor.page.get_by_role("rowheader", name=organisation))
    return row.locator("td").nth(0 if column == "El" else 7)
