"""What stories share: the browser, a founded demonstration, a served copy for each module, and its visitors."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.stories.hands import HANDS
from tests.stories.house import Founded, House, copied, found
from tests.stories.visitor import Visitor, signed_in_state

Enter = Callable[..., Visitor]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found(tmp_path_factory.mktemp("stories") / "data")


@pytest.fixture(scope="module")
def house(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server of this module's own."""
    house = House(copied(founded, tmp_path_factory.mktemp("house") / "data"))
    house.start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture(params=HANDS)
def hand(request: pytest.FixtureRequest) -> str:
    """Every story that asks for it is told twice: with a pointer, and with the keyboard alone."""
    return str(request.param)


@pytest.fixture(scope="module")
def states(browser: Browser, house: House) -> Callable[[str], dict[str, Any]]:
    """The cookies of a function's signed-in browser; each signs in once."""
    known: dict[str, dict[str, Any]] = {}

    def state(function: str) -> dict[str, Any]:
        if function not in known:
            known[function] = signed_in_state(browser, house, function)
        return known[function]

    return state


@pytest.fixture
def enter(browser: Browser, house: House, hand: str, states: Callable[[str], dict[str, Any]]) -> Iterator[Enter]:
    """`enter("nacka-tib", phone=True)`: a visitor with a browser of their own; without a function a stranger."""
    visitors: list[Visitor] = []

    def open_browser(function: str = "", **options: Any) -> Visitor:
        if function and "storage_state" not in options:
            options["storage_state"] = states(function)
        visitors.append(Visitor(browser, house, hand, **options))
        return visitors[-1]

    yield open_browser
    for visitor in visitors:
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []
