"""What an installation may set: the file `gemensam.toml` in its data folder, and the environment over it.

No Django here: the settings module, `gemensam init` and the tests read it alike.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gemensam.durable import EVERYONE_READS, create_file

FILE_NAME = "gemensam.toml"
KEY_NAME = "secret.key"

TEMPLATE = """\
# Settings of this installation. The environment variable named last on each line goes before the file.

# The name that stands at the top of every page.                                  GEMENSAM_NETWORK_NAME
network_name = "{network_name}"

# Addresses (host names, no scheme or port) that this server answers to.           GEMENSAM_HOSTS (commas between)
hosts = ["localhost", "127.0.0.1"]

# postgresql://user@host/name, or empty for the SQLite file in this folder.        GEMENSAM_DATABASE
database = ""

# true: DEMONSTRATION on every page, second factor not required, loopback only.    GEMENSAM_DEMO (1 or 0)
demo = {demo}

# true: reached over https, so cookies are never sent without it.                  GEMENSAM_HTTPS (1 or 0)
https = false

# true: a proxy in front ends https and sets X-Forwarded-Proto and -For.           GEMENSAM_PROXY (1 or 0)
proxy = false

# The organisation whose node this is, when one member runs it alone; else empty.  GEMENSAM_NODE_ORGANISATION
node_organisation = ""
"""


class BadSetting(Exception):
    """A key or value in the settings that cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings of one installation; `data` is the folder with everything it owns."""

    data: Path
    network_name: str = "Samverkan Stockholmsregionen"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    database: str = ""
    demo: bool = False
    https: bool = False
    proxy: bool = False
    node_organisation: str = ""


def read_configuration(environ: Mapping[str, str] | None = None) -> Configuration:
    """The configuration for `GEMENSAM_DATA` (default `data` in the current folder).

    Raises `BadSetting` for an unknown key, a wrong type, or a demonstration that would answer to other machines.
    """
    environ = os.environ if environ is None else environ
    data = Path(environ.get("GEMENSAM_DATA") or "data").resolve()
    chosen = _from_file(data / FILE_NAME) | _from_environment(environ)
    return Configuration(data=data, **chosen)


def write_configuration(data: Path, *, network_name: str, demo: bool = False) -> Path:
    """Make the commented settings file, unless there is one; returns its path."""
    path = data / FILE_NAME
    if not path.exists():
        create_file(path, TEMPLATE.format(network_name=network_name, demo=str(demo).lower()).encode(), EVERYONE_READS)
    return path


def make_secret_key(data: Path) -> Path:
    """Make the key that signs cookies, readable by the owner only, unless there is one; returns its path."""
    path = data / KEY_NAME
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        create_file(path, secrets.token_urlsafe(48).encode())
    return path


def read_secret_key(data: Path) -> str:
    """The key, or an empty string (with which nothing can be signed) before `gemensam init`."""
    path = data / KEY_NAME
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def database_settings(configuration: Configuration) -> dict[str, Any]:
    """Django's settings of the one database; raises `BadSetting` for another scheme than PostgreSQL's."""
    if not configuration.database:
        return _sqlite(configuration.data / "gemensam.sqlite3")
    if urlsplit(configuration.database).scheme not in ("postgresql", "postgres"):
        raise BadSetting("database: give postgresql://… or leave it empty")
    return _postgresql(configuration.database)


def _sqlite(path: Path) -> dict[str, Any]:
    # secure_delete: disposed text must not stay in free pages. synchronous=FULL: acknowledged means on disk.
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "busy_timeout=10000")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": " ".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict

    given = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    named = {django: given.pop(libpq, "") for django, libpq in _POSTGRESQL_NAMES.items()}
    return {
        "ENGINE": "gemensam.ledger.postgresql",
        **named,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Acknowledged means on disk, whatever the server's own default is (design 5.1).
        "OPTIONS": {**given, "options": f"{given.get('options', '')} -c synchronous_commit=on".strip()},
    }


_POSTGRESQL_NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise BadSetting(f"{path.name}: {fault}") from fault
    return {key: _checked(key, value) for key, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    named = {key: environ[f"GEMENSAM_{key.upper()}"] for key in _DEFAULTS if f"GEMENSAM_{key.upper()}" in environ}
    return {key: _checked(key, _parsed(key, text)) for key, text in named.items()}


def _parsed(key: str, text: str) -> object:
    match _DEFAULTS[key]:
        case bool():
            return text.strip().lower() in ("1", "true", "yes", "on")
        case tuple():
            return [host.strip() for host in text.split(",") if host.strip()]
        case _:
            return text.strip()


def _checked(key: str, value: object) -> object:
    if key not in _DEFAULTS:
        raise BadSetting(f"{key}: no such setting (known: {', '.join(sorted(_DEFAULTS))})")
    default = _DEFAULTS[key]
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(host, str) for host in value):
            raise BadSetting(f"{key}: give a list of texts")
        return tuple(value)
    if type(value) is not type(default):
        raise BadSetting(f"{key}: give a {'true or false' if isinstance(default, bool) else 'text'}")
    return value


_DEFAULTS: dict[str, object] = {field.name: field.default for field in fields(Configuration) if field.name != "data"}
