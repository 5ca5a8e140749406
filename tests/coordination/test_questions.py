"""Common questions: asked, shared, answered once; what two nodes say against each other is named."""

import pytest

from gemensam.coordination import commands, question_commands
from gemensam.coordination.domain import questions
from gemensam.coordination.domain.questions import QuestionData
from gemensam.coordination.question_queries import list_questions
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from tests.coordination.actions import LEADER, SECRETARY, opened, phoned_in, thing_of
from tests.coordination.entries import OWNER, entry, folded
from tests.coordination.test_pages import client, place, text_of
from tests.documents.reading import squeezed, whole
from tests.network import Network

WHEN = "När öppnas väg 76?"


def asked(*steps: tuple[str, str]) -> tuple[Thing, QuestionData]:
    told = [("question.asked", OWNER), *steps]
    thing = folded(*(entry(at, kind, who) for at, (kind, who) in enumerate(told, start=1))).things["a"]
    assert isinstance(thing.data, QuestionData)
    return thing, thing.data


NACKA, TABY = ("question.answered", "nacka"), ("question.answered", "taby")


def test_a_question_is_answered_while_an_answer_stands() -> None:
    thing, data = asked(("question.shared", "taby"), NACKA)
    assert questions.status_at(data, thing.status) == "answered"
    assert [word.organisation for word in questions.sharers(data)] == ["taby"]
    assert questions.status_at(data, thing.status, 2) == "asked"
    thing, data = asked(NACKA, ("question.answer_withdrawn", "nacka"))
    assert questions.status_at(data, thing.status) == "asked"


def test_two_answers_from_two_nodes_both_stand_and_are_named() -> None:
    _thing, data = asked(NACKA, TABY)
    answers = questions.standing_answers(data)
    assert [word.organisation for word in answers] == ["nacka", "taby"]
    assert all(questions.contradictions(data, word) == (questions.TWO_ANSWERS,) for word in answers)
    assert questions.contradictions(data, answers[0], 2) == ()


def test_an_answer_to_a_withdrawn_question_is_named() -> None:
    thing, data = asked(("question.withdrawn", OWNER), NACKA)
    assert questions.status_at(data, thing.status) == "answered"
    assert questions.contradictions(data, questions.standing_answers(data)[0]) == (questions.AFTER_END,)
    _thing, data = asked(NACKA, ("question.withdrawn", OWNER))
    assert questions.contradictions(data, questions.standing_answers(data)[0]) == ()


# Commands -------------------------------------------------------------------------------------------------------


def ask(
    network: Network, function: str = "taby-tib", text: str = WHEN, *, to: tuple[str, ...] = (), conference: str = ""
) -> str:
    return question_commands.ask_question(
        network.lens(function), "standing", {"text": text, "to": to}, conference=conference
    ).subject


def test_a_question_is_asked_shared_and_answered_once(network: Network) -> None:
    question = ask(network)
    question_commands.share_question(network.lens("nacka-tib"), "standing", question)
    question_commands.answer_question(network.lens("trafikverket-tib"), "standing", question, "Kl. 14")
    with pytest.raises(Refused, match="question_answered"):
        question_commands.answer_question(network.lens("polisen-vb"), "standing", question, "Kl. 15")
    question_commands.answer_question(network.lens("trafikverket-tib"), "standing", question, "Kl. 14.30")
    thing = thing_of(network, "standing", question)
    data = thing.data
    assert isinstance(data, QuestionData)
    assert [word.organisation for word in questions.standing_answers(data)] == ["trafikverket"]
    question_commands.withdraw_answer(network.lens("trafikverket-tib"), "standing", question, "Fel väg")
    question_commands.answer_question(network.lens("polisen-vb"), "standing", question, "Kl. 15")


def test_what_a_question_refuses(network: Network) -> None:
    question = ask(network)
    taby, nacka = network.lens("taby-tib"), network.lens("nacka-tib")
    with pytest.raises(Refused, match="question_own"):
        question_commands.share_question(taby, "standing", question)
    with pytest.raises(Refused, match="not_owner"):
        question_commands.withdraw_question(nacka, "standing", question, "Nej")
    with pytest.raises(Refused, match="words_missing"):
        ask(network, text=" ")
    with pytest.raises(Refused, match="personal_number"):
        ask(network, text="Var bor 19121212-1212?")
    with pytest.raises(Refused, match="no_such_organisation"):
        ask(network, to=("ingen",))
    with pytest.raises(Refused, match="not_permitted"):
        question_commands.share_question(network.lens("nacka-lasare"), "standing", question)
    question_commands.withdraw_question(taby, "standing", question, "Vi vet nu")
    for act in (question_commands.share_question, question_commands.answer_question):
        with pytest.raises(Refused, match="question_ended"):
            act(nacka, "standing", question, text="x")


