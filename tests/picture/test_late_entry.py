"""What was written on paper or given by radio is entered afterwards with who wrote it and both times (R71)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.ledger.append import now_ms
from gemensam.web import times
from tests.network import Network, build

pytestmark = pytest.mark.database
HOUR, MINUTE = 3_600_000, 60_000
NACKA = "nacka-tib"


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, headers={"accept-language": "sv"})


def ago(hours: int) -> str:
    return times.field(now_ms() - hours * HOUR, "sv")


def last(network: Network, space: str, kind: str) -> Any:
    return [row for row in network.lens(NACKA).entries(space) if row.header.kind == kind][-1]


REPORT = {"template": "forsta", "summary": "Läget är ansträngt.", "rest": "ingen", "act": "publish"}
STATEMENT = {"text": "Bron är avstängd.", "type": "fakta", "source": "egen"}


def test_an_own_report_from_paper_stands_at_its_own_time(network: Network, space: str, nacka: Client) -> None:
    told = {"written_medium": "papper", "written_by": "Nacka, stabschef", "written_at": ago(5)}
    answer = nacka.post(f"/spaces/{space}/report/", REPORT | told)
    assert answer.status_code == 302, answer.content.decode()[-900:]
    row = last(network, space, "report.published")
    assert row.payload["written"] | {"at": 0} == {
        "medium": "papper", "by": "Nacka, stabschef", "at": 0, "device_at": None, "doubtful": False,
    }  # fmt: skip
    assert row.header.occurred_at == row.payload["written"]["at"]
    assert 5 * HOUR <= row.received_at - row.header.occurred_at < 5 * HOUR + 2 * MINUTE
    page = nacka.get(answer.headers["Location"]).content.decode()
    assert "Infört i efterhand" in page and "på papper" in page and "Nacka, stabschef" in page


def test_the_form_tells_what_is_missing_and_keeps_what_was_written(space: str, nacka: Client) -> None:
    for told, words in (
        ({"written_by": "TiB"}, "Ange när det skrevs."),
        ({"written_at": "12.00"}, "Ange hur det skrevs eller lämnades."),
        ({"written_medium": "papper", "written_at": "snart"}, "Tiden gick inte att läsa"),
        ({"written_medium": "lank", "written_at": ago(2)}, "Ange hur det skrevs eller lämnades."),
        ({"written_medium": "utan_linje", "written_at": ago(2)}, "Ange hur det skrevs eller lämnades."),
        ({"written_medium": "papper", "written_at": times.field(now_ms() + 48 * HOUR, "sv")}, "senare än nu"),
    ):
        answer = nacka.post(f"/spaces/{space}/report/", REPORT | told)
        page = answer.content.decode()
        assert answer.status_code == 422 and words in page, told
        assert "Läget är ansträngt." in page


def test_it_is_kept_through_the_preview(space: str, nacka: Client) -> None:
    told = {"written_medium": "rakel", "written_by": "Fältgruppen", "written_at": ago(3)}
    page = nacka.post(f"/spaces/{space}/report/", REPORT | told | {"act": "preview"}).content.decode()
    for name, value in told.items():
        assert f'name="{name}" value="{value}"' in page


def test_a_relayed_report_says_who_wrote_it_and_when_beside_when_it_was_received(network: Network, space: str) -> None:
    told = {
        "via": "rakel", "received_by": "Nacka – TiB", "received_at": ago(2), "written_by": "Vaxholm, VB",
        "written_at": ago(4),
    }  # fmt: skip
    answer = network.client("lansstyrelsen-tib").post(f"/spaces/{space}/report/for/vaxholm/", REPORT | told)
    assert answer.status_code == 302, answer.content.decode()[-900:]
    row = last(network, space, "report.relayed")
    assert (row.payload["written"]["medium"], row.payload["written"]["by"]) == ("rakel", "Vaxholm, VB")
    assert 2 * HOUR - 2 * MINUTE < row.header.occurred_at - row.payload["written"]["at"] < 2 * HOUR + 2 * MINUTE
    assert 2 * HOUR <= row.received_at - row.header.occurred_at < 2 * HOUR + 2 * MINUTE


def test_a_statement_from_paper(network: Network, space: str, nacka: Client) -> None:
    told = {"via": "papper", "written_by": "Stabens loggförare", "written_at": ago(7)}
    answer = nacka.post(f"/spaces/{space}/statements/new/", STATEMENT | told)
    assert answer.status_code == 302
    row = last(network, space, "statement.recorded")
    assert row.payload["written"]["by"] == "Stabens loggförare" and row.header.via == "papper"
    assert row.header.occurred_at == row.payload["written"]["at"]
    without_way = nacka.post(f"/spaces/{space}/statements/new/", STATEMENT | {"written_at": ago(7)})
    assert without_way.status_code == 422


def test_unchanged_and_a_correction_do_not_inherit_how_the_text_before_was_written(
    network: Network, space: str, nacka: Client
) -> None:
    nacka.post(f"/spaces/{space}/report/", REPORT | {"written_medium": "papper", "written_at": ago(5)})
    nacka.post(f"/spaces/{space}/report/quick/", {"quick": "unchanged"})
    assert last(network, space, "report.published").payload["written"] is None


def test_no_personal_number_stands_as_the_writer(space: str, nacka: Client) -> None:
    told = {"written_medium": "papper", "written_by": "850709-9805", "written_at": ago(5)}
    assert nacka.post(f"/spaces/{space}/report/", REPORT | told).status_code == 422
