"""Many who ask for the same at once: those that wait are answered together, in one thread, with one hand-over each way.

Two hundred screens that show a board ask for it in the moment when it changes. Each by itself costs a turn, a thread
and two hand-overs; here all that wait for the same address when a turn comes are taken by one thread.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from gemensam.web.bridge import LONG_S, Bridge, Message, Receive, Scope, Send

AnswerAll = Callable[[Sequence[Scope]], Sequence[list[Message] | None]]
Waiting = tuple[Scope, "asyncio.Future[list[Message] | None]"]
TAKERS = 3  # of the threads, at most so many are taken by what is slow
_log = logging.getLogger("gemensam.web")


class Crowd:
    """An ASGI application that answers by `answer_all`, `at_once` at a time; what that leaves, `ordinary` answers.

    `answer_all` works in a thread of `ordinary`, and waits for its turn there like any other request. Where it takes
    longer than `LONG_S`, others are answered beside it.
    """

    def __init__(self, answer_all: AnswerAll, ordinary: Bridge, *, at_once: int) -> None:
        self._answer_all, self._ordinary, self._at_once = answer_all, ordinary, at_once
        self._waiting: OrderedDict[tuple[str, bytes], list[Waiting]] = OrderedDict()
        self._takers: set[asyncio.Task[None]] = set()
        self._next: asyncio.Task[None] | None = None  # who takes those that wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        messages = await self._answered(scope)
        if messages is None:
            await self._ordinary(scope, receive, send)
        else:
            for message in messages:
                await send(message)

    async def _answered(self, scope: Scope) -> list[Message] | None:
        answered: asyncio.Future[list[Message] | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault((scope["path"], scope["query_string"]), []).append((scope, answered))
        self._begin()
        return await answered

    def _begin(self) -> None:
        """Have somebody take those that wait, unless somebody does, or all who may are held up."""
        if self._waiting and self._next is None and len(self._takers) < TAKERS:
            self._next = asyncio.get_running_loop().create_task(self._work())
            self._takers.add(self._next)

    async def _work(self) -> None:
        me = asyncio.current_task()
        assert me is not None
        try:
            while self._waiting and self._next is me:
                async with self._ordinary.turns.turn():
                    held_up = asyncio.get_running_loop().call_later(LONG_S, self._leave, me)
                    try:
                        await self._take()
                    finally:
                        held_up.cancel()
        finally:
            self._takers.discard(me)
            self._leave(me)
            self._begin()

    def _leave(self, taker: "asyncio.Task[None]") -> None:
        """Let another take those that wait."""
        if self._next is taker:
            self._next = None
            self._begin()

    async def _take(self) -> None:
        """Answer those that wait for the address that has waited longest; where they are too many, the rest go last."""
        address, waiting = self._waiting.popitem(last=False)
        taken, left = waiting[: self._at_once], waiting[self._at_once :]
        if left:
            self._waiting[address] = left
        answers: Sequence[list[Message] | None] = ()
        try:
            answers = await self._ordinary.in_thread(partial(self._answer_all, [scope for scope, _ in taken]))
        except Exception:
            _log.exception("what many ask for could not be answered together")
        finally:
            for place, (_, answered) in enumerate(taken):
                if not answered.done():
                    answered.set_result(answers[place] if place < len(answers) else None)
