"""The picture page: 37 members × 18 rows, alone, unchanged, and by many readers of one circle just after a post."""

from bench.figures import Figure, Limit, Outcome, p95
from bench.figures import median as middle
from bench.herd import Driven, request_bytes
from bench.houses import Account, House, Server, empty_server
from bench.rows.posts import post_bytes
from bench.site import INCIDENT, Site

ROW = "the picture page"
ALONE_MS, READERS_MS = 30.0, 150.0


def measure(site: Site, database: str) -> list[Outcome]:
    """Read the page alone, after posts, as 304, and at once by readers of one function and of one circle."""
    house = site.small(database)
    space = house.spaces[INCIDENT]
    path = f"/spaces/{space}/picture/"
    with house.serving() as server:
        first = site.herd.drive(server.port, [[_read(house.alike[0], path)]])
        if first.all_statuses != [200]:
            raise RuntimeError(f"the picture page is answered {first.all_statuses}")
        alone = site.herd.drive(server.port, [[_read(house.alike[0], path)] * site.sizes.pages]).all_ms
        fresh = [_after_post(site, house, server, [house.alike[1]]).ms[0][0] for _ in range(site.sizes.pages // 3)]
        unchanged = _unchanged(site, house, server, path)
        alike = _rounds(site, house, server, house.alike[: site.sizes.readers])
        several = (house.members * 2)[: site.sizes.readers]
        mixed = _rounds(site, house, server, several)
    empty, empty_many = _empty(site, first.sizes[0][0])
    readers, size = site.sizes.readers, first.sizes[0][0]
    one, many = Limit(p95(empty), "empty ASGI, the same bytes, p95"), Limit(p95(empty_many), "the same, p95")
    return [
        Figure(ROW, "alone, nothing new, p95", database, p95(alone), "ms", ALONE_MS, limit=one,
               note=f"{size:,} bytes sent"),
        Figure(ROW, "alone, redrawn after a post, p95", database, p95(fresh), "ms", ALONE_MS, limit=one),
        Figure(ROW, "alone, redrawn after a post, p50", database, middle(fresh), "ms", ALONE_MS, limit=one),
        Figure(ROW, "alone, unchanged (304), p95", database, p95(unchanged), "ms"),
        Figure(ROW, f"{readers} readers of one function at once, just after a post, p95", database, p95(alike), "ms",
               READERS_MS, limit=many),
        Figure(ROW, f"{readers} readers of one circle, {len(house.members)} functions, just after a post, p95",
               database, p95(mixed), "ms", READERS_MS, limit=many),
    ]  # fmt: skip


def _read(reader: Account, path: str, **headers: str) -> bytes:
    return request_bytes("GET", path, {**reader.browsing(), **headers})


def _after_post(site: Site, house: House, server: Server, readers: list[Account]) -> Driven:
    """Post a report and let readers ask at once, all in the same moment."""
    post = post_bytes(house, house.members[3], Account.by_token, house.spaces[INCIDENT])
    if site.herd.drive(server.port, [[post]]).all_statuses != [201]:
        raise RuntimeError("the post was refused")
    path = f"/spaces/{house.spaces[INCIDENT]}/picture/"
    driven = site.herd.drive(server.port, [[_read(reader, path)] for reader in readers])
    if set(driven.all_statuses) != {200}:
        raise RuntimeError(f"readers were answered {sorted(set(driven.all_statuses))}")
    return driven


def _rounds(site: Site, house: House, server: Server, readers: list[Account]) -> list[float]:
    rounds = [_after_post(site, house, server, readers).all_ms for _ in range(site.sizes.rounds)]
    return [ms for one in rounds for ms in one]


def _unchanged(site: Site, house: House, server: Server, path: str) -> list[float]:
    reader = house.alike[0]
    head = site.herd.drive(server.port, [[_read(reader, path)]]).heads[0]
    tag = next((line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith("etag")), "")
    driven = site.herd.drive(server.port, [[_read(reader, path, **{"If-None-Match": tag})] * site.sizes.pages])
    # A new minute draws the page anew: that answer is no 304.
    pairs = zip(driven.statuses[0], driven.ms[0], strict=True)
    return [ms for status, ms in pairs if status == 304]


def _empty(site: Site, size: int) -> tuple[list[float], list[float]]:
    ask = request_bytes("GET", f"/bytes/{size}", {})
    with empty_server() as server:
        alone = site.herd.drive(server.port, [[ask] * site.sizes.pages]).all_ms
        many = [site.herd.drive(server.port, [[ask]] * site.sizes.readers).all_ms for _ in range(site.sizes.rounds)]
    return alone, [ms for one in many for ms in one]
