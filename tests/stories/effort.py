"""What a walk costs a person: presses, characters, pages and words, priced by the keystroke-level model.

Card, Moran and Newell, *The Keystroke-Level Model for User Performance Time with Interactive Systems*, CACM 23 (1980):
M, P, B and K. Reading: Brysbaert (2019), 238 words a minute. See docs/performance.md, "How long people take".
"""

from dataclasses import dataclass, field

from playwright.sync_api import Frame, Locator

from tests.stories.visitor import Visitor

THINK_S, AIM_S, PRESS_S, WAIT_S = 1.35, 1.1, 0.2, 2.0
KEY_S, THUMB_S = 0.28, 0.5  # a character at a keyboard, and with the thumbs on a phone
WORD_S = 60 / 238
# What one reads to use a control: its own words, those of its group, and the help under it.
_WORDS = """(element) => {
  const labels = Array.from(element.labels ?? [], (one) => one.innerText);
  const told = [element.innerText, element.getAttribute("aria-label"), ...labels];
  const group = element.closest("fieldset")?.querySelector("legend");
  const help = document.getElementById(element.getAttribute("aria-describedby") ?? "");
  return [...told, group?.innerText, help?.innerText].filter(Boolean).join(" ");
}"""
_HEAD = "() => document.querySelector('.page-head')?.innerText ?? document.querySelector('h1')?.innerText ?? ''"


@dataclass
class Effort:
    """Counts what a visitor does from now on. `untrained`: every page and control is read and searched for."""

    visitor: Visitor
    untrained: bool = True
    presses: int = 0
    characters: int = 0
    words: int = 0
    pages: int = 0
    heads: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.visitor.page.on("framenavigated", self._moved)

    def _moved(self, frame: Frame) -> None:
        self.pages += frame == self.visitor.page.main_frame

    def press(self, what: Locator) -> None:
        """Read, find and press one thing."""
        self._read(what)
        self.presses += 1
        self.visitor.press(what)

    def choose(self, what: Locator) -> None:
        """Read, find and choose one of a group."""
        self._read(what)
        self.presses += 1
        self.visitor.hand.choose(what)

    def write(self, where: Locator, text: str) -> None:
        """Read, find and press a field, and write in it."""
        self._read(where)
        self.presses += 1
        self.characters += len(text)
        self.visitor.hand.write(where, text)

    def _read(self, what: Locator) -> None:
        page = self.visitor.page
        if page.url not in self.heads:
            self.heads[page.url] = len(str(page.evaluate(_HEAD)).split())
            self.words += self.heads[page.url]
        self.words += len(str(what.evaluate(_WORDS)).split())

    @property
    def seconds(self) -> float:
        """What the walk takes, by the model."""
        thinking = 2 * THINK_S if self.untrained else THINK_S
        reading = self.words * WORD_S if self.untrained else 0
        character = THUMB_S if self.visitor.is_on_phone else KEY_S
        acts = self.presses * (thinking + AIM_S + PRESS_S)
        return acts + self.characters * character + self.pages * WAIT_S + reading

    def __str__(self) -> str:
        counted = f"{self.presses} presses, {self.characters} characters, {self.pages} pages, {self.words} words read"
        return f"{counted}: {self.seconds:.0f} s by the model"
