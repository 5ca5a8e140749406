"""Shifts as pages: a series, one shift, swap, handover, cancellation, and who may do what: full requests."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.rosters import commands
from gemensam.rosters.commands import Sent
from gemensam.rosters.domain.local import local
from gemensam.rosters.domain.reading import reach
from gemensam.web import times
from tests.network import Network
from tests.rosters.actions import ADMIN, DAY, HOUR, TIB, last_of, make_contact, plan, rosters

SCHEDULE = "/rosters/members/nacka/schedule/"


@pytest.fixture
def admin(network: Network) -> Client:
    return network.client(ADMIN)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def holder(network: Network, at: int) -> str:
    lens = network.lens(TIB)
    return reach(lens.directory, lens.state(ROSTERS), TIB, at).label


def series(network: Network, admin: Client, **more: Any) -> Any:
    contacts = {thing.data.label: thing.subject for thing in rosters(network).group("duty_contacts", "nacka")}
    form = {
        "function": TIB, "first": "2026-12-07", "last": "2026-12-13", "weekdays": list("1234567"), "start": "08.00",
        "end": "08.00", "days": "", "turn": "shift", "contact_1": contacts["Ett"], "contact_2": contacts["Två"],
    }  # fmt: skip
    return admin.post("/rosters/shifts/plan/", {**form, **more})


@pytest.fixture
def two(network: Network) -> tuple[str, str]:
    return make_contact(network, "Ett"), make_contact(network, "Två")


def test_a_series_is_planned_in_one_form_and_stands_in_the_schedule(
    network: Network, admin: Client, two: tuple[str, str]
) -> None:
    answer = series(network, admin)
    assert answer.status_code == 302
    shifts = rosters(network).group("shifts", "nacka", TIB)
    assert [thing.data.contact for thing in shifts] == [two[place % 2] for place in range(7)]
    assert {local(thing.data.from_at).hour for thing in shifts} == {8}
    shown = text(network.client("taby-tib").get(f"{SCHEDULE}?from=2026-12-07&function={TIB}"))
    assert shown.count("roster-shift") == 7 and shown.count("roster-gap") == 1  # until Monday 08.00
    assert "måndag 7 dec" in shown and "08.00 – tis 8 dec 08.00" in shown
    month = text(admin.get(f"{SCHEDULE}?from=2026-12-07&span=month"))
    assert "söndag 10 jan" in month


def test_a_week_long_shift_is_planned_with_whole_days(network: Network, admin: Client, two: tuple[str, str]) -> None:
    more = {"weekdays": ["1"], "days": "6", "last": "2026-12-20", "turn": "week"}
    assert series(network, admin, **more).status_code == 302
    first, second = rosters(network).group("shifts", "nacka", TIB)
    assert (first.data.until_at, first.data.contact, second.data.contact) == (second.data.from_at, *two)
    assert second.data.until_at - second.data.from_at == 7 * DAY


def test_the_same_form_sent_twice_plans_once(network: Network, admin: Client, two: tuple[str, str]) -> None:
    for _time in range(2):
        assert series(network, admin, key="01890000-0000-7000-8000-000000000001").status_code == 302
    assert rosters(network).size("shifts", "nacka", TIB) == 7


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"first": "2026-13-01"}, "Skriv datumet"), ({"last": "2026-12-01"}, "Inget pass börjar"),
        ({"start": "25.00"}, "Skriv klockslaget"), ({"weekdays": []}, "fält"), ({"function": "taby-tib"}, "taby-tib"),
        ({"contact_1": ""}, "fält"), ({"contact_1": "nobody"}, "nobody"), ({"last": "2027-11-30"}, "mer än 200 pass"),
        ({"first": "2019-01-01", "last": "2019-01-02"}, "högst 31 dygn bakåt"), ({"days": "99"}, "34"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_series_is_said_and_nothing_is_planned(
    network: Network, admin: Client, two: tuple[str, str], more: dict[str, Any], words: str
) -> None:
    answer = series(network, admin, **more)
    assert answer.status_code == 422
    assert words in text(answer)
    assert rosters(network).size("shifts", "nacka", TIB) == 0


def test_without_a_contact_one_is_made_first(network: Network, admin: Client) -> None:
    assert 'href="/rosters/contacts/new/"' in text(admin.get("/rosters/shifts/plan/"))


# One shift ------------------------------------------------------------------------------------------------------


def test_a_shift_is_changed_cancelled_and_never_by_another(
    network: Network, admin: Client, two: tuple[str, str]
) -> None:
    now = now_ms()
    subject = plan(network, two[0], (now + DAY, now + 2 * DAY))
    page, at = f"/rosters/shifts/{subject}/", now + DAY + HOUR
    form = {
        "change-contact": two[1], "change-from_at": times.field(now + DAY), "change-note": "Koden byts kl. 12",
        "change-until_at": times.field(now + 3 * DAY), "seen": last_of(network, subject),
    }  # fmt: skip
    for function in (TIB, "taby-aktorsadministrator", "kansliet-systemforvaltare"):
        client = network.client(function)
        assert client.post(f"{page}change/", form).status_code == 403
        assert client.post(f"{page}cancel/", {}).status_code == 403
        assert "change-contact" not in text(client.get(page))
    assert admin.post(f"{page}change/", form).status_code == 302
    assert holder(network, at) == "Två"
    assert "Koden byts kl. 12" in text(network.client("taby-tib").get(page))
    stale = admin.post(f"{page}change/", {**form, "change-contact": two[0]}, follow=True)
    assert "ändrat" in text(stale) and holder(network, at) == "Två"
    wrong = admin.post(f"{page}change/", {**form, "change-until_at": "sedan"})
    assert wrong.status_code == 422
    assert admin.post(f"{page}cancel/", {"seen": last_of(network, subject)}).status_code == 302
    assert holder(network, at) == ""
    assert "Inställt" in text(admin.get(page))
    assert "ställas" not in text(admin.get(page)) and "change-contact" not in text(admin.get(page))


def test_two_shifts_swap_in_one_commit(network: Network, admin: Client, two: tuple[str, str]) -> None:
    now = now_ms()
    first = plan(network, two[0], (now + DAY, now + 2 * DAY))
    second = plan(network, two[1], (now + 2 * DAY, now + 3 * DAY))
    other = f"{second}:{last_of(network, second)}"
    form = {"swap-other": other, "seen": last_of(network, first), "key": "01890000-0000-7000-8000-000000000002"}
    assert other in text(admin.get(f"/rosters/shifts/{first}/"))
    before = rosters(network).position
    for _time in range(2):  # a second press changes nothing back
        answer = admin.post(f"/rosters/shifts/{first}/swap/", form)
    assert (holder(network, now + DAY + HOUR), holder(network, now + 2 * DAY + HOUR)) == ("Två", "Ett")
    assert rosters(network).position == before + 2
    assert answer.status_code in (302, 422)


def test_a_swap_of_a_shift_that_has_been_changed_meanwhile_writes_neither(
    network: Network, two: tuple[str, str]
) -> None:
    now = now_ms()
    first = plan(network, two[0], (now + DAY, now + 2 * DAY))
    second = plan(network, two[1], (now + 2 * DAY, now + 3 * DAY))
    seen = (last_of(network, first), last_of(network, second))
    content = {"function": TIB, "contact": two[1], "from_at": now + 2 * DAY, "until_at": now + 4 * DAY, "note": ""}
    commands.change_shift(network.lens(ADMIN), second, content)
    with pytest.raises(Refused, match="moved"):
        commands.swap_shifts(network.lens(ADMIN), (first, second), seen=seen)
    assert holder(network, now + DAY + HOUR) == "Ett"
    theirs = make_contact(network, "Deras", function="taby-aktorsadministrator")
    for subject, code in ((theirs, "not_found"), ("nothing", "not_found")):
        with pytest.raises(Refused, match=code):
            commands.swap_shifts(network.lens(ADMIN), (first, subject), seen=seen)


def test_the_one_on_duty_hands_over_with_a_note_and_nobody_else_does(network: Network, two: tuple[str, str]) -> None:
    now = now_ms()
    subject = plan(network, two[0], (now - HOUR, now + HOUR))
    page = f"/rosters/shifts/{subject}/"
    form = {"hand-contact": two[1], "hand-note": "Allt lugnt", "seen": last_of(network, subject)}
    for function in ("nacka-lasare", "taby-tib"):
        assert "hand-contact" not in text(network.client(function).get(page))
        assert network.client(function).post(f"{page}hand-over/", form).status_code == 403
    client = network.client(TIB)
    assert "hand-contact" in text(client.get(page))
    assert holder(network, now_ms()) == "Ett"
    assert client.post(f"{page}hand-over/", form).status_code == 302
    assert holder(network, now_ms()) == "Två"
    assert holder(network, now - HOUR) == "Ett"
    assert "Allt lugnt" in text(client.get(page))
    shown = text(client.get(f"{SCHEDULE}?function={TIB}"))
    assert "Överlämnat" in shown


def test_a_coming_shift_is_not_handed_over(network: Network, two: tuple[str, str]) -> None:
    now = now_ms()
    subject = plan(network, two[0], (now + DAY, now + 2 * DAY))
    form = {"hand-contact": two[1], "seen": ""}
    answer = network.client(TIB).post(f"/rosters/shifts/{subject}/hand-over/", form, follow=True)
    assert "pågående pass" in text(answer)


def test_gaps_and_overlaps_are_said(network: Network, admin: Client, two: tuple[str, str]) -> None:
    now = now_ms()
    plan(network, two[0], (now - HOUR, now + DAY))
    plan(network, two[1], (now + DAY - HOUR, now + 2 * DAY))
    shown = text(admin.get(f"{SCHEDULE}?function={TIB}&span=month"))
    assert "Överlappar: detta gäller" in shown and "Överlappar: gäller inte" not in shown
    assert "Lucka" in shown
    start = text(admin.get("/"))
    assert "nacka" in start and "TiB: ingen" in start


@pytest.mark.parametrize("query", ["?from=igår", "?from=0001-01-01", "?from=99999-01-01"])
def test_a_day_that_is_none_is_refused(admin: Client, query: str) -> None:
    assert admin.get(SCHEDULE + query).status_code == 400


def test_what_is_not_there_is_not_found(admin: Client, two: tuple[str, str]) -> None:
    assert admin.get(f"{SCHEDULE}?function=taby-tib").status_code == 404
    assert admin.get("/rosters/members/nobody/").status_code == 404
    assert admin.get(f"/rosters/shifts/{two[0]}/").status_code == 404
    assert admin.post(f"/rosters/shifts/{two[0]}/cancel/", {}).status_code == 404


def test_two_who_plan_at_once_both_stand_and_the_later_word_holds(network: Network, two: tuple[str, str]) -> None:
    now = now_ms()

    def one(contact: str) -> str:
        try:
            return plan(network, contact, (now + DAY, now + 2 * DAY))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(one, two))
    state = rosters(network)
    things = sorted((state.things[subject] for subject in made), key=lambda thing: thing.last_clock)
    lens = network.lens(TIB)
    found = reach(lens.directory, state, TIB, now + DAY)
    assert (found.shift, found.overlapping) == (things[1].subject, (things[0].subject,))


def test_a_list_tested_by_a_larm_is_noted_once(network: Network) -> None:
    from gemensam.rosters.domain.reading import call_list
    from gemensam.rosters.testing import note_tested

    at = now_ms() - HOUR
    for _time in range(2):
        note_tested(["nacka", "taby"], at=at, key="larm-1/1")
    lens = network.lens(TIB)
    state = lens.state(ROSTERS)
    assert [call_list(lens.directory, state, each).tested_at for each in ("nacka", "taby", "solna")] == [at, at, 0]
    assert state.size("call_lists") == 2
    assert note_tested([], at=at) == ()
    thing = state.thing("calls-nacka")
    assert thing is not None and thing.last == thing.created


def test_seen_is_what_keeps_two_editors_apart(network: Network) -> None:
    commands.set_list(network.lens(ADMIN), {"steps": [TIB]})
    seen = last_of(network, "calls-nacka")
    commands.set_list(network.lens(ADMIN), {"steps": ["nacka-stadsdirektor"]}, Sent(seen))
    with pytest.raises(Refused, match="moved"):
        commands.confirm_list(network.lens(ADMIN), Sent(seen))
