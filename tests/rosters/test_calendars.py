"""Calendars in and out: what is read, what is refused, and that nothing is carried out. The reading is pure."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.rosters.calendar_in import BYTES_MAX, read_calendar
from gemensam.rosters.domain.calendars import matched, occurrences
from tests.network import Network
from tests.rosters.actions import ADMIN, DAY, HOUR, TIB, make_contact, plan, rosters
from tests.rosters.entries import NOW, at

CONTACTS = [("a", "TiB-telefonen"), ("b", "Jour 2")]


def calendar(*lines: str, end: str = "\r\n") -> bytes:
    """A calendar with one event that has these lines."""
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    return end.join(body).encode()


def shifts(*lines: str, **more: Any) -> list[tuple[int, int, str, str]]:
    found = matched(read_calendar(calendar(*lines)), CONTACTS, more.pop("known", frozenset()), now=NOW, **more)
    return [(each.from_at, each.until_at, each.contact, each.state) for each in found]


START = "DTSTART;TZID=Europe/Stockholm:20261201T180000"
END = "DTEND;TZID=Europe/Stockholm:20261202T060000"
TITLE = "SUMMARY:TiB-telefonen"
NIGHT = (at("2026-12-01 18:00"), at("2026-12-02 06:00"))


@pytest.mark.parametrize(
    "lines",
    [
        (START, END), ("DTSTART:20261201T170000Z", "DTEND:20261202T050000Z"),
        ("DTSTART:20261201T180000", "DTEND:20261202T060000"), (START, "DURATION:PT12H"),
        ('DTSTART;TZID="W. Europe Standard Time":20261201T180000', END),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Stockholm:20261201T180000", END),
        ("DTSTART;TZID=Europe/Helsinki:20261201T190000", END), ("dtstart:20261201T180000", "dtend:20261202T060000"),
    ],
)  # fmt: skip
def test_times_are_read_as_calendars_write_them(lines: tuple[str, ...]) -> None:
    assert shifts(*lines, TITLE) == [(*NIGHT, "a", "new")]


def test_lines_that_are_folded_and_quoted_and_other_line_ends_are_read() -> None:
    folded = ("DTSTART;TZID=Europe/Stock\r\n holm:20261201T180000", END, "SUMMARY:Ti\r\n\tB-tele\r\n fonen")
    assert shifts(*folded) == [(*NIGHT, "a", "new")]
    plain = calendar(START, END, "SUMMARY:  tib-TELEFONEN ", end="\n")
    assert matched(read_calendar(b"\xef\xbb\xbf" + plain), CONTACTS, frozenset(), now=NOW)[0].contact == "a"


def test_whole_days_begin_and_end_at_local_midnight() -> None:
    day = ("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203")
    assert shifts(*day, TITLE)[0][:2] == (at("2026-12-01 00:00"), at("2026-12-03 00:00"))
    assert shifts(day[0], TITLE)[0][:2] == (at("2026-12-01 00:00"), at("2026-12-02 00:00"))


def test_an_events_contact_is_its_title_or_the_chosen_one() -> None:
    assert shifts(START, END, "SUMMARY:Någon annan") == [(*NIGHT, "", "nameless")]
    assert shifts(START, END, "SUMMARY:Någon annan", chosen="b") == [(*NIGHT, "b", "new")]
    assert shifts(START, END, "SUMMARY:jour  2") == [(*NIGHT, "b", "new")]
    assert shifts(START, END, TITLE, known=frozenset({(*NIGHT, "a")})) == [(*NIGHT, "a", "known")]
    past = ("DTSTART:20261120T080000Z", "DTEND:20261121T080000Z", TITLE)
    assert [state for *_rest, state in shifts(*past)] == ["past"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", [1, 2, 3]), ("FREQ=DAILY;INTERVAL=2;UNTIL=20261207T170000Z", [1, 3, 5, 7]),
        ("FREQ=WEEKLY;COUNT=2", [1, 8]), ("FREQ=WEEKLY;BYDAY=TU,SA;COUNT=4;WKST=SU", [1, 5, 8, 12]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261231", [1, 15, 29]), ("FREQ=DAILY;UNTIL=20261203", [1, 2, 3]),
        ("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", [5, 6, 12]),
    ],
)  # fmt: skip
def test_what_comes_again_by_days_or_weeks_is_read(rule: str, days: list[int]) -> None:
    found = shifts(START, END, TITLE, f"RRULE:{rule}")
    assert [from_at for from_at, *_rest in found] == [at(f"2026-12-{day:02} 18:00") for day in days]


def test_what_comes_again_keeps_its_hours_when_summer_time_begins() -> None:
    begins = ("DTSTART;TZID=Europe/Stockholm:20270327T180000", "DTEND;TZID=Europe/Stockholm:20270328T060000")
    found = shifts(*begins, TITLE, "RRULE:FREQ=DAILY;COUNT=3")
    assert [(until_at - from_at) // HOUR for from_at, until_at, *_rest in found] == [11, 12, 12]
    assert found[1][0] == at("2027-03-28 18:00")


def test_exceptions_are_left_out_and_cancelled_events_too() -> None:
    found = shifts(START, END, TITLE, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Stockholm:20261202T180000")
    assert len(found) == 2
    with pytest.raises(Refused, match="calendar_empty"):
        shifts(START, END, TITLE, "STATUS:CANCELLED")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((END,), "calendar_times"), ((START,), "calendar_times"), ((START, "DTEND:igår"), "calendar_times"),
        ((START, "DTEND:20261131T060000"), "calendar_times"), (("DTSTART:99991231T235959Z", END), "calendar_times"),
        (("DTSTART:00010101T000000", END), "calendar_times"), ((START, "DTEND:20261201T170000"), "calendar_times"),
        ((START, "DURATION:P9999999999D"), "calendar_times"), ((START, "DURATION:long"), "calendar_times"),
        ((START, "DTEND:20270201T060000"), "calendar_too_long"),
        (("DTSTART;TZID=Middle/Earth:20261201T180000", END), "calendar_zone"),
        (("DTSTART;TZID=../../etc/passwd:20261201T180000", END), "calendar_zone"),
        ((START, END, "RRULE:FREQ=MONTHLY"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=SECONDLY"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=DAILY;BYHOUR=1"), "calendar_repeat"),
        ((START, END, "RRULE:nothing"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=WEEKLY;BYDAY=1MO"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=DAILY;INTERVAL=0"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=DAILY;COUNT=99999999999"), "calendar_repeat"),
        ((START, END, "RDATE:20261203T180000"), "calendar_repeat"),
        ((START, END, "RECURRENCE-ID:20261203T180000"), "calendar_repeat"),
        ((START, END, "RRULE:FREQ=DAILY"), "calendar_too_many"),
        (("DTSTART:19700101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"), "calendar_too_old"),
        ((START, START, END), "calendar_unreadable"), ((START, END, "no colon here"), "calendar_unreadable"),
        ((START, END, "END:VTODO"), "calendar_unreadable"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_name(lines: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refused, match=code):
        shifts(*lines, TITLE)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "calendar_unreadable"), (b"\xff\xfe\x00", "calendar_not_text"),
        (b"BEGIN:VCALENDAR\0", "calendar_not_text"),
        (b"%PDF-1.7 not a calendar", "calendar_unreadable"), (b"BEGIN:VEVENT\r\nEND:VEVENT", "calendar_unreadable"),
        (calendar(START, END, TITLE)[:-20], "calendar_unreadable"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "calendar_empty"),
        (b"x" * (BYTES_MAX + 1), "calendar_too_large"), (b"BEGIN:VCALENDAR\r\n" * 5000, "calendar_unreadable"),
        (b"BEGIN:VCALENDAR\r\nX:" + b"a" * 300_000 + b"\r\nEND:VCALENDAR", "calendar_unreadable"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 1001 + b"END:VCALENDAR", "calendar_too_many"),
    ],
    ids=str,
)  # fmt: skip
def test_hostile_and_broken_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_calendar(data)


def test_a_file_with_its_own_rules_of_time_and_alarms_is_read_without_carrying_them_out() -> None:
    zone = (
        "BEGIN:VTIMEZONE", "TZID:Europe/Stockholm", "BEGIN:STANDARD", "DTSTART:16010101T000000",
        "RRULE:FREQ=SECONDLY", "TZOFFSETFROM:+9999", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    event = (
        "BEGIN:VEVENT", START, END, TITLE, "ATTACH:file:///etc/passwd", "BEGIN:VALARM", "ACTION:PROCEDURE",
        "SUMMARY:Något annat", "END:VALARM", "END:VEVENT",
    )  # fmt: skip
    data = "\r\n".join(["BEGIN:VCALENDAR", *zone, *event, "END:VCALENDAR"]).encode()
    (found,) = matched(read_calendar(data), CONTACTS, frozenset(), now=NOW)
    assert (found.from_at, found.contact) == (NIGHT[0], "a")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_is_sent_gives_shifts_or_a_refusal(data: bytes) -> None:
    for sent in (data, calendar(data.decode("utf-8", "replace").replace("\n", " "), START, END)):
        try:
            read_calendar(sent)
        except Refused as refused:
            assert refused.code.startswith("calendar_")  # noqa: PT017  any other error fails the test


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY"]), st.integers(1, 60), st.integers(0, 40),
    st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=7, unique=True),
)  # fmt: skip
def test_our_reading_of_a_repetition_is_the_libraries(
    frequency: str, interval: int, count: int, days: list[str]
) -> None:
    """Held against dateutil, which `icalendar` uses."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    rule = f"FREQ={frequency};INTERVAL={interval}" + (f";COUNT={count}" if count else ";UNTIL=20270201T000000")
    rule += f";BYDAY={','.join(days)}" if days else ""
    lines = (START.replace("T180000", "T120000"), "DURATION:PT1H", f"RRULE:{rule}")
    (event,) = read_calendar(calendar(*lines))
    ours = [from_at for from_at, _until in occurrences(event, NOW)]
    plain = event.starts.replace(tzinfo=None)
    theirs = [moment.replace(tzinfo=event.starts.tzinfo) for moment in rrulestr(rule, dtstart=plain)]
    latest = NOW + 400 * DAY
    wanted = [ms for moment in theirs if (ms := round(moment.timestamp() * 1000)) <= latest]
    assert ours == wanted[: len(ours)] and (len(ours) == len(wanted) or len(ours) > 200)


