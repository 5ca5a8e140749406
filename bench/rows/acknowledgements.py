"""From an answer to a larm to the last of many screens that shows it: each hears the signal and asks for the board.

As browsers do it: a stream for each screen, and a question on another connection at some moment within the time that
the signal names. Every screen has a session of its own; they are all 37 members' in turn, with browsers of
eight makes.
"""

import json
import time
from collections.abc import Mapping

from bench.audience import Audience
from bench.figures import Figure, Limit, Outcome, median
from bench.houses import SCREENS, Account, House, Server, ask, browsing, empty_server
from bench.site import POSTS, Site
from gemensam.ledger.ids import uuid7

ROW = "an answer to a larm on the board"
BAR_MS = 100.0
ROUNDS = 20
BROWSERS = 8  # of different makes, among which no answer is shared
PAUSE_S = 0.25  # between two answers, so that the screens are quiet

Shown = list[tuple[int, int, int]]


def measure(site: Site, database: str) -> list[Outcome]:
    """Send a larm to all members, and answer it member by member before 200 screens that show the board."""
    house = site.small(database)
    with house.serving("--no-worker") as server, Audience() as audience:
        larm = _send(house, server)
        board = f"/spaces/{house.spaces[POSTS]}/larm/{larm}/board/"
        headers = [
            {**browsing(cookie), "User-Agent": f"Browser/{number % BROWSERS}"}
            for number, cookie in enumerate(house.screens)
        ]
        audience.open(server.port, headers, part=board)
        rounds = [_one(house, server, audience, larm, house.members[number]) for number in range(ROUNDS)]
    answered, shown = zip(*rounds, strict=True)
    size = shown[0][0][2]
    limit = Limit(_empty_ms(size), f"empty ASGI, a signal and the same bytes to {SCREENS}, the last")
    first, last = ([each[place][0] for each in shown] for place in (0, -1))
    note = f"{size:,} bytes sent to each; the answer itself was acknowledged after {median(answered):.1f} ms (median)"
    return [
        Figure(ROW, f"on the first screen, median of {ROUNDS}", database, median(first), "ms", BAR_MS, note=note),
        Figure(ROW, f"on the last of {SCREENS}, median of {ROUNDS}", database, median(last), "ms", BAR_MS, limit=limit),
        Figure(ROW, f"on the last of {SCREENS}, worst of {ROUNDS}", database, max(last), "ms"),
    ]


def _send(house: House, server: Server) -> str:
    sender = next(each for each in house.members if each.function == "nacka-tib")
    subject = uuid7()
    payload = {"text": "larm_forsta", "fields": {"handelse": "Snöoväder"}, "live": False}
    _write(house, server, sender, ("larm.sent", subject, payload))
    return subject


def _one(
    house: House, server: Server, audience: Audience, larm: str, member: Account
) -> tuple[float, list[tuple[float, int, int]]]:
    """Return milliseconds from the first byte of an answer to its receipt, and to each screen that shows it."""
    time.sleep(PAUSE_S)
    payload = {"function": member.function, "code": "1"}
    began = time.monotonic_ns()
    position = _write(house, server, member, ("larm.answered", larm, payload), via="app")
    answered = (time.monotonic_ns() - began) / 1e6
    shown = audience.shown(house.spaces[POSTS], position, within_s=10)
    return answered, _checked(shown, began)


def _checked(shown: Shown, began: int) -> list[tuple[float, int, int]]:
    if len(shown) != SCREENS or {status for _, status, _ in shown} != {200}:
        raise RuntimeError(f"{len(shown)} of {SCREENS} screens were answered {sorted({each[1] for each in shown})}")
    return [((at - began) / 1e6, status, size) for at, status, size in shown]


def _write(
    house: House, server: Server, author: Account, entry: tuple[str, str, Mapping[str, object]], **more: str
) -> int:
    """Write an entry by the interface for programs; returns its position."""
    kind, subject, payload = entry
    body = json.dumps({"id": uuid7(), "kind": kind, "subject": subject, "payload": payload, **more}).encode()
    path = f"/api/v1/spaces/{house.spaces[POSTS]}/entries"
    status, _, answer = ask(server.port, "POST", path, author.by_token(), body)
    if status != 201:
        raise RuntimeError(f"{kind} is answered {status}")
    return int(json.loads(answer)["position"])


def _empty_ms(size: int) -> float:
    with empty_server() as server, Audience() as audience:
        audience.open(server.port, [{}] * SCREENS, part=f"/bytes/{size}")
        found = []
        for position in range(1, ROUNDS + 1):
            time.sleep(PAUSE_S)
            began = time.monotonic_ns()
            ask(server.port, "POST", f"/shout/{position}", {})
            found.append(_checked(audience.shown("empty", position, within_s=10), began)[-1][0])
        return median(found)
