"""What people do in these tests: sign in, write codes, look into the local log."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.test import Client

from gemensam.audit.models import Record
from tests.accounts.names import PASSWORD, SECRET


def code(secret: str = SECRET) -> str:
    """What the authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def write_password(client: Client, username: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": username, "password": password})


def sign_in(client: Client, username: str) -> Any:
    """Sign in with password and code."""
    write_password(client, username)
    return client.post("/accounts/2fa/authenticate/", {"code": code()})


def signed_in(user: User) -> Client:
    """A client that has signed in, without going through the pages."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def logged(action: str) -> list[Record]:
    return list(Record.objects.filter(action=action).order_by("number"))
