"""Story: an administrator puts the call list in order, plans a week, mends a gap; with pointer and keyboard, on axe."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Enter

pytestmark = pytest.mark.browser
STOCKHOLM = ZoneInfo("Europe/Stockholm")
ADMIN = "nacka-aktorsadministrator"
OTHERS = (
    "/rosters/sheet/", "/rosters/contacts/new/", "/rosters/covers/new/", "/rosters/?only=grave",
    "/rosters/functions/nacka-tib/calendar/", "/rosters/members/norrtalje/schedule/?span=month",
)  # fmt: skip


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_call_list_is_put_in_order_and_confirmed(enter: Enter, hand: str, phone: bool) -> None:
    admin = enter(ADMIN, phone=phone)
    admin.open("/rosters/")
    expect(admin.page.locator(".roster-table tbody tr")).to_have_count(37)
    admin.goes_to(admin.link("Vår egen larmlista"), re.compile("Vem som nås: Nacka"))
    admin.goes_to(admin.link("Ändra larmlistan"), "Vår larmlista")
    names = admin.page.locator(".roster-order .roster-name strong")
    before = names.all_text_contents()
    admin.press(admin.button(re.compile(f"^Senare {before[0]}")))
    expect(admin.page.locator(".roster-said")).to_contain_text("är nu nummer 2 av 3")
    expect(names.first).to_have_text(before[1])
    expect(admin.button(re.compile(f"^Senare {before[0]}"))).to_be_focused()
    admin.look()
    admin.press(admin.button(re.compile(f"^Tidigare {before[0]}")))
    expect(names.first).to_have_text(before[0])
    admin.press(admin.button("Spara larmlistan"))
    admin.sees_heading(re.compile("Vem som nås: Nacka"))
    expect(admin.page.locator(".roster-steps.full > li").first).to_contain_text("070-174 06")
    admin.press(admin.button("Bekräfta att listan gäller"))
    expect(admin.page.locator("#notices")).to_contain_text("bekräftad")
    admin.look()


def monday(weeks: int) -> date:
    """The Monday so many weeks after this week's."""
    here = datetime.now(STOCKHOLM).date()
    return here + timedelta(days=1 - here.isoweekday(), weeks=weeks)


def test_a_week_is_planned_and_its_gap_is_mended(enter: Enter, hand: str) -> None:
    """The demonstration has planned until the third Monday; each hand plans a week after what is planned."""
    admin = enter(ADMIN, phone=hand == "pointer")
    first = monday(3 if hand == "pointer" else 4)
    admin.open(f"/rosters/members/nacka/schedule/?from={first}")
    officer = admin.page.locator("main section").first
    expect(officer.locator(".roster-gap")).to_contain_text("Inget pass")
    expect(admin.page.locator("main section").last).to_contain_text("tar larmen")
    admin.goes_to(admin.link("Lägg in pass"), "Lägg in pass")
    admin.hand.write(admin.page.get_by_label("Första dag"), str(first))
    admin.hand.write(admin.page.get_by_label("Sista dag"), str(first + timedelta(days=6)))
    admin.hand.pick(admin.page.get_by_label("Kontakt 1"), "TiB, telefon 1")
    admin.hand.pick(admin.page.get_by_label("Kontakt 2"), "TiB, telefon 2")
    admin.press(admin.button("Lägg in"))
    admin.sees_heading("Schema: Nacka")
    expect(officer.locator(".roster-shift")).to_have_count(8)  # and the one that ends on Monday morning
    expect(officer.locator(".roster-gap")).to_have_count(0)
    admin.goes_to(officer.locator(".roster-shift a").nth(3), "Pass: TiB")
    admin.press(admin.button("Ställ in passet"))
    admin.says_yes()
    admin.sees_heading("Schema: Nacka")
    admin.open(f"/rosters/members/nacka/schedule/?from={first}&function=nacka-tib")
    expect(officer.locator(".roster-shift")).to_have_count(7)
    expect(officer.locator(".roster-gap")).to_have_count(1)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_calendar_is_looked_at_and_the_other_pages_are_read(enter: Enter, hand: str, phone: bool) -> None:
    admin = enter(ADMIN, phone=phone)
    admin.open("/rosters/shifts/bring-in/")
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "DTSTART:20270301T070000Z", "DURATION:PT24H",
        "SUMMARY:TiB\\, telefon 2", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    admin.hand.write(admin.page.get_by_label("eller dess text"), "\n".join(lines))
    admin.press(admin.button("Se vad den innehåller"))
    admin.sees_heading("Vad kalendern innehåller")
    expect(admin.page.locator("main tbody")).to_contain_text("Läggs in")
    for path in OTHERS:
        admin.open(path)
    admin.open("/rosters/members/nacka/")
    waiting = admin.page.locator("#covering .roster-cover")
    expect(waiting).to_contain_text("Värmdö")
