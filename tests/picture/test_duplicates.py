"""Likely duplicates: what is found, who says what of them, and that both are kept (R26)."""

from itertools import product
from typing import Any

import pytest

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.transitions import START
from gemensam.picture.commands import judge_duplicate, record_statement
from gemensam.picture.domain.contacts import CONTACT
from gemensam.picture.domain.duplicates import DUPLICATE, OF, duplicate_subject, likenesses, open_pairs
from tests.network import Network
from tests.picture.world import HOUR, MINUTE, NOW, SPACE, World

PAIR = (Ref(OF, SPACE, "a"), Ref(OF, SPACE, "b"))
QUAY = {"kommuner": [], "latitude": 593_275_000, "longitude": 180_547_000}
NEAR = {"kommuner": [], "latitude": 593_300_000, "longitude": 180_600_000}
FAR = {"kommuner": ["0180"], "latitude": 593_900_000, "longitude": 180_547_000}


def state(world: World, subject: str, by: str, **more: Any) -> str:
    given = {"text": "Ledning nere.", "stated_at": NOW - HOUR, "row": "el", **more}
    return world.write("statement.recorded", subject, by, given)


def others(world: World, subject: str) -> list[str]:
    return [one.other.subject for one in likenesses(world.state, world.thing(subject))]


def where(*codes: str) -> dict[str, Any]:
    return {"kommuner": list(codes), "latitude": None, "longitude": None}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, True),
        ({}, {"stated_at": NOW - 20 * MINUTE}, True),
        ({}, {"stated_at": NOW - 3 * HOUR}, False),
        ({}, {"row": "vag"}, False),
        ({"row": ""}, {"row": ""}, False),
        ({}, {"where": where("0160")}, False),
        ({"where": where("0160", "0182")}, {"where": where("0182", "0188")}, True),
        ({"where": QUAY}, {"where": NEAR, "row": "vag"}, True),
        ({"where": {**QUAY, "kommuner": ["0180"]}}, {"where": FAR}, False),
        ({"where": QUAY}, {}, False),
    ],
)
def test_same_place_row_and_time(first: dict[str, Any], second: dict[str, Any], expected: bool) -> None:
    world = World()
    state(world, "a", "nacka", **first)
    state(world, "b", "taby", **{"where": where("0182"), **second})
    assert (others(world, "a"), others(world, "b")) == ((["b"], ["a"]) if expected else ([], []))


def test_what_one_organisation_says_twice_is_two_things_unless_it_is_on_one_spot() -> None:
    world = World()
    state(world, "a", "nacka")
    state(world, "b", "nacka")
    assert others(world, "a") == []
    state(world, "c", "nacka", where=QUAY)
    state(world, "d", "nacka", where=NEAR)
    assert others(world, "c") == ["d"]


def test_what_is_taken_back_is_no_duplicate_unless_somebody_has_judged_it() -> None:
    world = World()
    state(world, "a", "nacka")
    state(world, "b", "taby", where=where("0182"))
    world.write("statement.withdrawn", "b", "taby", {"reason": "Fel."})
    assert others(world, "a") == []
    world.write("duplicate.linked", duplicate_subject("nacka", "a", "b"), "nacka", {}, refs=PAIR)
    assert others(world, "a") == ["b"]


def test_who_says_what_is_kept_apart_and_disagreement_is_seen() -> None:
    world = World()
    state(world, "a", "nacka")
    state(world, "b", "taby", where=where("0182"))
    assert likenesses(world.state, world.thing("a"))[0].is_open
    world.write("duplicate.linked", duplicate_subject("nacka", "b", "a"), "nacka", {}, refs=PAIR)
    assert likenesses(world.state, world.thing("a"))[0].is_linked
    world.write("duplicate.dismissed", duplicate_subject("taby", "a", "b"), "taby", {}, refs=PAIR)
    found = likenesses(world.state, world.thing("a"))[0]
    assert found.judged == (("nacka", "linked"), ("taby", "dismissed"))
    assert not found.is_linked and not found.is_open
    assert {world.thing(subject).status for subject in "ab"} == {"recorded"}


