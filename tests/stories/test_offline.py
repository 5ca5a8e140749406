"""Story: it goes dark. What is written waits on the device and is sent once, at its own time; nothing is lost (R68)."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.stories.conftest import Enter
from tests.stories.dark import (
    EVERYTHING,
    MINUTE,
    PATIENCE_MS,
    at,
    comes_back,
    keeps,
    moment,
    state,
    told,
    waits,
    write_statement,
)
from tests.stories.house import House, now_ms
from tests.stories.visitor import Visitor, sign_in

pytestmark = pytest.mark.browser

# Somebody else has taken the room that the program had put by.
WITHOUT_RESERVE = """() => new Promise((done) => {
  indexedDB.open("gemensam-offline").onsuccess = ({ target }) => {
    const transaction = target.result.transaction("facts", "readwrite");
    transaction.objectStore("facts").delete("reserve");
    transaction.oncomplete = () => { target.result.close(); done(); };
  };
})"""


@pytest.fixture
def space(house: House, hand: str) -> str:
    space = house.open_space(f"Strömavbrott ({hand})")
    house.report("norrtalje-tib", space, {"el": ("kritisk", "Hela Norrtälje utan el.")})
    return space


@pytest.fixture
def device(browser: Browser, house: House, hand: str, tmp_path: Path) -> Iterator[Visitor]:
    """A browser with a profile of its own, signed in as Nacka's duty officer."""
    found = Visitor(browser, house, hand, profile=tmp_path / "profile")
    found.has_lost_contact = True
    sign_in(found, "nacka-tib")
    yield found
    found.context.close()
    assert found.faults == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_line_a_report_and_unchanged_wait_and_are_sent_with_both_times(
    enter: Enter, house: House, space: str, phone: bool
) -> None:
    officer = enter("nacka-tib", phone=phone)
    officer.has_lost_contact = True
    keeps(officer)
    officer.open(f"/spaces/{space}/report/")
    officer.press(officer.button("Ingen påverkan hos oss"))
    expect(officer.page.locator("#notices")).to_contain_text("Publicerad")
    for place in ("report/", "statements/new/"):
        officer.open(f"/spaces/{space}/{place}")
    officer.context.set_offline(True)
    write_statement(officer, space, "Vattnet är slut i Orminge.")
    officer.sees_heading("Utan kontakt")
    expect(waits(officer)).to_contain_text(["Vattnet är slut i Orminge."])
    officer.page.goto(f"/spaces/{space}/report/")
    expect(officer.page.locator(".kept-age")).to_have_text(re.compile(r"^Sidan är från \d\d\.\d\d, ingen kontakt\.$"))
    officer.look()
    officer.press(officer.button(re.compile("^Oförändrat")))
    expect(waits(officer)).to_have_count(2)
    officer.page.goto(f"/spaces/{space}/report/")
    officer.press(officer.button(re.compile("^Oförändrat")))  # on what was said a moment ago, not yet sent
    expect(waits(officer)).to_have_count(3)
    assert told(house, space) == []
    sent_at = now_ms()
    comes_back(officer)
    expect(officer.page.locator("#notices")).to_contain_text("3 poster som väntade är skickade.")
    officer.look()
    (line,) = told(house, space)
    reports = told(house, space, "report.published")
    assert [each["payload"]["quick"] for each in reports if each["organisation"] == "nacka"] == [
        "no_impact", "unchanged", "unchanged",
    ]  # fmt: skip
    assert line["payload"]["text"] == "Vattnet är slut i Orminge."
    assert at(line) < sent_at <= at(line, "received_at")
    assert line["payload"]["written"]["medium"] == "utan_linje"


