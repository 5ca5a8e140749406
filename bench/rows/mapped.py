"""The map in a real browser with software rendering: when it is first drawn, and what its areas weigh (R64)."""

import shutil
from typing import Any

from bench.figures import Figure, Limit, Missing, Outcome, median
from bench.houses import Account, Server, get
from bench.site import INCIDENT, Site

ROW = "the map"
BAR_S, BAR_KB = 2.0, 400.0
ROUNDS = 5
PATIENCE_MS = 60_000
DESKTOP = {"width": 1280, "height": 800}
# The least that any map does: get a drawing context and have one frame of it painted.
EMPTY = """() => new Promise((done) => {
  const start = performance.now();
  const canvas = document.body.appendChild(document.createElement("canvas"));
  const drawing = canvas.getContext("webgl2");
  drawing.clear(drawing.COLOR_BUFFER_BIT);
  drawing.readPixels(0, 0, 1, 1, drawing.RGBA, drawing.UNSIGNED_BYTE, new Uint8Array(4));
  requestAnimationFrame(() => done(performance.now() - start));
})"""


def measure(site: Site, database: str) -> list[Outcome]:
    """Open the map in browsers that have seen nothing before, each for one round."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return [Missing(ROW, "", "no Chromium on this machine")]
    from playwright.sync_api import sync_playwright

    house = site.small(database)
    path = f"/spaces/{house.spaces[INCIDENT]}/map/"
    with house.serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        rounds = [_first_draw(browser, server, house.alike[0], path) for _ in range(ROUNDS)]
        least = Limit(median([_empty(browser) for _ in range(ROUNDS)]), "an empty WebGL canvas in the same browser")
        browser.close()
        areas = get(server.port, rounds[0][1], house.alike[0].browsing())[2]
    drawn = [seconds for seconds, _ in rounds]
    return [
        Figure(ROW, f"first draw, median of {ROUNDS}", "", median(drawn), "s", BAR_S, limit=least),
        Figure(ROW, f"first draw, worst of {ROUNDS}", "", max(drawn), "s", BAR_S),
        Figure(ROW, "its areas, compressed", "", len(areas) / 1000, "kB", BAR_KB),
    ]


def _first_draw(browser: Any, server: Server, reader: Account, path: str) -> tuple[float, str]:
    """Return when the map was drawn, in s from when the page was asked for, and the address of its areas."""
    address = f"http://localhost:{server.port}"
    context = browser.new_context(base_url=address, viewport=DESKTOP)
    pairs = (pair.split("=", 1) for pair in reader.cookie.split("; "))
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in pairs])
    page = context.new_page()
    page.goto(path)
    place = page.locator("#map[data-drawn]")
    place.wait_for(timeout=PATIENCE_MS)
    drawn = float(place.get_attribute("data-drawn")) / 1000, str(place.get_attribute("data-areas"))
    context.close()
    return drawn


def _empty(browser: Any) -> float:
    page = browser.new_page(viewport=DESKTOP)
    seconds = float(page.evaluate(EMPTY)) / 1000
    page.close()
    return seconds
