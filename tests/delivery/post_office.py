"""A mail server (aiosmtpd, a real one) that speaks STARTTLS, asks for a password, and refuses whom it is told to."""

import contextlib
import ssl
from asyncio import Transport
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.faults.killing import free_port

USER, PASSWORD = "gemensam", "mail-password"


@dataclass
class Office:
    """What has been taken, and what is answered: to a recipient, to a letter."""

    taken: list[EmailMessage] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    letter: str = "250 OK"
    breaks: bool = False
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if refusal := self.recipients.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.letter.startswith("250"):
            made = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
            self.taken.append(made)
        if self.breaks:
            cast(Transport, server.transport).abort()
        return self.letter

    @property
    def address(self) -> str:
        """As `GEMENSAM_MAIL` has it."""
        return f"smtp://{USER}:{PASSWORD}@localhost:{self.port}"


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextlib.contextmanager
def office_open(certificate: Path, key: Path) -> Iterator[Office]:
    """Open the post office until the block ends."""
    office = Office(port=free_port())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    controller = Controller(
        office, hostname="localhost", port=office.port, tls_context=context, require_starttls=True,
        authenticator=_authenticate, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
