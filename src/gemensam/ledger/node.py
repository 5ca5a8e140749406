"""Which node this is: its name, incarnation and signing key, kept in the data folder beside the database."""

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gemensam.durable import create_file, replace_file

IDENTITY, KEY = "node.json", "node.key"


@dataclass(frozen=True)
class Node:
    """A node's public identity. `organisation` runs it and is the author of what the program itself writes."""

    name: str
    organisation: str
    incarnation: int
    public_key: str


class Signer:
    """Signs with the node's private key; the key never leaves this object."""

    def __init__(self, node: Node, private_key: Ed25519PrivateKey) -> None:
        self.node = node
        self._private_key = private_key
        self._secret = hashlib.sha256(b"gemensam/request/1\0" + private_key.private_bytes_raw()).digest()
        self.key_id = key_id(node.public_key)

    def sign(self, message: bytes) -> str:
        """Return the Ed25519 signature in hexadecimal."""
        return self._private_key.sign(message).hex()

    def recognise(self, message: bytes) -> str:
        """Return a keyed digest (hexadecimal) by which this node alone knows a message again."""
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()


def key_id(public_key: str) -> str:
    """Return the short name of a public key, as headers carry it."""
    return public_key[:16]


def create_node(data: Path, organisation: str) -> Node:
    """Make a new identity and key in a data folder; raises `FileExistsError` where there is one.

    A key without an identity is from an attempt that was cut off: it has signed nothing, and is used.
    """
    private_key = _read_key(data) if (data / KEY).exists() else _create_key(data)
    public_key = private_key.public_key().public_bytes_raw().hex()
    node = Node(f"n-{secrets.token_hex(4)}", organisation, 1, public_key)
    create_file(data / IDENTITY, _written(node))
    return node


def write_node(data: Path, node: Node) -> None:
    """Replace the identity file at once, so that it is never half written."""
    replace_file(data / IDENTITY, _written(node))


def read_node(data: Path) -> Node:
    """Read the identity; raises `FileNotFoundError` where the folder has not been initialised."""
    return Node(**json.loads((data / IDENTITY).read_text()))


def next_incarnation(data: Path) -> Node:
    """Begin a new incarnation after a restore (design section 6): its feeds start anew, the old ones stay."""
    node = read_node(data)
    renewed = replace(node, incarnation=node.incarnation + 1)
    write_node(data, renewed)
    signer.cache_clear()
    return renewed


@cache
def signer(data: Path) -> Signer:
    """Return the signer of a data folder, read once."""
    return Signer(read_node(data), _read_key(data))


def _create_key(data: Path) -> Ed25519PrivateKey:
    private_key = Ed25519PrivateKey.generate()
    create_file(data / KEY, private_key.private_bytes_raw().hex().encode())
    return private_key


def _read_key(data: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex((data / KEY).read_text().strip()))


def _written(node: Node) -> bytes:
    return (json.dumps(asdict(node), indent=2) + "\n").encode()
