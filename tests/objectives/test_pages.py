"""The pages of the målbild: adding, stating, narrowing, the moment, and what is refused."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.objectives import plan_commands as commands
from gemensam.objectives.plan_queries import get_milestone, list_milestones, list_outcomes
from gemensam.web import times
from tests.network import Network
from tests.objectives.making import STRATEGIST, period

pytestmark = pytest.mark.database


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def area(network: Network, space: str, title: str = "Robusthet") -> str:
    return commands.add(network.lens(STRATEGIST), space, "area", {"title": title, "order": 1}).subject


def milestone(network: Network, space: str, of: str, **more: Any) -> str:
    content = {"title": "Reservväg provad", "area": of, "level": "verkstallande", "due": "2027-06-30", **more}
    return commands.add(network.lens(STRATEGIST), space, "milestone", content).subject


def form(space: str, of: str, **more: Any) -> dict[str, Any]:
    return {"title": "Reservväg provad", "area": of, "goal": "", "level": "verkstallande", "due": "2027-06-30", **more}


def test_a_milestone_is_added_by_a_form_and_stands_in_the_pictures(network: Network) -> None:
    space = period(network)
    of = area(network, space)
    page = client(network, STRATEGIST)
    answer = page.post(f"/spaces/{space}/milestones/new/", form(space, of, evidence="Protokoll"))
    assert answer.status_code == 302
    overview = client(network, "nacka-tib").get(f"/spaces/{space}/objectives/")
    told = overview.content.decode()
    assert "Reservväg provad" in told
    assert "0/37" in told
    assert '<svg class="timeline"' in told
    assert "style=" not in told.split("<main")[1]
    assert "Lägg till en milstolpe" not in told
    matrix = client(network, "nacka-tib").get(f"/spaces/{space}/objectives/matrix/").content.decode()
    assert matrix.count("not-reported") == 37
    lines = b"".join(client(network, "nacka-tib").get(f"/spaces/{space}/objectives/milestones.csv")).decode()
    assert "M1;Robusthet;;Reservväg provad" in lines


def test_the_overview_and_the_matrix_follow_what_happens_and_are_not_sent_twice(network: Network) -> None:
    space = period(network)
    of = area(network, space)
    reader = client(network, "nacka-tib")
    for address in (f"/spaces/{space}/objectives/", f"/spaces/{space}/objectives/matrix/?level=inriktande"):
        first = reader.get(address)
        assert 'data-live-part="milestones"' in first.content.decode()
        assert reader.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
        milestone(network, space, of)
        assert reader.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_a_member_states_its_own_and_only_its_own(network: Network) -> None:
    space = period(network)
    subject = milestone(network, space, area(network, space))
    url = f"/spaces/{space}/milestones/{subject}/"
    said = {"state": "natt", "evidence": "Provad 3 maj", "on": "2026-05-03"}
    assert client(network, "nacka-tib").post(f"{url}state/", said).status_code == 302
    told = client(network, "taby-tib").get(url).content.decode()
    assert "Provad 3 maj" in told
    assert "1 av 37 har nått den" in told
    stands = get_milestone(network.lens("nacka-tib"), space, subject, Moment(now_ms())).stands
    nacka = stands.of("nacka")
    assert nacka is not None
    assert nacka.state == "natt"
    assert [each.organisation for each in stands.parties if each.word] == ["nacka"]


@pytest.mark.parametrize(
    ("function", "data", "status"),
    [
        ("nacka-tib", {"state": "natt"}, 422),  # nothing shows it
        ("nacka-tib", {"state": "ej_angivet"}, 422),  # only the program says so
        ("nacka-tib", {"state": "strunt"}, 422),
        ("nacka-tib", {"state": "pagar", "on": "i vår"}, 422),
        ("nacka-lasare", {"state": "pagar"}, 403),
        (STRATEGIST, {"state": "pagar"}, 403),
    ],
)
def test_what_cannot_be_stated_is_refused(network: Network, function: str, data: dict[str, str], status: int) -> None:
    space = period(network)
    subject = milestone(network, space, area(network, space))
    answer = client(network, function).post(f"/spaces/{space}/milestones/{subject}/state/", data)
    assert answer.status_code == status
    assert not get_milestone(network.lens(STRATEGIST), space, subject, Moment(now_ms())).data.words


def test_a_milestone_for_some_is_stated_by_them_alone(network: Network) -> None:
    space = period(network)
    subject = milestone(network, space, area(network, space), concerns=["nacka"])
    with pytest.raises(Refused, match="milestone_not_concerned"):
        commands.state_milestone(network.lens("taby-tib"), space, subject, {"state": "pagar"})
    commands.state_milestone(network.lens("nacka-tib"), space, subject, {"state": "pagar"})
    assert get_milestone(network.lens("taby-tib"), space, subject, Moment(now_ms())).stands.asked == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"due": "2031-01-01"}, "inom periodens år"),
        ({"due": "nästa år"}, "2027-03-31"),
        ({"title": ""}, "måste fyllas i"),
        ({"area": ""}, "målområde eller ett mål"),
        ({"trace_0_kind": "workshop"}, "egna ord"),
        ({"trace_0_text": "Workshop i maj"}, "vilket slag"),
        ({"trace_0_kind": "handelse", "trace_0_place": "finns-inte"}, "finns-inte"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(network: Network, data: dict[str, str], words: str) -> None:
    space = period(network)
    of = area(network, space)
    sent = {**form(space, of, text="Det här skrev jag"), **data}
    answer = client(network, STRATEGIST).post(f"/spaces/{space}/milestones/new/", sent)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Det här skrev jag" in told
    assert words in told
    assert not list_milestones(network.lens(STRATEGIST), space, Moment(now_ms()))


def test_who_does_not_govern_adds_nothing(network: Network) -> None:
    space = period(network)
    of = area(network, space)
    for path in ("areas/new/", "goals/new/", "milestones/new/", "activities/new/"):
        assert client(network, "nacka-tib").post(f"/spaces/{space}/{path}", form(space, of)).status_code == 403
    incident = network.open_incident()
    assert client(network, STRATEGIST).get(f"/spaces/{incident}/milestones/new/").status_code == 404


def test_a_link_fills_in_the_form(network: Network) -> None:
    space, incident = period(network), network.open_incident("Snöoväder 2026")
    area(network, space)
    page = client(network, STRATEGIST).get(f"/spaces/{space}/milestones/new/?title=Prova+reservvägen&from={incident}")
    told = page.content.decode()
    assert 'value="Prova reservvägen"' in told
    assert re.search(rf'<option value="{incident}" selected', told)


def test_what_it_comes_from_is_shown_both_ways_to_those_who_read_both(network: Network) -> None:
    space, incident = period(network), network.open_incident("Snöoväder 2026")
    of = area(network, space)
    sent = form(space, of, trace_0_kind="handelse", trace_0_place=incident, trace_1_kind="workshop",
                trace_1_text="Workshop", trace_1_on="2026-05-01", trace_1_source="Anteckningar")  # fmt: skip
    assert client(network, STRATEGIST).post(f"/spaces/{space}/milestones/new/", sent).status_code == 302
    (found,) = list_milestones(network.lens("nacka-tib"), space, Moment(now_ms()))
    told = client(network, "nacka-tib").get(f"/spaces/{space}/milestones/{found.subject}/").content.decode()
    assert "Snöoväder 2026" in told
    assert "Anteckningar" in told
    back = client(network, "nacka-tib").get(f"/spaces/{incident}/outcomes/").content.decode()
    assert "Reservväg provad" in back
    assert list_outcomes(network.lens("nacka-tib"), incident)[0].subject == found.subject


def test_a_goal_comes_from_no_narrower_circle(network: Network) -> None:
    space, incident = period(network), network.open_incident()
    narrow = network.open_sub_space(incident, "nacka-tib", function="kansliet-samordningschef")
    of = area(network, space)
    trace = {"kind": "handelse", "space": narrow, "subject": narrow, "text": "", "on": "", "source": ""}
    content = {"title": "Mål", "area": of, "traces": [trace]}
    with pytest.raises(Refused, match="reference_not_wider"):
        commands.add(network.lens("kansliet-samordningschef"), space, "goal", content)
    page = client(network, "kansliet-samordningschef").get(f"/spaces/{space}/goals/new/").content.decode()
    assert narrow not in page


def test_what_has_moved_is_shown_and_not_written_over(network: Network) -> None:
    space = period(network)
    of = area(network, space)
    subject = milestone(network, space, of)
    seen = get_milestone(network.lens(STRATEGIST), space, subject, Moment(now_ms())).data.content
    content = {"title": "Ny lydelse", "area": of, "level": "samordnande", "due": "2027-09-30"}
    commands.change(network.lens(STRATEGIST), space, subject, content)
    answer = client(network, STRATEGIST).post(
        f"/spaces/{space}/milestones/{subject}/change/", form(space, of, title="Min lydelse", seen=seen)
    )
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Ny lydelse" in told
    assert "Min lydelse" in told


def test_the_past_shows_what_was_known_and_offers_no_buttons(network: Network) -> None:
    space = period(network)
    subject = milestone(network, space, area(network, space))
    then = now_ms()
    while now_ms() == then:  # what comes in the same millisecond was known then
        pass
    commands.state_milestone(
        network.lens("nacka-tib"),
        space,
        subject,
        {"state": "pagar"},
    )

    query = f"?knew_at={times.iso_moment(then).replace('+', '%2B')}"
    for path in ("objectives/", "objectives/matrix/", f"milestones/{subject}/", "yearly-plan/", "schedule/", "vision/"):
        answer = client(network, STRATEGIST).get(f"/spaces/{space}/{path}{query}")
        assert answer.status_code == 200, path
        assert "Lägg till" not in answer.content.decode(), path
    told = client(network, "nacka-tib").get(f"/spaces/{space}/milestones/{subject}/{query}").content.decode()
    assert "Påbörjad</span>" not in told.partition("Medlem för medlem")[2]
    old = get_milestone(network.lens("nacka-tib"), space, subject, Moment(now_ms(), knew_at=then))
    assert not old.data.words


def test_areas_and_goals_in_use_are_not_withdrawn(network: Network) -> None:
    space = period(network)
    of = area(network, space)
    subject = milestone(network, space, of)
    with pytest.raises(Refused, match="area_in_use"):
        commands.withdraw(network.lens(STRATEGIST), space, of, "överflödigt")
    page = client(network, STRATEGIST)
    page.post(f"/spaces/{space}/milestones/{subject}/withdraw/", {"reason": "dubblett"})
    assert not list_milestones(network.lens(STRATEGIST), space, Moment(now_ms()))
    assert "Återkallad" in page.get(f"/spaces/{space}/milestones/{subject}/").content.decode()
    commands.withdraw(network.lens(STRATEGIST), space, of, "överflödigt")


def test_a_step_is_ticked_off_and_reopened(network: Network) -> None:
    space = period(network)
    page = client(network, STRATEGIST)
    told = page.get(f"/spaces/{space}/schedule/").content.decode()
    assert "1 nov 2025" in told
    assert (
        client(network, "nacka-tib").post(f"/spaces/{space}/schedule/utkast/done/", {"on": "2026-04-01"}).status_code
        == 403
    )
    assert page.post(f"/spaces/{space}/schedule/utkast/done/", {"on": "i går"}).status_code == 422
    assert page.post(f"/spaces/{space}/schedule/utkast/done/", {"on": "2026-04-11"}).status_code == 302
    assert "10 dagar sent" in page.get(f"/spaces/{space}/schedule/").content.decode()
    page.post(f"/spaces/{space}/schedule/utkast/reopen/", {"reason": "fel steg"})
    assert "10 dagar sent" not in page.get(f"/spaces/{space}/schedule/").content.decode()
    with pytest.raises(Refused, match="unknown_schedule_step"):
        commands.tick_step(network.lens(STRATEGIST), space, "strunt", {"on": "2026-04-01"})


def test_the_start_page_says_when_the_next_must_be_started(network: Network) -> None:
    period(network)
    late = client(network, STRATEGIST).get("/").content.decode()
    assert "Målbilden 2027–2030" in late
    assert "Målbilden 2027–2030" not in client(network, "nacka-tib").get("/").content.decode()


def test_the_yearly_plan(network: Network) -> None:
    space = period(network)
    of = area(network, space)
    page = client(network, STRATEGIST)
    sent = {"title": "Samverkansövning", "area": of, "year": "2028", "quarter": "2", "responsible": "nacka",
            "state": "planerad"}  # fmt: skip
    assert page.post(f"/spaces/{space}/activities/new/", sent).status_code == 302
    assert page.post(f"/spaces/{space}/activities/new/", {**sent, "year": "2035"}).status_code == 422
    assert "Samverkansövning" in page.get(f"/spaces/{space}/yearly-plan/?year=2028").content.decode()
    assert "Samverkansövning" not in page.get(f"/spaces/{space}/yearly-plan/?year=2027").content.decode()
    lines = b"".join(page.get(f"/spaces/{space}/yearly-plan/plan.csv")).decode()
    assert "2028;2;Robusthet;Samverkansövning;Nacka" in lines


def test_the_document_is_a_pdf(network: Network) -> None:
    space = period(network)
    milestone(network, space, area(network, space))
    answer = client(network, "nacka-tib").get(f"/spaces/{space}/objectives/objectives.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
