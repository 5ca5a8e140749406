"""Readers of accounts: who holds which function, when they signed in last, what waits (R64, R67)."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from gemensam.accounts.domain import Post, is_unused
from gemensam.accounts.models import ApiToken, Appointment, Invitation
from gemensam.accounts.rights import principal_in
from gemensam.core.policy import Principal

Row = TypeVar("Row", Appointment, ApiToken)
LONGEST_KEY = 19  # digits: more is no key of a table
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True, slots=True)
class Person:
    """One account as an administrator sees it, with its appointments and tokens within one organisation.

    Times are ms since epoch UTC. `last_sign_in_at` is None for never; `unused` is R67's flag, `shut_out` its block.
    """

    account: str
    username: str
    appointments: tuple[Appointment, ...]
    tokens: tuple[ApiToken, ...]
    last_sign_in_at: int | None
    second_factor: bool
    unused: bool
    shut_out: bool


def now_ms() -> int:
    """This instant, in ms since epoch UTC."""
    return time.time_ns() // 1_000_000


def current(at: int) -> Q:
    """Appointments held at a time (ms since epoch UTC)."""
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def principal_holding(account: str, function: str, at: int) -> Principal | None:
    """The principal of an account in a function that it holds at a time (ms UTC): for what it set going before.

    None where the account is closed, its appointment has ended, or the network no longer has the function.
    """
    held = Appointment.objects.filter(current(at), user=_key(account), function=function, user__is_active=True).first()
    return principal_in(Post(held.function, held.organisation), account=account) if held is not None else None


def _key(account: str) -> int:
    """An account's key in the database; one that nothing has for the program's own and for what is no number."""
    return int(account) if account.isascii() and account.isdigit() and len(account) < LONGEST_KEY else 0


def accounts_of(organisation: str, at: int) -> QuerySet[User]:
    """Accounts with an appointment in the organisation now, by login name."""
    held = Appointment.objects.filter(current(at), user=OuterRef("pk"), organisation=organisation)
    return User.objects.filter(Exists(held), is_active=True).order_by("username")


def list_people(users: Iterable[User], organisation: str, at: int) -> list[Person]:
    """Those accounts as people of the organisation: four queries for however many there are."""
    known = list(users)
    keys = [user.pk for user in known]
    appointments = Appointment.objects.filter(current(at), user__in=keys, organisation=organisation)
    held = _grouped(appointments.order_by("function"))
    tokens = _grouped(_valid_tokens(at).filter(user__in=keys, function__in=appointments.values("function")))
    protected = set(Authenticator.objects.filter(user__in=keys, type__in=SECOND_FACTORS).values_list("user", flat=True))
    reopened = dict(User.objects.filter(pk__in=keys).annotate(last=Max("reopenings__at")).values_list("pk", "last"))
    return [
        Person(
            account=str(user.pk),
            username=user.username,
            appointments=tuple(held.get(user.pk, ())),
            tokens=tuple(tokens.get(user.pk, ())),
            last_sign_in_at=_ms(user.last_login),
            second_factor=user.pk in protected,
            unused=is_unused(_last_used(user), at, days=settings.GEMENSAM_UNUSED_DAYS),
            shut_out=is_unused(
                max(_last_used(user), reopened.get(user.pk) or 0), at, days=settings.GEMENSAM_UNUSED_BLOCK_DAYS
            ),
        )
        for user in known
    ]


def organisations_of(user: User) -> list[str]:
    """The organisations that an account acts for now, sorted."""
    held = Appointment.objects.filter(current(now_ms()), user=user)
    return sorted(set(held.values_list("organisation", flat=True)))


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """An account's tokens that are still good, newest first."""
    return _valid_tokens(now_ms()).filter(user=user).order_by("-created_at")


def appointments_of(user: User) -> QuerySet[Appointment]:
    """An account's appointments now, by organisation and function."""
    return Appointment.objects.filter(current(now_ms()), user=user).order_by("organisation", "function")


def open_invitations(organisation: str, at: int) -> QuerySet[Invitation]:
    """Invitations of the organisation that can still be used, newest first."""
    unused = Invitation.objects.filter(organisation=organisation, used_at=None, withdrawn_at=None)
    return unused.filter(expires_at__gt=at).order_by("-created_at")


def has_second_factor(user: User) -> bool:
    """Whether signing in to the account takes a second factor (recovery codes alone are none)."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def last_used_at(user: User) -> int:
    """When the account was last used, made or let in again (ms since epoch UTC)."""
    reopened = user.reopenings.aggregate(last=Max("at"))["last"] or 0
    return max(_last_used(user), reopened)


def _last_used(user: User) -> int:
    return _ms(user.last_login) or _ms(user.date_joined) or 0


def _ms(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1000) if moment is not None else None


def _valid_tokens(at: int) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found
