"""The only writers of accounts. Each change and its record in the local log are one transaction (R65).

Times (`now`, `until`, `expires_at`) are ms since epoch UTC. Every command raises `Refused`; none shows a refusal
that tells whether an account of another organisation exists.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gemensam.accounts import rights
from gemensam.accounts.domain import (
    DAY_MS,
    Post,
    SignIn,
    administers,
    check_invitation,
    clean_username,
    require_administering,
)
from gemensam.accounts.models import ApiToken, Appointment, Invitation, Reopening
from gemensam.accounts.principals import CHOSEN_FUNCTION, make_token, token_digest
from gemensam.accounts.queries import accounts_of, current, organisations_of, principal_holding
from gemensam.audit.log import record_now
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.live.access import rights_changed


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its link's secret, which is kept nowhere: show it now or never."""

    invitation: Invitation
    raw: str


def invite(principal: Principal, *, email: str, function: str, now: int) -> Invited:
    """Make a one-time link to a function of an organisation that the principal administers.

    Raises `Refused`: `unknown_function`, `not_permitted`.
    """
    post = _post_administered(principal, function)
    raw = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            sha256=token_digest(raw),
            email=email,
            function=post.function,
            organisation=post.organisation,
            invited_by_id=int(principal.account),
            invited_as=principal.function,
            created_at=now,
            expires_at=now + settings.GEMENSAM_INVITATION_DAYS * DAY_MS,
        )
        record_now(_about(principal, post), "invitation_sent", subject=str(invitation.pk), detail=_named(post))
    return Invited(invitation, raw)


def find_invitation(raw: str, *, now: int) -> Invitation:
    """The invitation of a link, without using it up.

    Raises `Refused`: `invitation_unknown`, `invitation_used`, `invitation_withdrawn`, `invitation_expired`.
    """
    invitation = Invitation.objects.filter(sha256=token_digest(raw)).select_related("invited_by").first()
    if invitation is None:
        raise Refused("invitation_unknown")
    check_invitation(
        used=invitation.used_at is not None,
        withdrawn=invitation.withdrawn_at is not None,
        expires_at=invitation.expires_at,
        now=now,
    )
    if not _inviter_still_may(invitation, now):
        raise Refused("invitation_withdrawn")
    return invitation


def accept_invitation(raw: str, *, username: str, password: str, now: int) -> User:
    """Make the invited account with its appointment; the link is then used up.

    Raises what `find_invitation` raises, and `username_wrong`, `username_is_personnummer`, `username_taken`,
    `password_weak` (fact `why`), `unknown_function`.
    """
    invitation = find_invitation(raw, now=now)
    post = rights.post_of(invitation.function)
    name = clean_username(username)
    encoded = _encode_password(password, name)
    with transaction.atomic():
        claimed = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if not claimed.update(used_at=now, email=""):
            raise Refused("invitation_used")
        user = _create_user(name, encoded, email=invitation.email)
        _appoint(user, post, by=_inviter(invitation), now=now)
    return user


def withdraw_invitation(principal: Principal, invitation: int, *, now: int) -> None:
    """Make an unused link worthless. Raises `Refused`: `not_found`."""
    found = Invitation.objects.filter(pk=invitation, used_at=None, withdrawn_at=None).first()
    if found is None or not administers(principal, found.organisation):
        raise Refused("not_found")
    post = Post(found.function, found.organisation)
    with transaction.atomic():
        Invitation.objects.filter(pk=found.pk).update(withdrawn_at=now, email="")
        record_now(_about(principal, post), "invitation_withdrawn", subject=str(found.pk), detail=_named(post))


def appoint(principal: Principal, *, username: str, function: str, until: int | None, now: int) -> Appointment:
    """Let an account of the organisation act in one more function of it.

    Raises `Refused`: `unknown_function`, `not_permitted`, `unknown_account`, `already_appointed`, `ends_before_now`.
    """
    post = _post_administered(principal, function)
    user = accounts_of(post.organisation, now).filter(username=username.strip().lower()).first()
    if user is None:
        raise Refused("unknown_account")
    if until is not None and until <= now:
        raise Refused("ends_before_now")
    with transaction.atomic():
        return _appoint(user, post, by=principal, now=now, until=until)


def end_appointment(principal: Principal, appointment: int, *, now: int) -> Appointment:
    """End an appointment from now on. Raises `Refused`: `not_found`, `own_appointment` (nobody shuts oneself out)."""
    found = _appointment_administered(principal, appointment, now)
    if (str(found.user_id), found.function) == (principal.account, principal.function):
        raise Refused("own_appointment")
    with transaction.atomic():
        Appointment.objects.filter(pk=found.pk).update(until=now, ended_by=principal.account)
        _record_permission(principal, found, "ended")
    return found


def revoke_token(principal: Principal, token: int, *, now: int) -> None:
    """Make an API token worthless: one's own, or one of an organisation that one administers.

    Raises `Refused("not_found")`.
    """
    found = ApiToken.objects.filter(pk=token, revoked_at=None).first()
    if found is None or not _may_revoke(principal, found):
        raise Refused("not_found")
    with transaction.atomic():
        ApiToken.objects.filter(pk=found.pk).update(revoked_at=now)
        detail = {"function": found.function, "account": str(found.user_id)}
        record_now(principal, "token_revoked", subject=str(found.pk), detail=detail)
        transaction.on_commit(rights_changed)


