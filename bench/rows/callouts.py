"""From a press to the provider: when the first message of a call-out is handed over, and when all are.

37 members × 3 functions by SMS and by voice, to a provider (a process of its own on this machine) that answers after
50 ms. The press is an entry posted to the server; the worker is a process beside it, which hears of the commit.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor

from bench.figures import Figure, Limit, Outcome, median
from bench.houses import Account, House, Server, ask
from bench.rows.posts import post_bytes
from bench.site import POSTS, Site
from gemensam.delivery import http
from tests.delivery.killing import ANSWERS_IN_S, FUNCTIONS, MEMBERS, UNDER_WAY, Workers, workers
from tests.delivery.outside import Elks, await_that, elks_running
from tests.delivery.provider import PASSWORD, USER
from tests.faults.killing import Target

ROW = "a call-out to 37 × 3 functions by SMS and voice"
FIRST_S, ALL_S = 1.0, 5.0
MESSAGES = [
    (channel, f"+46700000{who:03}") for channel in ("sms", "voice") for who in range(MEMBERS * FUNCTIONS)
]  # fmt: skip


def measure(site: Site, database: str) -> list[Outcome]:
    """Press `signals` times (at most 10), each time on a quiet server."""
    house = site.small(database)
    target = Target(house.data, house.url, house.spaces[POSTS], "")
    rounds = min(10, site.sizes.signals)
    with elks_running() as elks, house.serving("--no-worker") as server, workers(target, elks) as made:
        firsts, lasts = zip(*_rounds(house, server, elks, made, rounds), strict=True)
        bare = Limit(_bare_s(elks), f"the same requests by the plain client in {UNDER_WAY} threads")
    note = f"{len(MESSAGES)} messages, the provider answers after {ANSWERS_IN_S * 1000:.0f} ms"
    return [
        Figure(ROW, f"first message, median of {rounds}", database, median(firsts), "s", FIRST_S, note=note),
        Figure(ROW, f"first message, worst of {rounds}", database, max(firsts), "s", FIRST_S),
        Figure(ROW, f"all of the first round, median of {rounds}", database, median(lasts), "s", ALL_S, limit=bare),
        Figure(ROW, f"all of the first round, worst of {rounds}", database, max(lasts), "s", ALL_S, limit=bare),
    ]  # fmt: skip


def _rounds(house: House, server: Server, elks: Elks, made: Workers, rounds: int) -> list[tuple[float, float]]:
    pid = made.start()
    try:
        return [_one(house, server, elks, number) for number in range(rounds)]
    finally:
        made.kill(pid)
        (house.data / "items.json").unlink(missing_ok=True)


def _one(house: House, server: Server, elks: Elks, number: int) -> tuple[float, float]:
    """Return the seconds from the press to the first and to the last message at the provider."""
    slow = {"delay_s": ANSWERS_IN_S, "silent": True}
    elks.behave(forget=True, sms=slow, calls=slow)
    member, space = house.members[5], house.spaces[POSTS]
    head, _, body = post_bytes(house, member, Account.by_token, space).partition(b"\r\n\r\n")
    subject = json.loads(body)["subject"]
    due = time.time_ns() // 1_000_000
    items = [(channel, address, due) for channel, address in MESSAGES]
    told = {"round": f"bench{number}", "space": space, "subject": subject, "items": items}
    (house.data / "items.json").write_text(json.dumps(told))
    pressed = time.time()
    status, _, answer = ask(server.port, "POST", head.split(b" ")[1].decode(), member.by_token(), body)
    if status != 201:
        raise RuntimeError(f"the press was answered {status}: {answer[:200]!r}")
    await_that(lambda: len(elks.taken()) >= len(MESSAGES), "the call-out did not reach everybody", within_s=60)
    arrived = [one["at"] - pressed for one in elks.taken()]
    return min(arrived), max(arrived)


def _bare_s(elks: Elks) -> float:
    """Return the seconds that as many requests take without any program around them."""
    elks.behave(forget=True, sms={"delay_s": ANSWERS_IN_S, "silent": True})
    form = {"from": "+46766860000", "message": "SSR LARM", "whendelivered": ""}
    began = time.perf_counter()
    with ThreadPoolExecutor(UNDER_WAY) as pool:
        for _channel, address in MESSAGES:
            pool.submit(http.post_form, f"{elks.address}/sms", {**form, "to": address}, user=USER, password=PASSWORD)
    return time.perf_counter() - began
