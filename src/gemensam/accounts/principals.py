"""Who asks: the principal of a request, from its session or its token. Judged anew at every request.

One query for the session and one for the account with its appointments; one in all for a token. No query asks for
more than one account, and none is remembered: an ended appointment holds from the next request on.
"""

import hashlib
import ipaddress
import logging
import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils.crypto import constant_time_compare

from gemensam.accounts.domain import Post, SignIn
from gemensam.accounts.rights import directory, principal_in
from gemensam.accounts.sessions import SessionStore
from gemensam.core.policy import Principal
from gemensam.core.state import SpaceState
from gemensam.ledger.glance import Seen, look
from gemensam.ledger.locks import append_lock
from gemensam.ledger.log import fetch

CHOSEN_FUNCTION, SECOND_FACTOR_USED = "function", "second_factor"  # keys in the session
RAW_START = "gmn_"
TOKEN_USE_NOTED_EVERY_MS = 60_000
logger = logging.getLogger("gemensam.accounts")
_SPACE = re.compile(r"/(?:api/v1/)?spaces/([^/]+)/")  # the space that an address names
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

_ACCOUNT = """
SELECT u.username, u.password, a.function, a.organisation,
       EXISTS (SELECT 1 FROM mfa_authenticator m WHERE m.user_id = u.id AND m.type IN ('totp', 'webauthn'))
FROM auth_user u
LEFT JOIN accounts_appointment a ON a.user_id = u.id AND a.since <= %s AND (a.until IS NULL OR a.until > %s)
WHERE u.id = %s AND u.is_active
ORDER BY a.organisation, a.function
"""
_BY_API_KEY = """
SELECT t.id, t.last_used_at, u.id, a.function, a.organisation
FROM accounts_api_token t
JOIN auth_user u ON u.id = t.user_id AND u.is_active
JOIN accounts_appointment a ON a.user_id = u.id AND a.function = t.function
     AND a.since <= %s AND (a.until IS NULL OR a.until > %s)
WHERE t.sha256 = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %s)
LIMIT 1
"""


def principal_for(request: HttpRequest) -> Principal | None:
    """The principal of a request: its bearer token's if it carries one, else its session's. None has no rights.

    A session without a chosen function among several, or without the second factor where it is required, gives None.
    """
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if given:
        return principal_from_token(bearer_of(given), directory=lambda: seen_by(request).directory)
    sign_in = sign_in_for(request)
    waived = second_factor_waived(request.META.get("HTTP_HOST", ""), request.META.get("REMOTE_ADDR", ""))
    return principal_of_sign_in(sign_in, second_factor_waived=waived, directory=lambda: seen_by(request).directory)


def seen_by(request: HttpRequest) -> Seen:
    """What the log held when the request came: spaces, directory, and the space that a reading one's address names.

    One that writes looks at the space later, so that it sees what it has written.
    """
    found: Seen | None = getattr(request, "seen", None)
    if found is None:
        named = _SPACE.match(request.path_info) if request.method in ("GET", "HEAD") else None
        found = request.seen = look(*(named.groups() if named else ()))  # type: ignore[attr-defined]
    return found


def principal_for_scope(scope: Mapping[str, Any]) -> Principal | None:
    """The same for a raw ASGI connection. Reads the database: call it in a thread."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if "authorization" in headers:
        return principal_from_token(bearer_of(headers["authorization"]))
    key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    address = (scope.get("client") or ("", 0))[0]
    waived = second_factor_waived(headers.get("host", ""), address)
    return principal_of_sign_in(sign_in_of(SessionStore(key)) if key else None, second_factor_waived=waived)


def principal_from_token(
    raw: str, now: int | None = None, *, directory: Callable[[], SpaceState] = directory
) -> Principal | None:
    """The principal of an API token, or None for one that is unknown, expired or revoked, or whose post has ended."""
    at = now or _now()
    rows = fetch(_BY_API_KEY, [at, at, token_digest(raw), at]) if raw else []
    if not rows:
        return None
    token, last_used_at, account, function, organisation = rows[0]
    if at - (last_used_at or 0) >= TOKEN_USE_NOTED_EVERY_MS:
        _note_use(token, at)
    return principal_in(Post(function, organisation), account=str(account), directory=directory)


def principal_of_sign_in(
    sign_in: SignIn | None, *, second_factor_waived: bool, directory: Callable[[], SpaceState] = directory
) -> Principal | None:
    """The principal of someone who has signed in, in the post that is acted in."""
    if sign_in is None or sign_in.post is None or not (sign_in.second_factor or second_factor_waived):
        return None
    return principal_in(sign_in.post, account=sign_in.account, directory=directory)


def sign_in_for(request: HttpRequest) -> SignIn | None:
    """Who is signed in by the request's session; asked once per request."""
    if not hasattr(request, "_sign_in"):
        # Without the cookie there is no session to look for.
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        request._sign_in = sign_in_of(request.session) if has_cookie else None  # type: ignore[attr-defined]
    found: SignIn | None = request._sign_in  # type: ignore[attr-defined]
    return found


def sign_in_of(session: SessionBase) -> SignIn | None:
    """Who is signed in by a session, with the posts held now; None for nobody or a password changed since."""
    account = session.get(SESSION_KEY)
    if account is None or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    at = _now()
    rows = fetch(_ACCOUNT, [at, at, account])
    if not rows or not _password_unchanged(session.get(HASH_SESSION_KEY, ""), rows[0][1]):
        return None
    posts = tuple(Post(function, organisation) for _, _, function, organisation, _ in rows if function is not None)
    enrolled = bool(rows[0][4])
    used = enrolled and bool(session.get(SECOND_FACTOR_USED))
    return SignIn(str(account), rows[0][0], used, enrolled, posts, session.get(CHOSEN_FUNCTION, ""))


def second_factor_waived(host: str, address: str) -> bool:
    """Whether the gate is open: only in a demonstration, from this machine, by this machine's own name."""
    if not settings.GEMENSAM_DEMO:
        return False
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in LOOPBACK_NAMES and _is_loopback(address)


def make_token() -> str:
    """A new token with 32 random bytes; its prefix lets scanners for leaked secrets know it."""
    return RAW_START + secrets.token_urlsafe(32)


def token_digest(raw: str) -> str:
    """SHA-256 (hex) of a token or personal link: looked up whole, so that no comparison takes time that tells."""
    return hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()


def bearer_of(header: str) -> str:
    """The token of an Authorization header, or "" for another scheme."""
    scheme, _, raw = header.partition(" ")
    return raw.strip() if scheme.lower() == "bearer" else ""


def _password_unchanged(remembered: str, password: str) -> bool:
    user = User(password=password)
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(remembered, current) for current in hashes)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _note_use(token: int, at: int) -> None:
    """Note that a token is in use; a request is not refused because that could not be written."""
    try:
        with append_lock(()), connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_api_token SET last_used_at = %s WHERE id = %s", [at, token])
    except DatabaseError:
        logger.warning("the use of API token %d could not be noted", token, exc_info=True)


def _now() -> int:
    return time.time_ns() // 1_000_000
