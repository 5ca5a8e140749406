"""A post that waited in a device without line: when it was written, by this server's clock, and what becomes of it.

The device sends what its own clock showed, when it wrote and when it sends; how much that clock was ahead when it last
had contact before it wrote; and this server's time at that contact. Nothing else is different from an ordinary post:
the same view, the same rights, the same key. The answer is told as data, for a script sends it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from gemensam.core.refusal import Refused
from gemensam.ledger.receipts import receipt_of
from gemensam.web import labels, times

HEADER = "X-Waited"
# Two measures of a device's clock that differ by more than this were made by two clocks: it was set in between.
SAME_CLOCK_MS = 2 * times.MINUTE
WORTH_TELLING_MS = times.MINUTE
GetResponse = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Waited:
    """When a post was written, `at` (ms UTC); what the device's clock showed, where that was another time.

    `doubtful`: the device's clock was set while the post waited, and `at` is the best guess.
    """

    at: int
    device_at: int | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a device tells of its clock, all in ms: written and sent by its own, `ahead` when it last had contact before
    it wrote (None: not known), and this server's time at that contact (0: not known).
    """

    written_at: int
    sent_at: int
    ahead: int | None = None
    seen_at: int = 0


def judge(told: Told, now: int) -> Waited:
    """Return when a post was written, between the last contact before it and `now`.

    The clock's error at the last contact before is believed, else its error now. Where those are two errors, or give a
    time that cannot be, the nearest time that can is told as doubtful.
    """
    ahead_now = told.sent_at - now
    ahead = ahead_now if told.ahead is None else told.ahead
    guess = told.written_at - ahead
    at = max(min(guess, now), min(told.seen_at, now))
    doubtful = abs(ahead - ahead_now) > SAME_CLOCK_MS or abs(guess - at) > SAME_CLOCK_MS
    is_other = doubtful or abs(told.written_at - at) >= WORTH_TELLING_MS
    return Waited(at, told.written_at if is_other else None, doubtful)


def read(post: Mapping[str, str], now: int) -> Waited | None:
    """Return what a post tells of its waiting; None where it tells nothing that can be read."""
    written_at, sent_at = _number(post.get("waited_written_at")), _number(post.get("waited_sent_at"))
    if written_at is None or sent_at is None:
        return None
    told = Told(written_at, sent_at, _number(post.get("waited_ahead")), _number(post.get("waited_seen_at")) or 0)
    return judge(told, now)


def waited(get_response: GetResponse) -> GetResponse:
    """Put `waited` on a request that comes from a device's queue, and tell what became of it as data."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or HEADER not in request.headers:
            return get_response(request)
        request.waited = read(request.POST, times.now())  # type: ignore[attr-defined]
        response = get_response(request)
        return _told(request, response) if 300 <= response.status_code < 400 else response

    return middleware


def of(request: HttpRequest) -> Waited | None:
    """Return how the post waited, or None for one that comes straight from its form."""
    found: Waited | None = getattr(request, "waited", None)
    return found


def _told(request: HttpRequest, response: HttpResponseBase) -> JsonResponse:
    """Where the view leads on: what was written, or in its own words why nothing was."""
    words = " ".join(str(each) for each in messages.get_messages(request))
    principal = getattr(request, "principal", None)
    receipt = receipt_of(principal.account, request.POST.get("key", "")[:100]) if principal is not None else None
    if receipt is None and not words:
        words = labels.words(Refused("moved"))
    told: dict[str, object] = {"written": receipt is not None, "words": words, "url": response.get("Location", "")}
    if receipt is not None:
        told |= {"subject": receipt.subject, "digest": receipt.digest}
    return JsonResponse(told, status=200 if receipt is not None else 409)


def _number(text: str | None) -> int | None:
    digits = (text or "").removeprefix("-")
    return int(text or "") if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
