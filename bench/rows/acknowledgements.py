"""From an answer to a larm to the last of many screens that shows it: the board, asked for by all of them at once.

A browser waits for the signal, which is in the row of signals, and spreads its question a little. Here all ask in the
moment when the answer has been acknowledged, which is the worst that the server can be asked.
"""

import json
from collections.abc import Mapping

from bench.figures import Figure, Limit, Outcome, median
from bench.herd import Driven, request_bytes
from bench.houses import Account, House, Server, empty_server
from bench.site import POSTS, Site
from gemensam.ledger.ids import uuid7

ROW = "an answer to a larm on the board"
SCREENS, BAR_MS = 200, 100.0
ROUNDS = 10


def measure(site: Site, database: str) -> list[Outcome]:
    """Send a larm to all members, answer it member by member, and let 200 screens ask for the board."""
    house = site.small(database)
    with house.serving("--no-worker") as server:
        larm = _send(site, house, server)
        rounds = [_one(site, house, server, larm, number) for number in range(ROUNDS)]
    answered = [ms for ms, _ in rounds]
    shown = [ms + max(board.all_ms) for ms, board in rounds]
    first = [ms + min(board.all_ms) for ms, board in rounds]
    size = rounds[0][1].sizes[0][0]
    limit = Limit(_empty_ms(site, size), f"empty ASGI, the same bytes to {SCREENS}, the last")
    note = f"{size:,} bytes sent to each; the answer itself was on disk after {median(answered):.1f} ms (median)"
    return [
        Figure(ROW, f"at the first screen, median of {ROUNDS}", database, median(first), "ms", BAR_MS, note=note),
        Figure(
            ROW, f"at the last of {SCREENS}, median of {ROUNDS}", database, median(shown), "ms", BAR_MS, limit=limit
        ),
    ]


def _send(site: Site, house: House, server: Server) -> str:
    sender = next(each for each in house.members if each.function == "nacka-tib")
    subject = uuid7()
    payload = {"text": "larm_forsta", "fields": {"handelse": "Snöoväder"}, "live": False}
    _write(site, house, server, sender, ("larm.sent", subject, payload))
    return subject


def _one(site: Site, house: House, server: Server, larm: str, number: int) -> tuple[float, Driven]:
    """Return the milliseconds of the answer, and what the screens were told."""
    member = house.members[number]
    payload = {"function": member.function, "code": "1"}
    ms = _write(site, house, server, member, ("larm.answered", larm, payload), via="app")
    path = f"/spaces/{house.spaces[POSTS]}/larm/{larm}/board/"
    screens = (house.members * (SCREENS // len(house.members) + 1))[:SCREENS]
    board = site.herd.drive(server.port, [[request_bytes("GET", path, each.browsing())] for each in screens])
    if set(board.all_statuses) != {200}:
        raise RuntimeError(f"the board is answered {sorted(set(board.all_statuses))}")
    return ms, board


def _write(
    site: Site, house: House, server: Server, author: Account, entry: tuple[str, str, Mapping[str, object]], **more: str
) -> float:
    kind, subject, payload = entry
    body = json.dumps({"id": uuid7(), "kind": kind, "subject": subject, "payload": payload, **more}).encode()
    path = f"/api/v1/spaces/{house.spaces[POSTS]}/entries"
    driven = site.herd.drive(server.port, [[request_bytes("POST", path, author.by_token(), body)]])
    if driven.all_statuses != [201]:
        raise RuntimeError(f"{kind} is answered {driven.all_statuses}")
    return driven.all_ms[0]


def _empty_ms(site: Site, size: int) -> float:
    ask = request_bytes("GET", f"/bytes/{size}", {})
    with empty_server() as server:
        return median([max(site.herd.drive(server.port, [[ask]] * SCREENS).all_ms) for _ in range(ROUNDS)])
