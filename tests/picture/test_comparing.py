"""Any two versions of the picture compared: what is new, changed and gone, sentence by sentence and cell by cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.ledger.append import now_ms
from gemensam.ledger.disposal import dispose
from gemensam.picture.compare_shown import chosen_pair
from gemensam.picture.domain.comparing import ADDED, CHANGED, GONE, Comparison, compare, words_apart
from gemensam.web import times
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import cell, chosen, publish, publish_picture, report, section

COMPILER = "lansstyrelsen-lagesbildsansvarig"


def said(text: str, organisation: str = "nacka", part: str = "cell:el", **more: Any) -> dict[str, Any]:
    kind, _, row = part.partition(":")
    return {
        "subject": "r1", "entry": "e1", "part": part, "organisation": organisation, "kind": kind,
        "row": row if kind == "cell" else "", "status": "", "text": text, "extra": (), "type": "",
        "unconfirmed": False, "entered_for": False, "about": "", **more,
    }  # fmt: skip


def picture(*statements: Any, text: str = "", values: Any = (), gap: str = "") -> dict[str, Any]:
    cells = [{"row": row, "value": value, "at": 5} for row, value in values]
    return {
        "sections": [{"code": "konsekvenser", "title": "Konsekvenser", "text": text, "statements": list(statements)}],
        "matrix": [{"organisation": "nacka", "cells": cells, "gap": gap}],
    }


def kinds(found: Comparison) -> list[tuple[str, str]]:
    return [(one.kind, one.one["text"]) for one in found.sentences]


def test_a_members_word_on_a_function_is_one_sentence_that_changes() -> None:
    before = picture(said("Halva Boo är utan ström", subject="r1", status="allvarlig"))
    after = picture(said("Strömmen är tillbaka", subject="r2", status="ingen"))
    assert kinds(compare(before, after)) == [(CHANGED, "Strömmen är tillbaka")]


def test_another_line_of_another_report_is_new_and_the_first_is_gone() -> None:
    before = picture(said("Krisledning i gång", part="done:0"))
    after = picture(said("Evakuering klar", part="done:0", subject="r2"))
    assert kinds(compare(before, after)) == [(ADDED, "Evakuering klar"), (GONE, "Krisledning i gång")]


def test_what_only_was_confirmed_again_is_no_difference() -> None:
    before = picture(said("Mörkt", entry="e1", confirmed_at=0))
    assert compare(before, picture(said("Mörkt", entry="e2", subject="r2", confirmed_at=9))).is_same


def test_the_same_words_of_two_members_are_two_sentences() -> None:
    both = [said("Mörkt"), said("Mörkt", "solna")]
    assert kinds(compare(picture(*both), picture(both[1]))) == [(GONE, "Mörkt")]


def test_a_sentence_under_another_heading_has_moved() -> None:
    after = picture(said("Mörkt"))
    after["sections"][0]["code"] = "handelsen"
    (one,) = compare(picture(said("Mörkt")), after).sentences
    assert (one.kind, one.is_moved, one.heading_before, one.heading_after) == (
        CHANGED, True, "konsekvenser", "handelsen",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "kind"), [("", "Nytt", ADDED), ("Gammalt", "", GONE), ("Gammalt", "Nytt", CHANGED)]
)
def test_own_texts_are_compared_by_heading(before: str, after: str, kind: str) -> None:
    (one,) = compare(picture(text=before), picture(text=after)).texts
    assert (one.kind, one.section["title"], one.before, one.after) == (kind, "Konsekvenser", before, after)


def test_cells_and_contributions_are_compared_member_by_member() -> None:
    before = picture(values=[("el", "ingen"), ("vag", "mattlig")], gap="not_answered")
    after = picture(values=[("el", "kritisk"), ("vag", "mattlig"), ("it", "ingen")])
    found = compare(before, after)
    assert [(one.kind, one.row, one.before, one.after) for one in found.cells] == [
        (CHANGED, "el", "ingen", "kritisk"), (ADDED, "it", "", "ingen"),
    ]  # fmt: skip
    assert found.members == (("nacka", "not_answered", ""),)


WHO = st.sampled_from(["nacka", "solna", "taby"])
PARTS = st.sampled_from(["cell:el", "cell:vag", "done:0", "summary", "need:1"])
SAID = st.tuples(st.sampled_from(["a", "b", "c"]), WHO, PARTS)
SENTENCES = st.lists(SAID.map(lambda each: said(*each)), max_size=8)


@given(SENTENCES, SENTENCES)
def test_no_sentence_is_lost_or_told_twice(before: list[Any], after: list[Any]) -> None:
    found = compare(picture(*before), picture(*after)).sentences
    there = {kind: sum(one.kind == kind for one in found) for kind in (ADDED, CHANGED, GONE)}
    assert len(after) - there[ADDED] == len(before) - there[GONE]
    backwards = compare(picture(*after), picture(*before)).sentences
    assert sum(one.kind == GONE for one in backwards) == there[ADDED]
    assert sum(one.kind == CHANGED for one in backwards) == there[CHANGED]


@given(SENTENCES)
def test_a_version_says_the_same_as_itself(sentences: list[Any]) -> None:
    assert compare(picture(*sentences), picture(*reversed(sentences))).is_same


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_runs_of_words_are_the_texts_again(before: str, after: str) -> None:
    left, right = words_apart(before, after)
    assert ("".join(word.text for word in left), "".join(word.text for word in right)) == (before, after)
    assert not any(word.is_changed for word in words_apart(before, before)[0])


def test_only_the_words_that_differ_are_marked() -> None:
    left, right = words_apart("Elen är borta i Boo", "Elen är åter i Boo")
    assert [word.text for word in left if word.is_changed] == ["borta "]
    assert [word.text for word in right if word.is_changed] == ["åter "]


LABELS = ["3", "2", "1"]


@pytest.mark.parametrize(
    ("asked", "pair"),
    [
        (("", ""), ("2", "3")), (("1", "3"), ("1", "3")), (("3", "1"), ("3", "1")), (("", "2"), ("1", "2")),
        (("1", ""), ("1", "2")), (("3", ""), ("3", "3")), (("", "9"), ("2", "3")),
    ],
)  # fmt: skip
def test_two_versions_are_chosen_by_the_address(asked: tuple[str, str], pair: tuple[str, str]) -> None:
    assert chosen_pair(LABELS, *asked) == pair


# The page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    """Three pictures: two statements, then one of them corrected and a text, then nothing but a text."""
    space = network.open_incident()
    nacka = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Halva Boo är utan ström")))
    solna = publish(network, "solna-tib", space, report(now_ms(), cell("el", "mattlig", "Blinkar i Råsunda")))
    both = [chosen(nacka, "cell:el"), chosen(solna, "cell:el")]
    publish_picture(network, space, now_ms(), section("konsekvenser", *both))
    newer = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "ingen", "Strömmen är tillbaka")))
    later = section("konsekvenser", chosen(newer, "cell:el"), text="Läget ljusnar i norr.")
    publish_picture(network, space, now_ms(), later)
    publish_picture(network, space, now_ms(), section("konsekvenser", text="Läget ljusnar i hela länet."))
    return space


def compared(network: Network, space: str, query: str, function: str = "nacka-tib") -> str:
    answer = network.client(function).get(f"/spaces/{space}/pictures/compare/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_says_what_has_changed_between_any_two(network: Network, space: str) -> None:
    page = compared(network, space, "?from=1&to=2")
    changed, gone = page.split("Ändrade uppgifter <span")[1].split("Uppgifter som inte längre är med <span")
    assert "Halva Boo är utan ström" in changed
    assert "Strömmen är tillbaka" in changed
    assert "Blinkar i Råsunda" in gone
    assert "<ins>Läget ljusnar i norr.</ins>" in page
    assert "Allvarlig påverkan" in page.split('id="cells"')[1]


def test_versions_that_do_not_follow_each_other_are_compared_too(network: Network, space: str) -> None:
    page = compared(network, space, "?from=1&to=3")
    assert page.count("Uppgifter som inte längre är med (2)") == 1
    assert "Ändrade uppgifter" not in page


def test_without_choice_the_latest_stands_against_the_one_before(network: Network, space: str) -> None:
    page = compared(network, space, "")
    assert "<del>norr.</del>" in page
    assert "<ins>hela länet.</ins>" in page


def test_one_version_against_itself_is_said_in_words(network: Network, space: str) -> None:
    assert "Det är en och samma version." in compared(network, space, "?from=2&to=2")


@pytest.mark.parametrize("query", ["?from=1&to=4", "?from=x&to=1", "?from=1&to=" + "9" * 200])
def test_a_version_that_is_not_there_is_not_found(network: Network, space: str, query: str) -> None:
    assert network.client("nacka-tib").get(f"/spaces/{space}/pictures/compare/{query}").status_code == 404


def test_a_space_without_pictures_has_nothing_to_compare(network: Network) -> None:
    assert "Ingen samlad lägesbild är publicerad här ännu." in compared(network, network.open_incident(), "")


def test_who_does_not_read_the_space_is_not_told_of_it(network: Network, space: str) -> None:
    narrower = network.open_sub_space(space, COMPILER)
    publish_picture(network, narrower, now_ms(), section("sammanfattning", text="Bara för oss"))
    assert network.client("nacka-tib").get(f"/spaces/{narrower}/pictures/compare/").status_code == 404


def test_the_past_compares_only_the_pictures_of_its_time(network: Network, space: str) -> None:
    before = times.iso(now_ms() - 60 * times.MINUTE).replace("+", "%2B")
    assert "Ingen samlad lägesbild är publicerad här ännu." in compared(
        network, space, f"?happened_by={before}&from=1&to=2"
    )


def test_a_picture_whose_text_is_disposed_of_is_said_to_be(network: Network, space: str) -> None:
    picture = network.lens(COMPILER).state(space).group("pictures")[0]
    dispose(network.lens("kansliet-systemforvaltare"), space, new_id(), [picture.created], decision="Dnr 7", reason="")
    assert "gallrad" in compared(network, space, "?from=1&to=2")
