"""*Oförändrat* where it is read: said once for a report, in quiet words, and from when the statement itself is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from gemensam.ledger.append import now_ms
from gemensam.picture import commands
from tests.network import Network, build
from tests.picture.scene import HOUR, cell, chosen, publish, publish_picture, report, section

COMPILER = "lansstyrelsen-lagesbildsansvarig"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


def _client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def _unchanged(network: Network, ago_ms: int) -> str:
    """Open an incident in which Nacka has confirmed a report of some time ago, and return it."""
    space = network.open_incident()
    cells = [cell(row, "betydande", "Som förut") for row in ("el", "vag", "sjo")]
    publish(network, "nacka-tib", space, report(now_ms() - ago_ms, *cells))
    commands.report_unchanged(network.lens("nacka-tib"), space)
    return space


def _main(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page[page.index("<main") :]


@pytest.mark.parametrize("place", ["own/", "members/nacka/"])
def test_it_is_said_once_of_a_members_row_and_is_no_warning(network: Network, place: str) -> None:
    space = _unchanged(network, 2 * HOUR)
    page = _main(_client(network, "nacka-tib"), f"/spaces/{space}/{place}")
    assert page.lower().count("oförändrat, bekräftat") == 1
    assert page.count("uppgiften är från") == 3
    assert not re.search(r'class="note">[^<]*(Oförändrat|uppgiften)', page)


def test_the_statements_own_time_is_left_out_where_it_is_the_same(network: Network) -> None:
    space = _unchanged(network, 0)
    nacka = _client(network, "nacka-tib")
    for place in ("own/", "members/nacka/", "members/nacka/el/"):
        page = _main(nacka, f"/spaces/{space}/{place}")
        assert "oförändrat, bekräftat" in page.lower(), place
        assert "uppgiften är från" not in page, place


def test_the_workbench_and_the_picture_tell_it_beside_the_source(network: Network) -> None:
    space = _unchanged(network, 2 * HOUR)
    confirmed = network.lens("nacka-tib").state(space).latest("reports", "nacka")
    assert confirmed is not None
    compiler = _client(network, COMPILER)
    source = {"subject": confirmed.subject, "entry": confirmed.data.content, "part": "cell:el"}
    publish_picture(network, space, now_ms(), section("konsekvenser", source))
    for place in ("compile/", "pictures/1/"):
        page = _main(compiler, f"/spaces/{space}/{place}")
        assert "oförändrat, bekräftat" in page, place
        assert 'class="note">Oförändrat' not in page, place


def test_a_note_stands_apart_from_what_is_before_it(network: Network) -> None:
    space = network.open_incident()
    given = report(now_ms(), cell("el", "betydande", "Osäkert", unconfirmed=True))
    receipt = publish(network, "nacka-tib", space, given)
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(receipt, "cell:el")))
    for place in ("own/", "members/nacka/el/", "pictures/1/", "compile/"):
        page = _main(_client(network, COMPILER if place[0] in "pc" else "nacka-tib"), f"/spaces/{space}/{place}")
        assert not re.search(r'\S<span class="note">', page), place
