"""Commands of reporting through the log: what is written, what a repeat gives, and what a refusal leaves behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.ledger.drafts import load_draft, save_draft
from gemensam.ledger.search import search
from gemensam.picture import commands
from gemensam.picture.commands import Received, Sent, seen
from gemensam.picture.reporting_queries import get_report, get_request, latest_report
from tests.network import Network, build

HOUR = 3_600_000
NACKA, ASKER, VAXHOLM = "nacka-tib", "lansstyrelsen-tib", "vaxholm-beredskapssamordnare"


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def report(network: Network, **more: Any) -> dict[str, Any]:
    now = network.lens(NACKA).now
    return {"template": "full", "stated_at": now, "summary": "Snö och halka.",
            "cells": [{"row": "vag", "status": "betydande", "text": "Långsam trafik"}], **more}  # fmt: skip


def ask(network: Network, space: str, *asked: str, **more: Any) -> str:
    lens = network.lens(ASKER)
    content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": list(asked), **more}
    return commands.make_request(lens, space, content).subject


def position(network: Network, space: str) -> int:
    return network.lens(NACKA).state(space).position


def test_a_published_report_answers_throws_the_draft_away_and_is_found(network: Network, space: str) -> None:
    request = ask(network, space, "nacka", "vaxholm")
    lens = network.lens(NACKA)
    save_draft(lens, space, "report", "", {"fields": {"summary": "Snö"}})
    receipt = commands.publish_report(lens, space, report(network), answers=[request])
    view = get_request(network.lens(ASKER), space, request, Moment(lens.now))
    assert [one.organisation for one in view.answered] == ["nacka"]
    assert load_draft(network.lens(NACKA), space, "report", "") is None
    assert [hit.row.header.subject for hit in search(network.lens(VAXHOLM), "långsam")] == [receipt.subject]


def test_the_same_key_gives_the_first_result(network: Network, space: str) -> None:
    lens, content = network.lens(NACKA), report(network)
    first = commands.publish_report(lens, space, content, sent=Sent(key="k1"))
    again = commands.publish_report(network.lens(NACKA), space, content, sent=Sent(key="k1"))
    assert (again.subject, again.repeated) == (first.subject, True)
    with pytest.raises(Refused, match="id_reused"):
        commands.publish_report(lens, space, {**content, "summary": "Annat."}, sent=Sent(key="k1"))
    assert len(network.lens(NACKA).state(space).group("reports", "nacka")) == 1


def test_two_colleagues_who_saw_the_same_report_do_not_both_publish_on_it(network: Network, space: str) -> None:
    commands.publish_report(network.lens(NACKA), space, report(network))
    told = Sent(follows=seen(latest_report(network.lens(NACKA).state(space), "nacka")))
    commands.publish_report(network.lens(NACKA), space, report(network), sent=told)
    before = position(network, space)
    with pytest.raises(Refused, match="moved"):
        commands.publish_report(network.lens("nacka-rapportor"), space, report(network), sent=told)
    assert position(network, space) == before


def test_changed_readers_stop_the_post(network: Network, space: str) -> None:
    version = network.lens(NACKA).readers(space).version
    with pytest.raises(Refused, match="readers_changed"):
        commands.publish_report(network.lens(NACKA), space, report(network), sent=Sent(circle=version + 1))
    commands.publish_report(network.lens(NACKA), space, report(network), sent=Sent(circle=version))
    assert network.lens(NACKA).state(space).size("reports", "nacka") == 1


def test_quick_answers_are_reports_with_their_time(network: Network, space: str) -> None:
    first = commands.report_no_impact(network.lens(NACKA), space, "full")
    lens = network.lens(NACKA)
    commands.report_unchanged(lens, space)
    commands.nothing_to_report(network.lens(VAXHOLM), space, "vecka")
    state = network.lens(ASKER).state(space)
    thing = state.latest("reports", "nacka")
    assert thing is not None and thing.data.confirms == first.digest
    assert thing.data.cells and {cell.status for cell in thing.data.cells} == {"ingen"}
    quiet = state.latest("reports", "vaxholm")
    assert quiet is not None and quiet.data.quick == "nothing_to_report"


def test_unchanged_without_an_earlier_report_is_refused(network: Network, space: str) -> None:
    before = position(network, space)
    with pytest.raises(Refused, match="no_report_to_confirm"):
        commands.report_unchanged(network.lens(NACKA), space)
    assert position(network, space) == before


def relay(network: Network, space: str, organisation: str = "vaxholm", **more: Any) -> str:
    lens = network.lens(ASKER)
    received = Received(organisation, "rakel", "TiB", lens.now - 60_000)
    return commands.relay_report(lens, space, report(network, **more), received).subject


def test_a_relayed_report_is_unconfirmed_until_its_owner_confirms(network: Network, space: str) -> None:
    subject = relay(network, space)
    thing = network.lens(NACKA).state(space).thing(subject)
    assert thing is not None and (thing.organisation, thing.status) == ("vaxholm", "unconfirmed")
    assert (thing.data.by_organisation, thing.data.relayed_via) == ("lansstyrelsen", "rakel")
    with pytest.raises(Refused, match="not_owner"):
        commands.confirm_report(network.lens(NACKA), space, subject)
    commands.confirm_report(network.lens(VAXHOLM), space, subject)
    view = get_report(network.lens(NACKA), space, subject, Moment(network.lens(NACKA).now))
    assert view.thing.status == "published"
    assert [row.header.kind for row in view.trace] == ["report.relayed", "report.confirmed"]
    assert view.content is not None and view.content["received_by"] == "TiB"


def test_a_denied_report_no_longer_counts(network: Network, space: str) -> None:
    subject = relay(network, space)
    with pytest.raises(Refused, match="reason_missing"):
        commands.deny_report(network.lens(VAXHOLM), space, subject, " ")
    commands.deny_report(network.lens(VAXHOLM), space, subject, "Inte vi.")
    state = network.lens(NACKA).state(space)
    assert latest_report(state, "vaxholm") is None
    with pytest.raises(Refused, match="not_allowed_now"):
        commands.confirm_report(network.lens(VAXHOLM), space, subject)


def test_only_the_owner_corrects_and_withdraws_and_both_leave_a_trace(network: Network, space: str) -> None:
    first = commands.publish_report(network.lens(NACKA), space, report(network))
    with pytest.raises(Refused, match="not_owner"):
        commands.correct_report(network.lens(VAXHOLM), space, first.subject, report(network))
    with pytest.raises(Refused, match="not_owner"):
        commands.withdraw_report(network.lens(VAXHOLM), space, first.subject, "Fel.")
    told = Sent(last=first.digest)
    commands.correct_report(network.lens(NACKA), space, first.subject, report(network, summary="Rätt."), sent=told)
    with pytest.raises(Refused, match="moved"):
        commands.withdraw_report(network.lens(NACKA), space, first.subject, "Fel.", sent=told)
    commands.withdraw_report(network.lens(NACKA), space, first.subject, "Fel händelse.")
    view = get_report(network.lens(VAXHOLM), space, first.subject, Moment(network.lens(NACKA).now))
    assert view.thing.status == "withdrawn"
    assert [row.payload["summary"] for row in view.trace[:2] if row.payload] == ["Snö och halka.", "Rätt."]


@pytest.mark.parametrize("function", ["nacka-lasare", "nacka-kommunikator"])
def test_one_who_may_not_report_writes_nothing(network: Network, space: str, function: str) -> None:
    request = ask(network, space, "nacka")
    before, lens = position(network, space), network.lens(function)
    valid = {"purpose": "eget", "template": "full", "deadline_at": lens.now + HOUR, "asked": ["vaxholm"]}
    acts: list[Callable[[], object]] = [
        lambda: commands.publish_report(lens, space, report(network)),
        lambda: commands.nothing_to_report(lens, space, "full"),
        lambda: commands.defer_request(lens, space, request, {"until_at": lens.now + HOUR}),
        lambda: commands.make_request(lens, space, valid),
        lambda: commands.record_statement(lens, space, {"text": "Hej", "stated_at": lens.now}),
    ]
    for act in acts:
        with pytest.raises(Refused, match="not_permitted"):
            act()
    assert position(network, space) == before


def test_a_member_does_not_report_for_others_without_that_permission(network: Network, space: str) -> None:
    lens = network.lens(NACKA)
    with pytest.raises(Refused, match="not_permitted"):
        commands.relay_report(lens, space, report(network), Received("vaxholm", "telefon", "TiB", lens.now))


def test_a_space_that_is_not_readable_is_not_found(network: Network, space: str) -> None:
    narrow = network.open_sub_space(space, "polisen/*")
    with pytest.raises(Refused, match="not_found"):
        commands.publish_report(network.lens(NACKA), narrow, report(network))
    with pytest.raises(Refused, match="asked_cannot_read"):
        ask(network, narrow, "nacka")


def test_nothing_of_a_narrower_space_answers_or_is_counted_in_the_wider(network: Network, space: str) -> None:
    request = ask(network, space, "nacka")
    narrow = network.open_sub_space(space, "nacka/*")
    with pytest.raises(Refused, match="no_such_reference"):
        commands.publish_report(network.lens(NACKA), narrow, report(network), answers=[request])
    commands.publish_report(network.lens(NACKA), narrow, report(network))
    view = get_request(network.lens(ASKER), space, request, Moment(network.lens(ASKER).now))
    assert view.answered == ()


def test_a_request_is_changed_reminded_and_withdrawn_by_its_asker_alone(network: Network, space: str) -> None:
    request = ask(network, space, "nacka", "vaxholm")
    with pytest.raises(Refused, match="not_owner"):
        commands.withdraw_request(network.lens(NACKA), space, request, "Nej.")
    commands.remind(network.lens(ASKER), space, request, ["nacka"])
    commands.decline_request(network.lens(VAXHOLM), space, request, {"reason": "ej_ansvarig"})
    now = network.lens(ASKER).now
    changed = {"purpose": "eget", "template": "vecka", "deadline_at": now + 2 * HOUR, "asked": ["nacka", "vaxholm"]}
    commands.change_request(network.lens(ASKER), space, request, changed)
    view = get_request(network.lens(NACKA), space, request, Moment(now))
    assert {one.organisation: one.state for one in view.asked} == {"nacka": "waiting", "vaxholm": "declined"}
    assert view.data.template == "vecka" and view.data.reminded_at("nacka")
    commands.withdraw_request(network.lens(ASKER), space, request, "Löst.")
    with pytest.raises(Refused, match="request_withdrawn"):
        commands.defer_request(network.lens(NACKA), space, request, {"until_at": now + HOUR})


def test_a_statement_is_recorded_corrected_and_denied(network: Network, space: str) -> None:
    lens = network.lens("lansstyrelsen-lagesbildsansvarig")
    content = {"text": "Skolan i Fisksätra är stängd.", "stated_at": lens.now, "about": "nacka", "source": "medier"}
    subject = commands.record_statement(lens, space, content, via="telefon").subject
    commands.correct_statement(lens, space, subject, {**content, "text": "Skolan är stängd i dag."})
    commands.deny_statement(network.lens(NACKA), space, subject, "Den är öppen.")
    commands.withdraw_statement(network.lens("lansstyrelsen-lagesbildsansvarig"), space, subject, "Fel.")
    thing = network.lens(VAXHOLM).state(space).thing(subject)
    assert thing is not None
    assert (thing.status, thing.party("nacka"), thing.data.corrections) == ("withdrawn", "denied", 1)