def remove_second_factor(principal: Principal, account: str) -> None:
    """Take away an account's second factors, for a person who has lost theirs; they must set up new ones.

    Only where the principal administers every organisation that the account acts for. Raises `Refused`: `not_found`,
    `own_second_factor`.
    """
    user = _account_administered(principal, account)
    if account == principal.account:
        raise Refused("own_second_factor")
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        for organisation in organisations_of(user):
            about = Principal(principal.account, organisation, principal.function, frozenset())
            record_now(about, "second_factor_removed", detail={"account": account, "by_administrator": True})
        transaction.on_commit(rights_changed)


def allow_again(principal: Principal, account: str, *, now: int) -> None:
    """Let in an account that is shut out for not having been used (R67). Raises `Refused("not_found")`."""
    user = _account_administered(principal, account)
    with transaction.atomic():
        Reopening.objects.create(user=user, at=now, by=principal.account)
        record_now(principal, "account_allowed", detail={"account": account})


def choose_function(session: SessionBase, sign_in: SignIn, function: str) -> Post:
    """Act in another of one's functions from now on in this session. Raises `Refused("not_found")`."""
    post = next((post for post in sign_in.posts if post.function == function), None)
    if post is None:
        raise Refused("not_found")
    session[CHOSEN_FUNCTION] = post.function
    session.save()  # now, not at the end of the request: the streams are judged anew from what is stored
    record_now(Principal(sign_in.account, post.organisation, post.function, frozenset()), "function_chosen")
    rights_changed()
    return post


def create_account(username: str, password: str, *, now: int, posts: list[Post], encoded: str = "") -> User:
    """Make an account with appointments, on behalf of whoever runs the server.

    `encoded` is an already hashed password, for many accounts with one.
    Raises `Refused`: `username_…`, `password_weak`.
    """
    name = clean_username(username)
    encoded = encoded or _encode_password(password, name)
    with transaction.atomic():
        user = _create_user(name, encoded)
        for post in posts:
            _appoint(user, post, by=Principal("", post.organisation, "", frozenset()), now=now)
    return user


def create_token(user: User, post: Post, *, label: str, now: int, expires_at: int | None) -> str:
    """Make an API token of an account and return it: it is kept nowhere. Raises `Refused("not_appointed")`."""
    if not Appointment.objects.filter(current(now), user=user, function=post.function).exists():
        raise Refused("not_appointed", function=post.function)
    raw = make_token()
    facts = {"function": post.function, "label": label, "created_at": now, "expires_at": expires_at}
    with transaction.atomic():
        token = ApiToken.objects.create(user=user, sha256=token_digest(raw), **facts)
        about = Principal(str(user.pk), post.organisation, post.function, frozenset())
        record_now(about, "token_created", subject=str(token.pk), detail={"expires_at": expires_at})
    return raw


def _post_administered(principal: Principal, function: str) -> Post:
    post = rights.post_of(function)
    require_administering(principal, post.organisation)
    return post


def _appointment_administered(principal: Principal, appointment: int, now: int) -> Appointment:
    found = Appointment.objects.filter(current(now), pk=appointment).first()
    if found is None or not administers(principal, found.organisation):
        raise Refused("not_found")
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _account_administered(principal: Principal, account: str) -> User:
    user = User.objects.filter(pk=account, is_active=True).first() if _is_number(account) else None
    organisations = organisations_of(user) if user else []
    if user is None or not organisations or not all(administers(principal, each) for each in organisations):
        raise Refused("not_found")
    return user


def _inviter_still_may(invitation: Invitation, now: int) -> bool:
    principal = principal_holding(str(invitation.invited_by_id), invitation.invited_as, now)
    return principal is not None and administers(principal, invitation.organisation)


def _inviter(invitation: Invitation) -> Principal:
    account = str(invitation.invited_by_id)
    return Principal(account, invitation.organisation, invitation.invited_as, frozenset())


def _may_revoke(principal: Principal, token: ApiToken) -> bool:
    if str(token.user_id) == principal.account:
        return True
    given = Appointment.objects.filter(user=token.user_id, function=token.function).order_by("-since").first()
    return given is not None and administers(principal, given.organisation)


def _create_user(name: str, encoded: str, *, email: str = "") -> User:
    try:
        with transaction.atomic():
            return User.objects.create(username=name, email=email, password=encoded)
    except IntegrityError as taken:
        raise Refused("username_taken") from taken


def _encode_password(password: str, username: str) -> str:
    """Check and hash a password: outside a transaction, since the hashing takes long by design."""
    try:
        validate_password(password, User(username=username))
    except ValidationError as weak:
        raise Refused("password_weak", why=tuple(weak.messages)) from weak
    return make_password(password)


def _appoint(user: User, post: Post, *, by: Principal, now: int, until: int | None = None) -> Appointment:
    if Appointment.objects.filter(current(now), user=user, function=post.function).exists():
        raise Refused("already_appointed")
    appointment = Appointment.objects.create(
        user=user, function=post.function, organisation=post.organisation, since=now, until=until, given_by=by.account
    )
    _record_permission(by, appointment, "appointed")
    return appointment


def _record_permission(by: Principal, appointment: Appointment, change: str) -> None:
    post = Post(appointment.function, appointment.organisation)
    detail = {**_named(post), "change": change, "account": str(appointment.user_id), "until": appointment.until}
    record_now(_about(by, post), "permission_changed", subject=str(appointment.pk), detail=detail)
    transaction.on_commit(rights_changed)


def _about(by: Principal, post: Post) -> Principal:
    """The one who acted, filed under the organisation that it is about: its reviewer must see it (R66)."""
    return Principal(by.account, post.organisation, by.function, frozenset())


def _named(post: Post) -> dict[str, Any]:
    return {"function": post.function, "organisation": post.organisation}
