"""The server's own process: it stops at once although somebody follows it live."""

import asyncio
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


def test_many_who_ask_for_a_part_at_once_are_each_answered_by_who_they_are(tmp_path: Path) -> None:
    path = "/spaces/standing/places/_part/"

    async def everybody(address: str, asking: list[dict[str, str]]) -> list[tuple[int, bytes]]:
        async with httpx.AsyncClient(base_url=address, timeout=20) as client:
            answers = await asyncio.gather(*(client.get(path, headers=each) for each in asking))
        return [(answer.status_code, answer.content) for answer in answers]

    with served(tmp_path / "data") as site:
        member = follower(site)
        member.get("/")  # which shows what it was told when it signed in
        cookie = "; ".join(f"{name}={value}" for name, value in member.cookies.items())
        for _ in range(2):  # what a part is called changes with the minute
            alone = member.get(path)
            known = {"Cookie": cookie, "If-None-Match": alone.headers["etag"]}
            answers = asyncio.run(everybody(site.address, [{"Cookie": cookie}, known, {}] * 30))
            if member.get(path).headers["etag"] == alone.headers["etag"]:
                break
    assert answers == [(200, alone.content), (304, b""), (302, b"")] * 30


@pytest.mark.parametrize("path", ["/static/js/live-worker.js", "/static/icon.svg"])
def test_static_files_are_served_by_their_plain_names_too(tmp_path: Path, path: str) -> None:
    with served(tmp_path / "data") as site:
        answer = httpx.get(f"{site.address}{path}")
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
