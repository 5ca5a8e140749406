"""What providers tell us: whole requests, forged ones, replays, other orders. Only what is proven changes anything."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from gemensam.delivery import links, speech
from gemensam.delivery.models import AttemptRow, Received
from gemensam.ledger.append import now_ms
from tests.delivery.house import MINUTE, NUMBER, House, Running
from tests.delivery.outside import OUR_NUMBER, Elks

SECOND = "+46700000002"


def path(address: str) -> str:
    return urlsplit(address).path


def sent(house: House, elks: Elks, running: Running, **more: str) -> AttemptRow:
    """A message that the provider has taken, and has not reported on."""
    elks.behave(sms={"reports": []}, phones={NUMBER: {"state": "busy"}})
    house.item(**more)
    running.run()
    return AttemptRow.objects.get(item=more.get("name", "larm"))


def report(row: AttemptRow, status: str, reference: str = "") -> int:
    form = {"id": reference or row.reference, "status": status}
    return Client().post(path(links.callback_address("elks", "delivered", row.token)), form).status_code


def state(row: AttemptRow) -> str:
    return AttemptRow.objects.get(pk=row.pk).state


# Delivery reports -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        (["sent"], "sent"),
        (["sent", "delivered"], "delivered"),
        (["delivered", "sent"], "delivered"),
        (["delivered", "delivered", "failed"], "delivered"),
        (["failed", "sent"], "failed"),
        (["failed", "delivered"], "delivered"),
    ],
)
def test_reports_in_any_order_and_twice(
    house: House, elks: Elks, running: Running, reports: list[str], expected: str
) -> None:
    row = sent(house, elks, running)
    assert [report(row, status) for status in reports] == [204] * len(reports)
    assert state(row) == expected


def test_a_failed_report_says_why_and_is_not_tried_again(house: House, elks: Elks, running: Running) -> None:
    row = sent(house, elks, running)
    report(row, "failed")
    running.run(now_ms() + MINUTE)
    assert house.states() == ["failed"] and house.attempts()[0].reason == "failed"


def test_forged_reports_change_nothing(house: House, elks: Elks, running: Running) -> None:
    row = sent(house, elks, running)
    right = path(links.callback_address("elks", "delivered", row.token))
    form = {"id": row.reference, "status": "delivered"}
    secret = right.split("/")[3]
    wrong = [
        right.replace(secret, "x" * len(secret)), right.replace(row.token, "x" * 22),
        right.replace("/elks/", "/other/"), right.replace("/delivered/", "/hangup/"),
        right.replace("/delivered/", "/key/"),
    ]  # fmt: skip
    assert [Client().post(address, form).status_code for address in wrong] == [404] * len(wrong)
    assert report(row, "delivered", reference="s" + "0" * 32) == 404  # the id of another message
    assert report(row, "exploded") == 400
    assert Client().post(right, {"status": "delivered"}).status_code == 400
    assert Client().get(right).status_code == 405
    assert state(row) == "sent"


def test_the_whole_way_with_the_providers_own_callbacks(house: House, elks: Elks, running: Running) -> None:
    row = sent(house, elks, running)
    form = elks.taken("sms")[0]["form"]
    assert form["from"] == OUR_NUMBER and form["to"] == NUMBER
    assert form["whendelivered"] == links.callback_address("elks", "delivered", row.token)
    assert form["whendelivered"].startswith("http://localhost:1/callbacks/elks/")


def test_a_report_may_come_before_our_own_note(house: House, elks: Elks, running: Running) -> None:
    row = sent(house, elks, running)
    AttemptRow.objects.filter(pk=row.pk).update(state="started", reference="", ended_at=0)
    assert report(row, "delivered", reference="s1") == 204
    from gemensam.delivery import attempts
    from gemensam.delivery.channel import Outcome

    attempts.settle([attempts.Settled(row.token, Outcome("sent", "s1"), now_ms())])
    assert state(row) == "delivered"


# Answers by SMS -------------------------------------------------------------------------------------------------


def incoming(text: str, sender: str = NUMBER, to: str = OUR_NUMBER, **more: str) -> tuple[int, str]:
    form = {"direction": "incoming", "id": "s" + "1" * 32, "from": sender, "to": to, "message": text, **more}
    answer = Client().post(path(links.incoming_address("elks")), form)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("text", "word"), [("1", "1"), (" 2 \n", "2"), ("1.", "1"), ("3 nej", "3"), ("Ja", "ja"), ('"1"', "1"), ("0", "0")]
)
def test_an_answer_is_taken_by_its_first_word(house: House, elks: Elks, running: Running, text: str, word: str) -> None:
    sent(house, elks, running)
    house.said = "SSR: mottaget 15.09."
    assert incoming(text) == (200, "SSR: mottaget 15.09.")
    (answer,) = house.answers
    assert (answer.item, answer.word, answer.via, answer.reply_to) == ("larm", word, "sms", "callout")
    assert answer.key == "sms:s" + "1" * 32 and abs(answer.at - now_ms()) < 5_000


def test_an_answer_counts_only_from_a_number_that_the_message_went_to(
    house: House, elks: Elks, running: Running
) -> None:
    sent(house, elks, running)
    assert incoming("1", sender=SECOND) == (200, "")
    assert incoming("1", sender="Telia") == (200, "")
    assert house.answers == [] and Received.objects.count() == 0


def test_a_number_to_which_nothing_could_be_sent_answers_nothing(house: House, elks: Elks, running: Running) -> None:
    elks.behave(sms={"status": 400})
    house.item()
    running.run()
    assert incoming("1") == (200, "") and house.answers == []


def test_an_answer_told_twice_is_taken_once(house: House, elks: Elks, running: Running) -> None:
    sent(house, elks, running)
    house.said = "mottaget"
    assert [incoming("1"), incoming("1")] == [(200, "mottaget"), (200, "")]
    assert len(house.answers) == 1


def test_an_answer_that_could_not_be_taken_is_told_again(house: House, elks: Elks, running: Running) -> None:
    sent(house, elks, running)
    client = Client(raise_request_exception=False)
    form = {"id": "s1", "from": NUMBER, "to": OUR_NUMBER, "message": "1"}
    from gemensam.delivery import outbox

    def broken(answer: outbox.Answer) -> None:
        raise RuntimeError("the database is away")

    outbox.register_answers("house", broken)
    assert client.post(path(links.incoming_address("elks")), form).status_code == 500
    outbox.register_answers("house", house.take)
    assert client.post(path(links.incoming_address("elks")), form).status_code == 200
    assert [answer.word for answer in house.answers] == ["1"]


def test_an_answer_is_about_what_went_there_last_and_names_the_rest(house: House, elks: Elks, running: Running) -> None:
    sent(house, elks, running, name="first")
    house.item("note", reply_to="")  # nobody is to answer this
    house.item("second")
    running.run()
    incoming("1")
    assert (house.answers[0].item, house.answers[0].also) == ("second", ("first",))


def test_the_time_is_the_providers_where_it_can_be_true(house: House, elks: Elks, running: Running) -> None:
    sent(house, elks, running)
    incoming("3", id="s1", created="2001-01-01T00:00:00")
    incoming("1", id="s2", created="2999-01-01T00:00:00")
    incoming("1", id="s3", created="not a time")
    assert all(abs(answer.at - now_ms()) < 5_000 for answer in house.answers) and len(house.answers) == 3


def test_forged_answers_change_nothing(house: House, elks: Elks, running: Running) -> None:
    sent(house, elks, running)
    address = path(links.incoming_address("elks"))
    form = {"id": "s1", "from": NUMBER, "to": OUR_NUMBER, "message": "1"}
    assert Client().post(address.replace(address.split("/")[3], "guess"), form).status_code == 404
    assert incoming("1", to=SECOND)[0] == 404
    assert incoming("1", to="SSR")[0] == incoming("1", direction="outgoing")[0] == incoming("1", id="a b")[0] == 400
    assert house.answers == []


def test_an_empty_answer_is_none(house: House, elks: Elks, running: Running) -> None:
    sent(house, elks, running)
    assert incoming("  ") == (200, "") and incoming("", id="s2") == (200, "")
    assert house.answers == []


# Calls ----------------------------------------------------------------------------------------------------------


def called(house: House, elks: Elks, running: Running) -> AttemptRow:
    after = {"1": "Tack. Ditt svar är mottaget.", "3": "Tack. Nästa larmas."}
    return sent(house, elks, running, channel="voice", message={"voice": {"say": "Detta är ett larm.", "after": after}})  # type: ignore[arg-type]


def press(row: AttemptRow, result: str, callid: str = "") -> tuple[int, object]:
    form = {"callid": callid or row.reference, "result": result, "from": OUR_NUMBER, "to": NUMBER}
    answer = Client().post(path(links.callback_address("elks", "key", row.token)), form)
    return answer.status_code, answer.json() if answer.status_code == 200 else None


def test_a_call_says_the_message_and_listens(house: House, elks: Elks, running: Running) -> None:
    row = called(house, elks, running)
    form = elks.taken("calls")[0]["form"]
    action = json.loads(form["voice_start"])
    assert (form["from"], form["to"]) == (OUR_NUMBER, NUMBER)
    assert (action["digits"], action["repeat"], action["timeout"]) == (1, 2, 20)
    assert action["next"] == links.callback_address("elks", "key", row.token)
    answer = Client().get(path(action["ivr"]))
    assert answer["Content-Type"] == "audio/wav" and b"".join(answer.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]


def test_a_key_answers_and_the_call_says_so(house: House, elks: Elks, running: Running) -> None:
    row = called(house, elks, running)
    status, action = press(row, "1")
    assert status == 200 and isinstance(action, dict) and Client().get(path(action["play"])).status_code == 200
    (answer,) = house.answers
    assert (answer.item, answer.word, answer.via) == ("larm", "1", "voice")
    assert state(row) == "delivered"


def test_nine_says_it_again_and_answers_nothing(house: House, elks: Elks, running: Running) -> None:
    row = called(house, elks, running)
    _status, action = press(row, "9")
    assert action == json.loads(elks.taken("calls")[0]["form"]["voice_start"])
    assert house.answers == []


@pytest.mark.parametrize("result", ["failed", "", "11", "x"])
def test_an_answering_machine_answers_nothing(house: House, elks: Elks, running: Running, result: str) -> None:
    row = called(house, elks, running)
    assert press(row, result) == (200, {"hangup": "reject"})
    assert house.answers == [] and state(row) == "delivered"


def test_a_key_of_another_call_is_nobodys(house: House, elks: Elks, running: Running) -> None:
    row = called(house, elks, running)
    assert press(row, "1", callid="c" + "0" * 32)[0] == 404
    assert house.answers == []


def test_a_key_told_twice_is_taken_once(house: House, elks: Elks, running: Running) -> None:
    row = called(house, elks, running)
    assert press(row, "1") == press(row, "1")
    press(row, "3")
    assert [answer.word for answer in house.answers] == ["1", "3"]


@pytest.mark.parametrize(("told", "expected"), [("success", "delivered"), ("busy", "failed"), ("failed", "failed")])
def test_the_end_of_a_call_is_told(house: House, elks: Elks, running: Running, told: str, expected: str) -> None:
    row = called(house, elks, running)
    address = path(links.callback_address("elks", "hangup", row.token))
    assert Client().post(address, {"id": row.reference, "state": told}).status_code == 204
    assert state(row) == expected


def test_sounds_are_for_the_provider_alone_and_are_all_that_is_served(
    house: House, elks: Elks, running: Running
) -> None:
    called(house, elks, running)
    name = speech.name_of("Detta är ett larm.", settings.GEMENSAM_CHANNELS.speech_command)
    right = path(links.sound_address("elks", name))
    assert Client().get(right).status_code == 200
    assert Client().get(right.replace(right.split("/")[3], "guess")).status_code == 404
    (Path(settings.GEMENSAM_DATA) / "sounds" / "secret.wav").write_bytes(b"x")
    for name in ("secret", "..%2fsecret.key", "0" * 32):
        assert Client().get(f"{right.rpartition('/')[0]}/{name}.wav").status_code == 404


def test_no_secret_of_a_callback_reaches_the_log() -> None:
    from gemensam.web.logs import hide_secrets

    address = "/callbacks/elks/abc123/delivered/xyz/"
    assert hide_secrets(f"Not Found: {address}") == "Not Found: /callbacks/…"
