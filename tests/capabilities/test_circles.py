"""Whom an assessment reaches: what is kept stays in the own circle, each wider one is told anew and nothing else."""

from typing import Any

import pytest

from gemensam.capabilities import commands
from gemensam.capabilities.commands import Sent
from gemensam.capabilities.domain.levels import level_of, told_levels
from gemensam.capabilities.domain.rules import office_circle, own_circle
from gemensam.capabilities.queries import circle_within, get_own
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from tests.capabilities.acting import GIVEN, OFFICE, PROVEN, TITLES, a_period, a_round, assessed, begun
from tests.network import Network

pytestmark = pytest.mark.database
NACKA, TABY = "nacka-tib", "taby-tib"


def told(network: Network, function: str, space: str) -> dict[tuple[str, str], str]:
    levels = told_levels(network.lens(function).state(space))
    return {key: point.level for key, data in levels.items() if (point := data.at()) is not None}


def office_space(network: Network, period: str, function: str = NACKA) -> str:
    lens = network.lens(function)
    found = circle_within(lens, period, office_circle(lens.principal.organisation, "kansliet"))
    return found.id if found is not None else ""


def payload(network: Network, space: str) -> dict[str, str]:
    lens = network.lens(NACKA)
    thing = lens.state(space).thing(level_of("nacka", "1.1"))
    assert thing is not None
    return dict(lens.payloads(space, [thing.last])[thing.last] or {})


def test_only_we_reaches_nobody_else(network: Network) -> None:
    period = a_period(network)
    before = network.lens(TABY).state(period).position
    own = begun(network, period, NACKA)
    assessed(network, period, NACKA)
    assert network.lens(TABY).state(period).position == before
    for other in (TABY, OFFICE, "lansstyrelsen-tib"):
        assert own not in {info.id for info in network.lens(other).spaces()}
    assert office_space(network, period) == ""
    assert network.lens("nacka-lasare").space(own).circle == own_circle("nacka")


def test_a_level_for_the_office_stands_where_both_read_and_says_no_more_than_the_level(network: Network) -> None:
    period = a_period(network)
    assessed(network, period, NACKA, **PROVEN, shared_as="niva_kansliet", reason="Hemlig svaghet")
    narrow = office_space(network, period)
    assert told(network, OFFICE, narrow) == {("nacka", "1.1"): "3"}
    assert payload(network, narrow) == {
        "capability": "1.1", "level": "3", "proven_on": "2026-03-01", "reason": "", "measure": "", "measure_due": ""
    }  # fmt: skip
    assert told(network, TABY, period) == {}
    assert narrow not in {info.id for info in network.lens(TABY).spaces()}


@pytest.mark.parametrize(("shared_as", "reason"), [("niva_alla", ""), ("niva_motivering_alla", "Rutin finns.")])
def test_a_level_for_all_carries_its_reason_only_where_that_was_chosen(
    network: Network, shared_as: str, reason: str
) -> None:
    period = a_period(network)
    assessed(network, period, NACKA, shared_as=shared_as)
    assert payload(network, period)["reason"] == reason
    assert office_space(network, period) == ""


def test_another_choice_takes_the_level_back_where_it_stood(network: Network) -> None:
    period = a_period(network)
    key = ("nacka", "1.1")
    assessed(network, period, NACKA, shared_as="niva_alla")
    assert told(network, TABY, period) == {key: "2"}
    assessed(network, period, NACKA, shared_as="niva_kansliet")
    narrow = office_space(network, period)
    assert (told(network, TABY, period), told(network, OFFICE, narrow)) == ({}, {key: "2"})
    assessed(network, period, NACKA, shared_as="endast_vi")
    assert told(network, OFFICE, narrow) == {}
    assessed(network, period, NACKA, level="1", shared_as="niva_alla")
    assert told(network, TABY, period) == {key: "1"}


def test_no_entry_of_a_wider_space_names_a_narrower_one(network: Network) -> None:
    period = a_period(network)
    own = begun(network, period, NACKA)
    for shared_as in ("niva_alla", "niva_kansliet", "niva_motivering_alla"):
        assessed(network, period, NACKA, shared_as=shared_as)
    narrow = office_space(network, period)
    for space, hidden in ((period, {own, narrow}), (narrow, {own})):
        for row in network.lens(NACKA).entries(space, limit=100):
            assert not any(each in row.header_text or each in str(row.payload) for each in hidden)


def test_a_measure_is_told_only_when_it_is_to_be(network: Network) -> None:
    period = a_period(network)
    plan: dict[str, Any] = {"measure": "Öva reservväg", "measure_by": "nacka-tib", "measure_due": "2026-12-01"}
    assessed(network, period, NACKA, shared_as="niva_alla", **plan)
    assert payload(network, period)["measure"] == ""
    assessed(network, period, NACKA, shared_as="niva_alla", tells_measure=True, **plan)
    assert payload(network, period) | {"measure": "Öva reservväg", "measure_due": "2026-12-01"} == payload(
        network, period
    )


