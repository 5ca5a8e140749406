"""Quick answers from the report's form: what is offered, what *oförändrat* asks for, *avböjer* in few presses (R21)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.ledger.append import now_ms
from gemensam.picture import commands
from tests.network import Network, build
from tests.picture.scene import HOUR, cell, publish, report
from tests.picture.test_reporting_pages import ENGLISH, NACKA, ask, page, position, post

DAY = 24 * HOUR


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, **ENGLISH)


def confirmed_for_long(network: Network, space: str) -> None:
    """Nacka's report of more than a day ago, confirmed as unchanged: el is heavy, vag has a figure, sjo is light."""
    cells = (cell("el", "allvarlig", "Mörkt"), cell("vag", "ingen"), cell("sjo", "mattlig"))
    publish(network, NACKA, space, report(now_ms() - DAY - HOUR, *cells), now=now_ms() - DAY)
    commands.report_unchanged(network.lens(NACKA), space)


def test_unchanged_is_offered_only_after_a_report_and_shows_what_it_confirms(
    network: Network, space: str, nacka: Client
) -> None:
    there = f"/spaces/{space}/report/"
    assert 'value="unchanged"' not in page(nacka, there)
    publish(network, NACKA, space, report(now_ms() - HOUR, cell("el", "allvarlig", "Mörkt i norr")))
    html = page(nacka, there)
    assert 'value="unchanged"' in html and "What Unchanged confirms" in html and "Mörkt i norr" in html
    assert 'name="still"' not in html


def test_after_a_day_what_weighs_most_is_gone_through_first(network: Network, space: str, nacka: Client) -> None:
    confirmed_for_long(network, space)
    there = f"/spaces/{space}/report/"
    html = page(nacka, there)
    assert re.findall(r'name="still" value="(\w+)"', html) == ["el"]
    before = position(network, space)
    assert post(nacka, f"{there}quick/", {"quick": "unchanged"}) == f"{there}#quick-title"
    assert position(network, space) == before
    assert "Go through what weighs most first: Electricity" in page(nacka, there)
    assert "/reports/" in post(nacka, f"{there}quick/", {"quick": "unchanged", "still": "el"})
    latest = network.lens(NACKA).state(space).latest("reports", "nacka")
    assert latest is not None and latest.data.repeats == 2


def test_the_regions_list_says_when(network: Network, space: str, nacka: Client) -> None:
    from gemensam.picture.lists import Lists
    from gemensam.picture.quick_answers import deferral_ms, review_of

    lens = network.lens(NACKA)
    review = review_of(Lists(lens.directory, lens.state(space)))
    assert (review.repeats, review.after_ms, review.from_digit) == (3, DAY, 3)
    assert deferral_ms(Lists(lens.directory, lens.state(space))) == 2 * HOUR


def test_nothing_to_report_is_for_the_weekly_report(network: Network, space: str, nacka: Client) -> None:
    assert 'value="nothing_to_report"' not in page(nacka, f"/spaces/{space}/report/")
    assert 'value="nothing_to_report"' in page(nacka, "/spaces/standing/report/")


def test_declining_takes_one_press_for_each_reason(network: Network, space: str, nacka: Client) -> None:
    request = ask(network, space, "nacka")
    html = page(nacka, f"/spaces/{space}/report/")
    assert html.count(f'action="/spaces/{space}/requests/{request}/decline/"') == 3  # no report that could answer
    post(nacka, f"/spaces/{space}/requests/{request}/decline/", {"reason": "ej_ansvarig"})
    assert network.lens(NACKA).state(space).things[request].party("nacka") == "declined"


def test_an_earlier_report_is_named_in_one_press(network: Network, space: str, nacka: Client) -> None:
    receipt = publish(network, NACKA, space, report(now_ms(), cell("el", "ingen")))
    request = ask(network, space, "nacka")
    assert f'name="report" value="{receipt.subject}"' in page(nacka, f"/spaces/{space}/report/")
    sent = {"reason": "redan_besvarad", "report": receipt.subject}
    post(nacka, f"/spaces/{space}/requests/{request}/decline/", sent)
    assert "Already answered" in page(nacka, f"/spaces/{space}/requests/{request}/")
