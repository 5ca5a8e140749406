"""Stories of effort: an untrained person's first report on a phone, and a picture from 37 reports, by what they cost.

The keystroke-level model prices what is pressed, written and read (`tests.stories.effort`), so that the figures are the
same on every machine.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.effort import Effort
from tests.stories.house import PASSWORD, House, now_ms
from tests.stories.test_pictures import section, text
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
HOUR = 3_600_000
FIRST_REPORT_S, PICTURE_S = 3 * 60, 10 * 60
SAID = "Elavbrott på Ingarö sedan i natt. Vi öppnar trygghetspunkt i skolan."
ELECTRICITY = "Omkring 900 hushåll är utan el."
ROADS = "Träd över väg 222, en fil är öppen."
CHOSEN = 25  # of what 37 report, those that a picture of one page can hold
SUMMARY = (
    "Stora elavbrott i länets norra och östra delar efter nattens storm. Flera vägar är avstängda av fallna träd. "
    "Kommunerna har öppnat trygghetspunkter. Vården klarar sig på reservkraft."
)
ASSESSMENT = (
    "Vi bedömer att avbrotten varar över natten och att behovet av bränsle till reservkraft ökar. "
    "Ny lägesbild kommer efter nästa konferens."
)


@pytest.mark.parametrize("hand", ["pointer"], indirect=True)
def test_an_untrained_person_reports_within_three_minutes_on_a_phone(enter: Enter, house: House, hand: str) -> None:
    house.ask(house.open_space("Storm"), "nacka", deadline_at=now_ms() + HOUR)
    officer = enter(phone=True)
    officer.open("/accounts/login/")
    effort = Effort(officer)
    effort.write(officer.page.locator("input[name=login]"), "nacka-tib")
    effort.write(officer.page.locator("input[name=password]"), PASSWORD)
    effort.press(officer.page.get_by_role("button", name="Logga in", exact=True))
    expect(officer.page).to_have_url(f"{house.address}/")
    effort.press(officer.link("Svara", officer.page.locator(".todo-list li", has_text="Storm").first))
    officer.sees_heading("Lägesrapport från Nacka")
    effort.write(officer.page.get_by_label("Det viktigaste"), SAID)
    for name, value, told in (("El", "Allvarlig", ELECTRICITY), ("Vägar och framkomlighet", "Måttlig", ROADS)):
        row = officer.page.get_by_role("group", name=re.compile(f"^{name}"))
        effort.choose(row.get_by_role("radio", name=f"{value} påverkan"))
        effort.write(row.get_by_label("Vad är påverkat"), told)
    rest = officer.page.get_by_role("group", name="Övriga")
    effort.choose(rest.get_by_role("radio", name=re.compile("[Ii]ngen påverkan")))
    effort.press(officer.button("Se och publicera"))
    officer.sees_heading("Se innan ni publicerar")
    effort.press(officer.button(re.compile("^Publicera till")))
    officer.sees_heading("Första rapport, Nacka")
    report = officer.page.get_by_role("article")
    for told in (SAID, ELECTRICITY, ROADS):
        expect(report).to_contain_text(told)
    assert effort.seconds <= FIRST_REPORT_S, str(effort)
    assert effort.presses <= 13 and effort.pages <= 4, str(effort)


@pytest.mark.parametrize("hand", ["pointer"], indirect=True)
def test_a_picture_from_37_reports_takes_less_than_ten_minutes(enter: Enter, house: House, hand: str) -> None:
    space = house.open_space("Storm i hela länet")
    reported = house.report_for_all(space)
    assert len(reported) == 37
    compiler = enter("lansstyrelsen-lagesbildsansvarig")
    compiler.open(f"/spaces/{space}/picture/")
    expect(compiler.page.locator("main")).to_contain_text("37 av 37 aktörer har bidragit")
    effort = Effort(compiler)
    effort.press(compiler.link("Sammanställ lägesbild"))
    compiler.sees_heading("Sammanställ lägesbild")
    expect(compiler.page.locator("#offers li").first).to_be_visible()
    choose_worst(compiler, effort.press, CHOSEN)
    effort.write(text(compiler, "sammanfattning"), SUMMARY)
    effort.write(text(compiler, "bedomning"), ASSESSMENT)
    effort.press(compiler.button("Förhandsgranska och publicera"))
    compiler.sees_heading("Förhandsgranskning av samlad lägesbild nr 1")
    effort.press(compiler.button("Publicera nr 1"))
    compiler.sees_heading("Samlad lägesbild nr 1")
    expect(section(compiler, "Bedömning")).to_contain_text("avbrotten varar över natten")
    # Each of the 37 reports is read through as well: what they say, word for word, at the same speed.
    effort.words += sum(len(each.split()) for each in reported)
    assert effort.seconds <= PICTURE_S, str(effort)


def choose_worst(compiler: Visitor, press: Callable[[Locator], None], count: int) -> None:
    """Choose the first statements that are offered, which are the worst; more are unfolded where they are needed."""
    offered = compiler.page.locator("#offers")
    for done in range(count):
        ready = offered.get_by_role("button", name=re.compile("^Välj")).first
        if not ready.is_visible():
            press(offered.locator("details:not([open]) > summary").first)
        press(ready)
        expect(compiler.page.locator(".picked li")).to_have_count(done + 1)
