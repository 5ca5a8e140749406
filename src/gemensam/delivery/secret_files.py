"""Secrets that the program makes for itself, in the data folder: for callbacks, and the key that signs pushes."""

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gemensam.durable import create_file, settle_folder

CALLBACKS, PUSH_KEY = "callback.secret", "push.key"


@cache
def callback_secret(data: Path) -> str:
    """Return the secret part of the addresses that providers call; made when it is first asked for."""
    return _read_or_make(data / CALLBACKS, secrets.token_urlsafe(24))


@cache
def push_key(data: Path) -> str:
    """Return the private key (PEM, P-256) that pushes are signed with (VAPID, RFC 8292); made when first asked for.

    It must not change: every subscription is bound to it.
    """
    private = ec.generate_private_key(ec.SECP256R1())
    fresh = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return _read_or_make(data / PUSH_KEY, fresh)


def _read_or_make(path: Path, fresh: str) -> str:
    if not path.exists():
        _make(path, fresh)
    return path.read_text(encoding="utf-8").strip()


def _make(path: Path, fresh: str) -> None:
    """Make the file, whole, unless somebody is quicker: threads and processes first ask for it at the same moment."""
    mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    create_file(mine, fresh.encode())
    try:
        os.link(mine, path)
        settle_folder(path.parent)
    except FileExistsError:
        return
    finally:
        mine.unlink()
