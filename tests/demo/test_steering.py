"""The demonstration's steering documents: the known facts, entered once, and the question that they answer."""

import pytest

from gemensam.demo.governing import open_periods
from gemensam.demo.steering_filling import fill_steering, load_steering
from gemensam.governance.adoption_queries import board_for
from gemensam.governance.adoption_words import answer
from gemensam.governance.document_queries import list_documents_for
from gemensam.ledger.append import now_ms
from tests.network import Network


@pytest.mark.database
def test_the_known_documents_and_decisions_are_entered_once_and_answer(network: Network) -> None:
    for _again in range(2):
        open_periods(now_ms())
        fill_steering(now_ms())
    lens, about = network.lens("nacka-tib"), load_steering()
    documents = list_documents_for(lens)
    assert sorted(each.data.code for each in documents) == sorted(one["code"] for one in about["documents"])
    steps = sum(lens.state(each.space).size("decisions_of", each.subject) for each in documents)
    assert steps == len(about["decisions"])

    said = answer(board_for(lens, "2023-02-01"), "huddinge", lens.now)
    assert [one for one in said if "målbild" in one.lower()] == [
        "Ingen antagen målbild.", "Målbild 2019–2022 hade löpt ut.", "Målbild 2023–2026 var på remiss.",
    ]  # fmt: skip
    assert "Överenskommelse 2015 var antagen och gällde." in said
    links = {each.data.code: each.link for each in documents}
    then = board_for(lens, "2023-07-01").standings
    assert then[links["Målbild 2023–2026"], "huddinge"].code == "pending"
    assert then[links["Överenskommelse 2015"], "vallentuna"].code == "prepared"
    tyreso = board_for(lens, "2021-05-01").standings[links["Målbild 2019–2022"], "tyreso"]
    assert (tyreso.code, tyreso.possible) == ("not_stated", "adopted")


@pytest.mark.database
def test_no_member_is_shown_as_having_decided_what_it_only_proposed(network: Network) -> None:
    open_periods(now_ms())
    fill_steering(now_ms())
    lens = network.lens("nacka-tib")
    board = board_for(lens, "2026-11-29")
    adopted = {
        (document.data.code, member.id)
        for document in board.documents
        for member in board.members
        if board.of(document, member.id).in_force
    }
    assert adopted == {("Avsiktsförklaring 2014", "huddinge"), ("Överenskommelse 2015", "huddinge")}
