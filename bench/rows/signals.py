"""From sending a post to the last live viewer's hearing of it, each viewer with its own rights."""

import json
import time

from bench.audience import Audience
from bench.figures import Figure, Limit, Outcome, median
from bench.houses import Account, House, Server, ask, empty_server
from bench.rows.posts import post_bytes
from bench.site import POSTS, Site

ROW = "a post's signal at the last live viewer"
BARS_MS = {200: 50.0, 1_000: 250.0}
PAUSE_S = 0.25  # between two posts, so that a round of signals is over


def measure(site: Site, database: str) -> list[Outcome]:
    """Measure with each number of viewers, beside an empty application that writes the same bytes to as many."""
    house = site.small(database)
    return [figure for viewers in site.sizes.viewers for figure in _with(site, house, database, viewers)]


def _with(site: Site, house: House, database: str, viewers: int) -> list[Outcome]:
    with house.serving() as server, Audience() as audience:
        headers = [_stream_headers(house, number) for number in range(viewers)]
        audience.open(server.port, headers)
        answered, heard = zip(*(_one(house, server, audience, viewers) for _ in range(site.sizes.signals)), strict=True)
    bare = _empty(viewers, site.sizes.signals)
    limit = Limit(median(bare), "empty ASGI writing to as many streams, median")
    bar, worst = BARS_MS.get(viewers), Limit(max(bare), "the same, worst")
    accounts = min(viewers, len(house.members))
    note = f"{accounts} accounts; the post itself was answered after {median(answered):.1f} ms (median)"
    return [
        Figure(ROW, f"{viewers:,} viewers, median of {len(heard)}", database, median(heard), "ms", bar, limit=limit,
               note=note),
        Figure(ROW, f"{viewers:,} viewers, worst of {len(heard)}", database, max(heard), "ms", bar, limit=worst),
    ]  # fmt: skip


def _stream_headers(house: House, number: int) -> dict[str, str]:
    """Every other viewer comes by token, the others by session, as everybody in turn."""
    viewer = house.members[number % len(house.members)]
    return {"Cookie": viewer.cookie} if number % 2 else {"Authorization": f"Bearer {viewer.token}"}


def _one(house: House, server: Server, audience: Audience, viewers: int) -> tuple[float, float]:
    """Return milliseconds from the first byte sent to the answer, and to the last viewer."""
    time.sleep(PAUSE_S)
    space = house.spaces[POSTS]
    head, _, body = post_bytes(house, house.members[5], Account.by_token, space).partition(b"\r\n\r\n")
    path = head.split(b" ")[1].decode()
    began = time.monotonic_ns()
    status, _, answer = ask(server.port, "POST", path, house.members[5].by_token(), body)
    answered = time.monotonic_ns()
    if status != 201:
        raise RuntimeError(f"the post was answered {status}")
    return (answered - began) / 1e6, _last(audience, space, json.loads(answer)["position"], viewers, began)


def _last(audience: Audience, space: str, position: int, viewers: int, began: int) -> float:
    heard = audience.heard(space, position, within_s=10)
    if len(heard) != viewers:
        raise RuntimeError(f"only {len(heard)} of {viewers} viewers heard of the post")
    return (heard[-1] - began) / 1e6


def _empty(viewers: int, signals: int) -> list[float]:
    with empty_server() as server, Audience() as audience:
        audience.open(server.port, [{}] * viewers)
        found = []
        for position in range(1, signals + 1):
            time.sleep(PAUSE_S)
            began = time.monotonic_ns()
            ask(server.port, "POST", f"/shout/{position}", {})
            found.append(_last(audience, "empty", position, viewers, began))
        return found
