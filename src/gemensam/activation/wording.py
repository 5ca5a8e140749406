"""What a larm says in each channel to one function: its own texts with times, fields and the link filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from gemensam.activation.domain.larms import LarmData
from gemensam.activation.domain.texts import filled
from gemensam.delivery.gsm7 import size
from gemensam.web import times


@dataclass(frozen=True, slots=True)
class Words:
    """A larm in words. `link`: a full address; `voice`: what a call says, and a voice mail."""

    sms: str
    subject: str
    push: str
    voice: str
    voicemail: str
    link: str


def link_to(token: str) -> str:
    """Return the full address of an acknowledgement link."""
    return f"{public_address()}/k/{token}/"


def public_address() -> str:
    """Return where people reach this server from outside: as set for the channels, else its first host."""
    given = str(getattr(getattr(settings, "GEMENSAM_CHANNELS", None), "public_address", "")).rstrip("/")
    return given or f"{'https' if settings.GEMENSAM.https else 'http'}://{settings.ALLOWED_HOSTS[0]}"


def words_of(larm: LarmData, payload: Mapping[str, Any], token: str = "") -> Words:
    """Return what a larm says; `payload`: of the entry that sent it. Without a token there is no link."""
    texts, link = payload["texts"], link_to(token) if token else ""
    fields = {"tid": hours(larm.sent_at), **payload["fields"]}
    without = {name: filled(str(text), fields) for name, text in texts.items()}
    sms = filled(texts["sms"], {**fields, "lank": link.partition("://")[2].rstrip("/")})
    # A long address of the server must not make two messages of one, which may come in the wrong order or not at all:
    # the text is enough without it.
    fits = size(sms).is_single
    return Words(
        sms if fits else without["sms"], without["subject"], without["push"], without["voice"], without["voicemail"],
        link,
    )  # fmt: skip


def hours(at: int) -> str:
    """Return a time of day as it stands in a text: 15.08, local."""
    return f"{times.local(at):%H.%M}"


def short_address() -> str:
    """Return how the server's address stands in a text, without scheme."""
    return urlsplit(public_address()).netloc
