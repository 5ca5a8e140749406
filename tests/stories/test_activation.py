"""Somebody presses the green button; three telephones answer in three ways, the board reaches 90 %, all in a browser.

The caller has a phone and needs three presses. One member answers by the link of its message, without account; one by
the banner on whatever page it has open; one by telephone, entered by a colleague. Länsstyrelsen's TiB assesses.
"""

import json
import re
import urllib.request

import pytest
from django.test import override_settings
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
TIB = "lansstyrelsen-tib"


def board(visitor: Visitor) -> Locator:
    return visitor.page.locator("#board")


def line(visitor: Visitor, member: str) -> Locator:
    return board(visitor).locator("li", has_text=re.compile(rf"^\s*{member}\b"))


def test_a_press_three_answers_in_three_ways_ninety_percent_and_a_conference(enter: Enter, house: House) -> None:
    caller, assessor = enter("nacka-tib", phone=True), enter(TIB)
    elsewhere = enter("norrtalje-tib")
    elsewhere.open("/directory/")
    elsewhere.follows()
    space, larm = calls(caller)
    caller.follows()
    expect(board(caller)).to_contain_text("0 av 37 har kvitterat")

    answers_in_the_banner(elsewhere, larm)
    expect(line(caller, "Norrtälje")).to_contain_text("i programmet")
    answers_by_link(enter(phone=True), house, (space, larm, "taby", "taby-tib"))
    expect(line(caller, "Täby")).to_contain_text("via länk")
    colleague_enters(enter(TIB), space, larm)
    expect(line(caller, "Vaxholm")).to_contain_text("per telefon")
    expect(board(caller)).to_contain_text("3 av 37 har kvitterat")
    caller.look()

    others_answer(house, space, larm)
    expect(board(caller)).to_contain_text(re.compile(r"90 % efter \d+ min"))
    wall = enter("nacka-lasare")
    wall.open(f"/spaces/{space}/larm/{larm}/wall/")
    expect(board(wall)).to_contain_text("91 %")

    activates(assessor, space)
    caller.open(f"/spaces/{space}/picture/")
    expect(caller.page.locator(".headlines")).to_contain_text("Aktiverat läge, Verkställande nivå")


def calls(caller: Visitor) -> tuple[str, str]:
    """Three presses from the start page; returns the space and the larm."""
    caller.open("/")
    caller.goes_to(caller.link("Påkalla samverkan"), "Påkalla samverkan")  # one
    caller.hand.choose(caller.page.get_by_label("Snöoväder"))  # two
    caller.press(caller.button("Påkalla: larma alla medlemmar nu"))  # three
    caller.sees_heading("Larm, påkallat: Snöoväder")
    found = re.search(r"/spaces/([^/]+)/larm/([^/]+)/", caller.page.url)
    assert found is not None
    return found[1], found[2]


def answers_in_the_banner(member: Visitor, larm: str) -> None:
    """The larm comes to the page that happens to be open, beside others that go on; one press answers."""
    banner = member.page.locator(f'#larm-banner [data-key="{larm}"]')
    expect(banner).to_contain_text("Larm, påkallat: Snöoväder")
    member.look()
    member.press(member.button("Kvittera", banner))
    member.sees_heading("Larm, påkallat: Snöoväder")
    expect(line(member, "Norrtälje")).to_contain_text("Kvitterat")


def answers_by_link(phone: Visitor, house: House, holder: tuple[str, str, str, str]) -> None:
    """The address as it stands in the message: it is made of the key in the server's own folder."""
    from gemensam.activation.tokens import Holder, token_for

    with override_settings(GEMENSAM_DATA=house.founded.data):
        path = f"/k/{token_for(Holder(*holder))}/"
    with urllib.request.urlopen(house.address + path, timeout=20) as answer:  # a scanner looks first
        assert answer.status == 200
    phone.open(path)
    phone.press(phone.button(re.compile("Kvittera")))
    expect(phone.page.get_by_role("status").first).to_contain_text("Ditt svar: kvitterat")
    phone.look()


def colleague_enters(colleague: Visitor, space: str, larm: str) -> None:
    """Vaxholm has answered by telephone, and Länsstyrelsen enters it."""
    colleague.open(f"/spaces/{space}/larm/{larm}/")
    form = colleague.page.locator("details", has_text="För in ett svar som lämnats per telefon")
    colleague.press(form.locator("summary"))
    form.get_by_label("Vem svarade").select_option("vaxholm-beredskapssamordnare")
    colleague.hand.choose(form.get_by_label("Kvitterar och deltar"))
    colleague.press(colleague.button("För in", form))
    expect(colleague.page.locator("#notices")).to_contain_text("Svaret är infört")
    expect(line(colleague, "Vaxholm")).to_contain_text("Kvitterat")
    colleague.look()


def others_answer(house: House, space: str, larm: str) -> None:
    """Thirty-one more answer by telephone, entered by Länsstyrelsen's TiB through the interface."""
    entries = house.call(TIB, f"/api/v1/spaces/{space}/entries?limit=50")["entries"]
    sent = next(each for each in entries if each["kind"] == "larm.sent" and each["subject"] == larm)
    members = sent["payload"]["members"]
    done = {"norrtalje", "taby", "vaxholm"}
    for member in [each for each in members if each["organisation"] not in done][:31]:
        payload = {"function": member["functions"][0], "code": "1"}
        own = member["organisation"] == "lansstyrelsen"
        more = {"via": "app"} if own else {"organisation": member["organisation"], "via": "telefon"}
        house.write(TIB, space, "larm.answered", payload, subject=larm, **more)
    assert json.dumps(members).count("functions") == 37


def activates(assessor: Visitor, space: str) -> None:
    """The assessor finds the call on the start page, activates, and calls the first conference in one press."""
    assessor.open("/")
    assessor.goes_to(assessor.link(re.compile("Bedöm påkallandet från Nacka")), "Snöoväder")
    assessor.press(assessor.button("Jag bedömer"))
    # The old page hears of it too; only the new one has the message.
    expect(assessor.page.locator("#notices")).to_contain_text("Du bedömer")
    expect(assessor.page.locator("main")).to_contain_text("Länsstyrelsen – TiB bedömer")
    assessor.press(assessor.button("Lämna bedömningen"))
    assessor.sees_heading("Aktivering")
    expect(assessor.page.locator("main")).to_contain_text("Aktiverat läge, Verkställande nivå")
    assessor.press(assessor.button(re.compile("Kalla till")))
    assessor.sees_heading(re.compile("första konferensen"))
    assessor.open(f"/spaces/{space}/activation/")
    expect(assessor.page.locator("main")).to_contain_text("minuter efter larmet")
