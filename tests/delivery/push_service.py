"""A push service on this machine that really decrypts (RFC 8188, RFC 8291) and checks who signed (VAPID, RFC 8292)."""

import base64
import contextlib
import json
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

DAY_S = 24 * 60 * 60


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def decrypted(body: bytes, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Decrypt one message as a browser does; raises `InvalidTag` or `ValueError` for what is not for it."""
    salt, _size, length = body[:16], *struct.unpack("!LB", body[16:21])
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    info = b"WebPush: info\0" + _point(private) + sender
    secret = _derived(shared, auth, info, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert plain.endswith(b"\x02"), "the last record must say so"
    return plain[:-1]


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class Browser:
    """A subscription, as a browser has it, and what has been pushed to it."""

    name: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"0123456789abcdef"
    shown: list[dict[str, Any]] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": encoded(_point(self.private)), "auth": encoded(self.auth)}


@dataclass
class Service:
    """The push service; `status` answers instead of taking. `faults`: what was wrong with what it was sent."""

    port: int = 0
    server_key: str = ""
    status: int = 0
    browsers: dict[str, Browser] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def browser(self, name: str) -> Browser:
        self.browsers[name] = Browser(name)
        return self.browsers[name]

    def endpoint(self, browser: Browser) -> str:
        return f"{self.origin}/push/{browser.name}"

    def take(self, name: str, headers: Mapping[str, str], body: bytes) -> int:
        """Take a message: 201, or what is wrong with it."""
        headers = {key.lower(): value for key, value in headers.items()}
        self.headers.append(headers)
        if self.status:
            return self.status
        browser = self.browsers.get(name)
        if browser is None:
            return 410
        try:
            self._check(headers)
            browser.shown.append(json.loads(decrypted(body, browser.private, browser.auth)))
        except (AssertionError, InvalidTag, InvalidSignature, ValueError) as fault:
            self.faults.append(f"{type(fault).__name__} {fault}")
            return 403
        return 201

    def _check(self, headers: Mapping[str, str]) -> None:
        assert headers["content-encoding"] == "aes128gcm" and 0 < int(headers["ttl"]) <= DAY_S
        assert headers["urgency"] == "high" and 0 < len(headers["topic"]) <= 32
        scheme, _, given = headers["authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in given.split(","))
        assert scheme == "vapid" and parts["k"] == self.server_key, "not the server that was subscribed to"
        signed, _, signature = parts["t"].rpartition(".")
        raw = decoded(signature)
        whole = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
        key.verify(whole, signed.encode(), ec.ECDSA(hashes.SHA256()))
        claims = json.loads(decoded(signed.split(".")[1]))
        # The package leaves out a port that is not the usual one; the host is compared (RFC 8292 asks for the origin).
        assert claims["aud"] == "http://localhost", claims["aud"]
        assert claims["sub"].startswith("mailto:") and time.time() < claims["exp"] <= time.time() + DAY_S


@contextlib.contextmanager
def service_running() -> Iterator[Service]:
    """Run the push service in a thread until the block ends."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(service.take(self.path.rpartition("/")[2], dict(self.headers.items()), body))
            self.send_header("Location", f"{service.origin}/message/1")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
