"""The server's own process: it stops at once although somebody follows it live."""

import signal
import ssl
import time
from pathlib import Path

import httpx
import pytest

from tests.web.site import Site, served


def follower(site: Site) -> httpx.Client:
    """Somebody who has signed in over HTTP."""
    client = httpx.Client(base_url=site.address, timeout=20)
    client.get("/accounts/login/")
    fields = {"login": site.username, "password": site.password, "csrfmiddlewaretoken": client.cookies["gemensam_csrf"]}
    assert client.post("/accounts/login/", data=fields).status_code == 302
    return client


def test_a_server_told_to_stop_tells_its_followers_and_ends(tmp_path: Path) -> None:
    with served(tmp_path / "data") as site, follower(site).stream("GET", "/signals") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: beat"
        begun = time.monotonic()
        site.server.send_signal(signal.SIGTERM)
        assert "event: end" in list(lines)
        assert site.server.wait(10) in (0, -signal.SIGTERM)
    assert time.monotonic() - begun < 4  # uvicorn alone would wait for ever, and gives up after five seconds


def test_pages_are_not_served_to_names_that_are_not_ours(tmp_path: Path) -> None:
    with served(tmp_path / "data") as site:
        assert httpx.get(f"{site.address}/healthz").status_code == 200
        assert httpx.get(f"{site.address}/", headers={"Host": "evil.example"}).status_code == 400


def test_cookies_never_leave_without_https_where_it_is_spoken(tmp_path: Path) -> None:
    with served(tmp_path / "data", tls=True) as site:
        trust = ssl.create_default_context(cafile=tmp_path / "data" / "tls" / "authority.pem")
        answer = httpx.get(f"{site.address}/accounts/login/", verify=trust)
    assert "; Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" not in answer.headers  # this machine's other ports are not ours to lock


@pytest.mark.parametrize("path", ["/static/js/live-worker.js", "/static/icon.svg"])
def test_static_files_are_served_by_their_plain_names_too(tmp_path: Path, path: str) -> None:
    with served(tmp_path / "data") as site:
        answer = httpx.get(f"{site.address}{path}")
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
