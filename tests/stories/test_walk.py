"""Every page that menus and links lead to in the played demonstration, as four functions see it, in every look."""

import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect

from tests.stories.house import PASSWORD, Founded, House, copied
from tests.stories.visitor import DESKTOP, PHONE, Visitor, signed_in_state
from tests.web.site import GEMENSAM, environment, run, wait_until_up

pytestmark = [pytest.mark.browser, pytest.mark.check]
SPEED = 10_000  # percent
PLAYED = "Snöovädret är spelat till slut"
PLAYED_WITHIN_S = 240
ADDED = "kansliet-systemforvaltare"
FIRST_VISIT_BYTES = 100_000
FEWEST_KINDS = 30
# The first sees each pair of language, width and colours; the others what only they see, in Swedish on a phone.
Look = tuple[str, ViewportSize, Literal["light", "dark"]]
LOOKS: tuple[Look, ...] = (
    ("sv", DESKTOP, "light"),
    ("en", PHONE, "light"),
    ("en", DESKTOP, "dark"),
    ("sv", PHONE, "dark"),
)
ROLES = {
    "nacka-tib": LOOKS, "lansstyrelsen-lagesbildsansvarig": LOOKS[2:], ADDED: LOOKS[3:], "nacka-lasare": LOOKS[3:],
}  # fmt: skip
# Not pages: files, and what leaves the program or one's own sign-in.
NOT_PAGES = (
    "/file/", ".zip", ".pdf", ".docx", ".csv", ".ics", ".svg", ".txt", "/text/", "attachments/", "/accounts/", "/api/",
    "/static/",
)  # fmt: skip


@dataclass
class Played(House):
    """The house in which the whole storm has been played."""

    lines: list[str] = field(default_factory=list)

    def start(self) -> None:
        speed, port = str(SPEED), str(self.port)
        command: list[str | Path] = [GEMENSAM, "demo", "--data", self.founded.data, "--port", port, "--speed", speed]
        self.server = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE)
        wait_until_up(self.port, self.server)
        ended = threading.Event()
        threading.Thread(target=self._listen, args=(ended,), daemon=True).start()
        assert ended.wait(PLAYED_WITHIN_S), "the storm was not played to its end"

    def _listen(self, ended: threading.Event) -> None:
        assert self.server is not None and self.server.stdout is not None
        for line in self.server.stdout:
            if PLAYED.encode() in line:
                ended.set()


@pytest.fixture(scope="module")
def house(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    here = copied(founded, tmp_path_factory.mktemp("played") / "data")
    run(here.data, "user", "add", "--name", ADDED, "--function", ADDED, "--password-stdin", given=PASSWORD)
    house = Played(here)
    house.start()
    yield house
    house.stop()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_whole_in_every_look(browser: Browser, house: House, role: str) -> None:
    state = signed_in_state(browser, house, role)
    visitors = {
        language: Visitor(browser, house, "pointer", storage_state=state, locale=language) for language in ("sv", "en")
    }
    troubles: list[str] = []
    paths: list[str] = []
    for path in walk(visitors["sv"].page):
        paths.append(path)
        troubles += [f"{path}: {trouble}" for trouble in seen(visitors, path, ROLES[role])]
    for visitor in visitors.values():
        troubles += visitor.faults
        visitor.context.close()
    assert len(paths) >= FEWEST_KINDS, paths
    if troubles:
        raise AssertionError("\n".join(troubles))


def walk(page: Page) -> Iterator[str]:
    """Yield one address of each kind of page that can be reached by links, beginning at the start page."""
    waiting, known = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        yield path
        for address in page.evaluate("() => Array.from(document.links, (link) => link.href)"):
            found = urlsplit(address).path
            if is_page(address, page.url) and (kind := resolve(found).route) not in known:
                known.add(kind)
                waiting.append(found)


def is_page(address: str, here: str) -> bool:
    there = urlsplit(address)
    return there.netloc == urlsplit(here).netloc and not any(part in there.path for part in NOT_PAGES)


def seen(visitors: dict[str, Visitor], path: str, looks: Sequence[Look]) -> Iterator[str]:
    """Look at a page in each look, and at what a printer would be sent."""
    for number, (language, screen, colours) in enumerate(looks):
        visitor = visitors[language]
        if urlsplit(visitor.page.url).path != path:
            visitor.page.goto(path)
        visitor.page.set_viewport_size(screen)
        visitor.page.emulate_media(color_scheme=colours, media="screen")
        if visitor.page.locator("html").get_attribute("lang") != language:
            yield f"not in {language}"
        try:
            visitor.look(again=number > 0)
        except AssertionError as found:
            yield f"{language}, {screen['width']}, {colours}: {found}"
        visitor.page.emulate_media(media="print")
        if not visitor.page.locator(".mark-band strong").is_visible():
            yield "no mark on paper"
    # The links are read from the page that this one was opened on.
    visitors["sv"].page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("place", ["picture", "report"])
def test_the_first_visit_is_light(browser: Browser, house: House, place: str) -> None:
    state = signed_in_state(browser, house, "nacka-tib")
    visitor = Visitor(browser, house, "pointer", storage_state=state)
    visitor.page.goto("/")
    incident = visitor.link("Snöoväder med stora elavbrott").get_attribute("href") or ""
    visitor.context.close()
    fresh = Visitor(browser, house, "pointer", storage_state=state)
    finished: list[Request] = []
    fresh.page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108  a function is wanted
    fresh.page.goto(f"{incident}{place}/")
    fresh.follows()
    expect(fresh.page.locator("h1")).to_be_visible()
    sizes = {request.url: request.sizes()["responseBodySize"] for request in finished}
    fresh.context.close()
    assert 30_000 < sum(sizes.values()) < FIRST_VISIT_BYTES, sizes