def test_a_question_that_is_phoned_in_is_the_callers(network: Network) -> None:
    lens, sent = network.lens(SECRETARY), phoned_in("vaxholm")
    question = question_commands.ask_question(lens, "standing", {"text": WHEN, "to": []}, sent=sent).subject
    thing = thing_of(network, "standing", question)
    assert (thing.organisation, thing.data.by_organisation) == ("vaxholm", "lansstyrelsen")


# Pages ----------------------------------------------------------------------------------------------------------


def test_a_question_lives_at_the_conference_and_on_its_own_page(network: Network) -> None:
    conference = opened(network)
    taby, nacka, trafik = (client(network, each) for each in ("taby-tib", "nacka-tib", "trafikverket-tib"))
    form = f"/spaces/standing/questions/new/?conference={conference}"
    assert taby.post(form, {"text": "", "conference": conference}).status_code == 422
    answer = taby.post(form, {"text": WHEN, "to": "trafikverket", "conference": conference})
    assert answer["Location"] == place("standing", conference) + "#questions"
    assert "Gemensam fråga från 1 aktör" in text_of(trafik.get("/"))
    question = network.lens(LEADER).state("standing").group("questions")[0].subject
    url = f"/spaces/standing/questions/{question}/"
    assert "Vi också" in text_of(nacka.get(place("standing", conference)))
    assert "Vi också" not in text_of(taby.get(place("standing", conference)))
    back = nacka.post(f"{url}share/", {"conference": conference, "from": ""})
    assert back["Location"] == place("standing", conference) + "#questions"
    assert "vi också: Nacka (2)" in text_of(taby.get(url))
    trafik.post(f"{url}answer/", {"text": "Kl. 14"})
    for who in (taby, nacka):
        page = text_of(who.get(place("standing", conference)))
        assert "Trafikverket : Kl. 14" in page
        assert "Besvarad" in page
    assert "Gemensam fråga" not in text_of(trafik.get("/"))
    refused = client(network, "polisen-vb").post(f"{url}answer/", {"text": "Kl. 15"}, follow=True)
    assert "Frågan är redan besvarad" in text_of(refused)
    nacka.post(f"{url}share/", {"not": "1"})
    assert "vi också" not in text_of(taby.get(url))
    assert taby.get("/spaces/standing/questions/no-such/").status_code == 404
    assert nacka.post(f"{url}share/", {"conference": "no-such"}).status_code == 404


def test_a_reason_is_asked_for_where_something_is_taken_back(network: Network) -> None:
    question = ask(network)
    question_commands.answer_question(network.lens("taby-tib"), "standing", question, "Vi vet nu")
    taby, url = client(network, "taby-tib"), f"/spaces/standing/questions/{question}/"
    assert taby.post(f"{url}withdraw/", {"reason": ""}).status_code == 422
    assert taby.post(f"{url}answer/withdraw/", {"answer-reason": ""}).status_code == 422
    assert taby.post(f"{url}answer/withdraw/", {"answer-reason": "Fel"}).status_code == 302
    assert taby.post(f"{url}withdraw/", {"reason": "Behövs inte"}).status_code == 302
    assert "Behövs inte" in text_of(taby.get(url))
    assert "Återtagen" in text_of(taby.get("/spaces/standing/questions/"))


def test_what_had_happened_by_then_leaves_out_what_was_asked_and_answered_later(network: Network) -> None:
    question = ask(network)
    question_commands.answer_question(network.lens("trafikverket-tib"), "standing", question, "Kl. 14")
    lens = network.lens("nacka-tib")
    asked_at = thing_of(network, "standing", question).data.asked_at
    for at, status in ((asked_at - 1, []), (asked_at, ["asked"])):
        found = list_questions(lens, "standing", Moment(lens.now, happened_by=at))
        assert [(each.status, each.acts) for each in found] == [(each, frozenset()) for each in status]
    assert [each.status for each in list_questions(lens, "standing", Moment(lens.now))] == ["answered"]


def test_minutes_copy_the_questions_with_their_answers(network: Network) -> None:
    conference = opened(network)
    question = ask(network, conference=conference)
    question_commands.share_question(network.lens("nacka-tib"), "standing", question)
    question_commands.answer_question(network.lens("trafikverket-tib"), "standing", question, "Kl. 14")
    ask(network, "nacka-tib", text="Vem svarar om dricksvatten?")
    lens = network.lens(LEADER)
    commands.close_conference(lens, "standing", conference)
    commands.publish_minutes(lens, "standing", conference, {"summary": "Kort"})
    leader = client(network, LEADER)
    url = place("standing", conference, "minutes/")
    page = text_of(leader.get(f"{url}1/"))
    assert f"{WHEN} frågar:" in page
    assert "Trafikverket : Kl. 14" in page
    assert "Vem svarar om dricksvatten?" in page
    printed = squeezed(whole(leader.get(f"{url}1.pdf").content))
    assert "Gemensammafrågor" in printed
    assert "Trafikverket:Kl.14" in printed
