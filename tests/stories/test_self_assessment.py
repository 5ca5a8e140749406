"""Story: the joint office opens a round; a member assesses itself on a phone and shares what it chooses.

It opens its own circle, is told that level 3 needs a proof, keeps one level to itself, shares another with all, and
says that it has answered. Another member sees what is shared and nothing of the rest.
"""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
SECRET = "Reservvägen är inte prövad nattetid."
ROUND = "Självskattning inför nästa målbild"
YEARS = {"keyboard": ("2031", "2034"), "pointer": ("2035", "2038")}


def test_a_round_of_self_assessment_from_opening_to_the_common_table(enter: Enter, hand: str) -> None:
    office = enter("kansliet-strateg")
    period = opens_period(office, *YEARS[hand])
    opens_round(office, period)
    nacka = enter("nacka-tib", phone=True)
    nacka.open("/")
    nacka.goes_to(nacka.page.locator(f"a[href='{period}capabilities/own/']"), "Vår självskattning")
    nacka.press(nacka.button("Öppna vår krets och börja"))
    nacka.sees_heading("1.1 Nåbar dygnet runt")
    keeps_to_itself(nacka)
    nacka.sees_heading("1.2 Påkalla och bedöma")
    shares_with_all(nacka)
    nacka.sees_heading("Vår självskattning")
    expect(nacka.page.locator("main")).to_contain_text("2 av 23 är bedömda")
    nacka.press(nacka.button("Vi har svarat"))
    expect(nacka.page.locator("main")).to_contain_text("Att ni har svarat ser alla.")

    other = enter("norrtalje-tib")
    other.open(f"{period}capabilities/")
    other.goes_to(other.link("Nacka"), "Förmågor: Nacka kommun")
    main = other.page.locator("main")
    expect(main.get_by_role("row", name=re.compile("1.2"))).to_contain_text("3 Finns")
    expect(main.get_by_role("row", name=re.compile("1.1"))).to_contain_text("Ej delad")
    expect(main).not_to_contain_text(SECRET)
    office.open(f"{period}capabilities/rounds/")
    office.goes_to(office.link(ROUND), ROUND)
    expect(office.page.locator("main")).to_contain_text("1 av 37 har svarat")


def named(visitor: Visitor, name: str, value: str = "") -> Locator:
    """A field of the form by its name, or of several with one name the one with a value."""
    return visitor.page.locator(f"main [name={name}]" + (f"[value='{value}']" if value else ""))


def opens_period(office: Visitor, first: str, last: str) -> str:
    office.open("/governance/periods/new/")
    office.hand.write(named(office, "first_year"), first)
    office.hand.write(named(office, "last_year"), last)
    office.press(office.button("Öppna perioden"))
    office.sees_heading(f"Perioden {first}–{last}")
    return re.sub(r"^https?://[^/]+|period/$", "", office.page.url)


def opens_round(office: Visitor, period: str) -> None:
    office.open(f"{period}capabilities/rounds/new/")
    office.hand.write(named(office, "title"), ROUND)
    named(office, "due_on").fill("2034-05-31")
    office.press(office.button("Öppna omgången"))
    office.sees_heading(ROUND)


def keeps_to_itself(nacka: Visitor) -> None:
    nacka.hand.choose(named(nacka, "level", "2"))
    nacka.hand.write(named(nacka, "reason"), SECRET)
    nacka.hand.choose(named(nacka, "shared_as", "endast_vi"))
    nacka.press(nacka.button("Spara och nästa"))


def shares_with_all(nacka: Visitor) -> None:
    nacka.hand.choose(named(nacka, "level", "3"))
    nacka.hand.choose(named(nacka, "shared_as", "niva_alla"))
    nacka.press(nacka.button("Spara och sluta"))
    expect(nacka.page.get_by_role("alert")).to_contain_text("Nivå 3 kräver bevis med datum")
    nacka.faults.clear()  # the browser notes in its console that the form came back
    nacka.hand.write(named(nacka, "proof"), "Provlarm i tid tre gånger i rad")
    named(nacka, "proven_on").fill("2026-03-01")
    nacka.press(nacka.button("Spara och sluta"))
