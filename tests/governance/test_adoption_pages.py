"""Pages of steering documents and antagande: full requests, by those who may and those who may not."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.governance.adoption_commands import confirm_decision, register_decision, set_route, withdraw_decision
from gemensam.governance.adoption_queries import board_for
from gemensam.governance.commands import open_period
from gemensam.governance.document_commands import adopt_document, enter_document, rule_adoption, send_document
from gemensam.governance.document_queries import list_documents_for
from gemensam.governance.domain.decisions import DecisionGiven, DecisionTold
from gemensam.governance.domain.documents import (
    FOR_CONSULTATION,
    AdoptionRuled,
    DocumentAdopted,
    DocumentGiven,
    DocumentSent,
    DocumentTold,
)
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.domain.routes import RouteSet
from gemensam.governance.sending import Sent
from gemensam.ledger.append import now_ms
from gemensam.ledger.reading import lens_for
from tests.network import Network

OFFICE, REGISTRAR, CONFIRMER = "kansliet-strateg", "kansliet-registrerare", "kansliet-bekraftare"
HUDDINGE = "huddinge-namndsekreterare"
PDF = b"%PDF-1.4 beslut"


@pytest.fixture
def network(network: Network) -> Network:
    """A network with the målbilder of two periods, as they are known."""
    lens = network.lens(OFFICE)
    for first, last in ((2019, 2022), (2023, 2026)):
        space = open_period(lens, PeriodData(first, last)).space
        told = DocumentTold(f"Målbild {first}–{last}", "malbild", f"Gemensam målbild {first}–{last}",
                            valid_from=f"{first}-01-01", valid_until=f"{last}-12-31")  # fmt: skip
        enter_document(lens, space, DocumentGiven(told))
    return network


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def malbild(network: Network, first: int = 2023) -> tuple[str, str]:
    found = [each for each in list_documents_for(network.lens("nacka-tib")) if str(first) in each.data.code]
    return found[0].link


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def cell(page: str, member: str, place: int) -> str:
    """Return the words of a member's cell in the matrix of documents."""
    row = re.search(rf'<tr data-key="{member}">(.*?)</tr>', page)
    assert row is not None
    found = re.findall(r"<td[^>]*>(.*?)</td>", row[1])[place]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)).strip()


@pytest.mark.database
def test_what_held_for_a_member_is_answered_in_one_click(network: Network) -> None:
    """*Ingen antagen målbild. 2019–2022 hade löpt ut. 2023–2026 var på remiss.* (13.3)"""
    space, document = malbild(network)
    lens = network.lens(OFFICE)
    send_document(lens, space, document, DocumentSent(("huddinge",), "2022-11-15", "2023-02-10", FOR_CONSULTATION))
    adopt_document(lens, space, document, DocumentAdopted("regionala_chefsgruppen", "2023-03-10"))
    told = DecisionTold("beredning", "noterar", "Kommunstyrelsens arbetsutskott", "2023-06-07", "13")
    register_decision(network.lens(HUDDINGE), space, DecisionGiven("huddinge", document, told))
    reader = client(network, "nacka-tib")
    then = text_of(reader.get("/governance/members/huddinge/?on=2023-02-01"))
    assert "Ingen antagen målbild." in then
    assert "Målbild 2019–2022 hade löpt ut." in then
    assert "Målbild 2023–2026 var på remiss." in then
    later = text_of(reader.get("/governance/members/huddinge/?on=2023-07-01"))
    assert "Målbild 2023–2026 tillämpades i avvaktan på antagande." in later
    assert "gällde." not in later.replace("Vad gällde den", "")
    page = reader.get("/governance/?on=2023-07-01").content.decode()
    assert cell(page, "huddinge", 1).startswith("○ I avvaktan")
    assert "§ 13" in cell(page, "huddinge", 1)


