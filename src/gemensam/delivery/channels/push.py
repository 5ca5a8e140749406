"""Web push (RFC 8030, encrypted by RFC 8291, signed by RFC 8292) to the browsers that subscribed for a function.

Encryption and signature come from the package `webpush`; sending is ours, so that it has time-outs, urgency and a
topic. A push goes only to a known push service: a browser gives the address, and the program must not post wherever it
is told to.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.db import connection
from django.utils.translation import override, pgettext

from gemensam.delivery import attempts, http, subscriptions
from gemensam.delivery.channel import FAILED, SENT, UNKNOWN, Outcome
from gemensam.delivery.configuration import ChannelSettings, is_here
from gemensam.delivery.links import push_answer_path
from gemensam.delivery.models import Subscription
from gemensam.delivery.outbox import Message
from gemensam.delivery.secret_files import push_key

if TYPE_CHECKING:
    from webpush.types import WebPushMessage

TTL_S = 10 * 60  # a phone that comes back within this time shows it; later it would be an old alarm
SIGNED_FOR_S = 60 * 60
GONE = frozenset({404, 410})
PUSHED = frozenset({200, 201, 202})


class PushChannel:
    """One message goes to every browser of the function; it is sent when one of them was."""

    name = "push"
    threads = 4

    def __init__(self, chosen: ChannelSettings, data: Path) -> None:
        self._chosen, self._data = chosen, data

    @property
    def is_local(self) -> bool:
        return all(is_here(service) for service in self._chosen.push_services)

    def missing(self) -> str:
        return "" if self._chosen.push_contact else "no_push_contact"

    def prepare(self, message: Message) -> Mapping[str, Any]:
        return {}

    def send(self, message: Message, key: str) -> Outcome:
        try:
            content = payload(message, key, may_answer=attempts.awaits_answer(key))
            outcomes = [self._send_to(one, message, content) for one in subscriptions.of_function(message.address)]
        finally:
            connection.close()  # a thread of the channel's: its connection would outlive the need
        return joined(outcomes)

    def _send_to(self, subscription: Subscription, message: Message, content: bytes) -> Outcome:
        if not is_known_service(subscription.endpoint, self._chosen.push_services):
            return Outcome(FAILED, reason="unknown push service")
        try:
            reply = self._post(subscription, message, content)
        except http.NotHandedOver as fault:
            return Outcome(FAILED, reason=str(fault), again=True)
        except http.Unclear as fault:
            return Outcome(UNKNOWN, reason=str(fault))
        except ValueError:  # keys that are none: the browser, or somebody else, made them up
            subscriptions.forget(subscription.endpoint)
            return Outcome(FAILED, reason="the subscription cannot be used")
        if reply.status in GONE:
            subscriptions.forget(subscription.endpoint)
        return _outcome_of(reply)

    def _post(self, subscription: Subscription, message: Message, content: bytes) -> http.Reply:
        keys = {"auth": subscription.auth, "p256dh": subscription.p256dh}
        told = sealed(self._data, self._chosen.push_contact, content, {"endpoint": subscription.endpoint, "keys": keys})
        topic = hashlib.sha256(message.text.encode()).hexdigest()[:32]
        headers = {"Urgency": "high", "Topic": topic, "Content-Type": "application/octet-stream"}
        headers |= {name: str(value) for name, value in told.headers.items()}
        return http.post(subscription.endpoint, told.encrypted, headers, proxy=self._chosen.outgoing_proxy)


def sealed(data: Path, contact: str, content: bytes, subscription: Mapping[str, Any]) -> "WebPushMessage":
    """Encrypt and sign one message for one browser; raises `ValueError` for keys that are none.

    The package is loaded only here: it takes half a second, and few processes send.
    """
    from webpush import WebPush
    from webpush.types import WebPushSubscription

    subscriber = contact.removeprefix("mailto:")
    private, public = push_key(data).encode(), BytesIO(_public_key(data).public_bytes(Encoding.PEM, _INFO))
    sealer = WebPush(private, public, subscriber=subscriber, ttl=TTL_S, expiration=SIGNED_FOR_S)
    return sealer.get(content, WebPushSubscription.model_validate(subscription))


_INFO = PublicFormat.SubjectPublicKeyInfo


def public_push_key(data: Path) -> str:
    """Return the key that a browser subscribes with: the point in base64url."""
    point = _public_key(data).public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def _public_key(data: Path) -> ec.EllipticCurvePublicKey:
    private = load_pem_private_key(push_key(data).encode(), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("push.key holds no key on a curve")
    return private.public_key()


def payload(message: Message, key: str, *, may_answer: bool) -> bytes:
    """What the service worker shows; nothing more than may stand on a locked screen, and where its buttons post to."""
    with override(settings.LANGUAGE_CODE):
        yes = pgettext("button of a notification", "Taking part")
        no = pgettext("button of a notification", "Cannot")
    answers = [{"action": "1", "title": yes}, {"action": "3", "title": no}]
    told = {
        "title": (message.marked_subject or message.marked_text)[:100],
        "body": message.text[:400] if message.subject else "",
        "tag": hashlib.sha256(f"{message.address}/{message.subject}/{message.text}".encode()).hexdigest()[:16],
        "link": message.link,
        "answer": push_answer_path(key),
        "actions": answers if may_answer else [],
        "mark": message.mark,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def is_known_service(endpoint: str, known: tuple[str, ...]) -> bool:
    """Return whether an address belongs to a known push service: a host, `.host` for all below it, or an origin."""
    parts = urlsplit(endpoint)
    host, origin = parts.hostname or "", f"{parts.scheme}://{parts.netloc}"
    if origin in known:
        return True
    ordinary = parts.scheme == "https" and parts.port in (None, 443) and "@" not in parts.netloc
    return ordinary and any(host == one or (one.startswith(".") and host.endswith(one)) for one in known)


def _outcome_of(reply: http.Reply) -> Outcome:
    if reply.status in PUSHED:
        return Outcome(SENT, reference=reply.headers.get("Location", "")[-100:])
    reason = f"{reply.status} {reply.words}".strip()
    return Outcome(FAILED, reason=reason, again=reply.status == 429 or reply.status >= 500)


def joined(outcomes: list[Outcome]) -> Outcome:
    """Return what became of a message that went to several browsers: what reached one has reached the function."""
    order = {SENT: 0, UNKNOWN: 1, FAILED: 2}
    nothing = Outcome(FAILED, reason="no browser has subscribed")
    return min(outcomes, key=lambda one: (order[one.state], not one.again), default=nothing)
