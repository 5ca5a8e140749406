"""Follow-up of documents and agreements: deadlines by rule, each member's answers, the report and its versions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gemensam.coordination.sending import Sent
from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.planning import follow_commands as commands
from gemensam.planning.domain.follow_up_rules import check_answers
from gemensam.planning.domain.follow_ups import due_of, next_year, reminders
from gemensam.planning.follow_queries import get_follow_up, get_report
from gemensam.rosters.domain.local import local
from gemensam.web import times
from tests.network import Network
from tests.planning.entries import DAY, QUESTIONS

OFFICE = "kansliet-strateg"
NACKA, TABY, SOLNA = "nacka-sakerhetschef", "taby-sakerhetschef", "solna-sakerhetschef"
YEAR = times.local(times.now()).year
TEMPLATE = {"every_years": 1, "due_month": 2, "due_day": 15, "years_after": 1, "remind_days": [30, 7, 1]}
WRITTEN: dict[str, Any] = {
    "title": "Uppföljning av överenskommelsen", "about": "Överenskommelse om regional samverkan", "template": "arlig",
    "year": YEAR, "recipients": ["nacka", "taby", "solna"], "text": "Svara kort.",
}  # fmt: skip
GIVEN = {"q_foljs": "delvis", "q_gjort": "Övat två gånger", "note": "Mer nästa år"}


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


@pytest.fixture
def period(network: Network) -> str:
    return open_period(network.lens(OFFICE), PeriodData(2027, 2030)).space


def opened(network: Network, space: str, **changes: Any) -> str:
    answer = client(network, OFFICE).post(f"/spaces/{space}/follow-ups/new/", {**WRITTEN, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).split("/")[-2]


# Pure -----------------------------------------------------------------------------------------------------------


@given(st.integers(2000, 2090))
def test_the_last_day_is_the_whole_local_day_of_the_rule(year: int) -> None:
    due_at = due_of(TEMPLATE, year)
    there = local(due_at)
    assert (there.date(), there.hour, there.minute) == (date(year + 1, 2, 15), 23, 59)
    assert next_year(TEMPLATE, year) == year + 1
    assert next_year({**TEMPLATE, "every_years": 0}, year) is None
    assert reminders(TEMPLATE, due_at) == (due_at - 30 * DAY, due_at - 7 * DAY, due_at - DAY)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "follow_up_answer_missing"),
        ({"foljs": " "}, "follow_up_answer_missing"),
        ({"foljs": "kanske"}, "follow_up_answer_choice"),
        ({"foljs": "ja", "antal": "tre"}, "follow_up_answer_number"),
        ({"foljs": "ja", "antal": "-1"}, "follow_up_answer_number"),
        ({"foljs": "ja", "antal": "٣"}, "follow_up_answer_number"),
        ({"foljs": "ja", "gjort": "x" * 4_001}, "text_too_long"),
        ({"foljs": "ja", "annat": "x"}, "follow_up_answer_unknown"),
    ],
)
def test_answers_are_held_against_the_questions(answers: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_answers(QUESTIONS, [{"code": name, "value": value} for name, value in answers.items()])
    check_answers(QUESTIONS, [{"code": "foljs", "value": "nej"}, {"code": "antal", "value": "12"}])


# Requests -------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_each_member_answers_for_itself_and_the_report_is_published_and_printed(network: Network, period: str) -> None:
    subject = opened(network, period)
    base = f"/spaces/{period}/follow-ups/{subject}/"
    assert "Uppföljning att svara på" in client(network, NACKA).get("/").content.decode()
    assert "Uppföljning att svara på" not in client(network, "lidingo-sakerhetschef").get("/").content.decode()
    nacka = client(network, NACKA)
    assert nacka.post(f"{base}answer/", {**GIVEN, "q_foljs": ""}).status_code == 422
    assert nacka.post(f"{base}answer/", GIVEN).status_code == 302
    assert client(network, TABY).post(f"{base}answer/", {"q_foljs": "ja", "q_gjort": "Nya rutiner"}).status_code == 302
    assert nacka.post(f"{base}answer/", {**GIVEN, "q_gjort": "Övat tre gånger"}).status_code == 302  # other words
    page = client(network, "nacka-lasare").get(base).content.decode()
    for words in ("Övat tre gånger", "Solna", "inte svarat", 'Delvis: <span class="num">1</span>'):
        assert words in page
    assert "Övat två gånger" not in page.split("Historik")[0]
    assert "2 av 3 har svarat" in nacka.get(f"/spaces/{period}/period/").content.decode()
    office = client(network, OFFICE)
    seen = office.get(base).context["seen"]
    report = {"summary": "Avtalet följs i stort.", "proposals": "Öva oftare.", "seen": seen}
    assert nacka.post(f"{base}report/", report).status_code == 403
    client(network, SOLNA).post(f"{base}answer/", {**GIVEN, "q_foljs": "nej"})
    assert office.post(f"{base}report/", report).status_code == 409  # Solna has answered meanwhile
    report["seen"] = office.get(base).context["seen"]
    assert office.post(f"{base}report/", report).status_code == 302
    printed = office.get(f"{base}report/1/report.pdf")
    assert printed.content.startswith(b"%PDF-")
    assert "Avtalet följs i stort." in nacka.get(f"{base}report/1/").content.decode()
    table = b"".join(office.get(f"{base}table.csv")).decode()
    assert ";Delvis;Övat tre gånger;" in table
    nacka.post(f"{base}answer/", {**GIVEN, "q_foljs": "ja"})
    shown = get_follow_up(network.lens(OFFICE), period, subject, Moment(times.now()))
    _version, content = get_report(network.lens(OFFICE), period, shown, 1, Moment(times.now()))
    values = {each["organisation"]: each["answers"][0]["value"] for each in content["answers"]}
    assert values == {"nacka": "delvis", "solna": "nej", "taby": "ja"}  # as it was published
    assert content["basis"]
    assert (content["version"], content["year"]) == (1, YEAR)
    again = {**report, "seen": office.get(base).context["seen"]}
    assert office.post(f"{base}report/", again).status_code == 422  # no reason for the new version
    assert office.post(f"{base}report/", {**again, "reason": "Nacka har ändrat"}).status_code == 302
    assert "Det finns en nyare version" in nacka.get(f"{base}report/1/").content.decode()
    assert nacka.get(f"{base}report/3/").status_code == 404


@pytest.mark.database
def test_the_last_day_comes_from_the_rule_and_can_be_put_off_with_a_reason(network: Network) -> None:
    subject = opened(network, STANDING)
    shown = get_follow_up(network.lens(OFFICE), STANDING, subject, Moment(times.now()))
    assert times.local(shown.due_at - 1).date() == date(YEAR + 1, 2, 15)
    assert [each["code"] for each in shown.text["questions"]] == ["foljs", "gjort", "hinder", "behov"]
    base = f"/spaces/{STANDING}/follow-ups/{subject}/"
    office = client(network, OFFICE)
    later = (times.local(times.now()).date() + timedelta(days=400)).isoformat()
    assert office.post(f"{base}extend/", {"due_on": later}).status_code == 422
    assert office.post(f"{base}extend/", {"due_on": later, "reason": "Fler", "added": ["lidingo"]}).status_code == 302
    shown = get_follow_up(network.lens(OFFICE), STANDING, subject, Moment(times.now()))
    assert shown.recipients == ("lidingo", "nacka", "solna", "taby")
    assert office.post(f"{base}close/", {"reason": "Klart"}).status_code == 302
    assert client(network, NACKA).post(f"{base}answer/", GIVEN).status_code == 409
    assert "Publicera uppföljningens rapport" in office.get("/").content.decode()


@pytest.mark.database
def test_who_is_not_asked_or_may_not_answer_does_not_and_the_joint_office_enters_for_others(
    network: Network, period: str
) -> None:
    subject = opened(network, period)
    base = f"/spaces/{period}/follow-ups/{subject}/"
    assert client(network, "lidingo-sakerhetschef").post(f"{base}answer/", GIVEN).status_code == 403
    assert client(network, "nacka-lasare").post(f"{base}answer/", GIVEN).status_code == 403
    content = {"answers": [{"code": "foljs", "value": "ja"}, {"code": "gjort", "value": "x"}], "note": ""}
    with pytest.raises(Refused, match="not_permitted"):
        commands.answer_follow_up(network.lens("nacka-lasare"), period, subject, content)
    with pytest.raises(Refused, match="follow_up_not_asked"):
        commands.answer_follow_up(network.lens("lidingo-sakerhetschef"), period, subject, content, sent=Sent())
    sent = {**GIVEN, "organisation": "solna", "via": "telefon"}
    answer = client(network, OFFICE).post(f"{base}answer/", sent)
    assert answer.status_code == 302, answer.content.decode()
    shown = get_follow_up(network.lens(OFFICE), period, subject, Moment(times.now()))
    assert set(shown.answered) == {"solna"}


@pytest.mark.database
@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"recipients": []}, {"recipients": ["atlantis"]}, {"template": "ingen"}, {"year": 1999},
        {"due_on": "2020-01-01"}, {"year": YEAR + 40},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(network: Network, period: str, changes: dict[str, Any]) -> None:
    answer = client(network, OFFICE).post(f"/spaces/{period}/follow-ups/new/", {**WRITTEN, **changes})
    assert answer.status_code == 422
    assert client(network, NACKA).post(f"/spaces/{network.open_incident()}/follow-ups/new/", WRITTEN).status_code == 404


@pytest.mark.database
def test_the_next_follow_up_by_the_rule_is_a_thing_to_do(network: Network, period: str) -> None:
    due = date(YEAR + 1, 2, 15)
    soon = due - times.local(times.now()).date() < timedelta(days=90)
    opened(network, period, year=YEAR - 1, due_on=(times.local(times.now()).date() + timedelta(days=9)).isoformat())
    page = client(network, OFFICE).get("/").content.decode()
    assert ("Dags för nästa uppföljning" in page) is soon
    form = client(network, OFFICE).get(f"/spaces/{period}/follow-ups/new/?about=Avtal&year={YEAR}&template=arlig")
    assert form.context["form"]["about"].value() == "Avtal"