@pytest.mark.database
def test_a_day_that_is_none_is_refused_with_a_reason(network: Network) -> None:
    answer = client(network, "nacka-tib").get("/governance/?on=1%20maj")
    assert answer.status_code == 422
    assert "2023-03-10" in text_of(answer)
    assert client(network, "nacka-tib").get("/governance/?knew_at=2099-01-01+12.00").status_code == 400


@pytest.mark.database
def test_the_office_enters_a_document_with_a_file_that_is_kept_unchanged(network: Network) -> None:
    office = client(network, OFFICE)
    sent = {
        "space": "standing", "type": "avsiktsforklaring", "code": "Avsiktsförklaring 2014", "title": "En trygg region",
        "valid_from": "2014-04-01", "parts": "Syfte\nParter", "upload": SimpleUploadedFile("avsikt.pdf", PDF),
    }  # fmt: skip
    answer = office.post("/governance/documents/new/", sent)
    assert answer.status_code == 302
    page = client(network, "nacka-tib").get(answer["Location"])
    assert "avsikt.pdf" in text_of(page)
    url = re.search(r'href="(/spaces/standing/attachments/[^"]+)"', page.content.decode())
    assert url is not None
    assert client(network, "nacka-tib").get(url[1]).content == PDF
    wrong = office.post("/governance/documents/new/", {**sent, "valid_from": "2014-04-01", "valid_until": "2013-01-01"})
    assert wrong.status_code == 422
    assert "En trygg region" in wrong.content.decode()
    again = office.post("/governance/documents/new/", {**sent, "upload": SimpleUploadedFile("x.pdf", PDF)})
    assert again.status_code == 409
    assert client(network, "nacka-tib").post("/governance/documents/new/", sent).status_code == 403


@pytest.mark.database
def test_revising_keeps_the_versions_and_tells_of_a_conflict(network: Network) -> None:
    space, document = malbild(network)
    office, address = client(network, OFFICE), f"/spaces/{space}/documents/{document}/"
    form = office.get(f"{address}revise/").content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', form)
    assert seen is not None
    sent = {"type": "malbild", "code": "Målbild 2023–2026", "title": "Gemensam målbild", "version": "2.0",
            "seen": seen[1], "valid_from": "2023-01-01", "valid_until": "2026-12-31"}  # fmt: skip
    assert office.post(f"{address}revise/", sent).status_code == 302
    assert "version 2.0" in text_of(office.get(address))
    late = office.post(f"{address}revise/", {**sent, "version": "2.1"})
    assert late.status_code == 409
    assert "Det som står nu" in late.content.decode()
    assert 'value="2.1"' in late.content.decode()


@pytest.mark.database
def test_a_document_is_never_part_of_itself(network: Network) -> None:
    space, document = malbild(network)
    office = client(network, OFFICE)
    below = {"space": space, "type": "milstolpar", "code": "Milstolpar", "title": "M", "part_of": f"{space}/{document}"}
    made = office.post("/governance/documents/new/", below)
    child = made["Location"].rstrip("/").rsplit("/", 1)[-1]
    sent = {"type": "malbild", "code": "Målbild 2023–2026", "title": "M", "part_of": f"{space}/{child}"}
    answer = office.post(f"/spaces/{space}/documents/{document}/revise/", sent)
    assert answer.status_code == 422
    assert "del av sig självt" in text_of(answer)


def step(**more: str) -> dict[str, str]:
    return {
        "member": "huddinge",
        "step": "styrelse",
        "outcome": "antar",
        "date": "2023-06-14",
        "paragraph": "12",
        **more,
    }


