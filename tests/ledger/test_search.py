"""Search: the same answers on both databases, within the lens, in order of time (design 3.8)."""

import pytest

from gemensam.core.refusal import Refused
from gemensam.ledger.search import search
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network


def found(network: Network, text: str, function: str = "nacka-tib", **given: object) -> list[str]:
    hits = search(network.lens(function), text, **given)  # type: ignore[arg-type]
    return [(hit.row.payload or {})["summary"] for hit in hits if hit.row.header.kind == "report.published"]


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("strömavbrott", True),
        ("strömavbrotten", True),
        ("STRÖMAVBROTT", True),
        ("strom", False),
        ("ström", True),
        ("kommunerna", True),
        ("kommun avbrott", False),
        ("kommunen ström", True),
        ("E4:an", True),
        ("e4", True),
        ('"ström" OR', False),
        ("ström*", True),
        ("NEAR(ström)", False),
        ("w", False),
    ],
)
def test_inflected_words_and_beginnings_are_found(network: Network, query: str, finds: bool) -> None:
    network.write("nacka-tib", report(network.open_incident(), "Strömavbrotten i kommunen berör E4:an."))
    assert bool(found(network, query)) is finds


def test_newest_first_and_paged(network: Network) -> None:
    space = network.open_incident()
    for number in range(5):
        network.write("nacka-tib", report(space, f"Halka nummer {number}"))
    first = search(network.lens("nacka-tib"), "halka", space, limit=2)
    rest = search(network.lens("nacka-tib"), "halka", space, before=first[-1].cursor)
    told = [(hit.row.payload or {})["summary"][-1] for hit in (*first, *rest)]
    assert told == ["4", "3", "2", "1", "0"]


def test_only_within_the_lens_even_when_a_text_imitates_a_space(network: Network) -> None:
    from gemensam.ledger.search_words import space_token

    space = network.open_incident()
    hidden = network.open_sub_space(space, "taby-tib")
    network.write("taby-tib", report(hidden, f"Halka {space_token(space)} {space}"))
    assert found(network, "halka") == []
    assert len(found(network, "halka", "taby-tib")) == 1
    assert found(network, "halka", "taby-tib", space=space) == []


@pytest.mark.parametrize("query", ["", "   ", "?!", "*", '"'])
def test_a_query_without_a_word_is_refused(network: Network, query: str) -> None:
    with pytest.raises(Refused, match="query_empty"):
        search(network.lens("nacka-tib"), query)


def test_an_unknown_space_is_not_found(network: Network) -> None:
    with pytest.raises(Refused, match="not_found"):
        search(network.lens("nacka-tib"), "halka", new_id())
