"""Joint projects of a period by full requests and commands: plan, who takes part, state, result, filters."""

from typing import Any

import pytest
from django.test import Client

from gemensam.coordination.sending import Sent
from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.planning import project_commands as commands
from gemensam.planning.project_queries import get_project
from gemensam.web import times
from tests.network import Network
from tests.planning.entries import PROJECT

pytestmark = pytest.mark.database
LEADER, OTHER, OFFICE = "nacka-sakerhetschef", "taby-sakerhetschef", "kansliet-strateg"
WRITTEN: dict[str, Any] = {
    "title": "Väder och klimat", "purpose": "Bättre beredskap för skyfall", "goal_text": "Robusta system",
    "state": "beslutat", "begins_on": "2027-02-01", "ends_on": "2029-06-30", "invited": ["taby", "polisen"],
    "rows": "3", "step-0-text": "Kartläggning", "step-0-due_on": "2027-10-01", "step-1-text": "Åtgärdslista",
    "step-1-due_on": "2028-10-01",
}  # fmt: skip


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


@pytest.fixture
def period(network: Network) -> str:
    return open_period(network.lens(OFFICE), PeriodData(2027, 2030)).space


def opened(network: Network, period: str, **changes: Any) -> str:
    answer = client(network, LEADER).post(f"/spaces/{period}/projects/new/", {**WRITTEN, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).split("/")[-2]


def test_a_project_is_opened_and_each_organisation_says_itself_whether_it_takes_part(
    network: Network, period: str
) -> None:
    subject = opened(network, period)
    base = f"/spaces/{period}/projects/{subject}/"
    assert "Ni tillfrågas om ett projekt" in client(network, OTHER).get("/").content.decode()
    other = client(network, OTHER)
    assert other.post(f"{base}part/", {"act": "joined", "text": "Med två personer"}).status_code == 302
    assert "Ni tillfrågas om ett projekt" not in client(network, OTHER).get("/").content.decode()
    stranger = client(network, "solna-sakerhetschef")  # nobody asked it
    assert stranger.post(f"{base}part/", {"act": "joined"}).status_code == 302
    page = client(network, "nacka-lasare").get(base).content.decode()
    for words in ("Med två personer", "Tillfrågad", "Kartläggning", "2028-10-01", "Robusta system", "Beslutat"):
        assert words in page
    assert "/change/" not in page
    shown = get_project(network.lens(OTHER), period, subject, Moment(times.now()))
    assert shown.participants == ("nacka", "solna", "taby")
    other.post(f"{base}part/", {"act": "left", "text": "Annat går före"})
    shown = get_project(network.lens(OTHER), period, subject, Moment(times.now()))
    assert shown.participants == ("nacka", "solna")
    assert client(network, LEADER).post(f"{base}part/", {"act": "joined"}).status_code == 302  # told, not written
    assert other.post(f"{base}part/", {"act": "kanske"}).status_code == 400
    listed = f"/spaces/{period}/projects/?organisation=solna"
    assert "Väder och klimat" in client(network, OTHER).get(listed).content.decode()
    listed = f"/spaces/{period}/projects/?organisation=taby"
    assert "Inget projekt passar" in client(network, OTHER).get(listed).content.decode()


def test_a_changed_plan_keeps_its_steps_and_needs_a_reason(network: Network, period: str) -> None:
    subject = opened(network, period)
    base = f"/spaces/{period}/projects/{subject}/"
    leader = client(network, LEADER)
    asked = leader.get(f"{base}change/")
    sent = {**WRITTEN, "step-0-done_on": "2027-09-15", "step-2-text": "Utvärdering", "rows": "5",
            "seen": asked.context["seen"]}  # fmt: skip
    assert leader.post(f"{base}change/", sent).status_code == 422  # no reason
    more = leader.post(f"{base}change/", {**sent, "act": "more"})
    assert 'value="Utvärdering"' in more.content.decode()
    assert leader.post(f"{base}change/", {**sent, "reason": "Kartlagt"}).status_code == 302
    shown = get_project(network.lens(LEADER), period, subject, Moment(times.now()))
    assert [(step["code"], step["text"]) for step in shown.text["steps"]] == [
        ("1", "Kartläggning"), ("2", "Åtgärdslista"), ("3", "Utvärdering"),
    ]  # fmt: skip
    assert leader.post(f"{base}change/", {**sent, "reason": "Igen"}).status_code == 409
    assert client(network, OTHER).post(f"{base}change/", {**sent, "reason": "Vi med"}).status_code == 403
    page = leader.get(f"/spaces/{period}/projects/").content.decode()
    assert "1 / 3" in page
    assert (
        page.count('class="due" cx') + page.count('class="done" cx') == 2
    )  # a step without days has no place in the picture


def test_a_state_that_ends_the_project_needs_its_result(network: Network, period: str) -> None:
    subject = opened(network, period)
    base = f"/spaces/{period}/projects/{subject}/"
    leader = client(network, LEADER)
    for state, reason, result, code in (
        ("pausat", "", "", "reason_missing"), ("avslutat", "", "", "project_result_missing"),
        ("beslutat", "", "", "project_state_same"), ("rymt", "", "", "unknown_project_state"),
    ):  # fmt: skip
        content = {"state": state, "reason": reason, "result": result}
        with pytest.raises(Refused, match=code):
            commands.move_project(network.lens(LEADER), period, subject, content, sent=Sent())
    assert client(network, OTHER).post(f"{base}state/", {"state": "pagar"}).status_code == 403
    leader.post(f"{base}state/", {"state": "pagar"})
    assert "1 projekt, 1 pågår" in leader.get(f"/spaces/{period}/period/").content.decode()
    leader.post(f"{base}state/", {"state": "avslutat", "result": "En gemensam åtgärdslista"})
    page = leader.get(base).content.decode()
    assert "En gemensam åtgärdslista" in page
    table = b"".join(leader.get(f"/spaces/{period}/projects/table.csv?state=avslutat")).decode()
    assert "Väder och klimat;Nacka;Avslutat" in table
    assert "Inget projekt passar" in leader.get(f"/spaces/{period}/projects/?state=ide").content.decode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "words_missing"),
        ({"title": "x" * 121}, "text_too_long"),
        ({"invited": ["atlantis"]}, "no_such_organisation"),
        ({"begins_on": "2029-01-01"}, "days_reversed"),
        ({"ends_on": "snart"}, "day_unreadable"),
        ({"steps": [{"text": " "}]}, "words_missing"),
        ({"steps": [{"text": "x"}] * 41}, "project_steps"),
        ({"state": "rymt"}, "unknown_project_state"),
    ],
)
def test_what_cannot_be_a_project_is_refused(network: Network, period: str, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        commands.open_project(network.lens(LEADER), period, {**PROJECT, "ends_on": "2028-12-31", **change})


def test_projects_belong_to_periods_and_to_those_who_plan(network: Network, period: str) -> None:
    assert client(network, "nacka-lasare").post(f"/spaces/{period}/projects/new/", WRITTEN).status_code == 403
    assert client(network, LEADER).get(f"/spaces/{STANDING}/projects/").status_code == 404
    assert client(network, LEADER).get(f"/spaces/{period}/projects/ingen/").status_code == 404
    started = client(network, LEADER).get(f"/spaces/{period}/projects/new/?goal=mal-1&goal_text=Robusta+system")
    assert started.context["form"]["goal"].value() == "mal-1"
    before = times.now() - 1_000
    subject = opened(network, period)
    past = f"?knew_at={times.iso_moment(before)}"
    assert client(network, LEADER).get(f"/spaces/{period}/projects/{subject}/{past}").status_code in (400, 404)