@pytest.mark.database
def test_a_member_registers_its_own_decision_and_no_other(network: Network) -> None:
    space, document = malbild(network)
    secretary, address = client(network, HUDDINGE), f"/spaces/{space}/documents/{document}/decisions/new/"
    sent = step(body="Kommunstyrelsen", diarienummer="KS-2023/780")
    answer = secretary.post(address, {**sent, "upload": SimpleUploadedFile("beslut.pdf", PDF)})
    assert answer.status_code == 302
    page = secretary.get(answer["Location"])
    assert "beslut.pdf" in text_of(page)
    assert "ej angivet" in text_of(page)  # what the document does not say
    matrix = client(network, "taby-tib").get(f"/spaces/{space}/documents/{document}/adoption/").content.decode()
    assert "KS-2023/780" in matrix
    assert secretary.post(address, {**sent, "member": "nacka"}).status_code == 422
    assert client(network, "nacka-tib").post(address, {**sent, "member": "nacka"}).status_code == 403
    assert cell(client(network, "taby-tib").get("/governance/").content.decode(), "huddinge", 1).startswith("● Antaget")


@pytest.mark.database
def test_no_member_writes_for_another_by_any_way(network: Network) -> None:
    space, document = malbild(network)
    told = DecisionTold("styrelse", "antar", "Kommunstyrelsen", "2023-06-14")
    lens = network.lens(HUDDINGE)
    with pytest.raises(Refused, match="not_your_organisation"):
        register_decision(lens, space, DecisionGiven("nacka", document, told))
    theirs = register_decision(network.lens(REGISTRAR), space, DecisionGiven("nacka", document, told)).subject
    with pytest.raises(Refused, match="not_your_organisation"):
        withdraw_decision(lens, space, theirs, "fel")
    with pytest.raises(Refused, match="not_your_organisation"):
        set_route(lens, "nacka", RouteSet("kommun_b"))
    assert client(network, HUDDINGE).get(f"/spaces/{space}/decisions/{theirs}/correct/").status_code == 403


@pytest.mark.database
def test_four_eyes_wait_for_another_person(network: Network) -> None:
    space, document = malbild(network)
    rule_adoption(network.lens(OFFICE), space, document, AdoptionRuled(four_eyes=True))
    made = client(network, REGISTRAR).post(f"/spaces/{space}/documents/{document}/decisions/new/", step())
    address = made["Location"]
    confirmer = client(network, CONFIRMER)
    page = confirmer.get(address)
    assert "Ej bekräftad" in text_of(page)
    board = "/governance/?on=2024-01-01"
    assert not cell(confirmer.get(board).content.decode(), "huddinge", 1).startswith("● Antaget")
    assert "Bekräfta beslutet från Huddinge" in text_of(confirmer.get("/"))
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page.content.decode())
    assert seen is not None
    assert client(network, REGISTRAR).post(f"{address}confirm/", {"seen": seen[1]}).status_code == 403
    assert confirmer.post(f"{address}return/", {"seen": seen[1], "return-reason": ""}).status_code == 422
    assert confirmer.post(f"{address}return/", {"seen": seen[1], "return-reason": "Fel §"}).status_code == 302
    assert "Återlämnat av bekräftaren" in text_of(client(network, REGISTRAR).get("/"))
    correct = {**step(paragraph="14"), "seen": seen[1]}
    assert client(network, REGISTRAR).post(f"{address}correct/", correct).status_code == 302
    stale = confirmer.post(f"{address}confirm/", {"seen": seen[1]}, follow=True)
    assert not cell(confirmer.get(board).content.decode(), "huddinge", 1).startswith("● Antaget")
    now = re.search(r'name="seen" value="([0-9a-f]+)"', stale.content.decode())
    assert now is not None
    assert confirmer.post(f"{address}confirm/", {"seen": now[1]}).status_code == 302
    assert cell(confirmer.get(board).content.decode(), "huddinge", 1).startswith("● Antaget")


@pytest.mark.database
def test_one_person_in_two_functions_is_still_one_person(network: Network) -> None:
    """Account as well as function: who registers in one function may not confirm in another."""
    space, document = malbild(network)
    told = DecisionTold("styrelse", "antar", "Kommunstyrelsen", "2023-06-14")
    made = register_decision(network.lens(REGISTRAR), space, DecisionGiven("nacka", document, told))
    same = replace(network.principal(CONFIRMER), account=network.principal(REGISTRAR).account)
    with pytest.raises(Refused, match="same_person"):
        confirm_decision(lens_for(same), space, made.subject, sent=Sent(made.digest))
    confirm_decision(network.lens(CONFIRMER), space, made.subject, sent=Sent(made.digest))


