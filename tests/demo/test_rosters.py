"""The demonstration's rosters: everybody is reached, by numbers that are nobody's; a second start doubles nothing."""

import re
from typing import TYPE_CHECKING

import pytest

from gemensam.core.policy import ROSTERS
from gemensam.demo.roster_filling import fill_rosters
from gemensam.ledger.append import now_ms
from gemensam.organisations.domain import members
from gemensam.rosters.domain.gaps import GAP, NO_OWN_LIST, UNTESTED, flags
from gemensam.rosters.domain.reading import call_list, cover_at, reach

if TYPE_CHECKING:
    from tests.network import Network

pytestmark = pytest.mark.database
DAY = 86_400_000
FICTION = re.compile(r"\+4670174060[5-9]|\+467017406[1-9][0-9]|\+46846500400|\+468465004[0-9]{2}")


def test_everybody_is_reached_by_numbers_that_are_nobodys(network: "Network") -> None:
    now = now_ms()
    fill_rosters(now)
    lens = network.lens("nacka-tib", now)
    state = lens.state(ROSTERS)
    numbers = []
    for member in members(lens.directory):
        for place, step in enumerate(call_list(lens.directory, state, member.id).steps):
            found = reach(lens.directory, state, step, now)
            assert found.addresses, step
            assert bool(found.shift) == (place == 0), step
            numbers += [one.value for one in found.addresses if one.channel == "sms"]
    assert len(numbers) == len(set(numbers)) == 37  # an answer by text message is one member's
    addresses = [one for thing in state.things.values() if thing.type == "duty_contact" for one in thing.data.addresses]
    assert all(FICTION.fullmatch(one.value) for one in addresses if one.channel != "email")
    assert all(one.value.endswith("@example.org") for one in addresses if one.channel == "email")


def test_what_a_demonstration_should_show_is_there(network: "Network") -> None:
    now = now_ms()
    fill_rosters(now)
    lens = network.lens("nacka-tib", now)
    state = lens.state(ROSTERS)
    found = {
        each.id: {flag.code for flag in flags(lens.directory, state, each.id, now)} for each in members(lens.directory)
    }
    assert {each for each, codes in found.items() if GAP in codes} == {"norrtalje", "tyreso"}
    assert {each for each, codes in found.items() if UNTESTED in codes} == {"salem", "nykvarn", "sundbyberg"}
    assert {each for each, codes in found.items() if NO_OWN_LIST in codes} == {"sundbyberg"}
    assert cover_at(state, "vaxholm", now_ms()) == "osteraker"
    assert cover_at(state, "varmdo", now + 6 * DAY) == ""


def test_a_second_start_doubles_nothing_and_a_later_one_goes_on(network: "Network") -> None:
    now = now_ms()
    fill_rosters(now)
    before = network.lens("nacka-tib").state(ROSTERS).position
    fill_rosters(now + 1000)
    assert network.lens("nacka-tib").state(ROSTERS).position == before
    shifts = network.lens("nacka-tib").state(ROSTERS).size("shifts", "nacka", "nacka-tib")
    fill_rosters(now + 7 * DAY)
    assert network.lens("nacka-tib").state(ROSTERS).size("shifts", "nacka", "nacka-tib") == shifts + 1
