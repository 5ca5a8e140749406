"""What the sign-in library tells only by Django's signals, written to the local log. We send none of our own."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.http import HttpRequest

from gemensam.accounts.adapters import log_for
from gemensam.accounts.principals import SECOND_FACTOR_USED
from gemensam.live.access import rights_changed

CODES = Authenticator.Type.RECOVERY_CODES


def connect() -> None:
    """Listen from now on; done once, when the application starts."""
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password_changed, dispatch_uid="gemensam.accounts")
    authenticator_added.connect(_factor_added, dispatch_uid="gemensam.accounts")
    authenticator_reset.connect(_factor_added, dispatch_uid="gemensam.accounts")
    authenticator_removed.connect(_factor_removed, dispatch_uid="gemensam.accounts")
    authentication_failed.connect(_factor_failed, dispatch_uid="gemensam.accounts")


def _password_changed(user: User, **_rest: Any) -> None:
    log_for(user, "password_changed")
    rights_changed()


def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    if authenticator.type != CODES:
        request.session[SECOND_FACTOR_USED] = True
    action = "recovery_codes_made" if authenticator.type == CODES else "second_factor_added"
    log_for(user, action, {"type": str(authenticator.type)})


def _factor_removed(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    log_for(user, "second_factor_removed", {"type": str(authenticator.type)})


def _factor_failed(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    log_for(user, "second_factor_failed", {"type": str(authenticator.type)})