@pytest.mark.database
def test_a_step_is_taken_back_with_a_reason_and_taken_up_again(network: Network) -> None:
    space, document = malbild(network)
    registrar = client(network, REGISTRAR)
    address = registrar.post(f"/spaces/{space}/documents/{document}/decisions/new/", step())["Location"]
    assert registrar.post(f"{address}withdraw/", {"withdraw-reason": ""}).status_code == 422
    assert registrar.post(f"{address}withdraw/", {"withdraw-reason": "Fel medlem"}).status_code == 302
    assert "Återtaget" in text_of(registrar.get(address))
    assert not cell(registrar.get("/governance/").content.decode(), "huddinge", 1).startswith("● Antaget")
    assert "återtaget" in text_of(registrar.get("/governance/members/huddinge/"))
    assert registrar.post(f"{address}correct/", step()).status_code == 302
    assert cell(registrar.get("/governance/").content.decode(), "huddinge", 1).startswith("● Antaget")


@pytest.mark.database
def test_a_step_that_has_not_happened_is_refused_in_the_form(network: Network) -> None:
    space, document = malbild(network)
    address = f"/spaces/{space}/documents/{document}/decisions/new/"
    for wrong in ({"date": "2199-01-01"}, {"date": "7 juni"}, {"step": "x"}, {"body": "x" * 301}):
        answer = client(network, REGISTRAR).post(address, step(**wrong))
        assert answer.status_code == 422
        assert 'value="12"' in answer.content.decode()  # what was typed stays


@pytest.mark.database
def test_a_members_own_route_decides_and_can_be_taken_away(network: Network) -> None:
    space, document = malbild(network)
    secretary = client(network, HUDDINGE)
    secretary.post(f"/spaces/{space}/documents/{document}/decisions/new/", step())
    assert "Förslag: den vanliga vägen" in text_of(secretary.get("/governance/members/huddinge/"))
    route = "/governance/members/huddinge/route/"
    assert secretary.post(route, {"route": "kommun_c", "official": "kommundirektör"}).status_code == 302
    page = text_of(secretary.get("/governance/members/huddinge/"))
    assert "kommundirektör" in page and "Satt av medlemmen" in page
    assert not cell(secretary.get("/governance/").content.decode(), "huddinge", 1).startswith("● Antaget")
    assert secretary.post(route, {"route": "", "steps": ["chef"]}).status_code == 422
    assert secretary.post(route, {"clear": "1"}).status_code == 302
    assert cell(secretary.get("/governance/").content.decode(), "huddinge", 1).startswith("● Antaget")
    assert secretary.get("/governance/members/nacka/route/").status_code == 403


@pytest.mark.database
def test_what_counts_is_set_per_document(network: Network) -> None:
    space, document = malbild(network)
    office, address = client(network, OFFICE), f"/spaces/{space}/documents/{document}/"
    office.post(f"{address}decisions/new/", step(outcome="noterar"))
    page = office.get(address).content.decode()
    usual = dict(re.findall(r'name="counts_([a-z_]+)".*?<option value="([a-z_]+)" selected', page, re.DOTALL))
    assert usual["noterar"] == "with_official"
    sent = {f"counts_{code}": counts for code, counts in usual.items()}
    assert office.post(f"{address}rule/", {**sent, "counts_noterar": "yes", "four_eyes": ""}).status_code == 302
    assert cell(office.get("/governance/").content.decode(), "huddinge", 1).startswith("● Antaget")
    assert office.post(f"{address}rule/", {**sent, "counts_noterar": "kanske"}).status_code == 422
    assert client(network, "nacka-tib").post(f"{address}rule/", sent).status_code == 403


