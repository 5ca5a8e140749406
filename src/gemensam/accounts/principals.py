"""Who asks: the principal of a request, from its session or its token. Judged anew at every request.

One statement asks for the session or the token, its account with the appointments, and what has moved in the log. No
statement asks for more than one account, and none is remembered: an ended appointment holds from the next request on.
"""

import hashlib
import ipaddress
import logging
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils.crypto import constant_time_compare

from gemensam.accounts.domain import Post, SignIn
from gemensam.accounts.rights import principal_in
from gemensam.accounts.sessions import SessionStore, now_in_database
from gemensam.core.policy import Principal
from gemensam.ledger.glance import Looking
from gemensam.ledger.locks import append_lock
from gemensam.ledger.log import fetch, places

CHOSEN_FUNCTION, SECOND_FACTOR_USED = "function", "second_factor"  # keys in the session
RAW_START = "gmn_"
TOKEN_USE_NOTED_EVERY_MS = 60_000
logger = logging.getLogger("gemensam.accounts")
_MOVED = 8  # where in a row of _BY_SESSION the look begins
MANY = 50  # sessions asked for at once; always so many, so that there are few questions to plan
_SPACE = re.compile(r"/(?:api/v1/)?spaces/([^/]+)/")  # the space that an address names
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

_HELD = """u.id, u.username, u.password, a.function, a.organisation,
       EXISTS (SELECT 1 FROM mfa_authenticator m WHERE m.user_id = u.id AND m.type IN ('totp', 'webauthn'))"""
_POSTS = """
LEFT JOIN accounts_appointment a ON a.user_id = u.id AND a.since <= %s AND (a.until IS NULL OR a.until > %s)"""
_IN_ORDER = " ORDER BY a.organisation, a.function"
_ACCOUNT = "SELECT " + _HELD + " FROM auth_user u" + _POSTS + " WHERE u.id = %s AND u.is_active" + _IN_ORDER  # noqa: S608
_BY_SESSION = (
    "SELECT s.session_key, s.session_data, " + _HELD + ", {moved} FROM accounts_session s"  # noqa: S608
    " LEFT JOIN auth_user u ON u.id = s.account_id AND u.is_active" + _POSTS +
    " WHERE s.session_key IN {keys} AND s.expire_date > %s" + _IN_ORDER
)  # fmt: skip
_BY_API_KEY = """
SELECT t.id, t.last_used_at, u.id, a.function, a.organisation, {moved}
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
    looking = _looking_of(request)
    if given:
        principal = principal_from_token(bearer_of(given), looking=looking)
    else:
        waived = second_factor_waived(request.META.get("HTTP_HOST", ""), request.META.get("REMOTE_ADDR", ""))
        principal = principal_of_sign_in(sign_in_for(request), second_factor_waived=waived, looking=looking)
    if principal is not None:
        request.seen = looking.seen  # type: ignore[attr-defined]
    return principal


def _looking_of(request: HttpRequest) -> Looking:
    """The request's look at the log: spaces, directory, and the space that a reading one's address names.

    One that writes looks at the space later, so that it sees what it has written.
    """
    found: Looking | None = getattr(request, "_looking", None)
    if found is None:
        named = _SPACE.match(request.path_info) if request.method in ("GET", "HEAD") else None
        found = request._looking = Looking(*(named.groups() if named else ()))  # type: ignore[attr-defined]
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


def principal_from_token(raw: str, now: int | None = None, *, looking: Looking | None = None) -> Principal | None:
    """The principal of an API token, or None for one that is unknown, expired or revoked, or whose post has ended."""
    at, moved = now or _now(), looking or Looking()
    rows = fetch(_BY_API_KEY.format(moved=moved.columns), [*moved.values, at, at, token_digest(raw), at]) if raw else []
    if not rows:
        return None
    token, last_used_at, account, function, organisation, *heads = rows[0]
    moved.take(heads)
    if at - (last_used_at or 0) >= TOKEN_USE_NOTED_EVERY_MS:
        _note_use(token, at)
    return principal_in(Post(function, organisation), account=str(account), known=moved.seen.directory)


def principal_of_sign_in(
    sign_in: SignIn | None, *, second_factor_waived: bool, looking: Looking | None = None
) -> Principal | None:
    """The principal of someone who has signed in, in the post that is acted in."""
    if sign_in is None or sign_in.post is None or not (sign_in.second_factor or second_factor_waived):
        return None
    return principal_in(sign_in.post, account=sign_in.account, known=(looking or Looking()).seen.directory)


def sign_in_for(request: HttpRequest) -> SignIn | None:
    """Who is signed in by the request's session; asked once per request."""
    if not hasattr(request, "_sign_in"):
        # Without the cookie there is no session to look for.
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        request._sign_in = _asked_for(request) if has_cookie else None  # type: ignore[attr-defined]
    found: SignIn | None = request._sign_in  # type: ignore[attr-defined]
    return found


