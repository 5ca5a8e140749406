"""How much each member has been asked (R92): what is counted, where, and that narrower circles are in no wider sum."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.entry import Ref
from gemensam.core.moment import Moment
from gemensam.core.writing import Draft
from gemensam.organisations.domain import organisation
from gemensam.organisations.founding import pins
from gemensam.picture import commands
from gemensam.picture.burden import Burden, burden_in, burden_of_year, years_of
from gemensam.web import times
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.test_reporting_pages import ASKER, ENGLISH, HOUR, NACKA, VAXHOLM, ask, page, report


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, **ENGLISH)


def counted(network: Network, space: str, who: str = "nacka") -> Burden:
    lens = network.lens(NACKA)
    return next(one for one in burden_in(lens, space, Moment(lens.now)) if one.organisation == who)


def test_requests_questions_answers_and_reminders_are_counted(network: Network, space: str) -> None:
    first = ask(network, space, "nacka", "vaxholm", questions=["el", "vag"], extra=["Hur många?"])
    second = ask(network, space, "nacka", questions=["sjo"])
    commands.remind(network.lens(ASKER), space, first, ["nacka"])
    commands.publish_report(network.lens(NACKA), space, report(network), answers=[first])
    commands.decline_request(network.lens(NACKA), space, second, {"reason": "ej_ansvarig"})
    one = counted(network, space)
    assert (one.requests, one.questions, one.answered, one.declined, one.missing, one.reminders) == (2, 4, 1, 1, 0, 1)
    assert one.median_ms is not None and 0 <= one.median_ms < HOUR
    other = counted(network, space, "vaxholm")
    assert (other.requests, other.questions, other.missing, other.median_ms) == (1, 3, 1, None)


def test_no_row_named_is_all_that_one_answers_for(network: Network, space: str) -> None:
    ask(network, space, "nacka")
    found = organisation(network.lens(NACKA).directory, "nacka")
    assert found is not None and counted(network, space).questions == len(found.rows) > 5


def test_the_time_is_to_the_first_answer(network: Network, space: str) -> None:
    start = network.lens(ASKER).now + HOUR
    content = {"purpose": "aktiverat", "template": "full", "deadline_at": start + HOUR, "asked": ["nacka"]}
    request = network.write(ASKER, Draft("request.made", space, new_id(), content), now=start)[0].subject
    for at in (start + 2 * HOUR, start + 4 * HOUR):
        refs = (Ref("answers", space, request),)
        network.write(NACKA, Draft("report.published", space, new_id(), report(network), refs=refs), now=at)
    assert counted(network, space).median_ms == 2 * HOUR


def test_a_year_counts_what_every_member_reads_and_no_exercise(network: Network, space: str, nacka: Client) -> None:
    exercise = new_id()
    opened = {"space_kind": "exercise", "title": "Övning", "pins": pins()}
    network.write(ASKER, Draft("space.opened", exercise, exercise, opened))
    ask(network, network.open_sub_space(space, "nacka/*"), "nacka")
    ask(network, exercise, "nacka")
    assert "Nothing has been asked" in page(nacka, "/statistics/requests/")
    ask(network, space, "nacka", questions=["el"])
    ask(network, "standing", "nacka", questions=["vag"])
    lens = network.lens(NACKA)
    (one,) = burden_of_year(lens, times.local(lens.now).year)
    assert (one.organisation, one.requests, one.questions) == ("nacka", 2, 2)
    assert burden_of_year(lens, times.local(lens.now).year - 1) == []
    assert years_of(lens) == [times.local(lens.now).year]


def test_a_space_has_its_page_and_its_table(network: Network, space: str, nacka: Client) -> None:
    there = f"/spaces/{space}/requests/"
    assert "Nothing has been asked" in page(nacka, f"{there}statistics/")
    ask(network, space, "nacka", "vaxholm", questions=["el"])
    html = page(nacka, f"{there}statistics/")
    assert "Nacka kommun" in html and f"{there}statistics.csv" in html
    assert f"{there}statistics/" in page(nacka, there)
    answer: Any = nacka.get(f"{there}statistics.csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert "Snöoväder" in lines[0][0]
    assert lines[1][:3] == ["Organisation", "Requests", "Questions"]
    assert lines[2] == ["Nacka kommun", "1", "1", "0", "0", "1", "0", ""]


def test_a_narrower_circle_is_counted_for_its_readers_alone(network: Network, space: str, nacka: Client) -> None:
    narrow = network.open_sub_space(space, "nacka/*")
    ask(network, narrow, "nacka")
    assert "Nacka kommun" in page(nacka, f"/spaces/{narrow}/requests/statistics/")
    page(network.client(VAXHOLM), f"/spaces/{narrow}/requests/statistics/", 404)
    page(network.client(VAXHOLM), f"/spaces/{narrow}/requests/statistics.csv", 404)
    assert "Nothing has been asked" in page(nacka, f"/spaces/{space}/requests/statistics/")


def test_a_year_that_has_none_is_not_there(nacka: Client) -> None:
    for given in ("1999", "x", "-1"):
        page(nacka, "/statistics/requests/", 404, year=given)
        assert nacka.get("/statistics/requests.csv", {"year": given}).status_code == 404
