"""The calendar file: what other programs read of a conference and of a series (RFC 5545)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from gemensam.coordination import commands
from gemensam.coordination.calendar import Meeting, calendar_file
from gemensam.picture.compiling import Takt, set_cadence
from gemensam.web.times import parse
from tests.coordination.actions import DIAL_IN, HOUR, LEADER, call, thing_of
from tests.coordination.test_pages import NOON, client, place
from tests.network import Network


def events(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return read(answer.content)


def read(body: bytes) -> list[Any]:
    calendar: Any = Calendar.from_ical(body)
    return list(calendar.walk("VEVENT"))


def one(network: Network, space: str, conference: str, function: str = "nacka-lasare") -> Any:
    [event] = events(client(network, function).get(place(space, conference, "conference.ics")))
    return event


def test_a_file_is_folded_by_octets_and_escaped_and_reads_back_as_written() -> None:
    text = "Å" * 60 + "; komma, semikolon; omvänt \\ och\nny rad"
    body = calendar_file("Ytan", [Meeting("a@b", NOON, 30, "Möte, vecka 47; viktigt", NOON, text=text)])
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    [event] = read(body)
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("Möte, vecka 47; viktigt", text)
    assert body == calendar_file("Ytan", [Meeting("a@b", NOON, 30, "Möte, vecka 47; viktigt", NOON, text=text)])


@pytest.mark.parametrize(("local", "utc"), [("2026-03-28T10:00", 9), ("2026-03-30T10:00", 8)])
def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_summer_time(local: str, utc: int) -> None:
    [event] = read(calendar_file("x", [Meeting("a", parse(local), 45, "x", NOON)]))
    assert event["DTSTART"].dt.astimezone(UTC).hour == utc
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 45 * 60


def test_a_conference_goes_to_the_calendar_without_its_code(network: Network) -> None:
    conference = call(network, starts_at=NOON, text="Ta med siffror; tack")
    event = one(network, "standing", conference)
    assert event["DTSTART"].dt == datetime(2026, 11, 19, 9, tzinfo=UTC)
    assert "Ordinarie samverkanskonferens vecka 47" in str(event["SUMMARY"])
    assert str(event["LOCATION"]) == DIAL_IN["primary"]
    assert "Ta med siffror; tack" in str(event["DESCRIPTION"])
    assert "Om linjen faller: Rakel 47" in str(event["DESCRIPTION"])
    assert DIAL_IN["code"] not in event.to_ical().decode()
    assert str(event["URL"]).endswith(place("standing", conference))
    assert str(event["STATUS"]) == "CONFIRMED"


def test_a_change_and_a_cancellation_reach_the_same_meeting(network: Network) -> None:
    conference = call(network, starts_at=NOON)
    first = one(network, "standing", conference)
    lens, terms = network.lens(LEADER), {"length_min": 45, "reason": "Bron är avstängd", "dial_in": DIAL_IN}
    commands.change_conference(lens, "standing", conference, {"starts_at": NOON + HOUR, **terms})
    second = one(network, "standing", conference)
    commands.cancel_conference(network.lens(LEADER), "standing", conference, "Inget nytt")
    third = one(network, "standing", conference)
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert second["DTSTART"].dt > first["DTSTART"].dt
    assert (str(third["STATUS"]), str(third["SUMMARY"]).split(" · ")[0]) == ("CANCELLED", "INSTÄLLD")
    again = call(network, starts_at=NOON)
    fourth = one(network, "standing", again)
    assert fourth["UID"] == third["UID"]
    assert fourth["SEQUENCE"] > third["SEQUENCE"]


def test_a_conference_of_its_own_has_a_mark_of_its_own(network: Network) -> None:
    space = network.open_incident()
    marks = {str(one(network, space, call(network, space, starts_at=NOON))["UID"]) for _ in range(2)}
    assert len(marks) == 2


def test_the_series_holds_what_is_called_and_what_the_takt_has_next(network: Network) -> None:
    space, lens = network.open_incident(), network.lens(LEADER)
    anchor = (lens.now // HOUR + 2) * HOUR
    set_cadence(lens, space, Takt("akut", "Första timmarna", anchor))
    url = f"/spaces/{space}/conferences/series.ics"
    before = events(client(network, "nacka-tib").get(url))
    assert {str(event["STATUS"]) for event in before} == {"TENTATIVE"}
    assert len(before) == 60
    assert before[0]["DTSTART"].dt == datetime.fromtimestamp(anchor / 1000, UTC)
    commands.call_next(network.lens(LEADER), space)
    after = events(client(network, "nacka-tib").get(url))
    assert str(after[0]["STATUS"]) == "CONFIRMED"
    assert [event["UID"] for event in after[:3]] == [event["UID"] for event in before[:3]]


def test_a_time_that_is_called_anew_stands_once_in_the_series(network: Network) -> None:
    space, lens = network.open_incident(), network.lens(LEADER)
    set_cadence(lens, space, Takt("akut", "Första timmarna", (lens.now // HOUR + 2) * HOUR))
    first = commands.call_next(network.lens(LEADER), space).subject
    starts_at = thing_of(network, space, first).data.starts_at
    commands.cancel_conference(network.lens(LEADER), space, first, "Fel")
    call(network, space, series="akut", agenda="aktiverat_foljande", starts_at=starts_at)
    found = events(client(network, "nacka-tib").get(f"/spaces/{space}/conferences/series.ics"))
    alike = [event for event in found if event["DTSTART"].dt == datetime.fromtimestamp(starts_at / 1000, UTC)]
    assert [str(event["STATUS"]) for event in alike] == ["CONFIRMED"]


def test_a_narrower_circle_is_confidential_and_others_get_nothing(network: Network) -> None:
    space = network.open_sub_space("standing", "taby-tib")
    conference = call(network, space)
    assert str(one(network, space, conference, "taby-tib")["CLASS"]) == "CONFIDENTIAL"
    for path in ("series.ics", f"{conference}/conference.ics"):
        assert client(network, "nacka-tib").get(f"/spaces/{space}/conferences/{path}").status_code == 404


def test_the_files_have_swedish_names(network: Network) -> None:
    conference, nacka = call(network, starts_at=NOON), client(network, "nacka-tib")
    named = nacka.get(place("standing", conference, "conference.ics"))["Content-Disposition"]
    assert 'filename="konferens-47-' in named
    assert "konferenser-" in nacka.get("/spaces/standing/conferences/series.ics")["Content-Disposition"]
