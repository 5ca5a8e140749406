"""Posts from a device's queue, by full requests: written once, at their own time, never over another's words."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.ledger.append import now_ms
from gemensam.ledger.ids import uuid7
from gemensam.picture import commands
from tests.network import Network, build

pytestmark = pytest.mark.database
HOUR, MINUTE = 3_600_000, 60_000
NACKA = "nacka-tib"
SWEDISH = {"headers": {"accept-language": "sv"}}


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, **SWEDISH)


def waited(age_ms: int = 5 * HOUR, *, ahead: int = 0) -> dict[str, str]:
    """What a device adds to a form that it has kept for a while."""
    now = now_ms()
    written_at = now - age_ms + ahead
    return {
        "waited_written_at": str(written_at), "waited_sent_at": str(now + ahead), "waited_ahead": str(ahead),
        "waited_seen_at": str(now - age_ms - HOUR),
    }  # fmt: skip


def send(client: Client, path: str, fields: Mapping[str, Any]) -> Any:
    return client.post(path, fields, headers={"X-Waited": "1", "X-Requested-With": "fetch"})


def entries(network: Network, space: str, kind: str) -> list[Any]:
    return [row for row in network.lens(NACKA).entries(space) if row.header.kind == kind]


def statement(**more: Any) -> dict[str, Any]:
    return {"text": "Vattnet är slut i Orminge.", "type": "fakta", "source": "egen", "key": uuid7(), **more}


def test_a_statement_stands_at_the_time_when_it_was_written(network: Network, space: str, nacka: Client) -> None:
    answer = send(nacka, f"/spaces/{space}/statements/new/", statement() | waited(5 * HOUR))
    assert answer.status_code == 200, answer.content.decode()[-800:]
    (row,) = entries(network, space, "statement.recorded")
    assert answer.json() == {
        "written": True, "words": "Uppgiften är inlagd.", "url": f"/spaces/{space}/statements/{row.header.subject}/",
        "subject": row.header.subject, "digest": row.digest,
    }  # fmt: skip
    assert row.payload is not None
    assert abs(row.received_at - 5 * HOUR - row.header.occurred_at) < MINUTE
    assert row.payload["stated_at"] == row.header.occurred_at == row.payload["written"]["at"]
    assert row.payload["written"]["medium"] == "utan_linje" and row.payload["written"]["device_at"] is None


def test_a_wrong_clock_is_corrected_and_both_times_are_kept_and_shown(
    network: Network, space: str, nacka: Client
) -> None:
    answer = send(nacka, f"/spaces/{space}/statements/new/", statement() | waited(2 * HOUR, ahead=47 * MINUTE))
    (row,) = entries(network, space, "statement.recorded")
    assert row.payload is not None
    assert row.payload["written"]["device_at"] - row.header.occurred_at == 47 * MINUTE
    page = nacka.get(answer.json()["url"]).content.decode()
    assert "Infört i efterhand" in page and "Tiden är rättad: enhetens klocka visade" in page


def test_the_same_post_twice_is_one_entry_whatever_became_of_the_answer(
    network: Network, space: str, nacka: Client
) -> None:
    told = statement()
    first = send(nacka, f"/spaces/{space}/statements/new/", told | waited(5 * HOUR))
    # The second try measures the clock anew: other times, the same key.
    second = send(nacka, f"/spaces/{space}/statements/new/", told | waited(5 * HOUR - 7))
    assert first.status_code == 200 and second.status_code == 409
    assert len(entries(network, space, "statement.recorded")) == 1
    keys = {"keys": [told["key"], uuid7()]}
    found = nacka.post("/offline/arrived/", keys, content_type="application/json").json()["arrived"]
    assert list(found) == [told["key"]] and found[told["key"]]["digest"] == first.json()["digest"]


def test_another_account_is_not_told_what_has_arrived(network: Network, space: str, nacka: Client) -> None:
    told = statement()
    send(nacka, f"/spaces/{space}/statements/new/", told | waited())
    stranger = network.client("taby-tib")
    keys = {"keys": [told["key"]]}
    assert stranger.post("/offline/arrived/", keys, content_type="application/json").json() == {"arrived": {}}


def test_a_time_of_day_is_of_the_day_when_it_was_written(network: Network, space: str, nacka: Client) -> None:
    from gemensam.web import times

    said = times.local(now_ms() - 49 * HOUR).strftime("%H.%M")
    send(nacka, f"/spaces/{space}/statements/new/", statement(stated_at=said) | waited(48 * HOUR))
    (row,) = entries(network, space, "statement.recorded")
    assert row.payload is not None
    assert 0 <= row.received_at - 49 * HOUR - row.payload["stated_at"] < 2 * MINUTE


def report(**more: Any) -> dict[str, Any]:
    return {
        "template": "forsta",
        "summary": "Läget är ansträngt.",
        "rest": "ingen",
        "act": "publish",
        "key": uuid7(),
        **more,
    }


def seen(network: Network, space: str) -> str:
    return commands.seen(network.lens(NACKA).state(space).latest("reports", "nacka"))


def test_a_report_is_published_at_its_own_time(network: Network, space: str, nacka: Client) -> None:
    answer = send(nacka, f"/spaces/{space}/report/", report() | waited(6 * HOUR))
    assert answer.status_code == 200, answer.content.decode()[-800:]
    (row,) = entries(network, space, "report.published")
    assert row.payload is not None and row.payload["stated_at"] == row.header.occurred_at
    assert abs(row.received_at - 6 * HOUR - row.header.occurred_at) < MINUTE


def test_what_a_colleague_published_meanwhile_is_not_written_over(network: Network, space: str, nacka: Client) -> None:
    commands.report_no_impact(network.lens(NACKA), space, "forsta")
    older = seen(network, space)
    commands.report_unchanged(network.lens(NACKA), space)
    for was in (older, ""):  # what the writer saw: the report before the colleague's, or none at all
        answer = send(nacka, f"/spaces/{space}/report/", report(seen=was) | waited(5 * HOUR))
        assert answer.status_code == 409
        assert "Någon hann före" in answer.content.decode() and 'data-offline="report"' in answer.content.decode()
    assert len(entries(network, space, "report.published")) == 2


def test_unchanged_said_without_contact_is_refused_in_words_when_the_report_has_moved(
    network: Network, space: str, nacka: Client
) -> None:
    commands.report_no_impact(network.lens(NACKA), space, "forsta")
    was = seen(network, space)
    first = {"quick": "unchanged", "seen": was, "key": uuid7()} | waited(4 * HOUR)
    commands.report_unchanged(network.lens(NACKA), space)
    answer = send(nacka, f"/spaces/{space}/report/quick/", first)
    assert answer.status_code == 409 and answer.json()["written"] is False
    assert "ändrat" in answer.json()["words"]


def test_unchanged_keeps_both_times(network: Network, space: str, nacka: Client) -> None:
    commands.report_no_impact(network.lens(NACKA, now_ms()), space, "forsta")
    fields = {"quick": "unchanged", "seen": seen(network, space), "key": uuid7()}
    answer = send(nacka, f"/spaces/{space}/report/quick/", fields | waited(1 * MINUTE))
    row = entries(network, space, "report.published")[-1]
    assert answer.json()["digest"] == row.digest and row.payload is not None
    assert row.payload["stated_at"] == row.header.occurred_at == row.payload["written"]["at"]


def test_what_is_wrong_is_told_and_nothing_is_written(network: Network, space: str, nacka: Client) -> None:
    answer = send(nacka, f"/spaces/{space}/statements/new/", statement(text="") | waited())
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert entries(network, space, "statement.recorded") == []


def test_who_has_been_signed_out_is_told_so(space: str) -> None:
    answer = send(Client(), f"/spaces/{space}/statements/new/", statement() | waited())
    assert answer.status_code == 401


def test_an_ordinary_post_is_at_its_own_time_whatever_it_says_of_waiting(
    network: Network, space: str, nacka: Client
) -> None:
    nacka.post(f"/spaces/{space}/statements/new/", statement() | waited(5 * HOUR))
    (row,) = entries(network, space, "statement.recorded")
    assert row.payload is not None and row.payload["written"] is None
    assert row.received_at - row.header.occurred_at < MINUTE