def test_detail_cannot_be_written_anywhere_but_in_the_own_circle(network: Network) -> None:
    period = a_period(network)
    content = {"capability": "1.1", **GIVEN}
    wider = network.open_sub_space(period, NACKA, "taby/*", function="lansstyrelsen-tib")
    for space, code in ((period, "kind_not_here"), (wider, "assessment_circle")):
        with pytest.raises(Refused, match=code):
            network.write(NACKA, Draft("assessment.made", space, "assessment-nacka-1.1", content))
    level = {"capability": "1.1", "level": "2"}
    with pytest.raises(Refused, match="assessment_circle"):
        network.write(NACKA, Draft("level.shared", wider, "level-nacka-1.1", level))
    own = begun(network, period, NACKA)
    with pytest.raises(Refused, match="assessment_circle"):
        network.write(NACKA, Draft("level.shared", own, "level-nacka-1.1", level))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"level": "3"}, "proof_missing"),
        ({"level": "4", "proof": "Provlarm"}, "proof_missing"),
        ({"level": "3", "proven_on": "2026-01-01"}, "proof_missing"),
        ({"level": "3", "proof": "Provlarm", "proven_on": "2099-01-01"}, "proof_in_future"),
        ({"level": "3", "proof": "Provlarm", "proven_on": "i går"}, "assessment_day"),
        ({"level": "ej", "reason": " "}, "reason_missing_for_level"),
        ({"level": "0"}, "unknown_capability_level"),
        ({"shared_as": "alla_utom_taby"}, "unknown_assessment_sharing"),
        ({"measure_by": "nacka-tib"}, "measure_missing"),
        ({"measure": "Öva", "measure_by": "taby-tib"}, "measure_owner"),
        ({"reason": "x" * 2_001}, "text_too_long"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(network: Network, given: dict[str, Any], code: str) -> None:
    period = a_period(network)
    own = begun(network, period, NACKA)
    before = (network.lens(NACKA).state(own).position, network.lens(NACKA).state(period).position)
    with pytest.raises(Refused, match=code):
        assessed(network, period, NACKA, **{"shared_as": "niva_alla", **given})
    assert before == (network.lens(NACKA).state(own).position, network.lens(NACKA).state(period).position)


def test_what_is_sent_twice_is_written_once(network: Network) -> None:
    period = a_period(network)
    sent = Sent(key="nyckel")
    first = assessed(network, period, NACKA, shared_as="niva_kansliet", sent=sent)
    again = assessed(network, period, NACKA, shared_as="niva_kansliet", sent=sent)
    assert (again.digest, again.repeated) == (first.digest, True)
    with pytest.raises(Refused, match="id_reused"):
        assessed(network, period, NACKA, level="1", sent=sent)


def test_a_colleague_who_was_first_is_not_overwritten(network: Network) -> None:
    period = a_period(network)
    seen = assessed(network, period, NACKA).digest
    assessed(network, period, NACKA, level="1", sent=Sent(seen=seen))
    with pytest.raises(Refused, match="moved"):
        assessed(network, period, NACKA, level="2", sent=Sent(seen=seen))


def test_unchanged_confirms_here_and_where_it_is_told(network: Network) -> None:
    period = a_period(network)
    assessed(network, period, NACKA, shared_as="niva_alla")
    commands.confirm_assessment(network.lens(NACKA), period, "1.1", titles=TITLES)
    data = get_own(network.lens(NACKA), period).data("1.1")
    assert data is not None and data.confirmed_at > 0 and data.changes == 0
    levels = told_levels(network.lens(TABY).state(period))["nacka", "1.1"]
    assert [point.level for point in levels.points] == ["2", "2"]


def test_who_may_not_assess_neither_assesses_nor_opens_a_circle(network: Network) -> None:
    period = a_period(network)
    begun(network, period, NACKA)
    reader = "nacka-lasare"
    with pytest.raises(Refused, match="not_permitted"):
        assessed(network, period, reader)
    with pytest.raises(Refused, match="not_permitted"):
        begun(network, period, reader)
    with pytest.raises(Refused, match="assessment_by_member"):
        assessed(network, period, OFFICE)


def test_who_assesses_opens_circles_of_a_period_and_of_nothing_else(network: Network) -> None:
    period, incident = a_period(network), network.open_incident()
    who = "sos-alarm-vd"
    assessed(network, period, who, shared_as="niva_kansliet")
    assert office_space(network, period, who)
    with pytest.raises(Refused, match="not_permitted"):
        begun(network, incident, who)
    with pytest.raises(Refused, match="not_permitted"):
        network.open_sub_space(period, NACKA, function=who)


def test_a_round_is_the_offices_and_an_answer_is_each_members(network: Network) -> None:
    period = a_period(network)
    with pytest.raises(Refused, match="not_permitted"):
        commands.open_assessment_round(network.lens(NACKA), period, {"title": "X", "due_on": "2030-01-01"})
    for given, code in (({"title": " "}, "round_title_missing"), ({"due_on": ""}, "assessment_day")):
        content = {"title": "X", "due_on": "2030-01-01", "text": "", **given}
        with pytest.raises(Refused, match=code):
            commands.open_assessment_round(network.lens(OFFICE), period, content)
    subject = a_round(network, period)
    commands.answer_round(network.lens(NACKA), period, subject)
    with pytest.raises(Refused, match="not_permitted"):
        commands.answer_round(network.lens(OFFICE), period, subject)
    commands.close_round(network.lens(OFFICE), period, subject)
    with pytest.raises(Refused, match="round_closed"):
        commands.answer_round(network.lens(TABY), period, subject)


def test_the_last_period_is_a_starting_point_of_drafts(network: Network) -> None:
    from gemensam.ledger.drafts import load_draft

    earlier, period = a_period(network, 2019, 2022), a_period(network)
    assessed(network, earlier, NACKA, "1.1")
    assessed(network, earlier, NACKA, "1.2", **PROVEN)
    own = begun(network, period, NACKA)
    assessed(network, period, NACKA, "1.1", level="1")
    assert commands.bring_earlier(network.lens(NACKA), period) == 1
    draft = load_draft(network.lens(NACKA), own, commands.DRAFT, "1.2")
    assert draft is not None and draft.body["level"] == "3"
    assert get_own(network.lens(NACKA), period).data("1.2") is None
    assert commands.bring_earlier(network.lens(NACKA), period) == 0