# As pages -------------------------------------------------------------------------------------------------------

PAGE = "/rosters/shifts/bring-in/"


@pytest.fixture
def admin(network: Network) -> Client:
    return network.client(ADMIN)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def coming(title: str = "TiB-telefonen") -> str:
    from gemensam.web.times import local

    day = local(now_ms() + 3 * DAY)
    lines = (f"DTSTART:{day:%Y%m%d}T170000Z", "DURATION:PT12H", f"SUMMARY:{title}", "RRULE:FREQ=DAILY;COUNT=5")
    return calendar(*lines).decode()


def test_a_calendar_is_looked_at_first_and_written_with_one_more_press(network: Network, admin: Client) -> None:
    contact = make_contact(network)
    form = {"function": TIB, "contact": "", "text": coming()}
    looked = admin.post(PAGE, form)
    assert looked.status_code == 200
    assert text(looked).count("Läggs in") == 5 and "5 pass skulle läggas in" in text(looked)
    assert rosters(network).size("shifts", "nacka", TIB) == 0
    assert admin.post(PAGE, {**form, "act": "write"}).status_code == 302
    assert [thing.data.contact for thing in rosters(network).group("shifts", "nacka", TIB)] == [contact] * 5
    again = admin.post(PAGE, form)
    assert text(again).count("Är redan inlagt") == 5
    nothing = admin.post(PAGE, {**form, "act": "write"})
    assert nothing.status_code == 409 and "inget nytt" in text(nothing)
    assert rosters(network).size("shifts", "nacka", TIB) == 5


