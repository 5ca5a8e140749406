"""The calendar of known events by full requests: entering, clashes, planning with files, and becoming an incident."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from gemensam.coordination.sending import Sent
from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.planning import event_commands as commands
from gemensam.planning.event_queries import all_events
from gemensam.web import times
from tests.network import Network
from tests.planning.entries import MATCH

pytestmark = pytest.mark.database
PLANNER = "nacka-sakerhetschef"
BASE = f"/spaces/{STANDING}/known-events/"
SOON = times.local(times.now()).date() + timedelta(days=20)


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def form(**changes: Any) -> dict[str, Any]:
    written = {
        "title": "Derby på arenan", "kind": "match", "from_day": SOON.isoformat(), "from_hour": "15.00",
        "until_hour": "18", "kommuner": "Solna", "effect": "Många resenärer", "resources": ["polis"],
    }  # fmt: skip
    return {**written, **changes}


def entered(network: Network, function: str = PLANNER, **changes: Any) -> str:
    answer = client(network, function).post(f"{BASE}new/", form(**changes))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removeprefix(BASE).strip("/")


def told(answer: Any) -> list[Any]:
    """Return the events of a calendar file."""
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_event_is_entered_listed_and_told_to_calendars_and_tables(network: Network) -> None:
    subject = entered(network)
    reader = client(network, "nacka-lasare")
    page = reader.get(BASE).content.decode()
    for words in ("Derby på arenan", "Solna", "Match eller idrott", "anstränger polis"):
        assert words in page
    assert "/new/" not in page
    table = b"".join(reader.get(f"{BASE}table.csv")).decode()
    assert f"Derby på arenan;Match eller idrott;{SOON.isoformat()}T15:00:00" in table
    (event,) = told(reader.get(f"{BASE}calendar.ics"))
    assert event["SUMMARY"] == "Derby på arenan"
    assert (event.end - event.start) == timedelta(hours=3)
    month = reader.get(f"{BASE}month/?month={SOON:%Y-%m}").content.decode()
    assert month.count("Derby på arenan") == 2  # in the table of days and in the list
    assert "Derby på arenan" not in reader.get(f"{BASE}?kind=konsert").content.decode()
    assert "Derby på arenan" in reader.get(f"{BASE}?q=resenärer&kommun=0184").content.decode()
    assert reader.get(f"{BASE}{subject}/").status_code == 200


def test_days_without_times_are_whole_days_and_a_yearly_event_comes_again(network: Network) -> None:
    last = SOON + timedelta(days=2)
    entered(network, title="Skolstart", kind="skolstart", from_hour="", until_hour="", until_day=last.isoformat(),
            yearly_until=SOON.year + 2)  # fmt: skip
    events = told(client(network, PLANNER).get(f"{BASE}calendar.ics"))
    assert [event["DTSTART"].dt for event in events] == [SOON, date(SOON.year + 1, SOON.month, SOON.day)]
    assert events[0]["DTEND"].dt == last + timedelta(days=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"from_day": "i morgon"},
        {"until_hour": "14.00"},
        {"from_hour": "25.00"},
        {"kind": "fest"},
        {"kommuner": "Göteborg"},
        {"resources": ["guld"]},
        {"yearly_until": 1999},
        {"yearly_until": SOON.year + 60},
        {"title": "x" * 121},
    ],
)
def test_what_does_not_hold_is_told_at_its_field_and_nothing_is_lost(network: Network, changes: dict[str, Any]) -> None:
    answer = client(network, PLANNER).post(f"{BASE}new/", form(**changes))
    assert answer.status_code == 422
    assert "Många resenärer" in answer.content.decode()
    assert not all_events(network.lens(PLANNER), STANDING, Moment(times.now()))


def test_who_may_not_plan_enters_nothing_and_there_is_no_calendar_in_an_incident(network: Network) -> None:
    assert client(network, "nacka-lasare").post(f"{BASE}new/", form()).status_code == 403
    with pytest.raises(Refused, match="not_permitted"):
        commands.enter_event(network.lens("nacka-lasare"), STANDING, MATCH)
    incident = network.open_incident()
    assert client(network, PLANNER).get(f"/spaces/{incident}/known-events/").status_code == 404


def test_only_the_responsible_or_the_joint_office_changes_an_event(network: Network) -> None:
    subject = entered(network)
    other = client(network, "taby-sakerhetschef")
    assert other.get(f"{BASE}{subject}/change/").status_code == 403
    assert other.post(f"{BASE}{subject}/cancel/", {"reason": "nej"}).status_code == 403
    own = client(network, PLANNER)
    asked = own.get(f"{BASE}{subject}/change/")
    assert asked.context["form"].initial["from_hour"] == "15.00"
    seen = asked.context["seen"]
    changed = form(from_hour="16.00", until_hour="19.00", reason="Ny avspark", seen=seen)
    assert own.post(f"{BASE}{subject}/change/", changed).status_code == 302
    assert own.post(f"{BASE}{subject}/change/", changed).status_code == 409  # another has said it meanwhile
    page = own.get(f"{BASE}{subject}/").content.decode()
    assert "Ny avspark" in page
    assert "16.00" in page
    assert own.post(f"{BASE}{subject}/cancel/", {"reason": "Spelas inte"}).status_code == 302
    page = own.get(f"{BASE}{subject}/").content.decode()
    assert "Spelas inte" in page
    assert "/call/?basis=" not in page
    (event,) = told(own.get(f"{BASE}{subject}/calendar.ics"))
    assert (event["STATUS"], int(event["SEQUENCE"])) == ("CANCELLED", 2)


def test_a_clash_is_warned_of_until_a_party_accepts_it_and_again_when_the_facts_change(network: Network) -> None:
    first = entered(network)
    second = entered(network, "solna-sakerhetschef", title="Konsert", kind="konsert", resources=[], from_hour="17.30",
                     until_hour="23.00")  # fmt: skip
    page = client(network, "nacka-lasare").get(BASE).content.decode()
    assert "1 krock som ingen har godtagit" in page
    assert "Kända händelser krockar" in client(network, PLANNER).get("/").content.decode()
    assert "Kända händelser krockar" not in client(network, "taby-sakerhetschef").get("/").content.decode()
    own = client(network, PLANNER)
    (clash,) = own.get(f"{BASE}{second}/").context["clashes"]
    assert (clash["rule"], clash["shared"], clash["subject"]) == ("Samma kommun samtidigt", "Solna", first)
    sent = {"clash": clash["key"], "reason": "Polisen har styrka för båda"}
    outside = client(network, "taby-sakerhetschef")
    assert outside.post(f"{BASE}{first}/clash/", sent).status_code == 403
    assert own.post(f"{BASE}{first}/clash/", {**sent, "reason": " "}).status_code == 422
    assert own.post(f"{BASE}{first}/clash/", sent).status_code == 302
    page = own.get(f"{BASE}{second}/").content.decode()
    assert "Polisen har styrka för båda" in page
    assert "krock som ingen har godtagit" not in own.get(BASE).content.decode()
    reopened = {**sent, "act": "reopen", "reason": "Styrkan behövs på annat håll"}
    assert own.post(f"{BASE}{first}/clash/", reopened).status_code == 302
    assert "1 krock som ingen har godtagit" in own.get(BASE).content.decode()
    own.post(f"{BASE}{first}/clash/", sent)
    seen = own.get(f"{BASE}{first}/change/").context["seen"]
    own.post(f"{BASE}{first}/change/", form(from_hour="16.00", until_hour="20.00", reason="Senare", seen=seen))
    assert "1 krock som ingen har godtagit" in own.get(BASE).content.decode()
    with pytest.raises(Refused, match="clash_gone"):
        commands.accept_clash(network.lens(PLANNER), STANDING, first, (clash["key"], "gammal"), sent=Sent())


def test_each_member_tells_how_it_plans_with_files_and_takes_back_only_its_own(network: Network) -> None:
    subject = entered(network)
    file = SimpleUploadedFile("karta.txt", "Avspärrningar".encode(), content_type="application/x-anything")
    other = client(network, "taby-sakerhetschef")
    sent = {"text": "Extra bussar från Täby centrum", "files": [file]}
    assert other.post(f"{BASE}{subject}/note/", sent).status_code == 302
    page = client(network, PLANNER).get(f"{BASE}{subject}/")
    (note,) = page.context["notes"]
    assert (note["who"], note["files"][0]["name"]) == ("Täby", "karta.txt")
    body = client(network, PLANNER).get(f"/spaces/{STANDING}/attachments/{note['files'][0]['digest']}/").content
    assert body == "Avspärrningar".encode()
    bad = SimpleUploadedFile("virus.exe", b"MZ")
    other.post(f"{BASE}{subject}/note/", {"text": "Med fel fil", "files": [bad]})
    back = {"note": note["digest"], "reason": "Bussarna är avbokade"}
    client(network, PLANNER).post(f"{BASE}{subject}/note/withdraw/", back)
    assert len(other.get(f"{BASE}{subject}/").context["notes"]) == 1
    other.post(f"{BASE}{subject}/note/withdraw/", back)
    assert not other.get(f"{BASE}{subject}/").context["notes"]


def test_a_known_event_becomes_an_incident_with_its_planning_carried_over(network: Network) -> None:
    subject = entered(network, title="Statsbesök", kind="statsbesok")
    planner = client(network, PLANNER)
    file = SimpleUploadedFile("plan.txt", "Vägar stängs 14–19".encode())
    planner.post(f"{BASE}{subject}/note/", {"text": "Värmdövägen stängs", "files": [file]})
    own = client(network, "nacka-tib").get(f"{BASE}{subject}/").content.decode()
    assert f"/call/?basis={STANDING}/{subject}" in own
    caller = client(network, "nacka-tib")
    page = caller.get(f"/call/?basis={STANDING}/{subject}")
    assert page.status_code == 200
    initial = page.context["form"].initial
    assert (initial["words"], initial["type"]) == ("Statsbesök", "polis_leder")
    assert "Många resenärer" in initial["text"]
    assert "Värmdövägen stängs" in page.content.decode()
    answer = caller.post("/call/", {**initial, "act": "call", "key": "en-nyckel"})
    assert answer.status_code == 302
    space = str(answer["Location"]).split("/")[2]
    lens = network.lens("nacka-lasare")
    opened, called = lens.entries(space, after=0, limit=2)
    assert opened.header.kind == "space.opened"
    assert [(ref.rel, ref.space, ref.subject) for ref in called.header.refs] == [("basis", STANDING, subject)]
    activation = client(network, "taby-tib").get(f"/spaces/{space}/activation/").content.decode()
    for words in ("Kommer från", "Värmdövägen stängs", "plan.txt"):
        assert words in activation
    back = client(network, "taby-tib").get(f"{BASE}{subject}/").content.decode()
    assert f'<a href="/spaces/{space}/">Statsbesök</a>' in back


@pytest.mark.parametrize("basis", ["standing/ingen", "ingen/ingen", "standing", "/", "directory/nacka"])
def test_a_call_comes_from_nothing_that_is_not_known(network: Network, basis: str) -> None:
    assert client(network, "nacka-tib").get(f"/call/?basis={basis}").status_code == 404
    sent = {"type": "storm", "words": "Storm", "basis": basis, "act": "call"}
    assert client(network, "nacka-tib").post("/call/", sent).status_code == 404


def test_the_calendar_can_be_seen_as_it_was_and_the_past_offers_no_buttons(network: Network) -> None:
    before = times.now() - 1_000
    entered(network)
    past = client(network, PLANNER).get(f"{BASE}?knew_at={times.iso_moment(before)}").content.decode()
    assert "Derby" not in past
    assert "/known-events/new/" not in past
    assert client(network, PLANNER).get(f"{BASE}month/?month=nu").status_code == 422
