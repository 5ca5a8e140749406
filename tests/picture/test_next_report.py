"""When the next report comes: filled in from the takt, and never a time that the report itself is for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.organisations.domain import vocabulary
from gemensam.picture.domain.cadences import cadence_subject, payload_from
from gemensam.web import times
from tests.network import Network, build
from tests.picture.scene import HOUR, MINUTE, cell, publish, report


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client("nacka-tib")


def _set_takt(network: Network, space: str, first_report_at: int) -> None:
    """Set the takt of the first hours: reports every two hours, half an hour before the conference."""
    item = vocabulary(network.lens("nacka-tib").directory, "cadences").item("akut")
    assert item is not None
    payload = payload_from(item, reason="Läget", anchor_at=first_report_at + HOUR // 2)
    network.write("lansstyrelsen-tib", Draft("cadence.set", space, cadence_subject("lansstyrelsen"), payload))


def _next_at(client: Client, space: str) -> str:
    page = client.get(f"/spaces/{space}/report/?template=full").content.decode()
    box = page[page.index('name="next_at"') - 300 : page.index('name="next_at"') + 200]
    return box.partition('value="')[2].partition('"')[0]


def test_a_new_report_begins_with_the_takts_next_time(network: Network, space: str, nacka: Client) -> None:
    at = now_ms() + HOUR
    _set_takt(network, space, at)
    assert _next_at(nacka, space) == times.field(at)
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "ingen"), next_at=now_ms() + 9 * HOUR))
    assert _next_at(nacka, space) == times.field(at)


def test_what_is_written_just_before_a_time_is_for_that_time(network: Network, space: str, nacka: Client) -> None:
    at = now_ms() + 10 * MINUTE
    _set_takt(network, space, at)
    assert _next_at(nacka, space) == times.field(at + 2 * HOUR)


def test_without_a_takt_nothing_is_filled_in(space: str, nacka: Client) -> None:
    assert _next_at(nacka, space) == ""
