"""Acknowledgement links: a secret word for one function and one larm, made of a key in the data folder.

Nothing is stored: the words of the larms that are going on are made anew and compared. So a link ends with its larm,
and a list of them can be neither stolen nor forgotten. A link is no more secret than the telephone it was sent to.
"""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from gemensam.activation.domain.larms import LarmData
from gemensam.durable import create_file

KEY_FILE = "link.key"
# Without what is mistaken for something else when it is read out: 12 signs of 55 are 69 bits.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXY"
LENGTH = 12


class Holder(NamedTuple):
    """What a link is for."""

    space: str
    larm: str
    organisation: str
    function: str


def token_for(holder: Holder) -> str:
    """Return the word of a link."""
    told = "\0".join(holder).encode()
    number = int.from_bytes(hmac.digest(_key(Path(settings.GEMENSAM_DATA)), told, "sha256"))
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def tokens_of(space: str, larm: str, data: LarmData) -> Mapping[str, Holder]:
    """Return the words of all functions that a larm is for."""
    holders = (Holder(space, larm, each.organisation, held) for each in data.members for held in each.functions)
    return {token_for(holder): holder for holder in holders}


def holder_of(token: str, larms: Iterable[tuple[str, str, LarmData]]) -> Holder | None:
    """Return whose a word is among larms (space, subject, data), or None; each is compared in constant time."""
    given, found = hashlib.sha256(token.encode()).digest(), None
    for space, larm, data in larms:
        for word, holder in tokens_of(space, larm, data).items():
            if hmac.compare_digest(hashlib.sha256(word.encode()).digest(), given):
                found = holder
    return found


def make_key(data: Path) -> Path:
    """Make the key, readable by the owner only, unless there is one; returns its path."""
    path = data / KEY_FILE
    if not path.exists():
        with contextlib.suppress(FileExistsError):  # another process was first: its key is the one
            create_file(path, secrets.token_bytes(32).hex().encode())
    return path


@lru_cache(maxsize=8)
def _key(data: Path) -> bytes:
    return bytes.fromhex(make_key(data).read_text().strip())
