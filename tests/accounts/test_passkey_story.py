"""Passkeys in a real browser, with a virtual authenticator: set up, sign in without a password, as a second factor."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.accounts.names import PASSWORD

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing")]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def _gemensam(*arguments: str, written: str = "") -> None:
    program = Path(sys.executable).parent / "gemensam"
    subprocess.run([program, *arguments], input=written, text=True, check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped"
        try:
            with urlopen(f"{address}/healthz", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)  # the server says in no other way that it listens
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this test's own, with one account that has no second factor yet."""
    data = str(tmp_path_factory.mktemp("passkeys") / "data")
    _gemensam("init", "--region", "stockholm", "--data", data)
    account = ("--name", "nacka.tib", "--function", "nacka-tib", "--password-stdin")
    _gemensam("user", "add", "--data", data, *account, written=f"{PASSWORD}\n")
    port = _free_port()
    program = Path(sys.executable).parent / "gemensam"
    command = [str(program), "serve", "--data", data, "--port", str(port), "--no-worker"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        # By name: a passkey is bound to a host's name and works for no bare address.
        _wait_for(f"http://localhost:{port}", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def page(address: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        context = browser.new_context(base_url=address, locale="sv-SE", timezone_id="Europe/Stockholm")
        opened = context.new_page()
        devtools = context.new_cdp_session(opened)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield opened
        browser.close()


def _write_password(page: Any) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Inloggningsnamn").fill("nacka.tib")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def _sign_out(page: Any) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/accounts/login/**")


def test_a_passkey_is_set_up_and_signs_in_without_password_and_as_second_factor(page: Any) -> None:
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda fault: broken.append(str(fault)))

    _write_password(page)
    page.wait_for_url("**/accounts/2fa/")
    page.get_by_role("link", name="Lägg till en nyckel").click()
    page.get_by_label("Vad du kallar nyckeln").fill("Tjänstetelefonen")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    page.get_by_role("link", name="Fortsätt").click()
    assert page.get_by_role("navigation", name="Huvudmeny").is_visible()

    _sign_out(page)
    page.get_by_role("button", name="Logga in med passkey").click()
    page.get_by_role("navigation", name="Huvudmeny").wait_for()

    _sign_out(page)
    _write_password(page)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Använd en passkey eller säkerhetsnyckel").click()
    page.get_by_role("navigation", name="Huvudmeny").wait_for()

    assert broken == []


def test_a_passkey_that_is_not_there_is_told_in_words(page: Any) -> None:
    page.context.new_cdp_session(page).send("WebAuthn.enable")
    page.goto("/accounts/login/")
    told = page.get_by_role("alert")
    assert told.count() == 0
    page.get_by_role("button", name="Logga in med passkey").click()
    told.wait_for()
    assert "Nyckeln användes inte" in told.inner_text()
    assert page.url.endswith("/accounts/login/")