def test_a_file_is_taken_as_well_and_a_hostile_title_is_only_text(network: Network, admin: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    make_contact(network)
    data = coming("<script>alert(1)</script>").encode()
    answer = admin.post(PAGE, {"function": TIB, "contact": "", "file": SimpleUploadedFile("jour.ics", data)})
    assert answer.status_code == 200
    assert "<script>alert" not in text(answer) and "&lt;script&gt;" in text(answer)
    assert text(answer).count("Ingen kontakt heter så") == 5


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"text": ""}, 422, "Välj en fil"), ({"text": "hej"}, 422, "skadad eller avbruten vid rad 1"),
        ({"function": "taby-tib", "text": "x"}, 422, "taby-tib"),
        ({"text": "x" * (BYTES_MAX + 1)}, 413, "större än 512 kB"),
    ],
    ids=["empty", "broken", "another's", "large"],
)  # fmt: skip
def test_what_is_wrong_with_a_calendar_is_said_on_its_page(
    network: Network, admin: Client, more: dict[str, str], status: int, words: str
) -> None:
    answer = admin.post(PAGE, {"function": TIB, "contact": "", **more})
    assert answer.status_code == status
    assert words in text(answer)


def test_a_functions_calendar_tells_who_is_on_duty_and_no_number(network: Network) -> None:
    contact, now = make_contact(network), now_ms()
    plan(network, contact, (now + DAY, now + 2 * DAY))
    answer = network.client("taby-tib").get(f"/rosters/functions/{TIB}/duty.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert "TiB-telefonen" in str(event["SUMMARY"])
    assert round(event.decoded("DTSTART").timestamp() * 1000) == (now + DAY) // 1000 * 1000
    assert b"0605" not in answer.content.replace(b" ", b"")
    assert network.client("taby-tib").get("/rosters/functions/nobody/duty.ics").status_code == 404
    assert Client().get(f"/rosters/functions/{TIB}/duty.ics").status_code == 302


def made_address(client: Client) -> str:
    import re

    answer = client.post(f"/rosters/functions/{TIB}/calendar/new/")
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"/duty-calendar/[^/]+/duty\.ics", text(answer))
    assert found is not None
    return found.group()


