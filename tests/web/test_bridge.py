"""The bridge between the event loop and WSGI: one hand-over for what is small, parts for what is long."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import pytest

from gemensam.web.bridge import LARGE_AT_ONCE, SMALL_BODY, WHOLE_ANSWER, Bridge, Turns

Told = list[dict[str, Any]]
WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Long:
    """An answer in parts, as Django's streaming response is one."""

    streaming = True

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts, self.closed = parts, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        self.closed = True


def echo(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start("201 Created", [("X-Method", environ["REQUEST_METHOD"]), ("Content-Type", "text/plain")])
    return [b"heard ", body]


def ask(app: WSGI, given: Told, *headers: tuple[bytes, bytes], workers: int = 2) -> Told:
    """Send one request through a bridge; `given` are the messages that the server passes on."""
    return asyncio.run(_ask(Bridge(cast(Any, app), workers), given, headers))


async def _ask(bridge: Bridge, given: Told, headers: Iterable[tuple[bytes, bytes]]) -> Told:
    told: Told = []
    waiting = iter(given)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1",
        "headers": list(headers), "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    await bridge(scope, receive, send)
    return told


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_small_request_is_answered_whole() -> None:
    start, body = ask(echo, [part(b"one ", more=True), part(b"two")], (b"content-length", b"7"))
    assert (start["status"], dict(start["headers"])[b"x-method"]) == (201, b"POST")
    assert body == {"type": "http.response.body", "body": b"heard one two"}


def test_a_client_that_leaves_halfway_is_not_answered() -> None:
    reached = []

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        reached.append(environ)
        return echo(environ, start)

    assert ask(app, [part(b"one", more=True), {"type": "http.disconnect"}], (b"content-length", b"9")) == []
    assert reached == []


@pytest.mark.parametrize(
    "headers", [[(b"content-length", b"%d" % (SMALL_BODY + 1))], [(b"transfer-encoding", b"chunked")]]
)
def test_a_body_that_may_be_large_is_read_as_it_comes(headers: list[tuple[bytes, bytes]]) -> None:
    told = ask(echo, [part(b"a" * SMALL_BODY, more=True), part(b"b")], *headers)
    assert told[0]["status"] == 201
    assert b"".join(one.get("body", b"") for one in told) == b"heard " + b"a" * SMALL_BODY + b"b"


def test_a_long_answer_goes_out_in_parts_and_a_short_one_whole() -> None:
    long = Long([b"x" * WHOLE_ANSWER, b"y"])

    def app(length: int, answer: Iterable[bytes]) -> WSGI:
        def answered(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            start("200 OK", [("Content-Length", str(length))])
            return answer

        return answered

    told = ask(app(WHOLE_ANSWER + 1, long), [part(b"")])
    assert [len(one.get("body", b"")) for one in told] == [0, WHOLE_ANSWER, 1, 0]
    assert [one.get("more_body", False) for one in told] == [False, True, True, False]
    assert long.closed
    short = Long([b"x", b"y"])
    assert ask(app(2, short), [part(b"")])[1:] == [{"type": "http.response.body", "body": b"xy"}]
    assert short.closed


def test_a_fault_of_the_application_is_the_servers_to_tell() -> None:
    def app(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        raise LookupError("gone")

    with pytest.raises(LookupError):
        ask(app, [part(b"")])


def test_slow_senders_of_large_bodies_leave_threads_for_the_others() -> None:
    """As many as there are threads send and never end; a small request is answered all the same."""
    workers = LARGE_AT_ONCE + 1
    began = threading.Semaphore(0)

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        began.release()
        return echo(environ, start)

    async def story() -> Told:
        bridge, released = Bridge(cast(Any, app), workers), asyncio.Event()

        async def never() -> dict[str, Any]:
            await released.wait()
            return part(b"")

        async def unheard(_message: Any) -> None: ...

        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1",
                 "headers": [(b"transfer-encoding", b"chunked")]}  # fmt: skip
        slow = [asyncio.ensure_future(bridge(dict(scope), never, unheard)) for _ in range(workers + 2)]
        for _ in range(LARGE_AT_ONCE):
            await asyncio.to_thread(began.acquire)
        told = await asyncio.wait_for(_ask(bridge, [part(b"quick")], [(b"content-length", b"5")]), timeout=20)
        released.set()
        await asyncio.gather(*slow)
        return told

    assert asyncio.run(story())[1]["body"] == b"heard quick"


def test_few_work_at_once_and_in_the_order_in_which_they_came() -> None:
    begun: list[int] = []
    ended: list[int] = []

    async def work(turns: Turns, number: int) -> None:
        async with turns.turn():
            begun.append(number)
            assert len(begun) - len(ended) <= 2
            await asyncio.sleep(0)
            ended.append(number)

    async def all_of_them() -> None:
        turns = Turns(2, long_s=60)
        await asyncio.gather(*(work(turns, number) for number in range(9)))

    asyncio.run(all_of_them())
    assert begun == list(range(9))


def test_who_takes_long_goes_on_beside_the_next_and_gives_up_one_turn_only() -> None:
    async def slow(turns: Turns, until: asyncio.Event) -> None:
        async with turns.turn():
            await until.wait()

    async def story() -> None:
        turns, until = Turns(1, long_s=0), asyncio.Event()
        first = asyncio.create_task(slow(turns, until))
        await asyncio.sleep(0)
        async with turns.turn():  # the first one is not done
            assert not first.done()
        until.set()
        await first
        other = Turns(1, long_s=60)
        async with other.turn():
            assert other.is_full
        assert not turns.is_full
        async with turns.turn():
            pass

    asyncio.run(story())


def test_a_request_that_fails_gives_its_turn_back() -> None:
    def failing(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise RuntimeError("broken")

    async def story() -> None:
        bridge = Bridge(cast(Any, failing), 2)
        for _ in range(5):
            with pytest.raises(RuntimeError):
                await _ask(bridge, [{"type": "http.request", "body": b""}], ())
            assert not bridge.turns.is_full

    asyncio.run(story())
