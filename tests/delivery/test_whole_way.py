"""The whole way: the provider's process calls a server back over HTTP, and its telephones answer as people do."""

from collections.abc import Iterator

import pytest

from gemensam.delivery.outbox import attempts_of
from tests.delivery.house import House, Running
from tests.delivery.outside import Elks, await_that
from tests.delivery.served import reachable

BY_SMS, BY_KEY, MACHINE, BUSY = "+46700000011", "+46700000012", "+46700000013", "+46700000014"
SPOKEN = {"voice": {"say": "Detta är ett larm.", "after": {"1": "Tack, du deltar.", "2": "Tack, du kommer senare."}}}


@pytest.fixture
def reached(house: House, provider: Elks) -> Iterator[Elks]:
    """The provider, and the program served from this process, so that the house takes the answers."""
    with reachable(provider) as elks:
        yield elks


def test_telephones_answer_by_sms_and_by_key_and_not_at_all(house: House, reached: Elks) -> None:
    house.said = "SSR: mottaget."
    reached.behave(
        phones={
            BY_SMS: {"answer": "1 ja"},
            BY_KEY: {"keys": ["9", "2"]},
            MACHINE: {"keys": []},
            BUSY: {"state": "busy"},
        }
    )
    house.item("sms", address=BY_SMS)
    for number in (BY_KEY, MACHINE, BUSY):
        house.item(f"call {number}", channel="voice", address=number, message=SPOKEN)
    running = Running()
    running.run()
    running.dispatcher.close()
    await_that(lambda: len(house.answers) == 2 and settled(house), "the answers did not come")
    answers = {(answer.item, answer.word, answer.via) for answer in house.answers}
    assert answers == {("sms", "1", "sms"), (f"call {BY_KEY}", "2", "voice")}
    assert house.states(f"call {BUSY}") == ["failed"] and house.attempts(f"call {BUSY}")[0].reason == "busy"
    # What was said again was the message, and what was said after the key its own words; the machine heard it out.
    await_that(lambda: len(reached.fetched()) == 2 + 1 + 1, "not everything was said")
    assert {one["body"] for one in reached.told() if one["form"].get("message")} == {"SSR: mottaget."}
    assert {one["status"] for one in reached.told()} <= {0, 200, 204}  # 0: the line; it is told again


def settled(house: House) -> bool:
    found = attempts_of([item.id for item in house.items])
    return all(one[-1].state in ("delivered", "failed") for one in found.values()) and len(found) == 4


def test_callbacks_are_told_again_until_the_server_is_there(house: House, reached: Elks) -> None:
    from gemensam.delivery import outbox

    tried: list[str] = []

    def take(answer: outbox.Answer) -> None:
        tried.append(answer.word)
        if len(tried) < 3:
            raise RuntimeError("the database is away")
        house.take(answer)

    outbox.register_answers("house", take)
    reached.behave(phones={BY_SMS: {"answer": "3"}})
    house.item(address=BY_SMS)
    running = Running()
    running.run()
    running.dispatcher.close()
    await_that(lambda: bool(house.answers), "the answer was lost")
    assert tried == ["3", "3", "3"] and len(house.answers) == 1
