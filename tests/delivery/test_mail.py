"""E-mail through a real mail server: encrypted, with a password; refusals, interruptions, and hostile addresses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from gemensam.accounts.configuration import mail_settings
from gemensam.cli.authority import make_authority
from gemensam.delivery.channels.mail import MailChannel
from gemensam.delivery.outbox import Message
from gemensam.web.configuration import BadSetting
from tests.delivery.outside import Elks, closed_port
from tests.delivery.post_office import Office, office_open

TIB = "tib@example.test"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = make_authority(tmp_path_factory.mktemp("mail") / "tls", ["localhost"])
    with pytest.MonkeyPatch.context() as patch, office_open(made.certificate, made.key) as office:
        patch.setenv("SSL_CERT_FILE", str(made.authority))
        yield office


@pytest.fixture
def office(opened: Office, elks: Elks) -> Iterator[Office]:
    opened.taken.clear()
    opened.recipients.clear()
    opened.letter, opened.breaks = "250 OK", False
    with override_settings(GEMENSAM_MAIL=True, DEFAULT_FROM_EMAIL="ssr@example.test", **mail_settings(opened.address)):
        yield opened


def message(**more: str) -> Message:
    given: dict[str, Any] = {
        "text": "Snöoväder. Konferens 15.40.",
        "subject": "SSR LARM 15.08: Snöoväder",
        "link": "https://x.test/k/a/",
    }
    return Message("email", more.pop("address", TIB), **{**given, **more})


def test_a_letter_arrives_as_it_was_written(office: Office) -> None:
    outcome = MailChannel().send(message(), "key-1")
    assert (outcome.state, outcome.reference) == ("sent", "key-1")
    (letter,) = office.taken
    assert (letter["Subject"], letter["To"], letter["From"]) == ("SSR LARM 15.08: Snöoväder", TIB, "ssr@example.test")
    assert letter["Message-ID"] == "<key-1@localhost>" and letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().split() == "Snöoväder. Konferens 15.40. https://x.test/k/a/".split()


def test_the_mark_stands_in_subject_and_text(office: Office) -> None:
    MailChannel().send(message(mark="ÖVNING"), "key-1")
    assert office.taken[0]["Subject"].startswith("ÖVNING ") and office.taken[0].get_content().startswith("ÖVNING ")


@pytest.mark.parametrize(
    ("answer", "again"), [("550 No such mailbox", False), ("452 Mailbox full for now", True), ("421 Busy", True)]
)
def test_a_refused_recipient_is_told_with_the_servers_words(office: Office, answer: str, again: bool) -> None:
    office.recipients[TIB] = answer
    outcome = MailChannel().send(message(), "key-1")
    assert (outcome.state, outcome.again) == ("failed", again) and answer in outcome.reason


@pytest.mark.parametrize(("answer", "again"), [("554 Refused", False), ("451 Try later", True)])
def test_a_refused_letter_is_told(office: Office, answer: str, again: bool) -> None:
    office.letter = answer
    outcome = MailChannel().send(message(), "key-1")
    assert (outcome.state, outcome.again) == ("failed", again) and answer in outcome.reason


def test_a_line_that_breaks_after_the_letter_leaves_it_unknown(office: Office) -> None:
    office.breaks = True
    assert MailChannel().send(message(), "key-1").state == "unknown"


def test_a_server_that_is_away_is_tried_again(office: Office) -> None:
    with override_settings(EMAIL_PORT=closed_port()):
        outcome = MailChannel().send(message(), "key-1")
    assert (outcome.state, outcome.again) == ("failed", True)


def test_a_wrong_password_is_told_and_tried_again_later(office: Office) -> None:
    with override_settings(EMAIL_HOST_PASSWORD="not it"):
        outcome = MailChannel().send(message(), "key-1")
    assert (outcome.state, outcome.again) == ("failed", True) and outcome.reason.startswith("535")
    assert "not it" not in outcome.reason and office.taken == []


def test_a_certificate_of_nobody_we_know_is_not_accepted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    outcome = MailChannel().send(message(), "key-1")
    assert outcome.state == "failed" and office.taken == []


@pytest.mark.parametrize(
    "address", ["", "tib", "tib@example.test\r\nBcc: all@example.test", "a@x.test, b@x.test", "Namn <a@x.test>"]
)
def test_what_is_no_single_address_gets_nothing(office: Office, address: str) -> None:
    assert MailChannel().send(message(address=address), "key-1").reason == "no_address"
    assert office.taken == []


def test_a_subject_cannot_smuggle_headers(office: Office) -> None:
    MailChannel().send(message(subject="Larm\r\nBcc: all@example.test"), "key-1")
    assert office.taken[0]["Bcc"] is None and office.taken[0]["Subject"] == "Larm Bcc: all@example.test"


def test_an_unencrypted_relay_is_for_this_machine_alone() -> None:
    assert mail_settings("smtp+plain://localhost:2525")["EMAIL_USE_TLS"] is False
    assert mail_settings("smtp://u:p@mail.example")["EMAIL_USE_TLS"] is True
    with pytest.raises(BadSetting):
        mail_settings("smtp+plain://mail.example:25")