def test_an_answer_that_never_came_is_asked_for_and_nothing_is_written_twice(
    device: Visitor, house: House, space: str
) -> None:
    keeps(device)
    device.open(f"/spaces/{space}/statements/new/")
    device.context.set_offline(True)
    write_statement(device, space, "Kom den fram?")
    expect(waits(device)).to_have_count(1)
    lost: list[str] = []

    def loses_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()  # it is written …
            lost.append(route.request.url)
            route.abort("connectionreset")  # … and the line goes before anybody hears of it
        else:
            route.continue_()

    device.context.route("**/statements/new/", loses_the_answer)
    device.context.set_offline(False)
    expect(waits(device)).to_contain_text(["Skickat, men inget svar kom."], timeout=PATIENCE_MS)
    device.look()
    assert len(lost) == 1
    device.press(device.button("Skicka nu"))
    expect(device.page.locator("[data-no-queue]")).to_have_text("Inget väntar.", timeout=PATIENCE_MS)
    assert [each["payload"]["text"] for each in told(house, space)] == ["Kom den fram?"]


def test_what_a_colleague_published_meanwhile_is_shown_beside_it_and_the_person_decides(
    device: Visitor, house: House, space: str
) -> None:
    keeps(device)
    device.open(f"/spaces/{space}/report/?template=forsta")
    device.context.set_offline(True)
    device.hand.write(device.page.locator("[name=summary]"), "Ansträngt läge i Nacka, skrivet i mörkret.")
    device.page.locator("[name=rest][value=ingen]").check()
    device.press(device.button("Se och publicera …"))
    expect(waits(device)).to_contain_text(["Ansträngt läge i Nacka"])
    written_at = now_ms()
    house.report("nacka-tib", space, {"el": ("betydande", "Kollegan hann före.")})
    device.context.set_offline(False)
    expect(state(device)).to_contain_text("En post kunde inte skickas som den är.", timeout=PATIENCE_MS)
    expect(waits(device)).to_contain_text(["Någon har ändrat det här under tiden."])
    device.look()
    own = [each for each in told(house, space, "report.published") if each["organisation"] == "nacka"]
    assert len(own) == 1
    device.goes_to(waits(device).get_by_role("button", name="Se båda och välj"), "Någon hann före")
    expect(device.page.locator("main")).to_contain_text("Kollegan hann före.")
    expect(device.page.locator("main")).to_contain_text("skrivet i mörkret")
    device.press(device.button("Publicera min också"))
    expect(device.page.locator("h1")).to_contain_text("Nacka", timeout=PATIENCE_MS)
    own = [each for each in told(house, space, "report.published") if each["organisation"] == "nacka"]
    assert [each["payload"]["summary"] for each in own][1:] == ["Ansträngt läge i Nacka, skrivet i mörkret."]
    assert at(own[1]) <= written_at < at(own[1], "received_at")
    device.open("/offline/")
    expect(device.page.locator("[data-no-queue]")).to_have_text("Inget väntar.")


def test_what_waits_can_be_changed_and_removed(device: Visitor, house: House, space: str) -> None:
    keeps(device)
    device.open(f"/spaces/{space}/statements/new/")
    device.context.set_offline(True)
    write_statement(device, space, "Bron är avstängd.")
    expect(waits(device)).to_have_count(1)
    write_statement(device, space, "Det här var fel.")
    device.press(waits(device).filter(has_text="Bron").get_by_role("link", name=re.compile("^Ändra")))
    expect(device.page.locator("#id_text")).to_have_value("Bron är avstängd.")
    expect(device.page.locator("#offline-editing")).to_contain_text("Du ändrar något som väntar.")
    device.look()
    device.hand.write(device.page.locator("#id_text"), "Bron är öppen igen.")
    device.press(device.button("Spara uppgiften"))
    expect(waits(device)).to_have_count(2)
    device.press(waits(device).filter(has_text="fel").get_by_role("button", name=re.compile("^Ta bort")))
    device.says_yes()
    expect(waits(device)).to_have_count(1)
    comes_back(device)
    assert [each["payload"]["text"] for each in told(house, space)] == ["Bron är öppen igen."]


