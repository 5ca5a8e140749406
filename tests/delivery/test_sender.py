"""The thread that empties the outbox: woken by commits, one at a time, with a heartbeat."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError

from gemensam.core.writing import Draft
from gemensam.delivery import heartbeat, outbox
from gemensam.delivery.dispatch import GAP_S, Dispatcher
from gemensam.delivery.sender import Sender
from gemensam.delivery.turn import Turn
from gemensam.ledger.append import now_ms
from gemensam.organisations.founding import pins
from tests.delivery.house import House
from tests.delivery.outside import Elks, await_that
from tests.ids import new_id

# A beat so long that whatever happens within the test has been woken.
NEVER_S = 3_600.0


@pytest.fixture
def sender(house: House, elks: Elks) -> Iterator[Sender]:
    elks.behave(sms={"silent": True}, calls={"silent": True})
    made = Sender(beat_s=NEVER_S)
    made.start()
    await_that((Path(settings.GEMENSAM_DATA) / heartbeat.SENDER).exists, "the sender did not start")
    yield made
    made.stop()


def opened(house: House) -> None:
    space = new_id()
    payload = {"space_kind": "incident", "title": "Storm", "pins": pins()}
    house.network.write("lansstyrelsen-tib", Draft("space.opened", space, space, payload))


def test_a_commit_wakes_it(house: House, elks: Elks, sender: Sender) -> None:
    house.item()
    opened(house)  # any commit may have made something due
    await_that(lambda: len(elks.taken("sms")) == 1, "the commit woke nobody", within_s=5)


def test_a_stream_of_commits_has_the_sources_asked_now_and_then(house: House, sender: Sender) -> None:
    looks: list[int] = []

    def counted(now: int) -> list[outbox.Item]:
        looks.append(now)
        return []

    outbox.register_source("counted", counted)
    began = now_ms()
    for _ in range(2_000):
        outbox.wake()
    await_that(lambda: looks, "nobody looked")
    threading.Event().wait(0.3)
    passed = now_ms() - began
    assert 1 <= len(looks) <= 2 + passed / (GAP_S * 1000)


def test_it_is_woken_by_hand(house: House, elks: Elks, sender: Sender) -> None:
    house.item()
    outbox.wake()
    await_that(lambda: house.states() == ["sent"], "nobody was woken", within_s=5)


def test_it_looks_each_second_by_itself(house: House, elks: Elks) -> None:
    made = Sender(beat_s=0.05)
    made.start()
    due = now_ms() + 500
    house.item(due_at=due)
    await_that(lambda: len(elks.taken("sms")) == 1, "nobody looked", within_s=10)
    assert elks.taken("sms")[0]["at"] * 1000 >= due
    made.stop()


def test_a_second_one_waits_for_its_turn_and_takes_it(house: House, elks: Elks, sender: Sender) -> None:
    second = Sender(beat_s=0.05)
    second.start()
    for number in range(20):
        house.item(f"larm {number}", address=f"+467000000{number:02}")
    outbox.wake()
    await_that(lambda: len(elks.taken("sms")) == 20)
    sender.stop()
    house.item("after")
    await_that(lambda: house.states("after") == ["sent"], "the second did not take over")
    second.stop()
    assert len(elks.taken("sms")) == 21


def test_stopping_waits_for_what_is_under_way(house: House, elks: Elks, sender: Sender) -> None:
    elks.behave(sms={"delay_s": 1, "silent": True})
    house.item()
    outbox.wake()
    await_that(lambda: house.states() == ["started"])
    sender.stop()
    assert house.states() == ["sent"]


def test_a_database_that_is_away_ends_one_step_and_not_the_thread(
    house: House, elks: Elks, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    real = Dispatcher.step

    def step(dispatcher: Dispatcher, now: int, *, asked: bool = False) -> None:
        steps.append(now)
        if len(steps) < 3:
            raise OperationalError("the server is away")
        real(dispatcher, now, asked=asked)

    monkeypatch.setattr(Dispatcher, "step", step)
    house.item()
    made = Sender(beat_s=0.05)
    made.start()
    await_that(lambda: len(elks.taken("sms")) == 1, "the thread ended")
    made.stop()


def test_an_outcome_that_could_not_be_written_is_kept(
    house: House, elks: Elks, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gemensam.delivery import attempts

    real, failed = attempts.settle, threading.Event()

    def settle(settled: list[attempts.Settled]) -> None:
        if settled and not failed.is_set():
            failed.set()
            raise OperationalError("the disk is full")
        real(settled)

    monkeypatch.setattr(attempts, "settle", settle)
    elks.behave(sms={"silent": True})
    house.item()
    made = Sender(beat_s=0.05)
    made.start()
    await_that(lambda: failed.is_set() and house.states() == ["sent"], "the outcome was lost")
    made.stop()
    assert len(elks.taken("sms")) == 1


def test_messages_that_wait_are_warned_of(house: House) -> None:
    now = now_ms()
    assert heartbeat.late_since(now) is None
    heartbeat.note_sending(now, 0)
    assert heartbeat.late_since(now + 14_000) is None
    assert heartbeat.late_since(now + 16_000) == now  # nobody has looked since
    heartbeat.note_sending(now, now - 20_000)
    assert heartbeat.late_since(now) == now - 20_000  # somebody looks, and yet a message waits
    heartbeat.note_beat(now - 90_000)
    assert heartbeat.late_since(now) == now - 90_000


def test_work_of_two_kinds_has_turns_of_its_own(house: House) -> None:
    with Turn("sender") as sending, Turn("worker") as beating, Turn("sender") as second:
        assert sending.mine() and beating.mine() and sending.mine() and not second.mine()


def test_what_makes_nothing_due_does_not_have_the_sources_asked_at_once() -> None:
    assert outbox.may_make_due("larm.sent") and outbox.may_make_due("assessment.given")
    assert not outbox.may_make_due("report.published")
