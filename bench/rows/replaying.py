"""A replay: the ordinary pages of a space at moments drawn at random, each never asked for before."""

from urllib.parse import quote

from bench import limits
from bench.figures import Figure, Limit, Outcome, median, p95
from bench.herd import request_bytes
from bench.houses import House, Server
from bench.site import INCIDENT, Site
from gemensam.web.times import local

ROW = "a replay of {0:,} entries"
MOMENT_MS, PAGE_MS = 300.0, 300.0
PAGES = {"the picture": "picture/", "the log": "log/", "what we knew": "known/"}


def measure(site: Site, database: str) -> list[Outcome]:
    """Ask for pages at random moments, as a replay does, and for the replay's own page with its timeline."""
    house = site.small(database)
    row = ROW.format(site.sizes.small)
    with house.serving() as server:
        moments = _moments(site, house)
        _read(site, house, server, ["picture/"])  # folds the space: a replay is asked of a running server
        figures = [
            _page(row, what, _read(site, house, server, _at(path, moments)), house) for what, path in PAGES.items()
        ]
        own = _read(site, house, server, ["replay/"] * 5)
    return [*figures, Figure(row, "the page with its timeline, worst", database, max(own), "ms", PAGE_MS)]


def _moments(site: Site, house: House) -> list[int]:
    """Return instants (ms UTC) between the first entry and the last."""
    sql = "SELECT min(received_at), max(received_at) FROM ledger_entry WHERE space = {0}"
    first, last = limits.read(house, sql, [house.spaces[INCIDENT]])[0]
    return [site.chance.randrange(first, last) for _ in range(site.sizes.pages)]


def _at(path: str, moments: list[int]) -> list[str]:
    # To the millisecond: the log was loaded within seconds.
    written = (f"{local(at):%Y-%m-%d %H.%M.%S}.{at % 1_000:03}" for at in moments)
    return [f"{path}?knew_at={quote(one)}" for one in written]


def _page(row: str, what: str, found: list[float], house: House) -> Figure:
    bare = Limit(limits.read_all_s(house, house.spaces[INCIDENT]) * 1_000, "plain driver reads the whole space")
    note = f"p50 {median(found):.0f} ms, p95 {p95(found):.0f} ms"
    return Figure(
        row, f"{what} at any moment, worst", house.database, max(found), "ms", MOMENT_MS, limit=bare, note=note
    )


def _read(site: Site, house: House, server: Server, paths: list[str]) -> list[float]:
    """Return the milliseconds of pages of the space, asked one after the other."""
    base = f"/spaces/{house.spaces[INCIDENT]}/"
    requests = [request_bytes("GET", base + path, house.members[0].browsing()) for path in paths]
    driven = site.herd.drive(server.port, [requests])
    if set(driven.all_statuses) != {200}:
        raise RuntimeError(f"{paths[0]} is answered {sorted(set(driven.all_statuses))}")
    return driven.all_ms