@pytest.mark.parametrize("refs", [(), PAIR[:1], (PAIR[0], PAIR[0]), (PAIR[0], Ref(OF, SPACE, "nothing"))])
def test_a_judgement_is_about_two_statements_of_the_space(refs: tuple[Ref, ...]) -> None:
    world = World()
    state(world, "a", "nacka")
    state(world, "b", "taby")
    with pytest.raises(Refused, match="not_two_statements"):
        world.decide("duplicate.linked", duplicate_subject("nacka", "a", "b"), "nacka", {}, refs=refs)


def test_a_judgement_stands_in_its_organisations_own_thing() -> None:
    world = World()
    state(world, "a", "nacka")
    state(world, "b", "taby")
    with pytest.raises(Refused, match="not_two_statements"):
        world.decide("duplicate.linked", duplicate_subject("taby", "a", "b"), "nacka", {}, refs=PAIR)


@pytest.mark.parametrize("subject", [DUPLICATE, CONTACT])
def test_every_step_of_the_tables(subject: Any) -> None:
    kinds = sorted(subject.owner.kinds)
    for first, second in product(kinds, repeat=2):
        world = World()
        world.put(first, "x", "nacka", None)
        assert world.thing("x").status == subject.owner.follow(START, first)
        digest = world.put(second, "x", "nacka", None)
        before = subject.owner.follow(START, first)
        after = subject.owner.follow(before, second)
        thing = world.thing("x")
        assert (thing.status, digest in thing.superseded) == (after or before, after is None)
        foreign = world.put(second, "x", "taby", None)
        assert foreign in world.thing("x").superseded


def test_pairs_that_nobody_has_judged_are_told_once() -> None:
    world = World()
    state(world, "a", "nacka")
    state(world, "b", "taby", where=where("0182"))
    state(world, "c", "kansliet", where=where("0182"), stated_at=NOW - 30 * MINUTE)
    pairs = [{one.subject, other.subject} for one, other in open_pairs(world.state)]
    assert pairs == [{"c", "b"}, {"c", "a"}, {"a", "b"}]
    world.write("duplicate.dismissed", duplicate_subject("nacka", "a", "b"), "nacka", {}, refs=PAIR)
    assert len(open_pairs(world.state)) == 2


def test_a_person_links_and_dismisses_from_the_statements_page(network: Network) -> None:
    space = network.open_incident()
    lens = network.lens("nacka-tib")
    about = {"stated_at": lens.now - MINUTE, "row": "el", "where": where("0182")}
    first = record_statement(lens, space, {"text": "Mörkt i Boo.", **about}).subject
    second = record_statement(network.lens("taby-tib"), space, {"text": "Strömlöst i Boo.", **about}).subject
    client = network.client("nacka-tib")
    path = f"/spaces/{space}/statements/{first}/"
    page = client.get(path).content.decode()
    assert "Kan vara samma uppgift" in page and "Strömlöst i Boo." in page
    assert client.post(path + "same/", {"other": second, "same": "yes"}).status_code == 302
    seen = network.client("taby-tib").get(f"/spaces/{space}/statements/{second}/").content.decode()
    assert "samma</span> enligt Nacka" in seen
    client.post(path + "same/", {"other": second, "same": "no"})
    seen = network.client("taby-tib").get(f"/spaces/{space}/statements/{second}/").content.decode()
    assert "inte samma</span> enligt Nacka" in seen and "Mörkt i Boo." in seen
    assert client.post(path + "same/", {"other": "nothing", "same": "yes"}).status_code == 422


def test_the_log_says_what_was_judged(network: Network) -> None:
    space = network.open_incident()
    lens = network.lens("nacka-tib")
    pair = [record_statement(lens, space, {"text": text, "stated_at": lens.now}).subject for text in ("Ett.", "Två.")]
    judge_duplicate(network.lens("nacka-tib"), space, (pair[0], pair[1]), same=True)
    assert "Uppgifter bedömda som samma" in network.client("taby-tib").get(f"/spaces/{space}/log/").content.decode()
