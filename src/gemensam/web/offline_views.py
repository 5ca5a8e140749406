"""Work without line (R68): the service worker, the page of what waits, what a device asks when it has contact again."""

import hashlib
import json
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now
from gemensam.ledger.receipts import receipt_of
from gemensam.web import page, times
from gemensam.web.access import Request, open_to_all, principal_of, signed_in
from gemensam.web.keeping import COOKIE, keys_of, owner_of
from gemensam.web.nav import CRISIS_SPACES
from gemensam.web.offline_words import words

_YEAR = 365 * 24 * 60 * 60
ASKED_AT_ONCE = 500
SPACES_KEPT = 4
# What is read in each space that goes on, and at any time, also where nobody has looked at it yet.
ESSENTIAL = ("picture/", "binder/", "report/", "statements/new/", "requests/")
ALWAYS = ("/", "/spaces/", "/directory/", "/offline/")
SHELL_FOLDERS = (
    "css/",
    "js/",
    "picture/",
    "coordination/",
    "ledger/",
    "shifts/",
    "organisations/",
    "geography/",
    "reserve/",
)
SHELL_FILES = ("vendor/bootstrap.min.css", "vendor/htmx.min.js", "icon.svg")
NOT_SHELL = ("picture/map/", "js/sw.js")


@open_to_all
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the shell of this version; it holds nothing of anybody's."""
    setup = _setup()
    source = (files("gemensam.web") / "static" / "js" / "sw.js").read_text(encoding="utf-8")
    body = source.replace("/*SETUP*/ {}", json.dumps(setup, ensure_ascii=False, sort_keys=True))
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@open_to_all
@require_GET
def offline_words(request: HttpRequest, language: str) -> JsonResponse:
    """The words of the scripts that work without line, in one language."""
    if language not in dict(settings.LANGUAGES):
        raise Refused("not_found")
    with override(language):
        return JsonResponse(words())


@open_to_all
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What waits on this device and what it keeps: drawn by the device itself, from what only it has."""
    return page.render(request, "web/offline.html")


@signed_in
@require_POST
def keep(request: Request) -> JsonResponse:
    """Keep pages and a queue on this device, for this account in this function; nothing is kept before."""
    principal = principal_of(request)
    if request.POST.get("own") != "yes":
        raise Refused("device_shared")
    note_now(principal, "device_keeps")
    answer = JsonResponse({"owner": owner_of(principal)})
    answer.set_cookie(COOKIE, owner_of(principal), max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


@signed_in
@require_GET
def state(request: Request) -> JsonResponse:
    """What a device asks first when it has contact: who signs in here, the time, what may be kept, and the key."""
    lens = request.lens
    paths = [*ALWAYS, *(f"/spaces/{space}/{path}" for space in _spaces_kept(request) for path in ESSENTIAL)]
    told: dict[str, Any] = {
        "owner": owner_of(principal_of(request)),
        "keys": keys_of(principal_of(request)),
        "now": times.now(),
        "rights": lens.rights,
        "keep": paths,
    }
    answer = JsonResponse(told)
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def arrived(request: Request) -> JsonResponse:
    """Which of the posts that a device has sent without hearing of an answer were written, by their keys."""
    try:
        keys = json.loads(request.body)["keys"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("bad_request") from error
    if not isinstance(keys, list) or len(keys) > ASKED_AT_ONCE or not all(isinstance(key, str) for key in keys):
        raise Refused("bad_request")
    account = principal_of(request).account
    readable = {info.id for info in request.lens.spaces()}
    found = ((key, receipt_of(account, key[:100])) for key in keys)
    told = {
        key: {
            "subject": receipt.subject,
            "digest": receipt.digest,
            "url": f"/spaces/{receipt.space}/log/{receipt.digest}/" if receipt.space in readable else "",
        }
        for key, receipt in found
        if receipt is not None
    }
    return JsonResponse({"arrived": told})


def _spaces_kept(request: Request) -> list[str]:
    """The spaces that go on, those that were opened last first."""
    going = [info for info in request.lens.spaces() if info.kind in CRISIS_SPACES and not info.closed]

    def opened(space: str) -> int:
        thing = request.lens.state(space).thing(space)
        return int(getattr(thing.data, "opened_at", 0) or 0) if thing is not None else 0

    return sorted((info.id for info in going), key=opened, reverse=True)[:SPACES_KEPT]


def _setup() -> dict[str, Any]:
    shell = sorted({static(name) for name in _shell_names()})
    spoken = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            spoken[language] = words()
    told = json.dumps([shell, spoken], sort_keys=True, ensure_ascii=False)
    return {"version": hashlib.sha256(told.encode()).hexdigest()[:12], "shell": shell, "words": spoken}


def _shell_names() -> list[str]:
    found = [name for finder in get_finders() for name, _storage in finder.list([])]
    ours = [name for name in found if name.startswith(SHELL_FOLDERS) and name.endswith((".css", ".js"))]
    return [*(name for name in ours if not name.startswith(NOT_SHELL)), *SHELL_FILES]
