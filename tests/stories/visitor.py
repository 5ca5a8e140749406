"""Somebody who uses the program in a browser of their own; every page that they look at is judged."""

import re
import shutil
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.axe import violations
from tests.stories.hands import HANDS, Hand
from tests.stories.house import PASSWORD, House

PATIENCE_MS = 15_000
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
EVERYBODY = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "reduced_motion": "reduce", "color_scheme": "light"}
# A story that is told with both hands leads to the same pages: axe, which takes most of the time, judges them once.
STRICT_HAND = "pointer"
# The browser itself complains of a server that is gone; the program can do nothing about that.
CUT = ("Failed to load resource", "ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED")
# What drawing without a graphics card tells of its own speed.
DRIVER = "GL Driver Message"
# Words that would stand on a Swedish page only where a translation is missing; not in an address.
ENGLISH = re.compile(
    r"(?<!/)\b(the|and|with|your|report(s|ed)?|published|answer(s|ed)?|organisations?|spaces?|since|unchanged|withdrawn"
    r"|conference|minutes|agreement|need(s|ed)?|picture|entry|entries|save|show|search|none|yes)\b",
    re.IGNORECASE,
)

# What the program says on the page: not what people have written, what is a machine's own, or in another language.
READ = """() => {
  const others = ".written, pre, code, script, style, template, html [lang]:not([lang=sv])";
  const apart = (node) => node.parentElement.closest(others);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!apart(node) && node.parentElement.checkVisibility()) texts.push(node.data);
  }
  return texts.join(" ");
}"""


class Visitor:
    """A browser window of somebody, and the hand that uses it. `function`: whom they are signed in as.

    `profile`: a folder in which the browser keeps what it knows, so that it can be closed and started again.
    """

    def __init__(
        self, browser: Browser, house: House, hand: str, *, phone: bool = False, profile: Path | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        chosen = {"base_url": house.address} | EVERYBODY | _screen(phone) | options
        self.house = house
        self.context: BrowserContext = (
            browser.new_context(**chosen) if profile is None else _started(browser, profile, chosen)
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.hand: Hand = HANDS[hand](self.page, has_touch=bool(chosen.get("has_touch")))
        self.is_strict = hand == STRICT_HAND
        self.faults: list[str] = []
        self.has_lost_contact = False
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        expected = self.has_lost_contact and any(words in message.text for words in CUT)
        expected = expected or DRIVER in message.text
        if message.type in ("error", "warning") and not expected:
            self.faults.append(message.text)

    # Going about

    def open(self, path: str) -> None:
        """Open an address, as from a bookmark, and look at the page."""
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        self.look()

    def press(self, what: Locator) -> None:
        self.hand.press(what)

    def goes_to(self, link: Locator, heading: str | re.Pattern[str]) -> None:
        """Press what leads to another page, and look at it once its heading is there."""
        self.hand.press(link)
        self.sees_heading(heading)

    def sees_heading(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.locator("h1")).to_have_text(heading)
        self.look()

    def link(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        return (within or self.page.locator("body")).get_by_role("link", name=name).first

    def button(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        return (within or self.page.locator("body")).get_by_role("button", name=name).first

    def menu(self, place: str) -> Locator:
        """A place in the menu of the space that one is in, wherever this screen has it."""
        return self._menu().get_by_role("link", name=place, exact=True)

    def takes(self, place: str) -> None:
        """Press a place in the menu of the space; what is rare must be unfolded first."""
        if not self.menu(place).is_visible():
            self.hand.press(self._menu().locator("summary"))
        self.hand.press(self.menu(place))

    def _menu(self) -> Locator:
        return self.page.locator(".phone-nav" if self.is_on_phone else ".space-nav")

    def fetches(self, link: Locator) -> bytes:
        """Go to what leads to a file, and return the file: a browser would show it in a viewer of its own."""
        self.hand.reach(link)
        answer = self.context.request.get(link.get_attribute("href") or "")
        assert answer.ok, f"{answer.url}: {answer.status}"
        return answer.body()

    def says_yes(self) -> None:
        """Press yes in the question that a button asks before it does its work."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        self.look()
        self.hand.press(dialog.locator("button[value=yes]"))

    @property
    def is_on_phone(self) -> bool:
        return self.page.viewport_size == PHONE

    # Judging

    def look(self, *, again: bool = False) -> None:
        """Judge the page: by axe, by its width, by the mark of a demonstration, by its language.

        `again`: it has been judged with other colours or in another width.
        """
        expect(self.page.locator("html")).to_have_attribute("data-mark", "demonstration")
        troubles = violations(self.page, again=again) if self.is_strict else []
        troubles += [f"English: {word}" for word in self.foreign_words()]
        if not self.is_narrow_enough():
            troubles.append("wider than the screen")
        if troubles:
            raise AssertionError("\n".join([self.page.url, *troubles]))

    def is_narrow_enough(self) -> bool:
        return bool(self.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))

    def foreign_words(self) -> list[str]:
        """English words on a page that says that it is Swedish."""
        if self.page.locator("html").get_attribute("lang") != "sv":
            return []
        return [found.group() for found in ENGLISH.finditer(self.page.evaluate(READ))]

    def follows(self) -> None:
        """Wait until the page follows what happens."""
        expect(self.page.locator("html")).to_have_attribute("data-line", "open")

    def leave(self) -> None:
        """Close the browser; what its console has complained of fails the story."""
        self.context.close()
        assert self.faults == []


def _started(browser: Browser, profile: Path, options: dict[str, Any]) -> BrowserContext:
    """A browser of its own with its profile; closing its context ends it."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return browser.browser_type.launch_persistent_context(profile, executable_path=executable, **options)


def _screen(phone: bool) -> dict[str, Any]:
    return {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {"viewport": DESKTOP}


def sign_in(visitor: Visitor, function: str) -> None:
    """Sign in at the door, with one's own hand."""
    visitor.open("/accounts/login/")
    visitor.hand.write(visitor.page.locator("input[name=login]"), function)
    visitor.hand.write(visitor.page.locator("input[name=password]"), PASSWORD)
    visitor.press(visitor.page.get_by_role("button", name="Logga in", exact=True))
    expect(visitor.page).to_have_url(f"{visitor.house.address}/")


def signed_in_state(browser: Browser, house: House, function: str) -> dict[str, Any]:
    """Return the cookies of somebody who has signed in, for stories that begin after that."""
    visitor = Visitor(browser, house, "pointer")
    sign_in(visitor, function)
    state = cast(dict[str, Any], visitor.context.storage_state())
    visitor.leave()
    return state