def _asked_for(request: HttpRequest) -> SignIn | None:
    """Ask for the session, its account and what has moved in the log, in one statement."""
    session = request.session
    if not isinstance(session, SessionStore) or session.is_loaded:
        return sign_in_of(session)
    found = _asked_together([session], _looking_of(request))
    return found[session.session_key] if session.session_key in found else sign_in_of(session)


def judge_together(requests: Sequence[HttpRequest]) -> None:
    """Put session, `sign_in`, `principal` and `seen` on reading requests by session, asked for in one statement.

    At most `MANY`. None as `principal` where there is none, or where more must be asked to know.
    """
    spaces = {name for request in requests if (named := _SPACE.match(request.path_info)) for name in named.groups()}
    looking = Looking(*spaces)
    for request in requests:
        request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request._looking = looking  # type: ignore[attr-defined]
    found = _asked_together([cast(SessionStore, request.session) for request in requests], looking)
    for request in requests:
        request._sign_in = request.sign_in = found.get(request.session.session_key)  # type: ignore[attr-defined]
        request.principal = principal_for(request)  # type: ignore[attr-defined]


def _asked_together(sessions: Sequence[SessionStore], looking: Looking) -> dict[str | None, SignIn | None]:
    """Ask for sessions, their accounts and what has moved in the log; those that are unknown are absent."""
    at, known = _now(), sorted({session.session_key or "" for session in sessions})
    keys = known if len(known) == 1 else [*known, *[""] * (MANY - len(known))]
    asked = _BY_SESSION.format(moved=looking.columns, keys=places(keys))
    told: dict[str | None, list[Sequence[Any]]] = defaultdict(list)
    for row in fetch(asked, [*looking.values, at, at, *keys, now_in_database()]):
        told[row[0]].append(row)
    if told:
        looking.take(next(iter(told.values()))[0][_MOVED:])
    found = {}
    for session in (one for one in sessions if one.session_key in told):
        rows = told[session.session_key]
        session.take(rows[0][1])
        found[session.session_key] = _judged(session, [row[2:_MOVED] for row in rows])
    return found


def sign_in_of(session: SessionBase) -> SignIn | None:
    """Who is signed in by a session, with the posts held now; None for nobody or a password changed since."""
    account, at = session.get(SESSION_KEY), _now()
    return _judged(session, fetch(_ACCOUNT, [at, at, account])) if account is not None else None


def _judged(session: SessionBase, rows: Sequence[Sequence[Any]]) -> SignIn | None:
    """Return who has signed in, by what the session says under its signature and what is known of that account."""
    account = session.get(SESSION_KEY)
    if account is None or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    if not rows or str(rows[0][0]) != account or not _password_unchanged(session.get(HASH_SESSION_KEY, ""), rows[0][2]):
        return None
    posts = tuple(Post(function, organisation) for *_, function, organisation, _ in rows if function is not None)
    name, enrolled = rows[0][1], bool(rows[0][5])
    used = enrolled and bool(session.get(SECOND_FACTOR_USED))
    return SignIn(account, name, used, enrolled, posts, session.get(CHOSEN_FUNCTION, ""))


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
    return any(constant_time_compare(remembered, current) for current in _session_hashes(password))


@lru_cache(1_024)
def _session_hashes(password: str) -> tuple[str, ...]:
    """What a session remembers of an encoded password, by each of the secrets that are valid."""
    user = User(password=password)
    return (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())


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
