"""What a device may keep to be read without line: pages of one function, on a device that its user has chosen (R68).

Nothing is kept unless the device says, in a cookie, for whom it keeps, and that is who reads now. Each answer to such a
device names its reader, so that a device that meets another one forgets what it has kept at once. What waits to be sent
is sealed on the device with a key that it has only while its own function is signed in.
"""

import base64
import hmac
import threading
from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.encoding import force_bytes

from gemensam.core.policy import Principal
from gemensam.ledger.noting import Detail, register_recorder

COOKIE = "gemensam_keeps"
READER, MAY_KEEP = "X-Reader", "X-Keep"
# Names of routes: the pages of R68 and those that lead to them. What is not here is never kept.
KEPT = frozenset(
    {
        "start", "spaces", "offline", "directory", "organisation", "picture", "member", "pictures", "picture_version",
        "write_report", "relay_report", "choose_member", "record_statement", "note_contact", "requests", "request",
        "places", "conferences", "conference", "handover", "log", "binder",
    }
)  # fmt: skip
GetResponse = Callable[[HttpRequest], HttpResponseBase]
_seen = threading.local()


def owner_of(principal: Principal) -> str:
    """Return a word for an account in a function: the same each time, and telling nothing of either."""
    said = f"device {principal.account} {principal.function}".encode()
    return hmac.new(force_bytes(settings.SECRET_KEY), said, sha256).hexdigest()[:24]


def keys_of(principal: Principal) -> list[str]:
    """Return the keys that seal what waits on this account's devices in its function, in base64, the newest first.

    Made from SECRET_KEY and never stored here; those of SECRET_KEY_FALLBACKS open what was sealed before.
    """
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [base64.b64encode(_key(secret, principal)).decode() for secret in secrets]


def keeps_for(request: HttpRequest) -> str:
    """Return for whom the device that asks keeps pages, or ""."""
    return request.COOKIES.get(COOKIE, "")[:40]


def kept(get_response: GetResponse) -> GetResponse:
    """Tell a device that keeps pages who reads this answer, and whether it may keep it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _seen.marked = False
        response = get_response(request)
        if owner := keeps_for(request):
            _tell(request, response, owner)
        return response

    return middleware


def note_marked(
    principal: Principal | None, action: str, *, space: str = "", subject: str = "", detail: Detail = None
) -> None:
    """A recorder beside the local log: a page that shows what is marked is read where each reading is recorded."""
    if action == "read_marked":
        _seen.marked = True


def note_nothing(
    principal: Principal | None, action: str, *, space: str = "", subject: str = "", detail: Detail = None
) -> None:
    """What is recorded at once is never a reading."""


def register() -> None:
    """Hear of readings of marked items; once, when the program starts."""
    register_recorder(note_marked, note_nothing)


def _tell(request: HttpRequest, response: HttpResponseBase, owner: str) -> None:
    principal = getattr(request, "principal", None)
    if principal is None or getattr(request, "sign_in", None) is None:
        return
    reader = owner_of(principal)
    response[READER] = reader
    if hmac.compare_digest(reader.encode(), owner.encode()) and _may_keep(request, response):
        response[MAY_KEEP] = "1"


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.method != "GET" or response.status_code not in (200, 304) or _seen.marked:
        return False
    page = getattr(request, "space_page", None)
    found = request.resolver_match
    return found is not None and found.url_name in KEPT and not (page is not None and page.historical)


def _key(secret: str | bytes, principal: Principal) -> bytes:
    said = f"gemensam device {principal.account} {principal.function}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=said).derive(force_bytes(secret))
