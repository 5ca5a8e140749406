"""Story: the joint office sends a remiss; three members answer: in the program, by link, by their own document (G5)."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
TEXT = "# Mål\n\nAlla övar varje år.\n\nAlla har reservkraft."
SELECT = """() => {
  const text = document.querySelector("li[data-line='2'] .line-text").firstChild;
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(text, 4);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_a_remiss_is_answered_in_three_ways(enter: Enter, hand: str, tmp_path: Path) -> None:
    title = f"Utkast till målbild ({hand})"
    office = enter("kansliet-strateg")
    base = sent(office, title)

    member = enter("huddinge-namndsekreterare", phone=True)
    member.open("/")
    expect(member.page.locator("main")).to_contain_text(f"Remiss: {title} – svara senast")
    member.open(base)
    member.look()
    member.press(member.button("Inget att erinra"))
    member.sees_heading("Huddinge kommun: Inget att erinra")

    office.open(f"{base}answers/")
    links = office.page.locator("#links")
    office.press(links.get_by_text("Skapa en länk"))
    office.hand.pick(links.get_by_label("Aktör"), "Vaxholms stad")
    office.hand.write(links.get_by_label("Funktion som ska svara"), "registrator")
    office.goes_to(office.button("Skapa länken", links), "Länken är skapad")
    address = office.page.locator("#link-address").inner_text()
    stranger = enter(phone=True)
    stranger.open(address)
    stranger.look()
    stranger.hand.choose(stranger.page.get_by_role("radio", name="Avstyrker"))
    stranger.hand.write(stranger.page.get_by_label("Skäl"), "Skärgården saknas.")
    stranger.goes_to(stranger.button("Lämna svaret"), "Svaret är lämnat")

    decision = tmp_path / "beslut.txt"
    decision.write_text("Kommunstyrelsen tillstyrker.\n\nMål 1.1 bör gälla vart tredje år.", encoding="utf-8")
    office.open(f"{base}enter/?for=nacka")
    office.hand.choose(office.page.get_by_role("radio", name="Tillstyrker med synpunkter"))
    office.page.get_by_label("Dokument").set_input_files(decision)
    office.goes_to(office.button("För in svaret"), "Nacka kommun: Tillstyrker med synpunkter")
    office.look()
    marks_and_meets(office, base, hand)

    office.open(f"{base}answers/")
    office.look()
    for name, how in (("huddinge", "i programmet"), ("vaxholm", "Svarslänk"), ("nacka", "infört av Kansliet")):
        expect(office.page.locator(f"tr[data-key={name}]")).to_contain_text(how)


def sent(office: Visitor, title: str) -> str:
    """Prepare a remiss and send it to all; return its address."""
    office.open("/spaces/")
    office.goes_to(office.link("2027–2030", office.page.locator("main")), re.compile("2027–2030"))
    office.goes_to(office.menu("Remisser"), "Remisser")
    office.goes_to(office.link("Förbered en remiss"), "Förbered en remiss")
    office.hand.write(office.page.get_by_label("Rubrik"), title)
    office.hand.write(office.page.get_by_label("Texten"), TEXT)
    until = date.today() + timedelta(days=90)  # noqa: DTZ011  a day far ahead, whatever the zone
    office.hand.write(office.page.get_by_label("Svar senast"), until.isoformat())
    office.look()
    office.goes_to(office.button("Spara"), title)
    base = office.page.url
    office.goes_to(office.link("Granska och skicka"), "Skicka remissen")
    expect(office.page.locator("main")).to_contain_text("hinner inte behandla ärendet i utskott före svarsdagen")
    office.look()
    office.goes_to(office.button("Skicka till 37 medlemmar"), title)
    return base


def marks_and_meets(office: Visitor, base: str, hand: str) -> None:
    """Mark words of the second line with a pointer, which fills the form, or name the line; and meet the view."""
    if hand == "pointer":
        office.page.evaluate(SELECT)
        expect(office.page.locator("#marked")).to_have_text(re.compile("Mål"))
        expect(office.page.get_by_label("Från rad")).to_have_value("2")
    else:
        office.hand.write(office.page.get_by_label("Från rad"), "2")
        office.hand.write(office.page.get_by_label("Till rad"), "2")
    office.hand.pick(office.page.get_by_label("Gäller stycket"), "1.1 Alla övar varje år.")
    office.press(office.button("Märk ut synpunkten"))
    expect(office.page.locator("#views")).to_contain_text("1.1")
    office.open(f"{base}views/")
    office.look()
    office.hand.press(office.page.get_by_role("checkbox", name=re.compile("Nacka")))
    office.hand.write(office.page.get_by_label("I ord"), "Vart annat år.")
    office.press(office.button("Lämna bemötandet"))
    expect(office.page.locator("main")).to_contain_text("Tillgodosett: Vart annat år.")
    office.goes_to(office.link("Sammanställning"), "Sammanställning")
    office.look()
