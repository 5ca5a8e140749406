"""Requests to providers: pooled connections, time-outs, bounded answers.

Faults are told apart by whether anything can have gone out. The pool is shared by all threads. No redirect is followed
and nothing is retried here: the outbox decides that.
"""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

import urllib3
from urllib3 import exceptions

CONNECT_S, READ_S, WHOLE_ANSWER_S = 4.0, 10.0, 12.0
MOST_BYTES = 64 * 1024


class NotHandedOver(Exception):
    """The request certainly did not reach the other side; the text is a short reason."""


class Unclear(Exception):
    """The request may have been taken, and no answer came."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status and at most 64 kB of its body."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """The first line of the body, for people: what the other side says is wrong."""
        lines = self.body.decode("utf-8", "replace").strip().splitlines()
        return lines[0][:120] if lines else ""


def post_form(address: str, form: Mapping[str, str], *, user: str, password: str, proxy: str = "") -> Reply:
    """Post a form with basic authentication; raises `NotHandedOver` or `Unclear`."""
    headers = urllib3.make_headers(basic_auth=f"{user}:{password}", user_agent="gemensam")
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return post(address, urlencode(form).encode(), headers, proxy=proxy)


def post(address: str, body: bytes, headers: Mapping[str, str], *, proxy: str = "") -> Reply:
    """Post bytes; raises `NotHandedOver` or `Unclear`."""
    began = time.monotonic()
    try:
        response = _pool(proxy).request(
            "POST", address, body=body, headers=dict(headers), preload_content=False, redirect=False, retries=False
        )
    except (exceptions.HTTPError, OSError) as fault:
        raise (NotHandedOver if _is_before(fault) else Unclear)(_said(fault)) from fault
    try:
        return Reply(response.status, _read(response, began), response.headers)
    except (exceptions.HTTPError, OSError) as fault:
        raise Unclear(_said(fault)) from fault
    finally:
        response.release_conn()


def _is_before(fault: Exception) -> bool:
    """Whether it broke before the request was written: no such name, a closed door, a wrong certificate."""
    if isinstance(fault, exceptions.SSLError):
        return any(isinstance(one, ssl.SSLCertVerificationError) for one in (fault.__cause__, *fault.args))
    before = (exceptions.ConnectTimeoutError, exceptions.ProxyError, exceptions.LocationValueError)
    return isinstance(fault, before)  # NewConnectionError and NameResolutionError among them


def _read(response: urllib3.BaseHTTPResponse, began: float) -> bytes:
    """Read an answer that may come one byte at a time: within a time, up to a size."""
    parts: list[bytes] = []
    while sum(map(len, parts)) < MOST_BYTES:
        if time.monotonic() - began > WHOLE_ANSWER_S:
            response.close()
            raise exceptions.ReadTimeoutError(None, "", "the answer took too long")  # type: ignore[arg-type]
        some = response.read1(4096)
        if not some:
            break
        parts.append(some)
    else:
        response.close()
    return b"".join(parts)


def _said(fault: Exception) -> str:
    """A short reason without addresses: those of links and of proxies can hold secrets."""
    match fault:
        case exceptions.NameResolutionError():
            return "name not found"
        case exceptions.SSLError():
            return "certificate not accepted"
        case exceptions.NewConnectionError():
            return "connection refused"
        case exceptions.ConnectTimeoutError() | exceptions.ReadTimeoutError():
            return "timed out"
        case _:
            return "connection broken"


@cache
def _pool(proxy: str) -> urllib3.PoolManager:
    timeout = urllib3.Timeout(connect=CONNECT_S, read=READ_S)
    if proxy:
        return urllib3.ProxyManager(proxy, num_pools=8, maxsize=16, timeout=timeout)
    return urllib3.PoolManager(num_pools=8, maxsize=16, timeout=timeout)
