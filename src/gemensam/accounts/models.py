"""Tables of accounts: sessions, appointments, API tokens, invitations.

No person's name and no personnummer is anywhere in them (R63, R96).
The account is `django.contrib.auth`'s user: `username` is the login name, function-bound ("nacka.tib") or a person's
own choice. Times are ms since epoch UTC.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

if TYPE_CHECKING:
    from gemensam.accounts.sessions import SessionStore


class Session(AbstractBaseSession):
    """A browser's session; `account`: who is signed in by it, None before that."""

    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """The store that reads and writes these rows."""
        from gemensam.accounts.sessions import SessionStore

        return SessionStore


class Appointment(models.Model):
    """That an account may act in a function, from `since` until `until` (open while None)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    function = models.CharField(max_length=100)
    organisation = models.CharField(max_length=100)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    given_by = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "accounts_appointment"
        indexes = [models.Index(fields=["organisation", "until"], name="accounts_appointment_of")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.function}"


class ApiToken(models.Model):
    """A program's key to act in a function of an account. Only the SHA-256 (hex) of the token is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    function = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100)
    created_at = models.BigIntegerField()
    last_used_at = models.BigIntegerField(null=True, blank=True)
    expires_at = models.BigIntegerField(null=True, blank=True)
    revoked_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "accounts_api_token"

    def __str__(self) -> str:
        return f"{self.user_id} {self.label}"


class Invitation(models.Model):
    """A one-time link to an account in a function. The address is forgotten once the link is used or withdrawn."""

    sha256 = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    function = models.CharField(max_length=100)
    organisation = models.CharField(max_length=100)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="invitations_sent")
    invited_as = models.CharField(max_length=100)
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True, blank=True)
    withdrawn_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "accounts_invitation"
        indexes = [models.Index(fields=["organisation", "created_at"], name="accounts_invitation_of")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.function}"


class Reopening(models.Model):
    """That an account which was refused for being unused was allowed in again (R67)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reopenings")
    at = models.BigIntegerField()
    by = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "accounts_reopening"

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"