@pytest.mark.database
def test_sent_documents_wait_for_the_member_and_late_ones_for_the_office(network: Network) -> None:
    space, document = malbild(network)
    office, address = client(network, OFFICE), f"/spaces/{space}/documents/{document}/"
    sent = {"purpose": "adoption", "on": "2023-03-13", "to": ["huddinge", "nacka"]}
    assert office.post(f"{address}send/", {**sent, "to": []}).status_code == 422
    assert office.post(f"{address}send/", sent).status_code == 302
    assert "Beslut om Målbild 2023–2026" in text_of(client(network, HUDDINGE).get("/"))
    assert "2 medlemmar har inte beslutat om Målbild 2023–2026" in text_of(office.get("/"))
    client(network, HUDDINGE).post(f"{address}decisions/new/", step())
    assert "Beslut om Målbild 2023–2026" not in text_of(client(network, HUDDINGE).get("/"))
    assert "1 medlem har inte beslutat" in text_of(office.get("/"))


@pytest.mark.database
def test_a_step_of_the_network_can_be_taken_back(network: Network) -> None:
    space, document = malbild(network)
    office, address = client(network, OFFICE), f"/spaces/{space}/documents/{document}/"
    assert office.post(f"{address}adopt/", {"body": "regionala_chefsgruppen", "on": "2023-03-10"}).status_code == 302
    page = office.get(address).content.decode()
    taken = re.search(r'name="step" value="([0-9a-f]+)"', page)
    assert "Antaget av Regionala chefsgruppen" in page and taken is not None
    assert cell(office.get("/governance/").content.decode(), "nacka", 1).startswith("○ I avvaktan")
    assert office.post(f"{address}take-back/", {"step": taken[1], "reason": "Fel dag"}).status_code == 302
    assert cell(office.get("/governance/").content.decode(), "nacka", 1).startswith("– Ej utsänt")


@pytest.mark.database
def test_tables_and_documents_are_taken_along(network: Network) -> None:
    space, document = malbild(network)
    client(network, REGISTRAR).post(f"/spaces/{space}/documents/{document}/decisions/new/", step())
    reader = client(network, "nacka-tib")
    whole = b"".join(reader.get("/governance/adoption.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert len(whole.splitlines()) == 2 + 37 * 2
    assert "Huddinge kommun;Målbild 2023–2026;Antaget;Ja" in whole
    one = b"".join(reader.get(f"/spaces/{space}/documents/{document}/adoption.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Styrelsens eller direktionens beslut;Antar, godkänner;;2023-06-14;12" in one
    for address in ("/governance/adoption.pdf", f"/spaces/{space}/documents/{document}/adoption.pdf"):
        answer = reader.get(address)
        assert answer.content.startswith(b"%PDF-")


@pytest.mark.database
def test_the_past_is_shown_from_what_was_entered_by_then(network: Network) -> None:
    space, document = malbild(network)
    told = DecisionTold("styrelse", "antar", "Kommunstyrelsen", "2023-06-14")
    before = now_ms()
    while now_ms() == before:  # what comes in the same millisecond had arrived by then
        pass
    register_decision(network.lens(REGISTRAR), space, DecisionGiven("nacka", document, told), key="k")
    lens = network.lens("nacka-tib")
    link, day = (space, document), "2024-01-01"
    assert board_for(lens, day).standings[link, "nacka"].code == "adopted"
    assert board_for(lens, day, Moment(lens.now, knew_at=before)).standings[link, "nacka"].code == "not_sent"


@pytest.mark.database
def test_nothing_that_is_not_there_is_told(network: Network) -> None:
    space, document = malbild(network)
    reader = client(network, "nacka-tib")
    for address in (
        f"/spaces/{space}/documents/nothing/", f"/spaces/standing/documents/{document}/",
        f"/spaces/{space}/documents/nothing/adoption/", f"/spaces/{space}/decisions/{document}/",
        "/governance/members/kansliet/", "/governance/members/nobody/",
    ):  # fmt: skip
        assert reader.get(address).status_code == 404
