"""*Obekräftad* is lifted or denied by its owner in one press, wherever it is shown (R22), and by nobody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.append import now_ms
from gemensam.picture import commands, settling
from tests.network import Network, build
from tests.picture.scene import HOUR, cell, publish, relay, report
from tests.picture.test_reporting_pages import ASKER, ENGLISH, NACKA, ask, page, post

PLACES = ("own/", "members/nacka/", "members/nacka/el/")


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, **ENGLISH)


def entered(network: Network, space: str) -> str:
    """A report that Länsstyrelsen has entered for Nacka; returns where its word is asked for."""
    receipt = relay(network, ASKER, space, "nacka", report(now_ms(), cell("el", "allvarlig", "Mörkt i norr")))
    return f"/spaces/{space}/reports/{receipt.subject}/"


def doubtful(network: Network, space: str, **more: Any) -> str:
    """A report in which Nacka itself has written a row as unconfirmed; returns the row's address."""
    given = cell("el", "allvarlig", "Mörkt i norr", **{"unconfirmed": True, **more})
    receipt = publish(network, NACKA, space, report(now_ms() - HOUR, given, cell("vag", "ingen")))
    return f"/spaces/{space}/reports/{receipt.subject}/cells/el/"


def latest(network: Network, space: str) -> Thing:
    found = network.lens(NACKA).state(space).latest("reports", "nacka")
    assert found is not None
    return found


@pytest.mark.parametrize("place", PLACES)
def test_what_was_entered_for_one_is_confirmed_where_it_is_shown(
    network: Network, space: str, nacka: Client, place: str
) -> None:
    there, here = entered(network, space), f"/spaces/{space}/{place}"
    assert f'action="{there}confirm/"' in page(nacka, here)
    assert post(nacka, f"{there}confirm/", {"next": here}) == here
    assert latest(network, space).status == "published"
    assert f'action="{there}confirm/"' not in page(nacka, here)


def test_it_is_confirmed_from_the_request_that_it_answers(network: Network, space: str, nacka: Client) -> None:
    request = ask(network, space, "nacka")
    received = commands.Received("nacka", "rakel", "TiB", now_ms(), (request,))
    receipt = commands.relay_report(network.lens(ASKER), space, report(now_ms(), cell("el", "ingen")), received)
    html = page(nacka, f"/spaces/{space}/requests/{request}/")
    assert f'action="/spaces/{space}/reports/{receipt.subject}/confirm/"' in html
    assert "own-word" not in page(network.client(ASKER, **ENGLISH), f"/spaces/{space}/requests/{request}/")


def test_one_press_denies_and_says_so(network: Network, space: str, nacka: Client) -> None:
    there = entered(network, space)
    html = page(nacka, there)
    assert "No, deny" in html
    post(nacka, f"{there}deny/", {"reason": "Not so, says the organisation itself."})
    assert "Denied." in page(nacka, there)


@pytest.mark.parametrize("place", [*PLACES, ""])
def test_an_own_doubt_is_lifted_where_it_is_shown(network: Network, space: str, nacka: Client, place: str) -> None:
    there = doubtful(network, space)
    here = f"/spaces/{space}/{place}" if place else there.removesuffix("cells/el/")
    assert f'action="{there}confirm/"' in page(nacka, here)
    before = latest(network, space)
    assert post(nacka, f"{there}confirm/", {"next": here}) == here
    after = latest(network, space)
    assert (after.subject, after.data.corrections) == (before.subject, 1)
    assert after.data.stated_at == before.data.stated_at
    found = after.data.cell("el")
    assert found is not None and not found.unconfirmed and found.status == "allvarlig"
    assert "own-word" not in page(nacka, here)


def test_an_own_doubt_is_denied_and_what_stood_is_kept(network: Network, space: str, nacka: Client) -> None:
    there = doubtful(network, space)
    post(nacka, f"{there}deny/", {})
    found = latest(network, space)
    assert [(one.row, one.status) for one in found.data.cells] == [("el", "vet_ej"), ("vag", "ingen")]
    first = network.lens(NACKA).history(space, found.subject)[0]
    assert "Mörkt i norr" in page(nacka, f"/spaces/{space}/reports/{found.subject}/versions/{first.digest}/")


def test_the_mark_stays_when_a_doubt_is_lifted(network: Network, space: str) -> None:
    sent = commands.Sent(marks=("TLP:AMBER",))
    given = report(now_ms(), cell("el", "allvarlig", unconfirmed=True))
    receipt = commands.publish_report(network.lens(NACKA), space, given, sent=sent)
    settling.confirm_cell(network.lens(NACKA), space, receipt.subject, "el")
    rows = network.lens(NACKA).history(space, receipt.subject)
    assert [row.header.marks for row in rows] == [("TLP:AMBER",), ("TLP:AMBER",)]


def test_a_report_confirmed_as_unchanged_can_be_settled_too(network: Network, space: str) -> None:
    doubtful(network, space)
    commands.report_unchanged(network.lens(NACKA), space)
    subject = latest(network, space).subject
    settling.confirm_cell(network.lens(NACKA), space, subject, "el")
    found = latest(network, space).data.cell("el")
    assert found is not None and not found.unconfirmed


def test_a_second_press_and_somebody_elses_are_told(network: Network, space: str, nacka: Client) -> None:
    there = doubtful(network, space)
    asker = network.client(ASKER, **ENGLISH)
    assert "own-word" not in page(asker, f"/spaces/{space}/members/nacka/")
    post(asker, f"{there}confirm/", {}, 403)
    post(nacka, f"{there}confirm/", {})
    post(nacka, f"{there}confirm/", {})
    assert "not unconfirmed any more" in page(nacka, "/")
    assert latest(network, space).data.corrections == 1


def test_only_who_answers_for_it_confirms_such_a_figure(network: Network, space: str) -> None:
    lens = network.lens("trafikverket-tib")
    figures = [one for one in lists_of(network, space) if one["responsible_only"]]
    figure = figures[0]
    given = cell(figure["row"], "allvarlig", figures=[{"code": figure["code"], "value": "2"}])
    receipt = commands.publish_report(lens, space, report(now_ms(), given))
    with pytest.raises(Refused) as refused:
        settling.confirm_cell(lens, space, receipt.subject, figure["row"])
    assert refused.value.code == "not_responsible"


def lists_of(network: Network, space: str) -> list[Any]:
    from gemensam.picture.lists import Lists

    lens = network.lens(NACKA)
    return Lists(lens.directory, lens.state(space)).items("figures")


def test_a_statement_by_another_is_confirmed_from_the_members_page(network: Network, space: str, nacka: Client) -> None:
    content = {"text": "Skolan är stängd.", "stated_at": now_ms(), "source": "allmanhet", "about": "nacka"}
    receipt = commands.record_statement(network.lens(ASKER), space, {**content, "unconfirmed": True, "source": "egen"})
    there, here = f"/spaces/{space}/statements/{receipt.subject}/", f"/spaces/{space}/members/nacka/"
    assert f'action="{there}confirm/"' in page(nacka, here)
    assert post(nacka, f"{there}confirm/", {"next": here}) == here
    assert "confirmed by the organisation" in page(nacka, here)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_press_never_leads_away_from_the_program(network: Network, space: str, nacka: Client, elsewhere: str) -> None:
    there = entered(network, space)
    assert post(nacka, f"{there}confirm/", {"next": elsewhere}) == there