def test_a_clock_that_is_wrong_is_told_and_corrected_openly(
    browser: Browser, house: House, space: str, hand: str, tmp_path: Path
) -> None:
    officer = Visitor(browser, house, hand, profile=tmp_path / "profile")
    officer.has_lost_contact = True
    officer.page.clock.install(time=moment(now_ms() + 47 * MINUTE))
    sign_in(officer, "nacka-tib")
    keeps(officer)
    expect(officer.page.locator("[data-clock]")).to_contain_text("går 47 min före")
    officer.open(f"/spaces/{space}/statements/new/")
    expect(officer.page.locator("#offline-clock")).to_contain_text("går 47 min före")
    officer.look()
    officer.context.set_offline(True)
    began = now_ms()
    write_statement(officer, space, "Skrivet med fel klocka.")
    expect(waits(officer)).to_contain_text([re.compile(r"Skrivet .*\(enheten visade .*\)")])
    ended = now_ms()
    comes_back(officer)
    (line,) = told(house, space)
    assert began - 5_000 < at(line) < ended + 5_000
    assert abs(line["payload"]["written"]["device_at"] - at(line) - 47 * MINUTE) < 5_000
    officer.leave()


def test_full_storage_is_told_before_anything_is_written_and_no_text_is_lost(
    browser: Browser, house: House, space: str, hand: str, tmp_path: Path
) -> None:
    officer = Visitor(browser, house, hand, profile=tmp_path / "profile")
    sign_in(officer, "nacka-tib")
    keeps(officer)
    officer.page.evaluate(WITHOUT_RESERVE)
    officer.leave()
    officer = Visitor(browser, house, hand, profile=tmp_path / "profile")  # the browser remembers room for a while
    officer.has_lost_contact = True
    officer.page.goto("/healthz")
    full = officer.context.new_cdp_session(officer.page)
    full.send("Storage.overrideQuotaForOrigin", {"origin": house.address, "quotaSize": 1_000})
    sign_in(officer, "nacka-tib")
    officer.open(f"/spaces/{space}/statements/new/")
    expect(officer.page.locator("#offline-full")).to_contain_text("Det är fullt i webbläsaren.")
    officer.look()
    officer.context.set_offline(True)
    officer.hand.write(officer.page.locator("#id_text"), "En text som inte får försvinna.")
    officer.press(officer.button("Spara uppgiften"))
    expect(officer.page.locator("#notices")).to_contain_text("Din text står kvar i formuläret")
    expect(officer.page.locator("#id_text")).to_have_value("En text som inte får försvinna.")
    full.send("Storage.overrideQuotaForOrigin", {"origin": house.address})
    officer.press(officer.button("Spara uppgiften"))
    expect(waits(officer)).to_contain_text(["En text som inte får försvinna."])
    comes_back(officer)
    assert [each["payload"]["text"] for each in told(house, space)] == ["En text som inte får försvinna."]
    officer.leave()


def test_pages_seen_the_list_of_organisations_and_the_forms_can_be_read(device: Visitor, space: str) -> None:
    keeps(device)
    device.open(f"/spaces/{space}/members/norrtalje/")
    device.context.set_offline(True)
    for place, words in (
        (f"/spaces/{space}/members/norrtalje/", "Hela Norrtälje utan el."),
        (f"/spaces/{space}/picture/", "Läget"),
        (f"/spaces/{space}/report/", "Lägesrapport från Nacka"),
        ("/directory/", "Vaxholm"),
        ("/", "Att göra för Nacka"),
    ):
        device.page.goto(place)
        expect(device.page.locator(".kept-age")).to_have_text(re.compile(r"^Sidan är från .*, ingen kontakt\.$"))
        expect(device.page.locator("main")).to_contain_text(words)
        device.look()
    device.page.goto("/vocabularies/")
    expect(device.page.locator("main")).to_contain_text("Den här sidan finns inte på enheten")
    device.look()


