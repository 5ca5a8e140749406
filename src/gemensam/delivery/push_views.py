"""Notifications in a browser: a page to switch them on and off, and what its script posts."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.delivery import subscriptions
from gemensam.delivery.channels.push import is_known_service, public_push_key
from gemensam.ledger.noting import note_now
from gemensam.web import page
from gemensam.web.access import Request, principal_of, signed_in

LONGEST = {"endpoint": 1000, "p256dh": 120, "auth": 40}


@signed_in
@require_GET
def notifications(request: Request) -> HttpResponse:
    """Whether this browser shows notifications for the present function, and how to try."""
    chosen = settings.GEMENSAM_CHANNELS
    key = public_push_key(Path(settings.GEMENSAM_DATA)) if chosen.push_contact else ""
    count = subscriptions.count_of(principal_of(request))
    return page.render(request, "delivery/notifications.html", {"push_key": key, "count": count})


@signed_in
@require_POST
def subscribe(request: Request) -> JsonResponse:
    """Show notifications in this browser from now on, for the present function."""
    given = _given(request)
    if not is_known_service(given["endpoint"], settings.GEMENSAM_CHANNELS.push_services):
        raise Refused("bad_subscription")
    principal = principal_of(request)
    subscriptions.subscribe(principal, given["endpoint"], given["p256dh"], given["auth"])
    note_now(principal, "push_subscribed")
    return JsonResponse({"count": subscriptions.count_of(principal)})


@signed_in
@require_POST
def unsubscribe(request: Request) -> JsonResponse:
    """Show none in this browser any more."""
    principal = principal_of(request)
    subscriptions.forget(_given(request, "endpoint")["endpoint"], principal.account)
    note_now(principal, "push_unsubscribed")
    return JsonResponse({"count": subscriptions.count_of(principal)})


def _given(request: Request, *names: str) -> dict[str, str]:
    """Read the posted JSON; raises `Refused("bad_subscription")` for what a browser would not send."""
    try:
        told = json.loads(request.body)
        found = {name: told[name] for name in names or LONGEST}
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("bad_subscription") from error
    for name, value in found.items():
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST[name]:
            raise Refused("bad_subscription")
    return found
