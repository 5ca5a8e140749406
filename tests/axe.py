"""What axe finds on a page in a real browser. Works under the program's own content security policy."""

from pathlib import Path

from playwright.sync_api import Page

_SOURCE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What may be another with other colours or another width; all else belongs to the document.
_OF_A_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]


# A bar that stays at the foot of the window lies over some field or other, and axe then measures what is left of it.
# What lies below a menu that somebody has opened is judged when it is closed again.
_RUN = """async (only) => {
  const covered = document.querySelector(".space-line > .menu[open]") ? [[".space-nav"]] : [];
  const before = scrollY;
  scrollTo(0, document.documentElement.scrollHeight);
  const found = await axe.run({include: [["html"]], exclude: covered}, {runOnly: only, resultTypes: ["violations"]});
  scrollTo(0, before);
  return found;
}"""


def violations(page: Page, *, again: bool = False) -> list[str]:
    """Return what breaks WCAG 2.2 AA or axe's own good practice: the rule and the first element that does.

    Judged at the page's end, where nothing lies over anything else. `again`: the document has been judged in another
    look.
    """
    page.evaluate(_SOURCE.read_text(encoding="utf-8"))
    only = {"type": "rule", "values": _OF_A_LOOK} if again else {"type": "tag", "values": _TAGS}
    found = page.evaluate(_RUN, only)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]
