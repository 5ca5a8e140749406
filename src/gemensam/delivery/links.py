"""The addresses that others call: of callbacks, of sounds, of answers to a push."""

from pathlib import Path

from django.conf import settings

from gemensam.delivery.secret_files import callback_secret


def callback_address(provider: str, what: str, token: str) -> str:
    """Return where a provider reports about one attempt; it holds two secrets, and is never logged."""
    return f"{_base()}/callbacks/{provider}/{_secret()}/{what}/{token}/"


def incoming_address(provider: str) -> str:
    """Return where a provider is to tell of text messages that come in: set once, at the provider."""
    return f"{_base()}/callbacks/{provider}/{_secret()}/incoming/"


def sound_address(provider: str, name: str) -> str:
    """Return where a provider fetches what a call plays."""
    return f"{_base()}/callbacks/{provider}/{_secret()}/sound/{name}.wav"


def push_answer_path(token: str) -> str:
    """Return the path that a notification's buttons post to; it is sent encrypted to the one browser."""
    return f"/callbacks/push/{token}/"


def _base() -> str:
    return str(settings.GEMENSAM_CHANNELS.public_address).rstrip("/")


def _secret() -> str:
    return callback_secret(Path(settings.GEMENSAM_DATA))
