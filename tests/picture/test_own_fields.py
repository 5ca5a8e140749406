"""What the compiler writes beside the sentences: window report, courses of events; and the joint analysis."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.kinds import collect
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import now_ms
from gemensam.picture import queries
from gemensam.picture.domain import KINDS
from gemensam.picture.domain.analysis import ANALYSIS, analyses, analysis_subject
from tests.documents.reading import squeezed, whole
from tests.network import Network, build
from tests.picture.scene import cell, chosen, publish, publish_picture, report, section
from tests.picture.test_compiling import field, in_draft, press, publish_draft
from tests.tables import Payloads, Tried, check_every_attempt

COMPILER = "lansstyrelsen-lagesbildsansvarig"
CALM = {
    "title": "Elen åter i natt", "likelihood": "hog", "text": "Vinden avtar.", "consequences": "Skolorna öppnar.",
    "watch": "Elnätsbolagets prognos kl. 18.",
}  # fmt: skip
WORSE = {
    "title": "Avbrott i tre dygn",
    "likelihood": "lag",
    "text": "",
    "consequences": "Evakuering.",
    "watch": "Kyla.",
}


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(COMPILER)


def content_of(network: Network, space: str, label: str = "1") -> dict[str, Any]:
    lens = network.lens(COMPILER)
    found = queries.get_picture(lens, space, label, Moment(lens.now)).content
    assert found is not None
    return dict(found)


def refusal(network: Network, space: str, *sections: Any) -> str:
    position = network.lens(COMPILER).state(space).position
    with pytest.raises(Refused) as refused:
        publish_picture(network, space, now_ms(), *sections)
    assert network.lens(COMPILER).state(space).position == position
    return refused.value.code


# Fields and courses of events --------------------------------------------------------------------------------------


def test_fields_keep_the_words_of_the_list_and_its_order(network: Network, space: str) -> None:
    fields = [
        {"code": "gap", "text": "Två aggregat."},
        {"code": "prognos", "text": "Lika."},
        {"code": "onskat", "text": " "},
    ]
    publish_picture(network, space, now_ms(), {**section("konsekvenser"), "fields": fields})
    found = next(one for one in content_of(network, space)["sections"] if one["code"] == "konsekvenser")
    assert [(one["code"], one["title"], one["text"]) for one in found["fields"]] == [
        ("prognos", "Prognos", "Lika."), ("gap", "Gap", "Två aggregat."),
    ]  # fmt: skip


def test_a_course_of_events_keeps_the_word_of_its_likelihood(network: Network, space: str) -> None:
    publish_picture(network, space, now_ms(), {**section("utveckling"), "scenarios": [CALM, WORSE]})
    found = next(one for one in content_of(network, space)["sections"] if one["code"] == "utveckling")
    assert [(one["title"], one["likelihood_name"]) for one in found["scenarios"]] == [
        ("Elen åter i natt", "Hög"), ("Avbrott i tre dygn", "Låg"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({**section("konsekvenser"), "fields": [{"code": "okand", "text": "x"}]}, "unknown_own_field"),
        ({**section("sammanfattning"), "fields": [{"code": "prognos", "text": "x"}]}, "unknown_own_field"),
        ({**section("konsekvenser"), "fields": [{"code": "prognos", "text": "x" * 4_001}]}, "picture_too_long"),
        ({**section("konsekvenser"), "fields": [{"code": "gap", "text": "811218-9876"}]}, "personal_number"),
        ({**section("konsekvenser"), "scenarios": [CALM]}, "scenario_not_here"),
        ({**section("utveckling"), "scenarios": [CALM] * 7}, "too_many_scenarios"),
        ({**section("utveckling"), "scenarios": [{**CALM, "title": " "}]}, "scenario_without_title"),
        ({**section("utveckling"), "scenarios": [{**CALM, "likelihood": "saker"}]}, "unknown_likelihood"),
        ({**section("utveckling"), "scenarios": [{**CALM, "watch": "811218-9876"}]}, "personal_number"),
        ({**section("konsekvenser"), "fields": [{"code": "gap", "text": " "}]}, "picture_empty"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_code(network: Network, space: str, given: Any, code: str) -> None:
    assert refusal(network, space, given) == code


def written() -> Any:
    scenario = {f"scenario:0:{name}": text for name, text in CALM.items()}
    worse = {f"scenario:2:{name}": text for name, text in WORSE.items()}
    fields = {"field:konsekvenser:prognos": "Läget är detsamma i morgon.", "field:konsekvenser:gap": "Två aggregat."}
    return {**scenario, **worse, **fields, "scenario_heading": "utveckling"}


def test_what_is_written_on_the_workbench_is_kept_previewed_and_published(
    network: Network, space: str, client: Client
) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "mattlig", "Blinkar")))
    page = press(client, space, save="1", **written())
    assert "Två aggregat.</textarea>" in page
    assert page.count('<fieldset class="scenario"') == 3
    assert 'value="hog" selected' in page
    page = press(client, space, preview="1", **written())
    assert "Avbrott i tre dygn" in page
    page = publish_draft(client, space, page).content.decode()
    assert "Elnätsbolagets prognos kl. 18." in page
    assert "Läget är detsamma i morgon." in page


def test_beginning_from_the_latest_takes_fields_and_courses_of_events_along(
    network: Network, space: str, client: Client
) -> None:
    fields = [{"code": "gap", "text": "Två aggregat."}]
    consequences = {**section("konsekvenser"), "fields": fields}
    publish_picture(network, space, now_ms(), consequences, {**section("utveckling"), "scenarios": [CALM]})
    page = press(client, space, from_latest="1")
    assert "Två aggregat.</textarea>" in page
    assert 'value="Elen åter i natt"' in page


def test_fields_and_courses_of_events_are_compared(network: Network, space: str, client: Client) -> None:
    publish_picture(network, space, now_ms(), {**section("utveckling"), "scenarios": [CALM]})
    changed = {**CALM, "likelihood": "medel"}
    publish_picture(network, space, now_ms(), {**section("utveckling"), "scenarios": [changed]})
    page = client.get(f"/spaces/{space}/pictures/compare/").content.decode()
    assert "Händelseutvecklingar: Elen åter i natt" in page
    assert "<del>Hög" in page


# The window report -------------------------------------------------------------------------------------------------


@pytest.fixture
def windows(network: Network, space: str) -> str:
    forecasts = [{"hours": 24, "text": "Mer snö i norr"}]
    said = publish(
        network, "nacka-tib", space, report(now_ms(), cell("el", "mattlig", "Blinkar i Boo"), forecasts=forecasts)
    )
    fields = [{"code": "onskat", "text": "Alla har el."}, {"code": "gap", "text": "Två aggregat."}]
    picked = section("konsekvenser", chosen(said, "cell:el"), chosen(said, "forecast:24"), text="Lugnare.")
    first, last = section("sammanfattning", text="Lugnt läge."), section("bedomning", text="Det vänder.")
    publish_picture(network, space, now_ms(), first, {**picked, "fields": fields}, last)
    return f"/spaces/{space}/pictures/1/window/"


def row_of(page: str, heading: str) -> list[str]:
    return page.split(f'<th scope="row">{heading}</th>')[1].split("</tr>", maxsplit=1)[0].split("<td")[1:]


def test_the_window_report_lays_out_what_the_picture_holds(network: Network, windows: str) -> None:
    page = network.client("nacka-tib").get(windows).content.decode()
    now, forecast, wanted, gap = row_of(page, "Konsekvenser")
    assert "Lugnare." in now
    assert "Blinkar i Boo" in now
    assert "Mer snö i norr" in forecast
    assert "Mer snö" not in now
    assert "Alla har el." in wanted
    assert "Två aggregat." in gap
    assert all("inget skrivet" in pane for pane in row_of(page, "Aktörer"))
    assert page.index("Lugnt läge.") < page.index("Blinkar i Boo") < page.index("Det vänder.")


def test_it_is_printed_as_one_document(client: Client, windows: str) -> None:
    pdf = whole(client.get(windows.rstrip("/") + ".pdf").content)
    for text in ("Fönsterrapport", "Blinkar i Boo", "Mer snö i norr", "Alla har el.", "Två aggregat.", "Det vänder."):
        assert squeezed(text) in pdf
    assert "rader" not in pdf


def test_fields_and_courses_of_events_stand_in_the_pictures_document(
    network: Network, space: str, client: Client
) -> None:
    fields = [{"code": "gap", "text": "Två aggregat."}]
    consequences = {**section("konsekvenser"), "fields": fields}
    publish_picture(network, space, now_ms(), consequences, {**section("utveckling"), "scenarios": [CALM, WORSE]})
    pdf = whole(client.get(f"/spaces/{space}/pictures/1.pdf").content)
    for text in ("Två aggregat.", "Elen åter i natt", "Avbrott i tre dygn", "Sannolikhet", "Hög", "Kyla."):
        assert squeezed(text) in pdf


def test_a_window_report_that_is_not_there_is_not_found(network: Network, space: str) -> None:
    for path in ("window/", "window.pdf"):
        assert network.client("nacka-tib").get(f"/spaces/{space}/pictures/1/{path}").status_code == 404


# The joint analysis --------------------------------------------------------------------------------------------


def test_every_status_takes_what_its_table_says_and_nothing_else() -> None:
    answered = {"stated_at": 5, "questions": ["andra"], "answers": [{"code": "andra", "text": "Polisen"}]}
    payloads: Payloads = {"analysis.answered": answered, "analysis.withdrawn": {"reason": "fel"}}
    tried = Tried(collect(KINDS), ANALYSIS, payloads)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2


def answer(network: Network, function: str, space: str, *marks: str, **texts: str) -> Receipt:
    principal = network.principal(function)
    payload = {"stated_at": now_ms(), "answers": [{"code": code, "text": text} for code, text in texts.items()]}
    subject = analysis_subject(principal.organisation)
    return network.write(function, Draft("analysis.answered", space, subject, payload, marks=marks))[0]


def test_members_answer_and_see_each_others_answers(network: Network, space: str) -> None:
    nacka = network.client("nacka-tib")
    page = nacka.get(f"/spaces/{space}/analysis/").content.decode()
    assert "Finns det behov som inte är mötta?" in page
    posted = {"answer:behov": "Hemtjänsten saknar reservkraft.", "answer:roll": "", "circle": field(page, "circle")}
    page = nacka.post(f"/spaces/{space}/analysis/", posted, follow=True).content.decode()
    assert "Era svar är publicerade." in page
    answer(network, "solna-tib", space, behov="Inga hos oss.")
    page = network.client("taby-tib").get(f"/spaces/{space}/analysis/").content.decode()
    assert "Hemtjänsten saknar reservkraft." in page
    assert "Inga hos oss." in page
    assert "2 aktörer har svarat." in page


def test_the_last_answers_are_in_force_and_others_form_does_not_write_over_them(network: Network, space: str) -> None:
    first = answer(network, "nacka-tib", space, behov="Ett.")
    answer(network, "nacka-tib", space, behov="Två.")
    (one,) = analyses(network.lens("nacka-tib").state(space))
    assert one.data.questions == ("behov",)
    stale = {"answer:behov": "Tre.", "last": first.digest}
    refused = network.client("nacka-tib").post(f"/spaces/{space}/analysis/", stale)
    assert refused.status_code == 409
    assert "Tre.</textarea>" in refused.content.decode()
    assert "Två." in refused.content.decode()


def test_answers_are_taken_back_with_a_reason(network: Network, space: str) -> None:
    answer(network, "nacka-tib", space, behov="Ett.")
    nacka = network.client("nacka-tib")
    assert nacka.post(f"/spaces/{space}/analysis/withdraw/", {"reason": ""}).status_code == 422
    page = nacka.post(f"/spaces/{space}/analysis/withdraw/", {"reason": "Fel"}, follow=True).content.decode()
    assert "Era svar är återkallade." in page
    assert analyses(network.lens("nacka-tib").state(space)) == ()


def test_the_compiler_chooses_among_the_answers_and_the_picture_keeps_them(
    network: Network, space: str, client: Client
) -> None:
    said = answer(network, "nacka-tib", space, behov="Hemtjänsten saknar reservkraft.", roll="Vi har två aggregat.")
    page = client.get(f"/spaces/{space}/compile/?heading=analys").content.decode()
    assert "Vi har två aggregat." in page
    picked = f'["analys", "{said.subject}", "{said.digest}", "answer:behov"]'
    own: Any = {"field:analys:samordna": "Ja, om reservkraft."}
    page = press(client, space, add=picked, **own)
    assert len(in_draft(page)) == 1
    page = press(client, space, chosen=in_draft(page), preview="1", **own)
    page = publish_draft(client, space, page).content.decode()
    assert "Finns det behov som inte är mötta?" in page
    answer(network, "nacka-tib", space, behov="Löst.")
    page = client.get(f"/spaces/{space}/pictures/1/").content.decode()
    assert "Hemtjänsten saknar reservkraft." in page
    assert "Ja, om reservkraft." in page
    assert "Rättad av aktören sedan dess" in page


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"stated_at": 1, "answers": [{"code": "okand", "text": "x"}]}, "unknown_question"),
        ({"stated_at": 1, "answers": []}, "analysis_empty"),
        ({"stated_at": 1, "answers": [{"code": "roll", "text": " "}]}, "analysis_empty"),
        ({"stated_at": 1, "answers": [{"code": "roll", "text": "x" * 2_001}]}, "answer_too_long"),
        ({"stated_at": 1, "answers": [{"code": "roll", "text": "811218-9876"}]}, "personal_number"),
        ({"stated_at": 1, "answers": [{"code": "roll", "text": "a"}, {"code": "roll", "text": "b"}]}, "question_twice"),
        ({"stated_at": 0, "answers": [{"code": "roll", "text": "x"}]}, "stated_in_future"),
    ],
)  # fmt: skip
def test_bad_answers_are_refused_with_a_code(network: Network, space: str, payload: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        network.write("nacka-tib", Draft("analysis.answered", space, "analysis-nacka", payload))
    assert refused.value.code == code


def test_nobody_answers_for_another(network: Network, space: str) -> None:
    payload = {"stated_at": now_ms(), "answers": [{"code": "roll", "text": "x"}]}
    with pytest.raises(Refused) as refused:
        network.write("nacka-tib", Draft("analysis.answered", space, "analysis-solna", payload))
    assert refused.value.code == "analysis_subject"


def test_who_may_only_read_sees_no_form_and_is_refused(network: Network, space: str) -> None:
    reader = network.client("nacka-lasare")
    assert "Våra egna svar" not in reader.get(f"/spaces/{space}/analysis/").content.decode()
    assert reader.post(f"/spaces/{space}/analysis/", {"answer:roll": "x"}).status_code == 403


def test_what_a_narrower_circle_answers_stays_there(network: Network, space: str) -> None:
    narrower = network.open_sub_space(space, COMPILER, "taby-tib")
    answer(network, "taby-tib", narrower, roll="Skyddsvärt")
    assert network.client("nacka-tib").get(f"/spaces/{narrower}/analysis/").status_code == 404
    assert "Skyddsvärt" not in network.client("nacka-tib").get(f"/spaces/{space}/analysis/").content.decode()
