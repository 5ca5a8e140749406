"""TLP marks of needs and agreements, and of the minutes that hold them (R50)."""

from typing import Any

import pytest

from gemensam.coordination import commands
from gemensam.coordination.sending import Sent
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.picture.marking import marks_of
from tests.coordination.actions import HOUR, LEADER, SECRETARY, opened, thing_of
from tests.coordination.test_pages import client, text_of
from tests.documents.reading import whole
from tests.network import Network

AMBER, GREEN, RED = "TLP:AMBER", "TLP:GREEN", "TLP:RED"


def _need(network: Network, space: str, mark: str) -> str:
    sent = Sent(marks=(mark,))
    return commands.raise_need(network.lens("nacka-tib"), space, {"text": "Två plogbilar"}, sent=sent).subject


def _agreement(**more: Any) -> dict[str, Any]:
    return {"wording": "Vi plogar väg 76", "who_0": "nacka", "what_0": "plogar", **more}


def test_a_need_is_marked_in_its_form_and_keeps_the_mark_when_it_is_changed(network: Network) -> None:
    space, nacka = network.open_incident(), client(network, "nacka-tib")
    given = {"text": "Två plogbilar", "mark": AMBER}
    assert nacka.post(f"/spaces/{space}/needs/new/", given).status_code == 302
    (need,) = network.lens("nacka-tib").state(space).group("needs")
    for place in ("needs/", f"needs/{need.subject}/"):
        assert AMBER in text_of(client(network, "taby-tib").get(f"/spaces/{space}/{place}")), place
    form = nacka.get(f"/spaces/{space}/needs/{need.subject}/change/").content.decode()
    assert f'<option value="{AMBER}" selected>' in form


def test_a_mark_that_forbids_the_circle_is_refused_in_the_form(network: Network) -> None:
    space, nacka = network.open_incident(), client(network, "nacka-tib")
    refused = nacka.post(f"/spaces/{space}/needs/new/", {"text": "Två plogbilar", "mark": RED})
    assert "Märkningen TLP:RED" in text_of(refused, status=422)
    assert 'value="Två plogbilar"' in refused.content.decode()
    assert network.lens("nacka-tib").state(space).group("needs") == ()
    with pytest.raises(Refused, match="mark_too_narrow"):
        _need(network, space, RED)


def test_an_agreement_is_marked_and_so_are_the_minutes_that_hold_it(network: Network) -> None:
    space = network.open_incident()
    conference = opened(network, space)
    _need(network, space, GREEN)
    secretary, leader = client(network, SECRETARY), client(network, LEADER)
    given = _agreement(conference=conference, mark=AMBER, due_0="")
    assert secretary.post(f"/spaces/{space}/agreements/new/", given).status_code == 302
    (agreement,) = network.lens(LEADER).state(space).group("agreements")
    assert AMBER in text_of(leader.get(f"/spaces/{space}/agreements/{agreement.subject}/"))
    assert AMBER in text_of(leader.get(f"/spaces/{space}/conferences/{conference}/"))
    commands.close_conference(network.lens(LEADER), space, conference)
    receipt = commands.publish_minutes(network.lens(LEADER), space, conference, {"summary": "Vi plogar."})
    assert marks_of(network.lens(LEADER), space, receipt.digest) == (AMBER,)
    minutes = f"/spaces/{space}/conferences/{conference}/minutes/1"
    assert AMBER in text_of(leader.get(f"{minutes}/"))
    assert AMBER in whole(leader.get(f"{minutes}.pdf").content)
    tables = ("agreements", AMBER), ("needs", GREEN)
    for table, mark in tables:
        answer: Any = leader.get(f"/spaces/{space}/{table}/table.csv")
        assert mark in b"".join(answer.streaming_content).decode().splitlines()[0]


def test_a_question_and_its_answer_are_marked_and_so_are_the_minutes_that_hold_them(network: Network) -> None:
    space = network.open_incident()
    conference, nacka = opened(network, space), client(network, "nacka-tib")
    given = {"text": "Var finns reservvattnet?", "mark": GREEN, "conference": conference}
    assert nacka.post(f"/spaces/{space}/questions/new/", given).status_code == 302
    (question,) = network.lens(LEADER).state(space).group("questions")
    url = f"/spaces/{space}/questions/{question.subject}/"
    assert GREEN in text_of(client(network, "taby-tib").get(url))
    client(network, "taby-tib").post(f"{url}answer/", {"text": "I Täby centrum", "mark": AMBER})
    assert AMBER in text_of(nacka.get(url))
    commands.close_conference(network.lens(LEADER), space, conference)
    receipt = commands.publish_minutes(network.lens(LEADER), space, conference, {"summary": "Kort"})
    assert marks_of(network.lens(LEADER), space, receipt.digest) == (AMBER,)


def test_another_wording_may_have_another_mark(network: Network) -> None:
    space = network.open_incident()
    conference = opened(network, space)
    content = {
        "wording": "Vi plogar",
        "undertakings": [{"organisation": "nacka", "what": "", "due_at": now_ms() + HOUR}],
    }
    subject = commands.record_agreement(
        network.lens(SECRETARY), space, conference, content, sent=Sent(marks=(AMBER,))
    ).subject
    secretary = client(network, SECRETARY)
    form = secretary.get(f"/spaces/{space}/agreements/{subject}/change/").content.decode()
    assert f'<option value="{AMBER}" selected>' in form
    seen = thing_of(network, space, subject).data.terms
    given = _agreement(reason="Offentligt nu", mark="TLP:CLEAR", seen=seen)
    assert secretary.post(f"/spaces/{space}/agreements/{subject}/change/", given).status_code == 302
    assert "TLP:CLEAR" in text_of(secretary.get(f"/spaces/{space}/agreements/{subject}/"))
