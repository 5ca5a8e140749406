"""Members × steering documents: 37 × 6 with four steps each, as it is now and as it was entered by a past moment."""

import json
import subprocess
import sys
import time
from typing import Any

from bench.figures import Figure, Limit, Outcome, p95
from bench.herd import ROOT, request_bytes
from bench.houses import Account, House, Server
from bench.limits import read
from bench.site import Site

ROW = "members × documents"
BAR_MS = 50.0
DOCUMENTS, STEPS = 6, 4
READ = (
    "SELECT e.header, p.body FROM ledger_entry e "
    "JOIN ledger_payload p ON p.space = e.space AND p.position = e.position "
    "WHERE e.space = {0} AND (e.kind LIKE 'decision.%%' OR e.kind LIKE 'document.%%') ORDER BY e.position"
)


def measure(site: Site, database: str) -> list[Outcome]:
    """Read the page now, after a registration each time, and of a past moment; and what the plain driver needs."""
    house = site.small(database)
    told = _filled(house)
    past = f"/governance/?on=2023-07-01&knew_at={told['half_way']}"
    with house.serving() as server:
        reader = house.alike[0]
        first = _read(site, server, reader, "/governance/", 1)
        now = _read(site, server, reader, "/governance/", site.sizes.pages)
        fresh = [_after_entry(site, house, server, place) for place in range(site.sizes.pages // 3)]
        then = _read(site, server, reader, past, site.sizes.pages)
        other_days = [
            _read(site, server, reader, f"/governance/?on=2023-{1 + day // 28:02}-{1 + day % 28:02}", 1)[0]
            for day in range(site.sizes.pages)
        ]
    plain = Limit(p95(_plain(house, told["space"], site.sizes.pages)), "plain driver reads the same entries, p95")
    size = f"{told['decisions']} steps of {told['members']} members; first drawing {first[0]:.0f} ms"
    return [
        Figure(ROW, "now, nothing new, p95", database, p95(now), "ms", BAR_MS, limit=plain, note=size),
        Figure(ROW, "now, redrawn after a registration, p95", database, p95(fresh), "ms", BAR_MS, limit=plain),
        Figure(ROW, "on a day that nobody has asked for, p95", database, p95(other_days), "ms", BAR_MS, limit=plain),
        Figure(ROW, "as entered by a past moment, p95", database, p95(then), "ms", BAR_MS, limit=plain),
    ]


def _filled(house: House) -> dict[str, Any]:
    """Enter the documents and decisions by the program's own commands."""
    told: dict[str, Any] = json.loads(_enter(house, str(DOCUMENTS), str(STEPS)))
    return told


def _enter(house: House, *given: str) -> str:
    """Run `bench.adopting` in a process of its own, as any other writer beside the server."""
    command = [sys.executable, "-m", "bench.adopting", *given]
    done = subprocess.run(command, cwd=ROOT, env=house.environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    return done.stdout


def _read(site: Site, server: Server, reader: Account, path: str, times: int) -> list[float]:
    ask = request_bytes("GET", path, reader.browsing())
    driven = site.herd.drive(server.port, [[ask] * times])
    if set(driven.all_statuses) != {200}:
        raise RuntimeError(f"the page is answered {sorted(set(driven.all_statuses))}")
    return driven.all_ms


def _after_entry(site: Site, house: House, server: Server, place: int) -> float:
    _enter(house, "one", str(place))
    return _read(site, server, house.alike[0], "/governance/", 1)[0]


def _plain(house: House, space: str, times: int) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        rows = read(house, READ if house.database == "postgresql" else READ.replace("%%", "%"), [space])
        found.append((time.perf_counter() - began) * 1000)
        if not rows:
            raise RuntimeError("nothing was entered")
    return found