def test_a_calendar_program_reads_by_an_address_until_it_is_revoked(network: Network) -> None:
    from gemensam.audit.models import Record
    from gemensam.rosters.models import CalendarLink

    contact, now = make_contact(network), now_ms()
    plan(network, contact, (now + DAY, now + 2 * DAY))
    client = network.client("taby-tib")
    address = made_address(client)
    assert address not in text(client.get(f"/rosters/functions/{TIB}/calendar/"))
    answer = Client().get(address)
    assert answer.status_code == 200 and b"TiB-telefonen" in answer.content
    assert "no-store" in answer.headers["Cache-Control"] and answer.headers["Referrer-Policy"] == "no-referrer"
    assert Client().post(address).status_code in (403, 405)
    link = CalendarLink.objects.get()
    assert address.split("/")[2] not in link.sha256
    for function in ("solna-tib", "nacka-aktorsadministrator", "taby-lasare"):
        assert network.client(function).post(f"/rosters/calendars/{link.pk}/revoke/").status_code == 404
    assert client.post(f"/rosters/calendars/{link.pk}/revoke/").status_code == 302
    assert Client().get(address).status_code == 404
    noted = Record.objects.filter(organisation="taby").values_list("action", flat=True)
    assert {"calendar_link_made", "calendar_link_revoked"} <= set(noted)


def test_an_address_holds_only_as_long_as_its_makers_appointment(network: Network) -> None:
    from gemensam.accounts.models import Appointment

    client = network.client("taby-tib")
    address = made_address(client)
    assert Client().get(address).status_code == 200
    Appointment.objects.filter(function="taby-tib").update(until=now_ms() - 1)
    assert Client().get(address).status_code == 404
    assert Client().get("/duty-calendar/no-such-secret/duty.ics").status_code == 404


def test_an_address_never_stands_in_a_log_line() -> None:
    from gemensam.web.logs import hide_secrets

    assert "secret" not in hide_secrets("GET /duty-calendar/secret/duty.ics HTTP/1.1")
