"""Signal streams over loopback, with real threads that publish."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from gemensam.live.hub import Pace
from tests.live.line import QUICK, House, MemoryLog, People, house

Story = Callable[[House], Awaitable[None]]


def play(story: Story, *, people: People | None = None, pace: Pace | None = None, **options: Any) -> None:
    """Run a story against a hub where Nacka reads two spaces and Täby one of them."""

    async def run() -> None:
        cast = people or People(nacka="standing narrow", taby="standing")
        async with house(MemoryLog(), cast, **(options | ({"pace": pace} if pace else {}))) as it:
            await asyncio.wait_for(story(it), 20)

    asyncio.run(run())


def test_a_signal_names_space_kind_and_position_and_carries_a_cursor() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        await it.publish("standing", "report.published")
        event = await viewer.event()
        assert (event.name, event.told) == ("signal", ("standing", "report.published", 1))
        assert event.id == "standing:1"
        assert viewer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert viewer.headers["cache-control"] == "no-store"

    play(story)


def test_signals_of_one_space_come_in_the_order_of_their_positions_whatever_threads_they_come_from() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        published = asyncio.gather(*(it.publish("standing", f"kind.{n}") for n in range(60)))
        heard: list[int] = []
        await published
        await asyncio.to_thread(it.hub.noticed)  # what the watch does: threads may have reported out of order
        while not heard or heard[-1] < 60:
            heard.append((await viewer.event()).told[2])
        assert heard == sorted(set(heard))

    play(story)


def test_many_entries_of_one_kind_are_one_signal_with_the_newest_position() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        for _ in range(500):
            it.publish_here("standing", "report.published")  # the event loop is busy here: nothing goes out between
        assert (await viewer.event()).told == ("standing", "report.published", 500)
        assert await viewer.silence()

    play(story)


def test_a_viewer_hears_only_the_spaces_it_may_read() -> None:
    async def story(it: House) -> None:
        narrow, wide = await it.begin("nacka"), await it.begin("taby")
        await it.publish("narrow", "need.stated")
        await it.publish("standing", "report.published")
        assert (await narrow.event()).told == ("narrow", "need.stated", 1)
        assert (await narrow.event()).id == "narrow:1,standing:1"
        assert (await wide.event()).id == "standing:1"
        assert b"narrow" not in wide.bytes

    play(story)


def test_the_bytes_of_a_stream_are_the_same_whether_hidden_spaces_exist_or_not() -> None:
    heard: list[bytes] = []

    def story_with(hidden: bool) -> Story:
        async def story(it: House) -> None:
            viewer = await it.begin("taby", Last_Event_ID="standing:0")
            for n in range(5):
                if hidden:
                    await it.publish("narrow", f"hidden.{n}")
                    await it.publish("narrow", "space.closed")  # judges everybody anew
                await it.publish("standing", f"open.{n}")
                await viewer.signal()
            heard.append(viewer.bytes)

        return story

    play(story_with(hidden=True))
    play(story_with(hidden=False), people=People(taby="standing"))
    assert heard[0] == heard[1]


def test_a_viewer_that_comes_back_hears_what_it_missed_once_per_kind() -> None:
    async def story(it: House) -> None:
        first = await it.begin("taby")
        await it.publish("standing", "report.published")
        cursor = (await first.event()).id
        first.leave()
        for kind in ("need.stated", "report.published", "need.stated"):
            await it.publish("standing", kind)
        again = await it.begin("taby", Last_Event_ID=cursor)
        assert (await again.event()).told == ("standing", "report.published", 3)
        assert (await again.event()).told == ("standing", "need.stated", 4)
        assert await again.silence()

    play(story)


def test_the_cursor_may_come_in_the_address_and_the_header_goes_before_it() -> None:
    async def story(it: House) -> None:
        await it.publish("standing", "report.published")
        old = await it.begin("taby", "/signals?after=standing:0")
        assert (await old.event()).told == ("standing", "report.published", 1)
        new = await it.begin("taby", "/signals?after=standing:0", Last_Event_ID="standing:1")
        assert await new.silence()

    play(story)


def test_without_a_cursor_a_stream_begins_now_and_its_first_beat_says_where() -> None:
    async def story(it: House) -> None:
        await it.publish("standing", "report.published")
        viewer = await it.listen("taby")
        assert (await viewer.event()).id == "standing:1"
        assert await viewer.silence()

    play(story)


def test_a_cursor_from_before_a_restore_is_taken_as_the_end_of_the_log() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby", Last_Event_ID="standing:900")
        await it.publish("standing", "report.published")
        assert (await viewer.event()).told == ("standing", "report.published", 1)

    play(story)


def test_a_closed_space_is_signalled_but_does_not_weigh_on_the_cursor() -> None:
    people = People(taby="standing storm")
    people.closed = frozenset({"storm"})

    async def story(it: House) -> None:
        viewer = await it.begin("taby", Last_Event_ID="standing:0")
        await it.publish("storm", "report.corrected")
        event = await viewer.event()
        assert (event.told, event.id) == (("storm", "report.corrected", 1), "standing:0")

    play(story, people=people)


@pytest.mark.parametrize("cursor", ["standing", "standing:x", ":1", "standing:-1", "standing:1:", "a" * 40_000])
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    async def story(it: House) -> None:
        refused = await it.listen("taby", Last_Event_ID=cursor)
        assert refused.status == 422
        assert (await refused.body())["code"] == "cursor_not_understood"
        assert it.hub.viewers == 0

    play(story)


def test_a_stream_of_one_space_has_bare_positions() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("nacka", "/api/v1/spaces/narrow/signals")
        await it.publish("standing", "report.published")
        await it.publish("narrow", "need.stated")
        event = await viewer.event()
        assert (event.told, event.id) == (("narrow", "need.stated", 1), "1")
        again = await it.begin("nacka", "/api/v1/spaces/narrow/signals", Last_Event_ID="0")
        assert (await again.event()).told == ("narrow", "need.stated", 1)

    play(story)


@pytest.mark.parametrize("space", ["narrow", "no-such-space", "%E5%E4%F6"])
def test_a_hidden_space_and_an_absent_one_are_refused_alike(space: str) -> None:
    async def story(it: House) -> None:
        refused = await it.listen("taby", f"/api/v1/spaces/{space}/signals")
        assert refused.status == 404
        assert refused.headers["content-type"] == "application/problem+json"
        body = await refused.body()
        assert body.pop("title")
        assert body == {"code": "not_found", "status": 404, "type": "/problems/not_found/"}

    play(story)


def test_nobody_listens_without_signing_in() -> None:
    async def story(it: House) -> None:
        refused = await it.listen("", Accept_Language="en", Cookie="gemensam_language=en")
        assert refused.status == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        assert (await refused.body())["title"] == "Sign in first."
        assert it.hub.viewers == 0

    play(story)


def test_only_get_and_head_are_answered() -> None:
    async def story(it: House) -> None:
        assert (await it.listen("taby", method="POST", Content_Length="0")).status == 405
        asked = await it.listen("taby", method="HEAD")
        assert asked.status == 200
        assert (await it.listen("", method="HEAD")).status == 401
        assert it.hub.viewers == 0

    play(story)


def test_one_account_can_hold_only_so_many_streams_and_gets_a_new_one_when_it_lets_go() -> None:
    async def story(it: House) -> None:
        held = [await it.begin("taby") for _ in range(3)]
        refused = await it.listen("taby")
        assert (refused.status, (await refused.body())["code"]) == (429, "too_many_streams")
        held.append(await it.begin("nacka"))
        held[0].leave()
        await until(lambda: it.hub.viewers == 3)
        assert (await it.listen("taby")).status == 200

    play(story, streams_per_account=3)


def test_a_beat_comes_when_nothing_else_does() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        began = time.monotonic()
        assert [(await viewer.event()).name for _ in range(2)] == ["beat", "beat"]
        assert time.monotonic() - began >= 2 * QUICK.beat - 0.05

    play(story, pace=QUICK)


def test_a_viewer_that_leaves_is_forgotten_at_once() -> None:
    async def story(it: House) -> None:
        (await it.begin("taby")).leave()
        began = time.monotonic()
        await until(lambda: it.hub.viewers == 0)
        assert time.monotonic() - began < 0.2

    play(story)


def test_a_stream_ends_when_the_sign_in_has_ended() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        del it.people.readable["taby"]
        assert (await viewer.signal()).data == {"reason": "sign_in_ended"}
        with pytest.raises(asyncio.IncompleteReadError):
            await viewer.event()

    play(story, pace=QUICK)


def test_a_sign_out_ends_the_stream_at_once() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        del it.people.readable["taby"]
        await asyncio.to_thread(it.hub.rights_changed)
        assert (await viewer.event()).data == {"reason": "sign_in_ended"}

    play(story)


def test_a_right_that_has_its_end_in_itself_is_judged_anew_then() -> None:
    people = People(taby="standing")
    people.valid_until["taby"] = int(time.time() * 1000) + 300

    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        assert await viewer.silence(0.1)
        assert (await viewer.event()).data == {"reason": "sign_in_ended"}

    play(story, people=people)


def test_what_is_published_together_with_a_change_of_readers_is_heard_only_by_those_who_still_read() -> None:
    async def story(it: House) -> None:
        narrow, wide = await it.begin("nacka"), await it.begin("taby")
        it.people.readable["nacka"] = frozenset({"standing"})
        it.publish_here("narrow", "space.readers_reduced")
        it.publish_here("narrow", "need.stated")
        it.publish_here("standing", "report.published")
        assert (await narrow.event()).told == ("standing", "report.published", 1)
        assert (await wide.event()).told == ("standing", "report.published", 1)
        assert b"narrow:1" not in narrow.bytes

    play(story)


@pytest.mark.parametrize("by_this_process", [True, False])
def test_a_space_that_is_opened_is_signalled_to_those_who_read_it(by_this_process: bool) -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        it.people.readable["taby"] = frozenset({"standing", "storm"})
        if by_this_process:
            await it.publish("storm", "space.opened")
        else:
            it.log.append("storm", "space.opened")
            await asyncio.to_thread(it.hub.noticed)
        assert (await viewer.event()).told == ("storm", "space.opened", 1)
        await it.publish("storm", "report.published")
        event = await viewer.event()
        assert (event.told, event.id) == (("storm", "report.published", 2), "standing:0,storm:2")

    play(story)


def test_a_change_of_rights_while_a_stream_is_being_opened_does_not_make_old_entries_new() -> None:
    class SlowLog(MemoryLog):
        asked, answered = threading.Event(), threading.Event()

        def heads(self, spaces: Iterable[str]) -> dict[str, int]:
            self.asked.set()
            assert self.answered.wait(10)
            return super().heads(spaces)

    async def run() -> None:
        log = SlowLog()
        log.append("standing", "report.published")
        async with house(log, People(taby="standing")) as it:
            opening = asyncio.create_task(it.listen("taby"))
            await asyncio.to_thread(log.asked.wait)
            it.hub.rights_changed()
            await asyncio.sleep(0)
            await it.hub._in_pool(lambda: None)  # whoever is to be judged has been: the pool works in turn
            await asyncio.sleep(0)
            judged = it.people.asked
            log.answered.set()
            viewer = await opening
            assert (await viewer.event()).id == "standing:1"
            await until(lambda: it.people.asked > judged)
            await it.publish("standing", "need.stated")
            assert (await viewer.event()).told == ("standing", "need.stated", 2)

    asyncio.run(asyncio.wait_for(run(), 20))


def test_the_stream_of_one_space_ends_when_that_space_is_no_longer_readable() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("nacka", "/api/v1/spaces/narrow/signals")
        it.people.readable["nacka"] = frozenset({"standing"})
        await it.publish("narrow", "space.readers_reduced")
        assert (await viewer.event()).data == {"reason": "not_found"}

    play(story)


def test_while_rights_cannot_be_judged_nothing_is_said_and_afterwards_everything() -> None:
    async def story(it: House) -> None:
        viewer = await it.begin("taby")
        judge = it.people.authorise
        it.hub._authorise = fail
        it.hub.rights_changed()
        await it.publish("standing", "report.published")
        assert await viewer.silence(0.3)
        it.hub._authorise = judge
        assert (await viewer.signal()).told == ("standing", "report.published", 1)

    play(story)


def test_a_viewer_that_takes_nothing_is_dropped_and_holds_up_nobody() -> None:
    async def story(it: House) -> None:
        asleep, awake = await it.begin("nacka"), await it.begin("taby")
        asleep.reader._transport.pause_reading()  # type: ignore[attr-defined]
        heard = 0

        async def hear() -> None:
            nonlocal heard
            while True:
                heard = (await awake.event()).told[2]

        hearing = asyncio.create_task(hear())
        while it.hub.viewers == 2 and not hearing.done():
            await publish_long_kinds(it)
        assert it.hub.viewers == 1
        position = await it.publish("standing", "report.published")
        await until(lambda: heard >= position or hearing.done())
        assert heard >= position
        hearing.cancel()

    async def with_little_patience(it: House) -> None:
        it.server.config.loaded_app.app._stalled_after = 1.0
        await story(it)

    play(with_little_patience)


def test_closing_the_hub_ends_every_stream_within_a_fifth_of_a_second() -> None:
    async def story(it: House) -> None:
        viewers = await asyncio.gather(*(it.begin(name) for name in ["taby", "nacka"] * 20))
        began = time.monotonic()
        it.hub.close()
        ends = await asyncio.gather(*(viewer.event() for viewer in viewers))
        assert {event.data["reason"] for event in ends} == {"closing"}
        assert time.monotonic() - began < 0.2
        refused = await it.listen("taby")
        assert (refused.status, refused.headers["retry-after"]) == (503, "2")

    play(story)


def test_two_hundred_viewers_with_rights_of_their_own_cost_no_threads_and_each_hears_its_own() -> None:
    people = People(**{f"viewer{n}": f"standing own{n % 20}" for n in range(200)})

    async def story(it: House) -> None:
        threads = threading.active_count()
        viewers = [await it.begin(f"viewer{n}") for n in range(200)]
        assert threading.active_count() <= threads + 4
        began = time.monotonic()
        await it.publish("standing", "report.published")
        heard = await asyncio.gather(*(viewer.event() for viewer in viewers))
        assert time.monotonic() - began < 1  # measured 11 ms alone; `make bench` holds the bar
        assert {event.told for event in heard} == {("standing", "report.published", 1)}
        await it.publish("own7", "need.stated")
        hearing = [viewer for n, viewer in enumerate(viewers) if n % 20 == 7]
        assert {(await viewer.event()).told for viewer in hearing} == {("own7", "need.stated", 1)}
        assert sum(b'"own7"' in viewer.bytes for viewer in viewers) == 10
        assert await viewers[0].silence()

    play(story, people=people)


def test_a_signal_says_within_which_time_to_ask_by_how_many_hear_it_and_never_counts_those_of_hidden_spaces() -> None:
    people = People(**{f"viewer{n}": "standing" if n < 8 else "standing narrow" for n in range(40)})

    async def story(it: House) -> None:
        viewers = [await it.begin(f"viewer{n}") for n in range(40)]
        await it.publish("standing", "report.published")
        assert {(await viewer.event()).data["spread"] for viewer in viewers} == {40}
        await it.publish("narrow", "report.published")
        assert {(await viewer.event()).data["spread"] for viewer in viewers[8:]} == {32}

    play(story, people=people, pace=replace(QUICK, spread=0.001))

    async def crowded(it: House) -> None:
        viewer = await it.begin("nacka")
        await it.publish("standing", "report.published")
        assert (await viewer.event()).data["spread"] == 2_000

    play(crowded, pace=replace(QUICK, spread=10.0))


def test_a_publisher_is_never_troubled_by_a_hub_that_has_closed() -> None:
    kept: list[House] = []

    async def story(it: House) -> None:
        await it.begin("taby")
        kept.append(it)

    play(story)
    kept[0].publish_here("standing", "report.published")
    assert kept[0].hub.viewers == 0


async def publish_long_kinds(it: House) -> None:
    for n in range(50):
        it.publish_here("standing", f"kind.{n}." + "x" * 5_000)
    await asyncio.sleep(0)


def fail(_scope: object) -> None:
    raise OSError("the database is away")


async def until(holds: Callable[[], bool]) -> None:
    """Let other tasks run until something holds; the story's own time limit ends a wait for ever."""
    while not holds():
        await asyncio.sleep(0.002)
