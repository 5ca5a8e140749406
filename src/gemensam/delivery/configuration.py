"""What an installation sets for its channels: `channels.toml` in its data folder, and the environment over it.

No Django here. A secret stands in the environment, or in the file, which must then be readable by its owner alone.
Secrets have no `repr`, so that they reach no log and no page.
"""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gemensam.web.configuration import BadSetting

FILE_NAME = "channels.toml"
SECRETS = frozenset({"elks_password"})
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
PUSH_SERVICES = (
    "fcm.googleapis.com", "updates.push.services.mozilla.com", ".notify.windows.com", ".push.apple.com",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """The settings of all channels. See `docs/channels.md` for each."""

    public_address: str = ""
    sms_provider: str = "elks"
    voice_provider: str = "elks"
    sms_number: str = ""
    voice_number: str = ""
    elks_address: str = "https://api.46elks.com/a1"
    elks_user: str = ""
    elks_password: str = field(default="", repr=False)
    speech_command: tuple[str, ...] = ()
    push_contact: str = ""
    push_services: tuple[str, ...] = PUSH_SERVICES
    outgoing_proxy: str = field(default="", repr=False)  # its address may hold a password

    @property
    def caller(self) -> str:
        """The number that calls come from: the one that can be answered by SMS, unless another is set."""
        return self.voice_number or self.sms_number


def read_channels(environ: Mapping[str, str] | None = None) -> ChannelSettings:
    """The channels' settings for `GEMENSAM_DATA`; raises `BadSetting` for what cannot be used."""
    environ = os.environ if environ is None else environ
    data = Path(environ.get("GEMENSAM_DATA") or "data").resolve()
    chosen = _from_file(data / FILE_NAME) | _from_environment(environ)
    return checked(ChannelSettings(**chosen))


def checked(found: ChannelSettings) -> ChannelSettings:
    """Return the settings if they can be used; raises `BadSetting` with the name of the one that cannot."""
    for name in ("sms_number", "voice_number"):
        if (number := getattr(found, name)) and not NUMBER.fullmatch(number):
            raise BadSetting(f"{name}: give the number as +46…")
    for name in ("public_address", "elks_address"):
        _check_address(name, getattr(found, name))
    return found


def is_here(address: str) -> bool:
    """Return whether an address leads to this machine itself."""
    return urlsplit(address).hostname in HERE


def _check_address(name: str, address: str) -> None:
    parts = urlsplit(address)
    if not address or (parts.scheme == "https" and parts.hostname):
        return
    # Passwords and links that let their holder in must not cross a line in the open.
    if parts.scheme != "http" or not is_here(address):
        raise BadSetting(f"{name}: give https://… (http only to this machine itself)")


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise BadSetting(f"{path.name}: {fault}") from fault
    if SECRETS & found.keys() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadSetting(f"{path.name} holds a secret: let its owner alone read it (chmod 600)")
    return {name: _value(name, value) for name, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    named = {name: environ[f"GEMENSAM_{name.upper()}"] for name in _DEFAULTS if f"GEMENSAM_{name.upper()}" in environ}
    return {name: _value(name, _parsed(name, text)) for name, text in named.items()}


def _parsed(name: str, text: str) -> object:
    return text.split() if isinstance(_DEFAULTS[name], tuple) else text.strip()


def _value(name: str, value: object) -> object:
    if name not in _DEFAULTS:
        raise BadSetting(f"{name}: no such setting of a channel (known: {', '.join(sorted(_DEFAULTS))})")
    if isinstance(_DEFAULTS[name], tuple):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise BadSetting(f"{name}: give a list of texts")
        return tuple(value)
    if not isinstance(value, str):
        raise BadSetting(f"{name}: give a text")
    return value


_DEFAULTS: dict[str, object] = {one.name: one.default for one in fields(ChannelSettings)}
