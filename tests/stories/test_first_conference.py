"""Story 7: a leader, a secretary and two members run a first conference; each checks itself in, one stands for two.

The leader leads on the conference's page, the secretary writes at a desk of its own, a wall shows it to the room, a
common question is asked, shared and answered once, and afterwards each member reads what holds for it.
"""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.test_conference import call, checks_in, part, roll
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = re.compile(r"Aktiverat läge, första konferensen")
QUESTION, ANSWER = "När är väg 222 framkomlig igen?", "Trafikverket öppnar ett körfält kl. 14."
WORDING = "Nacka lånar ut två båtar till Norrtälje."


@pytest.fixture
def space(house: House, hand: str) -> str:
    return house.open_space(f"Isstorm ({hand})")


def test_a_first_conference_from_self_check_in_to_what_holds_for_each(enter: Enter, space: str) -> None:
    leader, secretary = enter("lansstyrelsen-tib"), enter("lansstyrelsen-motessekreterare")
    nacka, norrtalje = enter("nacka-tib", phone=True), enter("norrtalje-tib")
    call(leader, space)
    address = leader.page.url
    secretary.open(address)
    secretary.goes_to(secretary.link("Sekreterarens vy"), "Sekreterarens vy")
    secretary.follows()
    wall = enter("nacka-lasare")
    wall.open(f"{address}wall/")
    wall.follows()

    checks_in(norrtalje, "Norrtälje", space)
    checks_in(nacka, "Nacka", space)
    stands_for(nacka, "Täby kommun")
    for each in (roll(leader), roll(secretary), part(wall, "main")):
        expect(each).to_contain_text("3/37")
    expect(part(wall, "main")).to_contain_text("även för Täby")
    leader.press(leader.button("Pricka av Vaxholm", roll(leader)))
    expect(part(wall, "main")).to_contain_text("4/37")

    leader.press(leader.button("Öppna konferensen"))
    both_write(leader, secretary)
    ask(norrtalje)
    shared_and_answered(nacka, secretary)
    expect(part(norrtalje, "questions")).to_contain_text(ANSWER)
    agree(secretary)
    walks_on(leader, wall)
    leader.press(leader.button("Avsluta konferensen"))
    leader.says_yes()
    leader.sees_heading("Mötesanteckningar")
    expect(part(wall, "main")).to_contain_text("Avslutad")
    after(nacka, norrtalje, address)


def stands_for(member: Visitor, other: str) -> None:
    """One person speaks for another member too, and says so itself."""
    box = roll(member)
    member.press(box.locator("summary", has_text="Annan funktion"))
    member.press(box.get_by_label(other))
    member.press(member.button("Anmäl", box.locator("details")))
    expect(roll(member)).to_contain_text("företräder även Täby")
    member.look()


def both_write(leader: Visitor, secretary: Visitor) -> None:
    """The secretary writes where the leader has just written: both texts are shown, none is lost."""
    leader.press(leader.button(re.compile("^Nästa: 1")))
    mine, theirs = point(leader), point(secretary)
    secretary.hand.write(theirs.get_by_role("textbox"), "Sekreterarens ord.")
    leader.hand.write(mine.get_by_role("textbox"), "Ledarens ord.")
    leader.press(leader.button("Spara anteckningen", mine))
    expect(theirs.locator(".as-written")).to_have_text("Ledarens ord.")
    secretary.has_lost_contact = True  # the browser's own console tells of the refusal
    secretary.press(secretary.button("Spara anteckningen", theirs))
    expect(secretary.page.get_by_role("alert")).to_be_visible()
    expect(theirs).to_contain_text("Ledarens ord.")
    expect(theirs.get_by_role("textbox")).to_have_value("Sekreterarens ord.")
    secretary.look()
    secretary.hand.write(theirs.get_by_role("textbox"), "Ledarens ord. Sekreterarens ord.")
    secretary.press(secretary.button("Spara anteckningen", theirs))
    expect(point(leader)).to_contain_text("Ledarens ord. Sekreterarens ord.")


def ask(member: Visitor) -> None:
    member.goes_to(member.link("Ställ en fråga", part(member, "questions")), "Ställ en gemensam fråga")
    member.hand.write(member.page.get_by_label("Vad undrar ni?"), QUESTION)
    member.goes_to(member.button("Ställ frågan"), TITLE)
    expect(part(member, "questions")).to_contain_text("Obesvarad")


def shared_and_answered(member: Visitor, secretary: Visitor) -> None:
    expect(part(member, "questions")).to_contain_text(QUESTION)
    member.press(member.button(re.compile("^Vi också"), part(member, "questions")))
    asked = part(secretary, "questions")
    expect(asked).to_contain_text("vi också: Nacka (2)")
    secretary.press(asked.locator("summary", has_text="Svara"))
    secretary.hand.write(asked.get_by_label("Svar till alla som frågar"), ANSWER)
    secretary.press(secretary.button("Lämna svaret", asked))
    expect(part(secretary, "questions")).to_contain_text("Besvarad")
    secretary.sees_heading("Sekreterarens vy")


def agree(secretary: Visitor) -> None:
    link = secretary.link("Anteckna överenskommelse", part(secretary, "agreements"))
    secretary.goes_to(link, "Anteckna överenskommelse")
    secretary.hand.write(secretary.page.get_by_label("Lydelse"), WORDING)
    undertaking = secretary.page.get_by_role("group", name="Åtagande 1")
    secretary.hand.pick(undertaking.get_by_role("combobox"), "Nacka kommun")
    secretary.goes_to(secretary.button("Anteckna överenskommelsen"), "Sekreterarens vy")
    expect(part(secretary, "agreements")).to_contain_text("Antecknat")


def walks_on(leader: Visitor, wall: Visitor) -> None:
    """The wall shows what the leader has come to."""
    leader.press(leader.button(re.compile("^Gå hit ?: Överenskommelser")))
    expect(part(wall, "main")).to_contain_text(WORDING)
    wall.look()
    expect(part(wall, "main").get_by_role("button")).to_have_count(0)


def after(nacka: Visitor, norrtalje: Visitor, address: str) -> None:
    for member, name in ((nacka, "Nacka"), (norrtalje, "Norrtälje")):
        member.open(address)
        member.goes_to(member.link(f"Det här gäller för {name}"), f"Efter konferensen: det här gäller för {name}")
        expect(part(member, "main")).to_contain_text(ANSWER)
    expect(part(nacka, "main")).to_contain_text("Bekräfta åtagande 1:1")
    expect(part(nacka, "main")).to_contain_text(WORDING)
    expect(part(norrtalje, "main")).to_contain_text("Ingen väntar på något från oss.")


def point(visitor: Visitor) -> Locator:
    return visitor.page.locator(".point[aria-current=step]")
