"""From the green button to the board by way of a provider: telephones answer, hand on, lie and are silent.

The provider is a process of its own, written from a real one's public description; the program is served over HTTP.
"""

from collections.abc import Iterator

import pytest

from gemensam.activation import commands
from gemensam.activation.commands import Pressed
from gemensam.activation.delivering import items
from gemensam.activation.domain.board import board
from gemensam.activation.domain.larms import ALERT, LarmData
from gemensam.activation.larm_commands import cancel_larm
from gemensam.activation.schedule import note_what_was_tested
from gemensam.core.policy import ROSTERS
from gemensam.core.state import Thing
from gemensam.ledger.append import now_ms
from gemensam.organisations.commands.spaces import SpaceGiven, open_space
from gemensam.rosters import commands as rosters
from gemensam.rosters.domain.lists import subject_of
from gemensam.rosters.domain.reading import call_list
from gemensam.web import times
from tests.delivery.house import Running
from tests.delivery.outside import Elks, await_that
from tests.delivery.served import reachable
from tests.network import Network

pytestmark = pytest.mark.database
MINUTE = 60_000
# Numbers that no subscriber has.
NACKA, NACKA_NEXT, TABY, SOLNA, STRANGER = (
    "+46701740605", "+46701740606", "+46701740607", "+46701740608", "+46701740699",
)  # fmt: skip


@pytest.fixture
def elks(network: Network, provider: Elks) -> Iterator[Elks]:
    for function, number in (("nacka-tib", NACKA), ("taby-tib", TABY), ("solna-tib", SOLNA)):
        reached_at(network, function, number)
    with reachable(provider) as reached:
        yield reached


def reached_at(network: Network, function: str, number: str) -> None:
    """Give a function a standing contact with a mobile number for text messages and calls."""
    organisation = network.principal(function).organisation
    addresses = [{"channel": channel, "value": number} for channel in ("sms", "voice")]
    content = {"label": f"Telefonen {function}", "addresses": addresses, "standing_for": [function]}
    rosters.set_contact(network.lens(f"{organisation}-aktorsadministrator"), content)


def press(network: Network) -> str:
    """Press the green button as Värmdö; returns the incident."""
    return commands.make_call(network.lens("varmdo-tib"), Pressed("Stora elavbrott"))[-1].space


def larm_of(network: Network, space: str) -> Thing:
    return next(each for each in network.lens("varmdo-tib").state(space).group("larms") if each.data.purpose == ALERT)


def line_of(network: Network, space: str, organisation: str) -> tuple[str, str, str]:
    """Return how a member stands on the board: status, the answer's code, and how it came."""
    data: LarmData = larm_of(network, space).data
    line = next(each for each in board(data, now_ms()).lines if each.organisation == organisation)
    return line.status, line.answer.code if line.answer else "", line.answer.via if line.answer else ""


def sent_to(elks: Elks, number: str) -> list[str]:
    return [one["form"]["message"] for one in elks.taken("sms") if one["to"] == number]


def test_a_call_reaches_telephones_and_their_answers_stand_on_the_board(network: Network, elks: Elks) -> None:
    elks.behave(phones={NACKA: {"answer": "1 ja"}, TABY: {"keys": ["1"]}, SOLNA: {"state": "busy"}})
    space, running = press(network), Running()
    running.run()
    await_that(lambda: line_of(network, space, "nacka")[0] == "acknowledged", "Nacka's text message was lost")
    await_that(lambda: line_of(network, space, "taby")[0] == "acknowledged", "Täby's key was lost")
    assert line_of(network, space, "nacka") == ("acknowledged", "1", "sms")
    assert line_of(network, space, "solna") == ("waiting", "", "")
    larm = next(text for text in sent_to(elks, NACKA) if "LARM" in text)
    assert "Stora elavbrott" in larm and "/k/" in larm and len(larm) <= 160
    running.dispatcher.close()

    page = (
        network.client("varmdo-tib", SERVER_NAME="localhost")
        .get(f"/spaces/{space}/larm/{larm_of(network, space).subject}/")
        .content.decode()
    )
    assert "upptaget" in page or "busy" in page  # what came of the call to Solna
    assert "via sms" in page


