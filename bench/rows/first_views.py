"""A space with a large log: the first page after a restart, pages of its log, searches in its texts."""

import time
from urllib.parse import quote

from bench import limits
from bench.figures import Figure, Limit, Outcome, median, p95
from bench.filling import COMMON, PAIR, RARE
from bench.herd import request_bytes
from bench.houses import House, Server, ask
from bench.site import INCIDENT, Site
from gemensam.ledger.search_words import stem, words

ROW = "a space with {0:,} entries"
FIRST_S, LOG_MS, SEARCH_MS = 3.0, 20.0, 100.0
LOG_ROWS, HITS = 50, 25  # on a page


def measure(site: Site, database: str) -> list[Outcome]:
    """Restart and look, several times; then read the log at random places and search, all in a running server."""
    house = site.large(database)
    space, row = house.spaces[INCIDENT], ROW.format(site.sizes.large)
    picture = [_first(house, f"/spaces/{space}/picture/") for _ in range(site.sizes.restarts)]
    log = [_first(house, f"/spaces/{space}/log/") for _ in range(site.sizes.restarts)]
    raw = Limit(
        limits.read_all_s(house, space), "plain driver reads headers and extracts, a fast JSON reader parses them"
    )
    begun = f"{max(whole for _, whole in picture):.1f} s from starting the process to the whole page"
    beside = "raw inserts, 500 to a commit"
    size = limits.stored_bytes(house, space)
    batch = Limit(limits.batch_rate(house, size, 5_000, 500), beside)
    with house.serving() as server:
        pages = _log_pages(site, house, server)
        searches = [_search(site, house, server, row, text, words_) for text, words_ in _QUERIES.items()]
        memory, _ = server.memory_mb()
    positions = [site.chance.randrange(LOG_ROWS, site.sizes.large) for _ in range(15)]
    page = Limit(limits.page_ms(house, space, positions, LOG_ROWS), f"plain driver reads {LOG_ROWS} entries, median")
    return [
        Figure(row, "picture page, first after a restart, worst", database, max(asked for asked, _ in picture), "s",
               FIRST_S, limit=raw, note=begun),
        Figure(row, "log page, first after a restart, worst", database, max(asked for asked, _ in log), "s", FIRST_S,
               limit=raw),
        Figure(row, "any log page, p95", database, p95(pages), "ms", LOG_MS, limit=page),
        *searches,
        Figure(row, "memory of the server", database, memory, "MB"),
        Figure(row, "filled by `gemensam load`", database, house.loaded_per_s, "/s", at_least=True, limit=batch),
    ]  # fmt: skip


_QUERIES = {"common word": COMMON, "rare word": RARE, "two words": PAIR}


def _first(house: House, path: str) -> tuple[float, float]:
    """Return the seconds from asking a server that has just started, and from starting it, to the end of the page."""
    with house.serving() as server:
        began = time.perf_counter()
        status, _, _ = ask(server.port, "GET", path, house.members[0].browsing())
        ended = time.perf_counter()
    if status != 200:
        raise RuntimeError(f"{path} is answered {status}")
    return ended - began, ended - server.began


def _log_pages(site: Site, house: House, server: Server) -> list[float]:
    space = house.spaces[INCIDENT]
    before = [site.chance.randrange(LOG_ROWS, site.sizes.large) for _ in range(site.sizes.pages + 1)]
    return _read(site, house, server, [f"/spaces/{space}/log/?before={one}" for one in before])


def _search(site: Site, house: House, server: Server, row: str, what: str, text: str) -> Figure:
    space = house.spaces[INCIDENT]
    path = f"/spaces/{space}/search/?q={quote(text)}"
    found = _read(site, house, server, [path] * (site.sizes.pages // 2 + 1))
    bare = limits.match_ms(house, [stem(word) for word in words(text)], HITS)
    limit = Limit(bare, "bare full-text query, median")
    note = f"“{text}”, p50 {median(found):.1f} ms"
    return Figure(row, f"text search, {what}, p95", house.database, p95(found), "ms", SEARCH_MS, limit=limit, note=note)


def _read(site: Site, house: House, server: Server, paths: list[str]) -> list[float]:
    """Return the milliseconds of these pages, the first (which may fold the space) left out."""
    requests = [request_bytes("GET", path, house.members[0].browsing()) for path in paths]
    driven = site.herd.drive(server.port, [requests])
    if set(driven.all_statuses) != {200}:
        raise RuntimeError(f"{paths[0]} is answered {sorted(set(driven.all_statuses))}")
    return driven.ms[0][1:]
