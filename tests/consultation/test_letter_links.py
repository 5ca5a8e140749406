"""An answer link in the letters of a remiss: made when it is sent, in the letter alone, and gone when it is revoked."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings

from gemensam.accounts.models import Appointment
from gemensam.answer_links.models import AnswerLink
from gemensam.audit.models import Record
from gemensam.consultation.delivering import due
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.ledger.append import now_ms
from gemensam.web import times
from tests.consultation.test_pages import DAY, OFFICE, client, deadline, page, prepared
from tests.network import Network

pytestmark = pytest.mark.database
CHOSEN: Mapping[str, Any] = {
    "letter-organisations": ["vaxholm"],
    "letter-label": "registrator",
    "letter-margin": str(14 * DAY),
}
SECRET = re.compile(r"http://[^/\s]+(/remiss/[\w-]{43}/)")


@pytest.fixture(autouse=True)
def mail() -> Iterator[None]:
    """A mail server is set, though no letter leaves the test."""
    with override_settings(GEMENSAM_MAIL=True):
        yield


@pytest.fixture
def space(network: Network) -> str:
    return open_period(network.lens(OFFICE), PeriodData(2027, 2030)).space


@pytest.fixture
def office(network: Network) -> Client:
    """The joint office, when two of the three members have said where letters go."""
    found = client(network, OFFICE)
    for member in ("nacka", "vaxholm"):
        given = {"address": f"registrator@{member}.example", "contact": f"beredskap@{member}.example"}
        assert found.post(f"/registries/{member}/", given).status_code == 302
    return found


@pytest.fixture
def base(office: Client, space: str) -> str:
    return prepared(office, space, deadline_at=deadline(8))


def send(office: Client, base: str, more: Mapping[str, Any] = CHOSEN, *, status: int = 302) -> str:
    answer = office.post(f"{base}send/", {"key": "send", **CHOSEN, **more})
    assert answer.status_code == status
    return answer.content.decode()


def texts(member: str, now: int) -> list[str]:
    """The letters to a member that are due by a time."""
    return [item.message.text for item in due(now) if item.due_at <= now and item.reply_to == member]


def address_in(text: str) -> str:
    found = SECRET.search(text)
    assert found is not None, text
    return found[1]


def test_the_letter_to_whom_the_office_chose_has_an_address_to_answer_at(office: Client, base: str) -> None:
    send(office, base)
    written, copied = texts("vaxholm", now_ms())
    assert written == copied and "Svara senast" in written and "lämna den bara till den funktion" in written
    assert not SECRET.search("".join(texts("nacka", now_ms())))
    stranger = Client(headers={"accept-language": "sv"})
    assert "Alla övar varje år." in page(stranger, address_in(written))
    assert stranger.post(address_in(written), {"answer": "inget_att_erinra"}).status_code == 200
    told = page(office, f"{base}answers/")
    assert "i breven" in told and address_in(written) not in told


def test_a_reminder_has_the_same_address_and_the_day_that_it_then_holds_until(office: Client, base: str) -> None:
    send(office, base)
    first, later = texts("vaxholm", now_ms())[0], now_ms() + 2 * DAY
    reminded = next(text for text in texts("vaxholm", later) if "ännu inte lämnat" in text)
    assert address_in(reminded) == address_in(first) and deadline(8 + 14) in reminded


def test_the_secret_stands_in_no_table(office: Client, base: str) -> None:
    send(office, base)
    secret = address_in(texts("vaxholm", now_ms())[0]).split("/")[2]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert secret not in repr(cursor.fetchall()), table
    assert Record.objects.filter(action="link_made").exists()


def test_a_second_press_makes_no_second_link(office: Client, base: str) -> None:
    send(office, base)
    first = texts("vaxholm", now_ms())
    send(office, base)
    assert AnswerLink.objects.count() == 1 and texts("vaxholm", now_ms()) == first


def test_where_the_remiss_cannot_be_sent_no_link_stands(office: Client, base: str) -> None:
    refused = send(office, base, {"seen": "0" * 64}, status=409)
    assert "registrator" in refused
    assert [link.revoked_at is not None for link in AnswerLink.objects.all()] == [True]
    send(office, base, {"letter-organisations": ["nacka"]})
    assert not SECRET.search("".join(texts("vaxholm", now_ms())))
    assert address_in(texts("nacka", now_ms())[0])


@pytest.mark.parametrize("change", ["revoked", "maker left", "key changed"])
def test_a_link_that_does_not_hold_is_in_no_letter(office: Client, base: str, change: str) -> None:
    send(office, base)
    if change == "revoked":
        post = re.search(r'action="([^"]*links/\d+/revoke/)"', page(office, f"{base}answers/"))
        assert post is not None and office.post(post[1]).status_code == 302
    elif change == "maker left":
        Appointment.objects.filter(function=OFFICE).update(until=times.now() - 1)
    with override_settings(SECRET_KEY="another") if change == "key changed" else override_settings():
        told = texts("vaxholm", now_ms())
    assert len(told) == 2 and not SECRET.search("".join(told)) and "om en svarslänk" in told[0]


@pytest.mark.parametrize(
    "wrong",
    [{"letter-label": ""}, {"letter-label": "anna@example.org"}, {"letter-organisations": ["huddinge"]},
     {"letter-margin": "1"}],
)  # fmt: skip
def test_what_is_asked_for_wrongly_is_told_and_nothing_is_sent(
    office: Client, base: str, wrong: dict[str, str]
) -> None:
    send(office, base, wrong, status=422)  # Huddinge has not said where letters go
    assert not AnswerLink.objects.exists() and texts("vaxholm", now_ms()) == []


def test_nothing_is_offered_where_no_letter_can_go(office: Client, base: str) -> None:
    assert "Svarslänkar i breven" in page(office, f"{base}send/")
    with override_settings(GEMENSAM_MAIL=False):
        assert "Svarslänkar i breven" not in page(office, f"{base}send/")
        send(office, base)
    assert not AnswerLink.objects.exists()