def test_a_device_that_nobody_has_chosen_keeps_nothing(enter: Enter, space: str) -> None:
    officer = enter("nacka-tib")
    for place in ("/", f"/spaces/{space}/picture/", f"/spaces/{space}/statements/new/", "/offline/"):
        officer.open(place)
    assert officer.page.evaluate(EVERYTHING) == ""
    assert officer.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_another_function_on_the_device_reads_nothing_of_the_former(device: Visitor, house: House, space: str) -> None:
    secret = "Hemligt för alla utom Nacka."
    sub = house.open_space("Mindre krets om el", kind="sub", parent=space, circle=["lansstyrelsen-tib", "nacka-tib"])
    keeps(device)
    device.open(f"/spaces/{sub}/picture/")
    device.open(f"/spaces/{sub}/statements/new/")
    device.context.set_offline(True)
    write_statement(device, sub, secret)
    expect(waits(device)).to_contain_text([secret])
    assert "Mindre krets om el" in device.page.evaluate(EVERYTHING)
    device.context.clear_cookies(name="sessionid")  # the session has ended; another one takes the device over
    device.context.set_offline(False)
    sign_in(device, "vaxholm-beredskapssamordnare")
    expect(state(device)).to_contain_text("Något väntar låst på den här enheten.", timeout=PATIENCE_MS)
    for place in ("/spaces/", "/offline/"):
        device.open(place)
        expect(device.page.locator("body")).not_to_contain_text("Mindre krets om el")
    found = device.page.evaluate(EVERYTHING)
    assert secret not in found and "Mindre krets om el" not in found and sub not in found
    device.context.set_offline(True)
    device.page.goto(f"/spaces/{sub}/picture/")
    expect(device.page.locator("main")).to_contain_text("Den här sidan finns inte på enheten")
    device.context.set_offline(False)
    device.context.clear_cookies(name="sessionid")
    sign_in(device, "nacka-tib")
    expect(device.page.locator("#notices")).to_contain_text("En post som väntade är skickad.", timeout=PATIENCE_MS)
    assert [each["payload"]["text"] for each in told(house, sub)] == [secret]


def test_signing_out_asks_when_something_waits_and_takes_the_pages_away(
    device: Visitor, house: House, space: str
) -> None:
    keeps(device)
    device.open(f"/spaces/{space}/statements/new/")
    device.context.set_offline(True)
    write_statement(device, space, "Väntar på linjen.")
    expect(waits(device)).to_have_count(1)
    device.context.route("**/offline/state/", lambda route: route.abort())  # the line is back, but nothing has gone yet
    device.context.set_offline(False)
    device.page.goto("/")
    device.press(device.page.locator("details.who > summary"))
    device.press(device.button("Logga ut"))
    expect(device.page.get_by_role("dialog")).to_contain_text("Ännu inte skickat: 1")
    device.says_yes()
    expect(device.page).to_have_url(re.compile("/accounts/login/"))
    found = device.page.evaluate(EVERYTHING)
    assert "Väntar på linjen." not in found and "Strömavbrott" not in found
    device.context.unroute("**/offline/state/")
    sign_in(device, "nacka-tib")
    expect(device.page.locator("#notices")).to_contain_text("En post som väntade är skickad.", timeout=PATIENCE_MS)
    assert len(told(house, space)) == 1


def test_a_device_is_wiped_in_one_press_without_contact_too(device: Visitor, space: str) -> None:
    keeps(device)
    device.open(f"/spaces/{space}/statements/new/")
    device.context.set_offline(True)
    write_statement(device, space, "Ska bort.")
    device.press(device.button("Rensa enheten"))
    expect(device.page.get_by_role("dialog")).to_contain_text("INTE skickat: 1")
    device.says_yes()
    expect(device.page.locator("#notices")).to_contain_text("Enheten är rensad.")
    device.look()
    assert device.page.evaluate(EVERYTHING) == ""
    assert device.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert json.loads(device.page.evaluate("() => JSON.stringify(Object.keys(localStorage))")) == []
    device.context.set_offline(False)
    keeps(device)
    presses = device.hand.presses
    device.press(device.button("Rensa enheten"))  # nothing waits: nothing is asked
    expect(device.page.locator("#notices")).to_contain_text("Enheten är rensad.")
    assert device.hand.presses == presses + 1
