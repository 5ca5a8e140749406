"""Publishing combined pictures: numbers, copies that nobody can alter, changes, and what is refused."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.picture import queries
from gemensam.picture.domain.pictures import PICTURE, find_picture, label_of, latest_picture, pictures, published
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import HOUR, MINUTE, cell, chosen, publish, publish_picture, relay, report, section

COMPILER = "lansstyrelsen-lagesbildsansvarig"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def content_of(network: Network, space: str, label: str = "1") -> dict[str, Any]:
    lens = network.lens(COMPILER)
    view = queries.get_picture(lens, space, label, Moment(lens.now))
    assert view.content is not None
    return dict(view.content)


def refusal(network: Network, space: str, *sections: Any, **more: Any) -> Refused:
    """Publish, and give what was refused; nothing may have been written."""
    position = network.lens(COMPILER).state(space).position
    with pytest.raises(Refused) as refused:
        publish_picture(network, space, more.pop("stated_at", now_ms()), *sections, **more)
    assert network.lens(COMPILER).state(space).position == position
    return refused.value


# Numbers ------------------------------------------------------------------------------------------------------


def test_four_publishers_at_once_never_share_a_number(network: Network, space: str) -> None:
    each, failures = 6, []

    def publish_some() -> None:
        try:
            for _ in range(each):
                publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
        except Refused as refused:
            failures.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    numbers = [thing.data.number for thing in pictures(network.lens(COMPILER).state(space))]
    assert numbers == list(range(1, 4 * each + 1))


def test_the_number_is_the_programs_and_counted_per_space(network: Network, space: str) -> None:
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"), number=7)
    other = network.open_incident("Annat")
    publish_picture(network, other, now_ms(), section("sammanfattning", text="Läget"))
    assert content_of(network, space)["number"] == 1
    assert content_of(network, other)["number"] == 1


def test_a_picture_in_a_narrower_space_takes_no_number_from_the_wider_one(network: Network, space: str) -> None:
    narrower = network.open_sub_space(space, COMPILER)
    publish_picture(network, narrower, now_ms(), section("sammanfattning", text="Känsligt"))
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    assert content_of(network, space)["number"] == 1


def test_a_withdrawn_picture_keeps_its_number_and_stays(network: Network, space: str) -> None:
    first = publish_picture(network, space, now_ms(), section("sammanfattning", text="Fel"))
    network.write(COMPILER, Draft("picture.withdrawn", space, first.subject, {"reason": "Fel händelse"}))
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Rätt"))
    state = network.lens(COMPILER).state(space)
    assert [label_of(state, thing) for thing in pictures(state)] == ["1", "2"]
    assert [thing.status for thing in pictures(state)] == ["withdrawn", "published"]


def test_only_the_publisher_withdraws(network: Network, space: str) -> None:
    first = publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    with pytest.raises(Refused, match="not_permitted"):
        network.write("nacka-tib", Draft("picture.withdrawn", space, first.subject, {"reason": "Nej"}))


def test_the_table_of_a_picture_has_one_way(network: Network) -> None:
    assert PICTURE.owner.table == {
        ("", "picture.published"): "published",
        ("published", "picture.withdrawn"): "withdrawn",
    }


def test_a_picture_whose_text_is_disposed_of_keeps_its_number(network: Network, space: str) -> None:
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Ett"))
    second = publish_picture(network, space, now_ms(), section("sammanfattning", text="Två"))
    state = network.lens(COMPILER).state(space)
    row = network.lens(COMPILER).entry(space, second.digest)
    without = published(None, row.header, row.digest, None)
    thing = state.thing(second.subject)
    assert thing is not None
    changed = thing._replace(data=without)
    disposed = replace(state, things=state.things.insert(second.subject, changed))
    assert label_of(disposed, changed) == "2"
    assert find_picture(disposed, "2") is not None


# Copies -------------------------------------------------------------------------------------------------------


def test_a_statement_is_copied_from_its_entry_whatever_the_author_sends(network: Network, space: str) -> None:
    said = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Halva Boo utan ström")))
    altered = {**chosen(said, "cell:el"), "text": "Allt är bra", "status": "ingen", "organisation": "vaxholm"}
    publish_picture(network, space, now_ms(), section("konsekvenser", altered))
    copied = content_of(network, space)["sections"][0]["statements"][0]
    assert (copied["text"], copied["status"], copied["organisation"]) == ("Halva Boo utan ström", "allvarlig", "nacka")
    assert (copied["entry"], copied["subject"]) == (said.digest, said.subject)


def test_a_later_correction_leaves_the_picture_as_it_was_and_is_told_beside_it(network: Network, space: str) -> None:
    said = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Utan ström")))
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(said, "cell:el")))
    before = content_of(network, space)
    correction = report(now_ms(), cell("el", "ingen", "Strömmen är tillbaka"))
    network.write("nacka-tib", Draft("report.corrected", space, said.subject, correction))
    lens = network.lens(COMPILER)
    assert content_of(network, space) == before
    assert queries.sources_since(lens.state(space), before) == {said.digest: "corrected"}


def test_what_was_entered_for_a_member_is_marked_until_it_confirms(network: Network, space: str) -> None:
    said = relay(network, "lansstyrelsen-tib", space, "vaxholm", report(now_ms(), cell("el", "kritisk", "Allt nere")))
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(said, "cell:el")))
    copied = content_of(network, space)["sections"][0]["statements"][0]
    assert (copied["organisation"], copied["by_organisation"]) == ("vaxholm", "lansstyrelsen")
    assert (copied["via"], copied["entered_for"]) == ("rakel", True)


def test_the_matrix_of_the_moment_is_kept_in_the_picture(network: Network, space: str) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    receipt = publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    content = content_of(network, space)
    row = next(row for row in content["matrix"] if row["organisation"] == "nacka")
    assert len(content["matrix"]) == content["total"] == 37
    assert next(cell for cell in row["cells"] if cell["row"] == "el")["value"] == "allvarlig"
    header = network.lens(COMPILER).entry(space, receipt.digest).header
    head = next(head for head in content["basis"] if head["node"] == header.node)
    assert (head["number"], head["digest"]) == (header.number - 1, header.previous)


# Changes ------------------------------------------------------------------------------------------------------


def test_changes_since_the_picture_before_are_made_by_the_program(network: Network, space: str) -> None:
    first = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "ingen", "Allt fungerar")))
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(first, "cell:el")))
    second = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "kritisk", "Allt nere")))
    publish(network, "vaxholm-beredskapssamordnare", space, report(now_ms(), cell("vag", "mattlig")))
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(second, "cell:el")))
    content = content_of(network, space, "2")
    told = ("kind", "organisation", "row", "before", "after")
    changes = {tuple(one[name] for name in told) for one in content["changes"]}
    assert content["previous"] == "1"
    assert ("status", "nacka", "el", "ingen", "kritisk") in changes
    assert ("reported", "vaxholm", "", "", "") in changes
    assert ("status", "vaxholm", "vag", "ej_tillfragad", "mattlig") in changes
    assert ("added", "nacka", "el", "", "kritisk") in changes
    assert ("removed", "nacka", "el", "ingen", "") in changes


def test_confirming_as_unchanged_is_no_change(network: Network, space: str) -> None:
    first = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "mattlig", "Ansträngt")))
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(first, "cell:el")))
    again = publish(network, "nacka-tib", space, {
        "template": "full", "stated_at": now_ms(), "quick": "unchanged", "confirms": first.digest,
    })  # fmt: skip
    publish_picture(network, space, now_ms(), section("konsekvenser", chosen(again, "cell:el")))
    assert content_of(network, space, "2")["changes"] == []


def test_late_information_about_the_time_before_revises_beside_the_picture(network: Network, space: str) -> None:
    publish(network, "nacka-tib", space, report(now_ms() - HOUR, cell("el", "ingen")))
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    publish(network, "nacka-tib", space, report(now_ms() - 30 * MINUTE, cell("el", "kritisk", "Visade sig senare")))
    lens = network.lens(COMPILER)
    picture = latest_picture(lens.state(space))
    assert picture is not None
    revised = queries.revised_since(lens, space, picture, Moment(lens.now))
    assert {key: then for key, (_cell, then) in revised.items()} == {("nacka", "el"): "ingen"}


# Refusals -----------------------------------------------------------------------------------------------------


def test_nothing_of_a_narrower_space_can_be_chosen(network: Network, space: str) -> None:
    narrower = network.open_sub_space(space, "nacka-tib", COMPILER)
    secret = publish(network, "nacka-tib", narrower, report(now_ms(), cell("el", "kritisk", "Skyddsvärt")))
    refused = refusal(network, space, section("konsekvenser", chosen(secret, "cell:el")))
    assert refused.code == "statement_not_here"
    assert refused.facts == {}


def test_an_unknown_sentence_of_a_known_report_is_refused(network: Network, space: str) -> None:
    said = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "ingen")))
    assert refusal(network, space, section("konsekvenser", chosen(said, "cell:vag"))).code == "statement_not_here"
    forged = {**chosen(said, "cell:el"), "entry": "0" * 64}
    assert refusal(network, space, section("konsekvenser", forged)).code == "statement_moved"
    assert refusal(network, space, section("konsekvenser", {**chosen(said, "cell:el"), "entry": ""})).code == (
        "statement_moved"
    )


@pytest.mark.parametrize("act", ["report.corrected", "report.withdrawn"])
def test_a_statement_that_its_member_has_changed_must_be_chosen_anew(network: Network, space: str, act: str) -> None:
    said = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    payload = {"reason": "Fel"} if act == "report.withdrawn" else report(now_ms(), cell("el", "ingen"))
    network.write("nacka-tib", Draft(act, space, said.subject, payload))
    assert refusal(network, space, section("konsekvenser", chosen(said, "cell:el"))).code == "statement_moved"


@pytest.mark.parametrize(
    ("sections", "more", "code"),
    [
        ([], {}, "picture_empty"),
        ([section("sammanfattning", text="  ")], {}, "picture_empty"),
        ([section("rubrik", text="x")], {}, "unknown_heading"),
        ([section("gapet", text="x"), section("gapet", text="y")], {}, "heading_twice"),
        ([section("gapet", text="x" * 10_001)], {}, "picture_too_long"),
        ([section("gapet", text="19121212-1212 var här")], {}, "personal_number"),
        ([section("gapet", text="x")], {"stated_at": now_ms() + HOUR}, "stated_in_future"),
        ([section("gapet", text="x")], {"valid_until": 5}, "valid_until_wrong"),
        ([section("gapet", text="x")], {"previous": "3"}, "picture_moved"),
        ([section("gapet", text="x")], {"colour": "red"}, "invalid_payload"),
        ([{**section("gapet", text="x"), "statements": "all"}], {}, "invalid_payload"),
    ],
)
def test_bad_input_is_refused_with_a_code(
    network: Network, space: str, sections: list[Any], more: dict[str, Any], code: str
) -> None:
    assert refusal(network, space, *sections, **more).code == code


def test_two_who_worked_from_the_same_picture_do_not_both_publish(network: Network, space: str) -> None:
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Ett"))
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Två"), previous="1")
    refused = refusal(network, space, section("sammanfattning", text="Också två"), previous="1")
    assert (refused.code, refused.facts) == ("picture_moved", {"number": "2"})


def test_who_may_not_publish_is_refused(network: Network, space: str) -> None:
    assert refusal(network, space, section("gapet", text="x"), function="nacka-tib").code == "not_permitted"


def test_a_picture_published_twice_as_one_subject_is_refused(network: Network, space: str) -> None:
    first = publish_picture(network, space, now_ms(), section("gapet", text="x"))
    payload = {"stated_at": now_ms(), "sections": [section("gapet", text="y")]}
    with pytest.raises(Refused, match="subject_exists"):
        network.write(COMPILER, Draft("picture.published", space, first.subject, payload))
    with pytest.raises(Refused, match="kind_not_here"):
        network.write(COMPILER, Draft("picture.published", "directory", new_id(), payload))
