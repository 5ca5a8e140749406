"""Story: a member says how far it has come; a working group's new words are published for all to read."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_member_reaches_a_milestone_and_the_matrix_shows_it(enter: Enter, phone: bool) -> None:
    member, reader = enter("trafikverket-tib", phone=phone), enter("nacka-tib")
    member.open("/spaces/")
    member.goes_to(member.link("2027–2030"), re.compile("Perioden 2027–2030"))
    member.takes("Mål")
    member.sees_heading("Mål och milstolpar")
    member.goes_to(member.link(re.compile("Rutin för gemensam lägesbild")), re.compile("^M3"))
    member.hand.choose(member.page.get_by_role("radio", name="Nådd", exact=True))
    member.hand.write(member.page.get_by_label("Vad som visar det"), "")  # one hand after the other tells this story
    member.press(member.button("Publicera vårt läge"))
    expect(member.page.get_by_role("alert").first).to_contain_text("Det sparades inte")
    member.faults.clear()  # the browser notes in its console that the form came back
    member.look()
    member.hand.write(member.page.get_by_label("Vad som visar det"), "Beslut TRV 2026/1, påhittat")
    member.press(member.button("Publicera vårt läge"))
    expect(member.page.locator("#trafikverket")).to_contain_text("Nådd")
    member.look()

    reader.open("/spaces/")
    reader.goes_to(reader.link("2027–2030"), re.compile("Perioden 2027–2030"))
    reader.takes("Mål")
    reader.sees_heading("Mål och milstolpar")
    reader.goes_to(reader.link("Medlemmar × milstolpar"), "Medlemmar × milstolpar")
    expect(reader.link(re.compile("Trafikverket, M3, Nådd"))).to_be_visible()


def test_new_words_go_from_the_group_to_the_whole_network(enter: Enter, hand: str) -> None:
    office, outsider = enter("kansliet-strateg"), enter("norrtalje-tib")
    office.open("/spaces/")
    office.goes_to(office.link("Arbetsgruppen för målbilden"), re.compile("^Målbild 2027–2030"))
    office.goes_to(office.link("Skriv ett nytt utkast"), "Skriv ett nytt utkast")
    part = office.page.get_by_label("Målsättningar och ambitioner")
    office.hand.write(part, f"# Cybersäkerhet\n\nVi ska kunna samverka i sju dygn utan internet, säger {hand}.")
    office.press(office.button("Spara som nytt utkast"))
    office.sees_heading(re.compile("^Målbild 2027–2030"))
    newest = office.page.locator("section", has_text="Utkast 1").get_by_role("link", name=re.compile("^Utkast")).first
    office.goes_to(newest, re.compile("^Utkast"))
    expect(office.page.locator(".changes ins").first).to_be_visible()
    office.goes_to(office.link("Publicera för hela nätverket"), "Publicera för hela nätverket")
    office.hand.choose(office.page.get_by_role("radio", name="Version för antagande"))
    office.press(office.button("Publicera versionen"))
    office.sees_heading(re.compile("^Målbild 2027–2030"))

    outsider.open("/spaces/")
    expect(outsider.link("Arbetsgruppen för målbilden")).to_have_count(0)
    outsider.goes_to(outsider.link("2027–2030"), re.compile("Perioden 2027–2030"))
    outsider.takes("Text")
    outsider.sees_heading("Målbildens text")
    outsider.goes_to(outsider.link(re.compile("Version för antagande")), re.compile("^Målbild 2027–2030"))
    expect(outsider.page.locator("main")).to_contain_text("sju dygn utan internet")
