"""Accounts and tokens made by whoever runs the server: for the command line and the demonstration."""

from collections.abc import Sequence

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User

from gemensam.accounts import commands, rights
from gemensam.accounts.queries import appointments_of, now_ms
from gemensam.core.refusal import Refused


def create_user(
    username: str,
    password: str,
    functions: Sequence[str],
    *,
    totp_secret: str | None = None,
    encoded_password: str = "",
) -> User:
    """Make an account that may act in `functions` (ids of the directory), with a TOTP secret (base 32) if given.

    `encoded_password` spares the hashing where many accounts share one password (the demonstration). Raises `Refused`:
    `unknown_function`, `username_wrong`, `username_is_personnummer`, `username_taken`, `password_weak`.
    """
    posts = [rights.post_of(function) for function in functions]
    user = commands.create_account(username, password, now=now_ms(), posts=posts, encoded=encoded_password)
    if totp_secret:
        TOTP.activate(user, totp_secret)
        RecoveryCodes.activate(user)
    return user


def create_token(username: str, function: str = "", *, label: str, expires_at: int | None = None) -> str:
    """Make an API token and return it: it is kept nowhere. `function` may be left out where there is but one.

    `expires_at` in ms since epoch UTC. Raises `Refused`: `unknown_account`, `not_appointed`, `function_not_chosen`,
    `unknown_function`.
    """
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None:
        raise Refused("unknown_account")
    post = rights.post_of(function or _only_function(user))
    return commands.create_token(user, post, label=label, now=now_ms(), expires_at=expires_at)


def _only_function(user: User) -> str:
    held = [appointment.function for appointment in appointments_of(user)]
    if len(held) != 1:
        raise Refused("function_not_chosen", functions=tuple(held))
    return held[0]