def test_a_key_that_hands_on_reaches_the_next_function_at_once(network: Network, elks: Elks) -> None:
    reached_at(network, "nacka-sakerhetschef", NACKA_NEXT)
    elks.behave(phones={NACKA: {"keys": ["3"]}, NACKA_NEXT: {"answer": "1"}})
    space, running = press(network), Running()
    running.run()
    await_that(lambda: line_of(network, space, "nacka")[0] == "handed_on", "the key was lost")
    running.run()
    await_that(lambda: line_of(network, space, "nacka") == ("acknowledged", "1", "sms"), "the next was not reached")
    running.dispatcher.close()


def test_an_answer_from_a_number_that_was_not_reached_changes_nothing(network: Network, elks: Elks) -> None:
    space, running = press(network), Running()
    running.run()
    running.dispatcher.close()
    before = network.lens("varmdo-tib").state(space).position
    elks.answer(STRANGER, "1")
    assert network.lens("varmdo-tib").state(space).position == before


def test_what_has_been_answered_is_not_sent_again_and_the_rest_goes_on(network: Network, elks: Elks) -> None:
    elks.behave(phones={NACKA: {"answer": "1"}})
    space, running = press(network), Running()
    running.run()
    await_that(lambda: line_of(network, space, "nacka")[0] == "acknowledged")
    running.run(now_ms() + 3 * MINUTE)  # the second calls
    running.dispatcher.close()
    calls = [one["to"] for one in elks.taken("calls")]
    assert calls.count(NACKA) == 1 and calls.count(TABY) == 2
    assert len(sent_to(elks, TABY)) == 1


def test_an_exercise_and_a_cancelled_larm_send_nothing(network: Network, elks: Elks) -> None:
    lens = network.lens("lansstyrelsen-tib")
    exercise = open_space(lens, SpaceGiven("exercise", "Övning")).subject
    commands.make_call(network.lens("lansstyrelsen-tib"), Pressed("Övning, storm"), space=exercise)
    assert [each for each in items(now_ms()) if each.space == exercise] == []
    space = press(network)
    larm = larm_of(network, space).subject
    assert any(f"{larm}." in each.id for each in items(now_ms()))
    cancel_larm(network.lens("varmdo-tib"), space, larm, "Fel knapp.")
    assert not any(f"{larm}." in each.id for each in items(now_ms()))


def test_who_was_reached_by_a_larm_that_is_taken_back_is_told_so_and_nobody_is_called(
    network: Network, elks: Elks
) -> None:
    elks.behave(phones={NACKA: {"answer": "1"}})
    space, running = press(network), Running()
    larm = larm_of(network, space)
    running.run()
    await_that(lambda: line_of(network, space, "nacka")[0] == "acknowledged")
    calls = len(elks.taken("calls"))
    cancel_larm(network.lens("varmdo-tib"), space, larm.subject, "Fel knapp.")
    running.run()
    running.dispatcher.close()
    at = f"{times.local(larm.data.sent_at):%H.%M}"
    for number in (NACKA, TABY):  # whether it had answered or not
        last = sent_to(elks, number)[-1]
        assert last.startswith(f"SSR: larmet {at} är ÅTERTAGET. Stora elavbrott.") and len(last) <= 160
    assert len(elks.taken("calls")) == calls


def test_whoever_takes_over_a_function_is_reached_by_the_same_list(network: Network, elks: Elks) -> None:
    space = press(network)
    first = {each.message.address for each in items(now_ms()) if each.message.channel == "sms"}
    assert NACKA in first and space
    reached_at(network, "nacka-tib", NACKA_NEXT)
    later = {each.message.address for each in items(now_ms()) if each.message.channel == "sms"}
    assert NACKA_NEXT in later


def test_whoever_answered_has_a_tested_call_list(network: Network, elks: Elks) -> None:
    elks.behave(phones={NACKA: {"answer": "1"}})
    space, running = press(network), Running()
    running.run()
    await_that(lambda: line_of(network, space, "nacka")[0] == "acknowledged")
    running.dispatcher.close()
    for _ in range(2):  # the worker looks again and again
        note_what_was_tested(now_ms())
    state = network.lens("nacka-tib").state(ROSTERS)
    lists = {each: call_list(network.lens("nacka-tib").directory, state, each).tested_at for each in ("nacka", "taby")}
    answered = next(each for each in larm_of(network, space).data.answers)
    assert lists == {"nacka": answered.at, "taby": 0}
    noted = network.lens("nacka-tib").history(ROSTERS, subject_of("nacka"))
    assert len(noted) == 1
