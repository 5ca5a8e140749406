"""Registering the members' steps: whose they are, who may type them, and what is refused."""

from dataclasses import replace

import pytest

from gemensam.core.refusal import Refused
from gemensam.governance.adoption_commands import (
    confirm_decision,
    correct_decision,
    register_decision,
    return_decision,
)
from gemensam.governance.commands import open_period
from gemensam.governance.document_commands import enter_document
from gemensam.governance.document_queries import get_document_for, list_documents_for
from gemensam.governance.domain.decisions import DecisionData, DecisionGiven, DecisionTold, FieldRead
from gemensam.governance.domain.documents import DocumentGiven, DocumentTold
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.sending import Sent
from tests.network import Network

OFFICE, REGISTRAR, CONFIRMER = "kansliet-strateg", "kansliet-registrerare", "kansliet-bekraftare"
MEMBER = "huddinge-namndsekreterare"
TOLD = DecisionTold(
    "styrelse", "antar", "Kommunstyrelsen", "2023-06-14", "12", "KS-2023/780.103", send_to=("Länsstyrelsen",),
    fields_read=(FieldRead("paragraph", "stated", 1, 7, "§ 12"),),
)  # fmt: skip


@pytest.fixture
def period(network: Network) -> str:
    return open_period(network.lens(OFFICE), PeriodData(2023, 2026)).space


@pytest.fixture
def document(network: Network, period: str) -> str:
    told = DocumentTold(
        "M23", "malbild", "Målbild 2023–2026", valid_from="2023-01-01", valid_until="2026-12-31"
    )  # fmt: skip
    return enter_document(network.lens(OFFICE), period, DocumentGiven(told), key="m23").subject


def step_of(network: Network, space: str, subject: str) -> DecisionData:
    thing = network.lens("nacka-tib").state(space).thing(subject)
    assert thing is not None
    data = thing.data
    assert isinstance(data, DecisionData)
    return data


@pytest.mark.database
def test_a_step_is_the_members_whoever_types_it(network: Network, period: str, document: str) -> None:
    own = register_decision(network.lens(MEMBER), period, DecisionGiven("huddinge", document, TOLD))
    given = DecisionGiven("nacka", document, TOLD)
    typed = register_decision(network.lens(REGISTRAR), period, given, key="k")
    assert register_decision(network.lens(REGISTRAR), period, given, key="k").repeated
    state = network.lens("taby-tib").state(period)
    assert [thing.organisation for thing in state.group("decisions_of", document)] == ["huddinge", "nacka"]
    assert step_of(network, period, own.subject).by_organisation == "huddinge"
    assert step_of(network, period, typed.subject).by_organisation == "kansliet"
    with pytest.raises(Refused, match="not_permitted"):
        register_decision(network.lens("nacka-tib"), period, given)


@pytest.mark.database
def test_another_person_confirms_and_a_correction_is_confirmed_anew(
    network: Network, period: str, document: str
) -> None:
    made = register_decision(network.lens(REGISTRAR), period, DecisionGiven("nacka", document, TOLD))
    with pytest.raises(Refused, match="not_permitted"):
        confirm_decision(network.lens(REGISTRAR), period, made.subject, sent=Sent(made.digest))
    confirm_decision(network.lens(CONFIRMER), period, made.subject, sent=Sent(made.digest))
    assert step_of(network, period, made.subject).is_confirmed
    better = replace(TOLD, paragraph="13")
    changed = correct_decision(network.lens(REGISTRAR), period, made.subject, better, sent=Sent(made.digest))
    assert not step_of(network, period, made.subject).is_confirmed
    with pytest.raises(Refused, match="moved"):
        confirm_decision(network.lens(CONFIRMER), period, made.subject, sent=Sent(made.digest))
    return_decision(network.lens(CONFIRMER), period, made.subject, "§ saknas i utdraget", sent=Sent(changed.digest))
    assert step_of(network, period, made.subject).is_returned


@pytest.mark.database
def test_documents_are_found_across_spaces(network: Network, period: str, document: str) -> None:
    above = DocumentTold("AVS", "avsiktsforklaring", "Avsiktsförklaring", valid_from="2014-04-01")
    first = enter_document(network.lens(OFFICE), "standing", DocumentGiven(above))
    lens = network.lens("nacka-tib")
    assert [each.data.code for each in list_documents_for(lens)] == ["AVS", "M23"]
    assert get_document_for(lens, "standing", first.subject).data.valid_from == "2014-04-01"
    with pytest.raises(Refused, match="not_found"):
        get_document_for(lens, "standing", document)
