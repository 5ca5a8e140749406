"""A report posted over HTTP: read, signed in, judged, validated, signed, on disk."""

import json
import time
from collections.abc import Callable

from bench import limits
from bench.figures import Figure, Limit, Outcome, median, p95
from bench.filling import report
from bench.herd import Driven, request_bytes
from bench.houses import Account, House, Server, empty_server
from bench.site import INCIDENT, POSTS, Site
from gemensam.ledger.ids import uuid7

ROW = "post a report over HTTP"
P50_MS, P95_MS, PER_SECOND = 5.0, 15.0, 300.0
WARM_UP = 20
Headers = Callable[[Account], dict[str, str]]


def measure(site: Site, database: str) -> list[Outcome]:
    """Post alone by token and by session, then from many clients at once; beside raw inserts of equal size."""
    house = site.small(database)
    with house.serving() as server:
        by_token = _alone(site, house, server, Account.by_token)
        by_session = _alone(site, house, server, Account.by_session)
        together = _together(site, house, server)
        in_filled = _alone(site, house, server, Account.by_token, INCIDENT)
    size = limits.stored_bytes(house, house.spaces[POSTS])
    raw = limits.insert_ms(house, size, site.sizes.alone)
    raw_rate = limits.insert_rate(house, size, site.sizes.together, site.sizes.clients)
    http_ms, http_rate = _empty(site, house)
    beside50 = Limit(median(raw) + median(http_ms), "raw durable insert + empty ASGI answer, p50")
    beside95 = Limit(p95(raw) + p95(http_ms), "the same, p95")
    sent = len(_post(house, house.members[0], Account.by_token, POSTS))
    note = f"{sent} bytes sent, {size} stored"
    clients = site.sizes.clients
    return [
        Figure(ROW, "alone, token, p50", database, median(by_token), "ms", P50_MS, limit=beside50, note=note),
        Figure(ROW, "alone, token, p95", database, p95(by_token), "ms", P95_MS, limit=beside95),
        Figure(ROW, "alone, session, p50", database, median(by_session), "ms", P50_MS, limit=beside50),
        Figure(ROW, "alone, session, p95", database, p95(by_session), "ms", P95_MS, limit=beside95),
        Figure(ROW, f"alone, token, p50, space with {site.sizes.small:,} entries", database, median(in_filled), "ms",
               P50_MS, limit=beside50),
        Figure(ROW, f"from {clients} clients", database, len(together.all_ms) / together.wall, "/s", PER_SECOND,
               at_least=True, limit=Limit(raw_rate, f"raw durable inserts by {clients} writers"),
               note=f"empty ASGI alone answers {http_rate:,.0f} posts/s to the same clients"),
        Figure(ROW, f"from {clients} clients, p95", database, p95(together.all_ms), "ms"),
    ]  # fmt: skip


def _alone(site: Site, house: House, server: Server, headers: Headers, space: str = POSTS) -> list[float]:
    posts = [_post(house, house.members[0], headers, space) for _ in range(WARM_UP + site.sizes.alone)]
    return _checked(site.herd.drive(server.port, [posts])).ms[0][WARM_UP:]


def _together(site: Site, house: House, server: Server) -> Driven:
    each = site.sizes.together // site.sizes.clients
    authors = house.members[: site.sizes.clients]
    posts = [[_post(house, author, Account.by_token, POSTS) for _ in range(each)] for author in authors]
    return _checked(site.herd.drive(server.port, posts))


def _empty(site: Site, house: House) -> tuple[list[float], float]:
    """Return the milliseconds alone and the answers a second of the empty application for the same requests."""
    post = _post(house, house.members[0], Account.by_token, POSTS)
    with empty_server() as server:
        alone = site.herd.drive(server.port, [[post] * site.sizes.alone])
        each = site.sizes.together // site.sizes.clients
        together = site.herd.drive(server.port, [[post] * each] * site.sizes.clients)
    return alone.all_ms, len(together.all_ms) / together.wall


def _post(house: House, author: Account, headers: Headers, space: str) -> bytes:
    return post_bytes(house, author, headers, house.spaces[space])


def post_bytes(house: House, author: Account, headers: Headers, space: str) -> bytes:
    """Return the request that posts a new report with twelve rows."""
    import random

    now = time.time_ns() // 1_000_000
    payload = report(random.Random(now), house.rows, now)
    entry = {"id": uuid7(), "kind": "report.published", "subject": uuid7(), "payload": payload}
    body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return request_bytes("POST", f"/api/v1/spaces/{space}/entries", headers(author), body)


def _checked(driven: Driven) -> Driven:
    wrong = [status for status in driven.all_statuses if status != 201]
    if wrong:
        raise RuntimeError(f"{len(wrong)} posts were answered {sorted(set(wrong))}")
    return driven
