"""Core pages in a real browser on a thin line: 64 kbit/s with half a second to the server and back (R64).

The line is the browser's own emulation (DevTools protocol). *Readable*: the first text is painted. *Usable*: what the
page's own script does has begun. The second visit comes with what the browser has kept of the first.
"""

import shutil
import time
from dataclasses import dataclass, field
from typing import Any

from bench.figures import Figure, Limit, Missing, Outcome
from bench.houses import Account, Server
from bench.site import INCIDENT, Site

ROW = "thin line, 64 kbit/s, 500 ms"
BITS_PER_S, ROUND_TRIP_S = 64_000, 0.5
SHAPE = {
    "offline": False, "latency": ROUND_TRIP_S * 1000, "downloadThroughput": BITS_PER_S / 8,
    "uploadThroughput": BITS_PER_S / 8,
}  # fmt: skip
PATIENCE_MS = 180_000
PHONE = {"width": 360, "height": 740}
# The page, and then what it names: no browser can do with fewer. What is kept needs the page alone.
ROUND_TRIPS = {"first visit": 2, "repeat visit": 1}
TIMES = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return paint && page.domContentLoadedEventEnd ? [paint.startTime, page.domContentLoadedEventEnd] : null;
}"""


@dataclass
class Traffic:
    """What has come over the line, head and body as they were sent."""

    sizes: dict[str, int] = field(default_factory=dict)

    def note(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def total(self) -> int:
        return sum(self.sizes.values())


def measure(site: Site, database: str) -> list[Outcome]:
    """Open start page, report form and picture twice each, each in a browser that has seen nothing before."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return [Missing(ROW, "", "no Chromium on this machine")]
    from playwright.sync_api import sync_playwright

    house, found = site.small(database), list[Outcome]()
    space = house.spaces[INCIDENT]
    pages = {"start page": "/", "report form": f"/spaces/{space}/report/", "picture": f"/spaces/{space}/picture/"}
    with house.serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for what, path in pages.items():
            found += _page(browser, server, house.alike[0], (what, path))
        browser.close()
    return found


def _page(browser: Any, server: Server, reader: Account, page: tuple[str, str]) -> list[Outcome]:
    what, path = page
    address = f"http://localhost:{server.port}"
    context = browser.new_context(base_url=address, viewport=PHONE, is_mobile=True, has_touch=True)
    pairs = (pair.split("=", 1) for pair in reader.cookie.split("; "))
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in pairs])
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SHAPE)
    found: list[Outcome] = []
    for visit, round_trips in ROUND_TRIPS.items():
        found += _visit(tab, line, f"{what}, {visit}", path, round_trips)
        tab.goto("about:blank")
    context.close()
    return found


def _visit(tab: Any, line: Any, what: str, path: str, round_trips: int) -> list[Outcome]:
    traffic = Traffic()
    line.on("Network.loadingFinished", traffic.note)
    tab.goto(path, wait_until="load", timeout=PATIENCE_MS)
    readable, usable = _times(tab)
    line.remove_listener("Network.loadingFinished", traffic.note)
    least = traffic.total * 8 / BITS_PER_S + round_trips * ROUND_TRIP_S
    limit = Limit(least, f"{traffic.total / 1000:.1f} kB on the line, {round_trips} round trips")
    return [
        Figure(ROW, f"{what}, readable", "", readable / 1000, "s"),
        Figure(ROW, f"{what}, usable", "", usable / 1000, "s", limit=limit),
    ]


def _times(tab: Any) -> tuple[float, float]:
    """Return when the page could be read and used, in ms from when it was asked for."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        if found := tab.evaluate(TIMES):
            return float(found[0]), float(found[1])
        tab.wait_for_timeout(50)
    raise RuntimeError("the page never painted")
