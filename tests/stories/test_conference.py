"""Story 2: Länsstyrelsen leads a conference with two members; each sees at once what the others do."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = re.compile(r"Aktiverat läge, .*konferens")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
CONFIRMED = re.compile(r"Bekräftat av Nacka( kommun)? \d\d\.\d\d")


@pytest.fixture
def space(house: House, hand: str) -> str:
    space = house.open_space(f"Översvämning ({hand})")
    house.report("norrtalje-tib", space, {"vag": ("allvarlig", "Väg 76 är bortspolad.")})
    return space


def test_a_conference_is_led_from_the_call_to_the_minutes(enter: Enter, space: str) -> None:
    leader, nacka, norrtalje = enter("lansstyrelsen-tib"), enter("nacka-tib"), enter("norrtalje-tib", phone=True)
    call(leader, space)
    address = leader.page.url
    checks_in(nacka, "Nacka", space)
    expect(roll(leader)).to_contain_text("1/37")
    checks_in(norrtalje, "Norrtälje", space)
    expect(roll(leader)).to_contain_text("2/37")
    leader.press(leader.button("Öppna konferensen"))
    expect(nacka.page.locator("#now")).to_contain_text("Pågår")

    note(leader, "Norrtälje redogör för väg 76.")
    expect(nacka.page.locator("#agenda")).to_contain_text("Norrtälje redogör för väg 76.")
    raise_need(norrtalje, "Båtar till Rådmansö")
    expect(part(leader, "needs")).to_contain_text("Båtar till Rådmansö")
    agree(leader, "Nacka lånar ut två båtar till Norrtälje.", "Nacka kommun")
    confirm(nacka)
    expect(part(leader, "agreements")).to_contain_text(CONFIRMED)

    leader.press(leader.button("Avsluta konferensen"))
    leader.says_yes()
    expect(nacka.page.locator("#now")).to_contain_text("Avslutad")
    leader.sees_heading("Mötesanteckningar")
    publish(leader)
    assert leader.fetches(leader.link(re.compile("[Pp][Dd][Ff]"))).startswith(b"%PDF")

    nacka.open(f"{address}minutes/")
    expect(nacka.page.locator("main")).to_contain_text("Två båtar går till Rådmansö i kväll.")
    expect(nacka.page.locator("main")).to_contain_text(CONFIRMED)
    expect(nacka.page.locator("main")).to_contain_text("Båtar till Rådmansö")


def call(leader: Visitor, space: str) -> None:
    leader.open(f"/spaces/{space}/picture/")
    leader.goes_to(leader.menu("Konferens"), "Konferenser")
    leader.goes_to(leader.link("Kalla till konferens"), "Kalla till konferens")
    leader.hand.write(leader.page.get_by_label("Börjar"), soon())
    leader.hand.write(leader.page.get_by_label("Nummer eller länk"), "08-123 456 78")
    leader.goes_to(leader.button("Kalla till konferensen"), TITLE)
    expect(leader.page.locator("#now")).to_contain_text("08-123 456 78")
    expect(roll(leader)).to_contain_text("0/37")
    leader.follows()


def soon() -> str:
    """A time in some minutes, as it is written in a form: those who say that they are there are on the line."""
    return f"{datetime.now(STOCKHOLM) + timedelta(minutes=5):%Y-%m-%d %H.%M}"


def checks_in(member: Visitor, name: str, space: str) -> None:
    """Come from the start page and say that one is there."""
    member.open("/")
    todo = member.page.locator(f".todo-list li:has(a[href*='{space}'])", has_text="Konferens")
    member.goes_to(member.link("Anmäl er", todo), TITLE)
    member.press(member.button(f"Anmäl {name} – TiB"))
    expect(roll(member)).to_contain_text(f"{name} är anmäld")
    member.follows()


def note(leader: Visitor, text: str) -> None:
    """Write at the point that the conference is at."""
    leader.press(leader.button(re.compile("^Nästa: ")))
    point = leader.page.locator(".point[aria-current=step]")
    leader.hand.write(point.get_by_role("textbox"), text)
    leader.press(leader.button("Spara anteckningen", point))
    expect(point).to_contain_text(text)


def raise_need(member: Visitor, what: str) -> None:
    member.goes_to(member.link("Anmäl behov", part(member, "needs")), "Anmäl behov")
    member.hand.write(member.page.get_by_label("Vad behövs?"), what)
    member.goes_to(member.button("Anmäl behovet"), TITLE)
    expect(part(member, "needs")).to_contain_text(what)


def agree(leader: Visitor, wording: str, who: str) -> None:
    leader.goes_to(leader.link("Anteckna överenskommelse", part(leader, "agreements")), "Anteckna överenskommelse")
    leader.hand.write(leader.page.get_by_label("Lydelse"), wording)
    undertaking = leader.page.get_by_role("group", name="Åtagande 1")
    leader.hand.pick(undertaking.get_by_role("combobox"), who)
    leader.goes_to(leader.button("Anteckna överenskommelsen"), TITLE)
    expect(part(leader, "agreements")).to_contain_text("Antecknat")


def confirm(member: Visitor) -> None:
    """What is noted is confirmed by the member itself, on the page that it has had open all the time."""
    expect(part(member, "agreements")).to_contain_text("Antecknat")
    member.look()
    member.press(member.button(re.compile("^Bekräfta"), part(member, "agreements")))
    expect(part(member, "agreements")).to_contain_text(CONFIRMED)


def publish(leader: Visitor) -> None:
    expect(leader.page.locator("main")).to_contain_text(CONFIRMED)
    leader.hand.write(leader.page.get_by_label("Sammanfattning"), "Två båtar går till Rådmansö i kväll.")
    leader.press(leader.button("Publicera mötesanteckningarna"))
    expect(leader.page.locator("#notices")).to_have_text("Mötesanteckningarna är publicerade som version 1.")
    expect(leader.button("Använd det")).to_be_hidden()
    leader.look()


def roll(visitor: Visitor) -> Locator:
    return part(visitor, "roll")


def part(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(f"#{name}")
