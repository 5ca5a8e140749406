"""E-mail by SMTP, with the settings that letters of accounts use (`GEMENSAM_MAIL`)."""

import smtplib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from gemensam.delivery.channel import FAILED, SENT, UNKNOWN, Outcome
from gemensam.delivery.configuration import HERE
from gemensam.delivery.outbox import Message

NEVER = 500  # answers from here on say that it will not be taken


class MailChannel:
    """Letters in plain text. Each opens a connection of its own, since threads cannot share one."""

    name = "email"
    threads = 4

    @property
    def is_local(self) -> bool:
        return settings.EMAIL_HOST in HERE

    def missing(self) -> str:
        return "" if settings.GEMENSAM_MAIL else "no_mail_server"

    def prepare(self, message: Message) -> Mapping[str, Any]:
        return {}

    def send(self, message: Message, key: str) -> Outcome:
        try:
            validate_email(message.address)
        except ValidationError:
            return Outcome(FAILED, reason="no_address")
        connection: BaseEmailBackend = get_connection()
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as fault:
            return Outcome(FAILED, reason=_said(fault), again=True)
        return _handed_over(connection, letter(message, key, connection), key)


def _handed_over(connection: BaseEmailBackend, made: EmailMessage, key: str) -> Outcome:
    try:
        made.send()
    except smtplib.SMTPRecipientsRefused as fault:
        code, words = next(iter(fault.recipients.values()))
        return Outcome(FAILED, reason=f"{code} {_text(words)}", again=code < NEVER)
    except smtplib.SMTPResponseException as fault:
        return Outcome(FAILED, reason=_said(fault), again=fault.smtp_code < NEVER)
    except (smtplib.SMTPException, OSError) as fault:  # the line broke while it was told: it may have been taken
        return Outcome(UNKNOWN, reason=_said(fault))
    finally:
        _close(connection)
    return Outcome(SENT, key)


def letter(message: Message, key: str, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """Make the letter. Its Message-ID is the attempt's, so that a mail system can know a second telling for what it is.

    `Auto-Submitted` keeps holiday answers away (RFC 3834); the priority is for those whose programs show it.
    """
    subject = " ".join((message.marked_subject or message.marked_text).split())[:200]
    body = "\n\n".join(part for part in (message.marked_text, message.link) if part) + "\n"
    host = urlsplit(settings.GEMENSAM_CHANNELS.public_address).hostname or "localhost"
    headers = {
        "Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated", "Importance": "high", "X-Priority": "1",
    }  # fmt: skip
    return EmailMessage(subject, body, None, [message.address], headers=headers, connection=connection)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return  # it has said what became of the letter; how it says goodbye is of no matter


def _said(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{fault.smtp_code} {_text(fault.smtp_error)}"
    return "timed out" if isinstance(fault, TimeoutError) else type(fault).__name__


def _text(words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(said.split())[:120]
