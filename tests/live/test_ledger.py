"""Streams over the real log and real sign-ins, on SQLite and PostgreSQL, with commits of this and other processes."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import IO, Any

import pytest
from django.conf import settings

from gemensam.core.writing import Draft
from gemensam.live import access
from tests.live.line import Listener, listen, served
from tests.network import Network

Story = Callable[["Line"], Awaitable[None]]
PINNED = "space.vocabularies_pinned"
IN_ANOTHER_PROCESS = """
import sys, django
django.setup()
from pathlib import Path
from tests.network import Network
network = Network(Path({data!r}))
sys.stdin.readline()
{act}
"""

SERVER = """
import django
django.setup()
import uvicorn
from gemensam.live import stream
from gemensam.web.server import Server
config = uvicorn.Config(stream.signals, port={port}, lifespan="off", log_level="error", timeout_graceful_shutdown=5)
class Telling(Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print("up", flush=True)
Telling(config).run()
"""


class Line:
    """The streams of this process's hub, and tokens of functions to listen with."""

    def __init__(self, network: Network, port: int) -> None:
        self.network, self.port = network, port

    async def begin(self, function: str, path: str = "/signals", **headers: str) -> Listener:
        token = await asyncio.to_thread(token_of, function)
        listener = await listen(self.port, path, Authorization=f"Bearer {token}", **headers)
        assert listener.status == 200
        assert (await listener.event()).name == "beat"
        return listener

    async def write(self, act: Callable[[], Any]) -> Any:
        return await asyncio.to_thread(act)


def token_of(function: str) -> str:
    from gemensam.accounts.provision import create_token, create_user

    username = f"lyssnare-{function}"
    create_user(username, "", [function], totp_secret="JBSWY3DPEHPK3PXP", encoded_password="!")
    return create_token(username, function, label="test")


def play(network: Network, story: Story) -> None:
    async def run() -> None:
        async with line(network) as it:
            await asyncio.wait_for(story(it), 60)

    asyncio.run(run())


@contextlib.asynccontextmanager
async def line(network: Network) -> AsyncIterator[Line]:
    try:
        async with served(access.the_hub()) as server:
            yield Line(network, server.servers[0].sockets[0].getsockname()[1])
    finally:
        access.close()


def pin(network: Network, space: str) -> None:
    from gemensam.organisations.founding import pins

    payload = {"pins": pins(), "reason": "Ny lista"}
    network.write("lansstyrelsen-tib", Draft(PINNED, space, space, payload))


def test_an_append_of_this_process_is_heard_by_those_who_may_read_it(network: Network) -> None:
    incident = network.open_incident()
    narrow = network.open_sub_space(incident, "nacka/*")

    async def story(it: Line) -> None:
        inside, outside = await it.begin("nacka-tib"), await it.begin("taby-tib")
        await it.write(lambda: pin(network, narrow))
        await it.write(lambda: pin(network, incident))
        assert {(await inside.event()).told[:2] for _ in range(2)} == {(narrow, PINNED), (incident, PINNED)}
        assert (await outside.event()).told[:2] == (incident, PINNED)
        assert narrow.encode() not in outside.bytes

    play(network, story)


def test_a_space_that_is_opened_while_one_listens_is_heard(network: Network) -> None:
    async def story(it: Line) -> None:
        viewer = await it.begin("nacka-tib")
        incident = await it.write(network.open_incident)
        assert (await viewer.event()).told == (incident, "space.opened", 1)

    play(network, story)


@pytest.mark.parametrize("act", ["network.open_incident()", "network.open_sub_space({incident!r}, 'nacka/*')"])
def test_another_process_is_heard_within_a_second(network: Network, act: str) -> None:
    incident = network.open_incident()

    async def story(it: Line) -> None:
        viewer = await it.begin("nacka-tib")
        with other_process(network, act.format(incident=incident)) as other:
            await viewer.silence(0.1)
            other.write(b"now\n")
            event = await viewer.signal()
            assert event.told[1:] == ("space.opened", 1)

    play(network, story)


def test_what_another_process_writes_in_a_followed_space_is_heard_in_order_with_ones_own(network: Network) -> None:
    incident = network.open_incident()
    script = f"for _ in range(10): pin(network, {incident!r})"

    async def story(it: Line) -> None:
        viewer = await it.begin("nacka-tib")
        with other_process(network, f"from tests.live.test_ledger import pin\n{script}") as other:
            other.write(b"now\n")
            for _ in range(10):
                await it.write(lambda: pin(network, incident))
            heard: list[int] = []
            while not heard or heard[-1] < 21:
                heard.append((await viewer.signal()).told[2])
        assert heard == sorted(set(heard))

    play(network, story)


def test_what_was_missed_is_heard_from_the_cursor(network: Network) -> None:
    incident = network.open_incident()

    async def story(it: Line) -> None:
        path = f"/api/v1/spaces/{incident}/signals"
        (await it.begin("nacka-tib", path)).leave()
        for _ in range(3):
            await it.write(lambda: pin(network, incident))
        back = await it.begin("taby-tib", path, Last_Event_ID="1")
        event = await back.event()
        assert (event.told, event.id) == ((incident, PINNED, 4), "4")

    play(network, story)


def test_a_reader_that_is_taken_out_of_a_circle_hears_nothing_more_of_it(network: Network) -> None:
    incident = network.open_incident()
    narrow = network.open_sub_space(incident, "nacka/*", "taby/*")
    payload = {"removed": [{"organisation": "nacka", "function": "*"}], "reason": "Uppdraget är slut"}

    async def story(it: Line) -> None:
        out, still = await it.begin("nacka-tib"), await it.begin("taby-tib")
        reduced = Draft("space.circle_reduced", narrow, narrow, payload)
        await it.write(lambda: network.write("lansstyrelsen-tib", reduced))
        await it.write(lambda: pin(network, narrow))
        await it.write(lambda: pin(network, incident))
        assert (await out.event()).told[0] == incident
        assert (await still.event()).told[0] in (narrow, incident)
        assert f'"{narrow}"'.encode() not in out.bytes

    play(network, story)


def test_a_revoked_token_ends_its_stream(network: Network) -> None:
    from gemensam.accounts.models import ApiToken

    async def story(it: Line) -> None:
        viewer = await it.begin("nacka-tib")
        await it.write(lambda: ApiToken.objects.update(revoked_at=1))
        access.rights_changed()
        assert (await viewer.event()).data == {"reason": "sign_in_ended"}

    play(network, story)


def test_a_session_listens_with_its_cookie_and_without_one_nobody_does(network: Network) -> None:
    cookie = network.client("nacka-tib").cookies[settings.SESSION_COOKIE_NAME].value

    async def story(it: Line) -> None:
        listener = await listen(it.port, Cookie=f"{settings.SESSION_COOKIE_NAME}={cookie}")
        assert listener.status == 200
        refused = await listen(it.port, Cookie=f"{settings.SESSION_COOKIE_NAME}=another", Accept_Language="sv")
        assert refused.status == 401
        assert (await refused.body())["title"] == "Logga in först."

    play(network, story)


def test_the_server_stops_at_once_when_told_to_although_streams_are_open(network: Network) -> None:
    token = token_of("nacka-tib")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    async def story() -> None:
        with another_process(network, SERVER.format(port=port)) as server:
            assert server.stdout is not None
            assert await asyncio.to_thread(server.stdout.readline) == b"up\n"
            viewers = [await listen(port, Authorization=f"Bearer {token}") for _ in range(20)]
            for viewer in viewers:
                assert (await viewer.event()).name == "beat"
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            assert [(await viewer.event()).data for viewer in viewers] == [{"reason": "closing"}] * 20
            await asyncio.to_thread(server.wait, 10)
            assert time.monotonic() - began < 2

    asyncio.run(asyncio.wait_for(story(), 60))


@contextlib.contextmanager
def other_process(network: Network, act: str) -> Iterator[IO[bytes]]:
    """A process of its own on the same database, which acts when it is told to."""
    with another_process(network, IN_ANOTHER_PROCESS.format(data=str(network.data), act=act)) as process:
        assert process.stdin is not None
        yield process.stdin
        process.stdin.close()
        assert process.wait(30) == 0


@contextlib.contextmanager
def another_process(network: Network, script: str) -> "Iterator[subprocess.Popen[bytes]]":
    environment = os.environ | {
        "GEMENSAM_DATA": str(network.data), "GEMENSAM_DATABASE": settings.GEMENSAM.database,
        "DJANGO_SETTINGS_MODULE": "gemensam.web.settings",
    }  # fmt: skip
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", script], bufsize=0, env=environment, **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()
