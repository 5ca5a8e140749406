"""Two ways to use a page: pointing at things, and the keyboard alone. A story is told with each."""

from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page

FURTHEST = 400  # presses of Tab; what is further away than that cannot be said to be reachable
# Where the focus is, seen from an element: on it, before it or after it. A group of radio buttons is one stop.
_WHERE = """(element) => {
  const at = document.activeElement;
  const group = (one) => one.type === "radio" && one.form && `${one.form.id} ${one.name}`;
  const sameGroup = group(at) && at.form === element.form && group(at) === group(element);
  if (at === element || sameGroup) return "here";
  return at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING ? "after" : "before";
}"""


class Hand(ABC):
    """Presses, writes and chooses; `presses` counts what a person would count as interactions.

    `has_touch`: the screen is pressed with a finger.
    """

    def __init__(self, page: Page, *, has_touch: bool = False) -> None:
        self.page = page
        self.has_touch = has_touch
        self.presses = 0

    @abstractmethod
    def reach(self, what: Locator) -> None:
        """Go to something without pressing it."""

    @abstractmethod
    def press(self, what: Locator) -> None:
        """Press a button, a link or a summary, or tick a box."""

    @abstractmethod
    def write(self, where: Locator, text: str) -> None:
        """Write a text in a field instead of what stands there."""

    @abstractmethod
    def choose(self, radio: Locator) -> None:
        """Choose one of a group of radio buttons."""

    @abstractmethod
    def pick(self, field: Locator, label: str) -> None:
        """Pick an alternative of a drop-down list by its words."""


class Pointer(Hand):
    """A mouse, or on a phone a finger."""

    def reach(self, what: Locator) -> None:
        what.scroll_into_view_if_needed()

    def press(self, what: Locator) -> None:
        self.presses += 1
        if self.has_touch:
            what.tap()
        else:
            what.click()

    def write(self, where: Locator, text: str) -> None:
        self.press(where)
        where.fill(text)

    def choose(self, radio: Locator) -> None:
        self.press(radio)

    def pick(self, field: Locator, label: str) -> None:
        self.presses += 1
        field.select_option(label=label)


class Keyboard(Hand):
    """Tab to what is wanted, then Enter or Space: never a click."""

    def reach(self, what: Locator) -> None:
        what.wait_for(state="attached")
        element = what.element_handle()
        for _ in range(FURTHEST):
            where = self.page.evaluate(_WHERE, element)
            if where == "here":
                return
            self.page.keyboard.press("Tab" if where == "before" else "Shift+Tab")
        raise AssertionError(f"the keyboard does not lead to {what}")

    def press(self, what: Locator) -> None:
        self.reach(what)
        self.presses += 1
        self.page.keyboard.press("Space" if what.get_attribute("type") == "checkbox" else "Enter")

    def write(self, where: Locator, text: str) -> None:
        self.reach(where)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def choose(self, radio: Locator) -> None:
        self.reach(radio)
        self.presses += 1
        self.page.keyboard.press("Space")
        for _ in range(FURTHEST):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError("the arrows do not lead to it")

    def pick(self, field: Locator, label: str) -> None:
        self.reach(field)
        self.presses += 1
        self.page.keyboard.type(label)


HANDS: dict[str, type[Hand]] = {"pointer": Pointer, "keyboard": Keyboard}
