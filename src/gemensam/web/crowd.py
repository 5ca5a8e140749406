"""Many who ask at once: those that wait are answered together, in one thread and with one hand-over each way.

Two hundred screens that show a board ask for it in the moment when it changes. Each by itself costs a turn, a thread
and two hand-overs; here all that wait when a turn comes are taken by one thread.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from gemensam.web.bridge import Bridge, Message, Receive, Scope, Send

AnswerAll = Callable[[Sequence[Scope]], list[list[Message] | None]]
_log = logging.getLogger("gemensam.web")


class Crowd:
    """An ASGI application that answers by `answer_all`, `at_once` at a time; what that leaves, `ordinary` answers.

    `answer_all` works in a thread of `ordinary`, and waits for its turn there like any other request.
    """

    def __init__(self, answer_all: AnswerAll, ordinary: Bridge, *, at_once: int) -> None:
        self._answer_all, self._ordinary, self._at_once = answer_all, ordinary, at_once
        self._waiting: deque[tuple[Scope, asyncio.Future[list[Message] | None]]] = deque()
        self._working: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        messages = await self._answered(scope)
        if messages is None:
            await self._ordinary(scope, receive, send)
        else:
            for message in messages:
                await send(message)

    async def _answered(self, scope: Scope) -> list[Message] | None:
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[list[Message] | None] = loop.create_future()
        self._waiting.append((scope, answered))
        if self._working is None:
            self._working = loop.create_task(self._work())
        return await answered

    async def _work(self) -> None:
        try:
            while self._waiting:
                async with self._ordinary.turns.turn():
                    await self._take()
        finally:
            self._working = None

    async def _take(self) -> None:
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._at_once))]
        try:
            answers = await self._ordinary.in_thread(partial(self._answer_all, [scope for scope, _ in taken]))
        except Exception:
            _log.exception("what many ask for could not be answered together")
            answers = [None for _ in taken]
        for (_, answered), messages in zip(taken, answers, strict=True):
            if not answered.done():
                answered.set_result(messages)
