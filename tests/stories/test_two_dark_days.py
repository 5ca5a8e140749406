"""Story: two days without contact. Fifty lines, a browser that is started again, a session that has ended (R68)."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.stories.dark import HOUR, MINUTE, at, keeps, moment, state, told, waits, write_statement
from tests.stories.house import House, now_ms
from tests.stories.visitor import Visitor, sign_in

pytestmark = pytest.mark.browser
DAY = 24 * HOUR


def test_fifty_lines_over_two_days_outlive_a_restart_and_an_ended_session(
    browser: Browser, house: House, tmp_path: Path
) -> None:
    space = house.open_space("Strömavbrott i två dygn")
    count, began = 50, now_ms()
    officer = Visitor(browser, house, "pointer", profile=tmp_path / "profile")
    officer.has_lost_contact = True
    officer.page.clock.install(time=moment(began))
    sign_in(officer, "nacka-tib")
    keeps(officer)
    officer.open(f"/spaces/{space}/statements/new/")
    house.kill()
    written: dict[str, int] = {}
    for number in range(count):
        written_at = began + HOUR + number * 55 * MINUTE
        officer.page.clock.set_system_time(moment(written_at))
        write_statement(officer, space, f"Rad {number} i loggen.")
        expect(waits(officer)).to_have_count(number + 1)
        written[f"Rad {number} i loggen."] = written_at
    officer.context.close()
    assert officer.faults == []
    house.ahead_ms = 2 * DAY
    house.start()
    officer = Visitor(browser, house, "pointer", profile=tmp_path / "profile")
    officer.has_lost_contact = True
    officer.page.clock.install(time=moment(now_ms() + 2 * DAY))
    officer.page.goto("/")
    expect(state(officer)).to_contain_text("Du är utloggad. Det du har skrivit finns kvar på enheten.")
    officer.look()
    sign_in(officer, "nacka-tib")
    expect(officer.page.locator("#notices")).to_contain_text("50 poster som väntade är skickade.", timeout=60_000)
    officer.open("/offline/")
    expect(officer.page.locator("[data-no-queue]")).to_have_text("Inget väntar.")
    found = told(house, space)
    assert len(found) == count
    assert {each["payload"]["text"] for each in found} == written.keys()
    for each in found:
        assert abs(at(each) - written[each["payload"]["text"]]) < 20_000
        assert not each["payload"]["written"]["doubtful"]
        assert at(each, "received_at") - began > 2 * DAY - MINUTE
    officer.leave()
