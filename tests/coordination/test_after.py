"""After a conference: one page with what holds for the reader's own organisation, and nothing of others'."""

import re
from typing import Any

from gemensam.coordination import commands, comment_commands, question_commands
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.picture.compiling import Takt, set_cadence
from tests.coordination.actions import HOUR, LEADER, SECRETARY, agree, call, opened
from tests.coordination.test_pages import client, place, text_of
from tests.ids import new_id
from tests.network import Network


def page(network: Network, space: str, conference: str, function: str = "nacka-tib") -> str:
    return text_of(client(network, function).get(place(space, conference, "after/")))


def part(told: str, start: str, end: str) -> str:
    return told[told.index(start) : told.index(end)]


AWAITED, OURS, NEEDS, QUESTIONS, TIMES = (
    "Det andra väntar på från oss", "Våra nya åtaganden", "Våra behov", "Besvarade frågor", "Nästa tider",
)  # fmt: skip


def test_new_undertakings_stand_there_and_wait_to_be_confirmed(network: Network) -> None:
    conference = opened(network)
    agreement = agree(network, "standing", conference, "nacka", wording="Nacka lånar ut två båtar")
    agree(network, "standing", conference, "taby", wording="Täby plogar")
    told = page(network, "standing", conference)
    assert re.search(r"Bekräfta åtagande \S+ senast", part(told, AWAITED, OURS))
    ours = part(told, OURS, NEEDS)
    assert "Nacka lånar ut två båtar" in ours
    assert "Täby plogar" not in told
    assert "1 överenskommelse gäller bara andra" in ours
    commands.confirm_undertaking(network.lens("nacka-tib"), "standing", agreement)
    told = page(network, "standing", conference)
    assert "ska genomföras" in part(told, AWAITED, OURS)
    undertaking = ("undertaking.completed", {"note": ""})
    commands.answer_undertaking(network.lens("nacka-tib"), "standing", agreement, undertaking)
    assert "Ingen väntar på något från oss." in page(network, "standing", conference)
    assert "Bekräfta åtagande" not in page(network, "standing", conference, "vaxholm-beredskapssamordnare")


def test_own_needs_that_have_been_offered_to_or_ended(network: Network) -> None:
    before = network.lens("nacka-tib")
    old = commands.raise_need(before, "standing", {"text": "Gammalt behov"}).subject
    commands.offer_to_need(network.lens("taby-tib"), "standing", old, "Före konferensen")
    conference = opened(network)
    need = commands.raise_need(network.lens("nacka-tib"), "standing", {"text": "Två elverk"}, conference=conference)
    theirs = commands.raise_need(network.lens("taby-tib"), "standing", {"text": "Plogbil"}, conference=conference)
    told = part(page(network, "standing", conference), NEEDS, QUESTIONS)
    assert "Inga erbjudanden" in told
    commands.offer_to_need(network.lens("taby-tib"), "standing", need.subject, "Ett elverk")
    commands.offer_to_need(network.lens("vaxholm-beredskapssamordnare"), "standing", theirs.subject, "En plogbil")
    told = part(page(network, "standing", conference), NEEDS, QUESTIONS)
    assert "Ett elverk" in told
    assert "Erbjudet" in told
    assert "Plogbil" not in told
    assert "Gammalt behov" not in told


def test_a_shared_question_is_told_when_it_is_answered(network: Network) -> None:
    conference = opened(network)
    content = {"text": "När öppnas väg 76?", "to": ["trafikverket"]}
    question = question_commands.ask_question(network.lens("taby-tib"), "standing", content).subject
    question_commands.share_question(network.lens("nacka-tib"), "standing", question)
    assert "En fråga som riktats till oss" in page(network, "standing", conference, "trafikverket-tib")
    question_commands.answer_question(network.lens("trafikverket-tib"), "standing", question, "Kl. 14")
    assert "Kl. 14" in part(page(network, "standing", conference), QUESTIONS, TIMES)
    assert "Kl. 14" not in page(network, "standing", conference, "vaxholm-beredskapssamordnare")
    assert "En fråga som riktats till oss" not in page(network, "standing", conference, "trafikverket-tib")


def test_needs_and_requests_that_wait_for_us(network: Network) -> None:
    conference = opened(network)
    content = {"text": "Två elverk", "concerns": ["nacka"]}
    need = commands.raise_need(network.lens("taby-tib"), "standing", content, conference=conference).subject
    asked: dict[str, Any] = {
        "purpose": "vecka",
        "template": "vecka",
        "deadline_at": now_ms() + HOUR,
        "asked": ["nacka"],
    }
    network.write(LEADER, Draft("request.made", "standing", new_id(), asked))
    told = part(page(network, "standing", conference), AWAITED, OURS)
    assert "Ett behov som riktats till oss" in told
    assert "Lägesrapport senast" in told
    commands.offer_to_need(network.lens("nacka-tib"), "standing", need, "Ett elverk")
    assert "Ett behov som riktats till oss" not in page(network, "standing", conference)
    assert "Lägesrapport senast" not in page(network, "standing", conference, "taby-tib")


def test_next_times_the_takt_and_the_minutes(network: Network) -> None:
    space = network.open_incident()
    conference, lens = opened(network, space), network.lens(LEADER)
    set_cadence(lens, space, Takt("akut", "Läget förvärras", now_ms() + 2 * HOUR))
    call(network, space, agenda="aktiverat_foljande", starts_at=now_ms() + 3 * HOUR)
    commands.close_conference(lens, space, conference)
    commands.publish_minutes(lens, space, conference, {"comments_until_at": now_ms() + HOUR})
    told = page(network, space, conference)
    assert "Synpunkter på mötesanteckningarna" in part(told, AWAITED, OURS)
    assert all(word in told[told.index(TIMES) :] for word in ("Konferens", "Rapport", "Lägesbild"))
    assert "Takten ändrades" in told
    assert "Läget förvärras" in told
    comment_commands.comment_minutes(network.lens("nacka-tib"), space, conference, "Inget")
    assert "Synpunkter på mötesanteckningarna" not in part(page(network, space, conference), AWAITED, OURS)


def test_another_wording_of_an_earlier_agreement_is_told(network: Network) -> None:
    space = network.open_incident()
    first = opened(network, space, starts_at=now_ms() - 60_000)
    agreement = agree(network, space, first, "nacka")
    commands.confirm_undertaking(network.lens("nacka-tib"), space, agreement)
    commands.close_conference(network.lens(LEADER), space, first)
    second = opened(network, space, agenda="aktiverat_foljande")
    terms = {"wording": "Vi plogar väg 222", "undertakings": [{"organisation": "nacka"}], "reason": "Fel väg"}
    commands.change_agreement(network.lens(SECRETARY), space, agreement, terms)
    told = page(network, space, second)
    assert "Tidigare som fått ny lydelse" in told
    assert "Lydelsen i åtagande 1:1 har ändrats" in part(told, AWAITED, OURS)


def test_the_page_is_reached_from_the_conference_and_hidden_with_it(network: Network) -> None:
    space = network.open_sub_space("standing", "taby-tib")
    conference = opened(network, space)
    assert client(network, "nacka-tib").get(place(space, conference, "after/")).status_code == 404
    assert "Det här gäller för Täby" in text_of(client(network, "taby-tib").get(place(space, conference)))
    assert "Efter konferensen: det här gäller för Täby" in page(network, space, conference, "taby-tib")
