"""The outbox at work against a provider's process: what is sent, once, and what is not, and why."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from gemensam.delivery import attempts, outbox
from gemensam.delivery.models import AttemptRow
from gemensam.ledger.append import now_ms
from gemensam.ledger.node import next_incarnation
from tests.delivery.house import MINUTE, NUMBER, House, Running
from tests.delivery.outside import Elks, await_that, closed_port, settings_for

TEXT = "SSR LARM 15.08. Snöoväder. Svara 1 ja 2 senare 3 nej"


def test_a_message_is_handed_over_once_and_the_attempt_says_so(house: House, elks: Elks, running: Running) -> None:
    house.item()
    running.run()
    running.run()
    taken = elks.taken("sms")
    assert [(one["to"], one["form"]["message"]) for one in taken] == [(NUMBER, TEXT)]
    (attempt,) = house.attempts()
    assert (attempt.number, attempt.channel, attempt.address) == (1, "sms", NUMBER)
    assert attempt.state in ("sent", "delivered") and attempt.ended_at >= attempt.started_at > 0


def test_what_is_not_due_yet_waits(house: House, elks: Elks, running: Running) -> None:
    due = now_ms() + MINUTE
    house.item(due_at=due)
    running.run()
    assert house.attempts() == () and elks.taken() == []
    running.run(due)
    assert house.states() in (["sent"], ["delivered"])


def test_what_is_too_old_is_shown_as_missed_and_never_sent(house: House, elks: Elks, running: Running) -> None:
    house.item(not_after=now_ms() - 1)
    running.run()
    running.run()
    assert house.states() == ["missed"] and elks.taken() == []


def test_what_is_cancelled_before_it_was_begun_is_not_sent(house: House, elks: Elks, running: Running) -> None:
    house.item(due_at=now_ms() + MINUTE)
    running.run()
    house.items.clear()
    running.run(now_ms() + 2 * MINUTE)
    assert elks.taken() == []


def test_two_workers_at_once_send_nothing_twice(house: House, elks: Elks) -> None:
    for number in range(40):
        house.item(f"larm {number}", address=f"+467000000{number:02}")
    both = [Running(), Running()]
    for _ in range(12):
        for one in both:
            one.dispatcher.step(now_ms(), asked=True)
    for one in both:
        one.run()
        one.dispatcher.close()
    assert len(elks.taken("sms")) == 40
    assert AttemptRow.objects.count() == 40


# What is nobody's to send ---------------------------------------------------------------------------------------


def test_nothing_goes_out_for_what_was_written_before_a_restore(house: House, elks: Elks, running: Running) -> None:
    house.item()
    next_incarnation(settings.GEMENSAM_DATA)
    running.run()
    assert elks.taken() == [] and house.attempts() == ()


def test_nothing_goes_out_for_an_entry_that_is_not_here(house: House, elks: Elks, running: Running) -> None:
    house.item(cause="0" * 64)
    house.item("old", cause="0" * 64, not_after=0)
    running.run()
    assert elks.taken() == [] and house.attempts() == house.attempts("old") == ()


LIVE: list[dict[str, Any]] = [
    {"channel": "sms", "address": NUMBER}, {"channel": "voice", "address": NUMBER},
    {"channel": "email", "address": "tib@example.test"}, {"channel": "push", "address": "nacka-tib"},
]  # fmt: skip


def exercise(house: House, *, narrower: bool = False) -> tuple[str, str]:
    """Open an exercise, or a space within one, and write in it."""
    from gemensam.core.writing import Draft
    from gemensam.organisations.founding import pins
    from tests.ids import new_id
    from tests.ledger.reports import report

    space = new_id()
    payload = {"space_kind": "exercise", "title": "Övning", "pins": pins()}
    house.network.write("lansstyrelsen-tib", Draft("space.opened", space, space, payload))
    if narrower:
        space = house.network.open_sub_space(space, "nacka/*")
    return space, house.network.write("nacka-tib", report(space))[0].digest


@pytest.mark.parametrize("narrower", [False, True], ids=["exercise", "space within an exercise"])
@pytest.mark.parametrize("live", LIVE, ids=lambda live: live["channel"])
def test_an_exercise_reaches_nobody_outside(
    house: House, elks: Elks, running: Running, live: dict[str, Any], narrower: bool
) -> None:
    space, cause = exercise(house, narrower=narrower)
    for mark, for_real in (("", False), ("", True), ("ÖVNING", True), ("PROV", False)):
        house.item(f"{mark} {for_real}", space=space, cause=cause, mark=mark, for_real=for_real, **live)
    running.run()
    told = {item.id: house.attempts(item.id) for item in house.items}
    assert {(one.state, one.reason) for (one,) in told.values()} == {("failed", "exercise")}
    assert elks.taken() == []


def test_a_provlarm_that_says_so_reaches_the_real_recipients_marked(house: House, elks: Elks, running: Running) -> None:
    space, cause = exercise(house)
    house.item("sms", space=space, cause=cause, mark="PROV", for_real=True)
    house.item("voice", channel="voice", space=space, cause=cause, mark="PROV", for_real=True)
    running.run()
    assert [one["form"]["message"] for one in elks.taken("sms")] == [f"PROV {TEXT}"]
    assert len(elks.taken("calls")) == 1


@pytest.mark.parametrize(
    ("channel", "without", "why"),
    [
        ("sms", "sms_number", "no_number"), ("sms", "elks_password", "no_provider_account"),
        ("voice", "public_address", "no_public_address"), ("voice", "speech_command", "no_speech"),
        ("push", "push_contact", "no_push_contact"),
    ],
)  # fmt: skip
def test_a_channel_that_is_not_set_up_says_what_is_missing(
    house: House, elks: Elks, channel: str, without: str, why: str
) -> None:
    empty: Any = () if without == "speech_command" else ""
    with override_settings(GEMENSAM_CHANNELS=settings_for(elks, **{without: empty})):
        house.item(channel=channel)
        Running().run()
    assert [(one.state, one.reason) for one in house.attempts()] == [("failed", why)]


def test_a_demonstration_reaches_nobody_beyond_this_machine(house: House, elks: Elks) -> None:
    beyond = settings_for(elks, elks_address="https://api.46elks.com/a1")
    with override_settings(GEMENSAM_DEMO=True, GEMENSAM_CHANNELS=beyond):
        house.item("beyond")
        Running().run()
    with override_settings(GEMENSAM_DEMO=True):
        house.item("here")
        Running().run()
    assert [(one.state, one.reason) for one in house.attempts("beyond")] == [("failed", "demonstration")]
    assert house.states("here") in (["sent"], ["delivered"])


def test_mail_without_a_server_is_said_and_not_written_to_a_file(house: House, elks: Elks, running: Running) -> None:
    house.item(channel="email", address="tib@example.test")
    running.run()
    assert [(one.state, one.reason) for one in house.attempts()] == [("failed", "no_mail_server")]


@pytest.mark.parametrize("address", ["0700000001", "+46", "tib@example.test", "+4670000000a", ""])
def test_what_is_no_number_is_not_called(house: House, elks: Elks, running: Running, address: str) -> None:
    house.item(address=address)
    house.item("call", channel="voice", address=address)
    running.run()
    assert [one.reason for one in (*house.attempts(), *house.attempts("call"))] == ["no_address", "no_address"]
    assert elks.taken() == []


# Channels that do not do what they should -----------------------------------------------------------------------


def later(running: Running, seconds: int) -> None:
    running.run(now_ms() + seconds * 1_000)


def test_an_error_is_tried_again_until_it_is_taken(house: House, elks: Elks, running: Running) -> None:
    elks.behave(sms={"status": 503, "times": 2})
    house.item()
    for seconds in (0, 3, 10, 30):
        later(running, seconds)
    assert house.states()[:2] == ["failed", "failed"] and house.states()[2] in ("sent", "delivered")
    assert house.attempts()[0].reason == "503 Something is wrong"
    assert len(elks.taken("sms")) == 1


def test_the_tries_are_bounded(house: House, elks: Elks, running: Running) -> None:
    elks.behave(sms={"status": 500})
    house.item()
    for _ in range(12):
        later(running, 120)
    assert house.states() == ["failed"] * 5


@pytest.mark.parametrize(
    ("how", "state"),
    [
        ({"status": 400, "body": "Invalid to number"}, "failed"),
        ({"garbage": "<html>welcome</html>"}, "unknown"),
        ({"garbage": '{"id": 7.5e300}'}, "unknown"),
        ({"garbage": '{"id": "../../x"}'}, "unknown"),
        ({"garbage": "[]"}, "unknown"),
        ({"hang_up": True}, "unknown"),
        ({"status": 504, "takes": True}, "unknown"),
    ],
)
def test_what_comes_of_an_answer(house: House, elks: Elks, how: dict[str, Any], state: str) -> None:
    elks.behave(sms={**how, "reports": []})
    house.item()
    running = Running()
    running.run()
    assert house.states() == [state]
    for seconds in (3, 10, 60):
        later(running, seconds)
    # What will never be taken is left; what may have been taken is tried once more and no oftener.
    assert house.states() == ([state] if state == "failed" else [state, state])
    running.dispatcher.close()


def test_a_report_on_what_was_unknown_spares_the_repeat(house: House, elks: Elks, running: Running) -> None:
    elks.behave(sms={"hang_up": True, "reports": []})
    house.item()
    running.run()
    row = AttemptRow.objects.get()
    assert attempts.report(row, state="delivered", at=now_ms(), reference="s1")
    later(running, 60)
    assert house.states() == ["delivered"] and len(elks.taken("sms")) == 1


def test_a_provider_that_is_away_is_said_and_tried_again(house: House, elks: Elks) -> None:
    with override_settings(GEMENSAM_CHANNELS=settings_for(elks, elks_address=f"http://127.0.0.1:{closed_port()}/a1")):
        away = Running()
    house.item()
    away.run()
    away.dispatcher.close()
    assert [(one.state, one.again, one.reason) for one in house.attempts()] == [("failed", True, "connection refused")]


def test_a_wrong_password_is_no_secret_and_the_password_is(
    house: House, elks: Elks, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(GEMENSAM_CHANNELS=settings_for(elks, elks_password="wrong-secret")):
        assert "wrong-secret" not in repr(settings.GEMENSAM_CHANNELS)
        running = Running()
    house.item()
    running.run()
    assert house.attempts()[0].reason.startswith("401 ")
    assert "wrong-secret" not in caplog.text + json.dumps([one.reason for one in house.attempts()])


def test_a_slow_channel_holds_no_other_up(house: House, elks: Elks, running: Running) -> None:
    elks.behave(sms={"delay_s": 3, "reports": []})
    for number in range(30):
        house.item(f"sms {number}", address=f"+467000000{number:02}")
    for number in range(8):
        house.item(f"call {number}", channel="voice", address=f"+467000001{number:02}")
    running.dispatcher.step(now_ms(), asked=True)
    await_that(lambda: len(elks.taken("calls")) == 8, "the calls waited for the text messages", within_s=2.5)
    assert elks.taken("sms") == []


def test_a_source_that_fails_holds_no_other_up(house: House, elks: Elks, running: Running) -> None:
    def broken(_now: int) -> list[outbox.Item]:
        raise RuntimeError("broken")

    outbox.register_source("broken", broken)
    house.item()
    running.run()
    assert len(elks.taken("sms")) == 1


def test_a_worker_that_stopped_leaves_what_is_tried_once_more(house: House, elks: Elks, running: Running) -> None:
    item = house.item()
    claim = attempts.Claim("house", item, 1)
    attempts.claim([claim], "another life", now_ms())
    running.run()
    assert house.states() == ["started"] and elks.taken() == []
    running.dispatcher.take_over(now_ms())
    later(running, 5)
    assert house.states()[0] == "unknown" and len(elks.taken("sms")) == 1
    assert house.attempts()[0].reason == "stopped"


def test_an_attempt_of_a_worker_that_had_lost_its_turn_is_given_up(house: House, elks: Elks) -> None:
    item = house.item()
    attempts.claim([attempts.Claim("house", item, 1)], "another life", now_ms() - 2 * MINUTE)
    running = Running()
    running.run()
    assert house.states() == ["unknown"]
    later(running, 5)
    assert len(elks.taken("sms")) == 1
    running.dispatcher.close()


# Clocks ---------------------------------------------------------------------------------------------------------


def test_a_clock_that_jumps_ahead_calls_nothing_missed_at_once(
    house: House, elks: Elks, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    running.run()
    item = house.item(due_at=now_ms() + MINUTE)
    running.run(now_ms() + 3 * 60 * MINUTE)
    assert house.attempts() == () and "the clock was set" in caplog.text
    running.run(item.due_at)  # and is set right again
    assert house.states() in (["sent"], ["delivered"])


def test_a_clock_that_jumps_back_sends_nothing_twice(house: House, elks: Elks, running: Running) -> None:
    house.item()
    running.run()
    running.run(now_ms() - 60 * MINUTE)
    running.run()
    assert len(elks.taken("sms")) == 1


# Addresses ------------------------------------------------------------------------------------------------------


def test_addresses_are_forgotten_and_what_was_tried_stays(house: House, elks: Elks, running: Running) -> None:
    house.item()
    running.run()
    attempts.forget_addresses(now_ms() + 89 * 24 * 60 * MINUTE)
    assert house.attempts()[0].address == NUMBER
    attempts.forget_addresses(now_ms() + 91 * 24 * 60 * MINUTE)
    assert (house.attempts()[0].address, house.attempts()[0].channel) == ("", "sms")
