"""Many who ask at once: taken together when a turn comes, a bounded number at a time, and none forgotten."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Any, cast

from gemensam.web.bridge import LONG_S, Bridge, Message, Scope
from gemensam.web.crowd import TAKERS, Crowd

AnswerAll = Callable[[Sequence[Scope]], list[list[Message] | None]]
BODY = "http.response.body"


def ordinary(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"ordinary {environ['PATH_INFO']}".encode()]


def echo(scopes: Sequence[Scope]) -> list[list[Message] | None]:
    """Answer each with its own path."""
    return [[{"type": BODY, "body": scope["path"].encode()}] for scope in scopes]


class Counted:
    """Answers as `answer`, and notes how many were given at a time and in which threads."""

    def __init__(self, answer: AnswerAll = echo) -> None:
        self._answer = answer
        self.counts: list[int] = []
        self.threads: set[str] = set()

    def __call__(self, scopes: Sequence[Scope]) -> list[list[Message] | None]:
        self.counts.append(len(scopes))
        self.threads.add(threading.current_thread().name)
        return self._answer(scopes)


class Held:
    """Answers as `echo`, when it is let go on; `at_work` is set when it has been asked."""

    def __init__(self) -> None:
        self.at_work, self.go_on = threading.Event(), threading.Event()

    def __call__(self, scopes: Sequence[Scope]) -> list[list[Message] | None]:
        self.at_work.set()
        assert self.go_on.wait(10)
        return echo(scopes)

    async def begun(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self.at_work.wait, 10)


def scope_of(path: str) -> Scope:
    return {
        "type": "http", "method": "GET", "path": path, "query_string": b"", "http_version": "1.1", "headers": [],
        "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip


async def ask(app: Crowd | Bridge, path: str) -> bytes:
    """Ask once and return the body that is sent."""
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        told.append(message)

    await app(scope_of(path), receive, send)
    return b"".join(message["body"] for message in told if message["type"] == BODY)


def asked_at_once(answer_all: AnswerAll, *paths: str) -> list[bytes]:
    """Let all ask in one moment; returns what each is told."""

    async def everybody() -> list[bytes]:
        crowd = Crowd(answer_all, Bridge(cast(Any, ordinary), 2), at_once=50)
        return await asyncio.gather(*(ask(crowd, path) for path in paths))

    return asyncio.run(everybody())


def test_those_who_ask_for_the_same_are_taken_together() -> None:
    counted = Counted()
    assert asked_at_once(counted, *["/board"] * 120, *["/map"] * 3) == [b"/board"] * 120 + [b"/map"] * 3
    assert sorted(counted.counts) == [3, 20, 50, 50]
    assert counted.counts[:2] == [50, 3]  # who asks for something else does not wait for all of them
    assert threading.current_thread().name not in counted.threads


def test_one_that_asks_alone_does_not_wait_for_others() -> None:
    counted = Counted()
    assert asked_at_once(counted, "/board") == [b"/board"]
    assert counted.counts == [1]


def test_what_is_left_is_answered_in_the_ordinary_way() -> None:
    def every_second(scopes: Sequence[Scope]) -> list[list[Message] | None]:
        return [told if number % 2 else None for number, told in enumerate(echo(scopes))]

    assert asked_at_once(every_second, *["/board"] * 4) == [b"ordinary /board", b"/board"] * 2


def test_one_whom_no_answer_was_given_to_is_not_forgotten() -> None:
    assert asked_at_once(lambda scopes: echo(scopes)[:1], "/board", "/board") == [b"/board", b"ordinary /board"]


def test_a_fault_leaves_all_to_the_ordinary_way_and_is_told_in_the_log(caplog: Any) -> None:
    def fails(_scopes: Sequence[Scope]) -> list[list[Message] | None]:
        raise RuntimeError("no database")

    assert asked_at_once(fails, *["/board"] * 3) == [b"ordinary /board"] * 3
    assert "no database" in caplog.text


def test_one_who_leaves_takes_nobody_along() -> None:
    held = Held()

    async def story() -> bytes:
        crowd = Crowd(held, Bridge(cast(Any, ordinary), 2), at_once=50)
        leaves, stays = (asyncio.create_task(ask(crowd, "/board")) for _ in range(2))
        await held.begun()
        leaves.cancel()
        await asyncio.wait([leaves])
        held.go_on.set()
        return await stays

    assert asyncio.run(story()) == b"/board"


def test_what_takes_long_holds_up_nobody_who_asks_for_something_else() -> None:
    go_on = threading.Event()

    def some_wait(scopes: Sequence[Scope]) -> list[list[Message] | None]:
        assert not scopes[0]["path"].startswith("/slow") or go_on.wait(10)
        return echo(scopes)

    async def story() -> list[bytes]:
        crowd = Crowd(some_wait, Bridge(cast(Any, ordinary), 8), at_once=50)
        slow = [asyncio.create_task(ask(crowd, f"/slow/{number}")) for number in range(TAKERS - 1)]
        await asyncio.sleep(0)
        quick = await asyncio.wait_for(ask(crowd, "/quick"), 10)
        assert not any(each.done() for each in slow)
        slow += [asyncio.create_task(ask(crowd, f"/slow/{number}")) for number in range(9)]
        last = asyncio.create_task(ask(crowd, "/last"))
        await asyncio.wait([last], timeout=3 * LONG_S)
        assert not last.done()  # no more of the threads than so many are taken
        go_on.set()
        return [quick, await last, *await asyncio.gather(*slow)]

    quick, last, *slow = asyncio.run(story())
    assert (quick, last) == (b"/quick", b"/last")
    assert len(set(slow)) == 9


def test_who_comes_while_others_are_answered_is_answered_after_them() -> None:
    held = Held()

    async def story() -> list[bytes]:
        crowd = Crowd(held, Bridge(cast(Any, ordinary), 2), at_once=50)
        first = asyncio.create_task(ask(crowd, "/board"))
        await held.begun()
        second = asyncio.create_task(ask(crowd, "/board"))
        await asyncio.sleep(0)
        held.go_on.set()
        return [await first, await second]

    assert asyncio.run(story()) == [b"/board", b"/board"]


def test_other_requests_have_their_turns_beside_a_crowd() -> None:
    order: list[str] = []

    def answers(scopes: Sequence[Scope]) -> list[list[Message] | None]:
        order.append("crowd")
        return echo(scopes)

    def page(environ: dict[str, Any], start: Any) -> list[bytes]:
        order.append("page")
        return ordinary(environ, start)

    async def story() -> None:
        bridge = Bridge(cast(Any, page), 2)
        bridge.turns = type(bridge.turns)(at_once=1)
        crowd = Crowd(answers, bridge, at_once=10)
        many = [asyncio.create_task(ask(crowd, "/board")) for _ in range(100)]
        await asyncio.sleep(0)
        await ask(bridge, "/page")
        await asyncio.gather(*many)

    asyncio.run(story())
    assert order.count("crowd") == 10
    assert order.index("page") <= 2  # not after all hundred
