"""Contact with a member: who may note it, which note is in force, and how the matrix shows it."""

from typing import Any

import pytest

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.organisations.domain import organisation
from gemensam.picture.commands import note_contact
from gemensam.picture.domain.contacts import contact_in_force, contact_subject, contacts
from gemensam.picture.domain.matrix import Frame, Row, matrix
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import cell, report
from tests.picture.world import HOUR, MINUTE, NOW, World, directory
from tests.picture.world import report as small_report

ABOUT = "norrtalje"


def note(world: World, by: str, state: str, **more: Any) -> str:
    content = {"about": ABOUT, "state": state, **more}
    return world.write("contact.noted", contact_subject(ABOUT, by), by, content)


def row(world: World, **moment: int) -> Row:
    found = organisation(directory(), ABOUT)
    assert found is not None
    frame = Frame(found.rows, {"ingen": 1, "kritisk": 5}, HOUR)
    return matrix(world.state, [found], frame, Moment(world.now + MINUTE, **moment)).rows[0]


def test_the_last_note_holds_whoever_wrote_it_and_all_are_kept() -> None:
    world = World()
    note(world, "lansstyrelsen", "ingen", since_at=NOW - HOUR)
    note(world, "nacka", "reserv", via="rakel")
    assert [one.state for one in contacts(world.state, ABOUT)] == ["reserv", "ingen"]
    found = row(world).contact
    assert found is not None and (found.state, found.via, found.by) == ("reserv", "rakel", "nacka")


def test_a_note_of_oneself_counts_as_any_other() -> None:
    world = World()
    note(world, "lansstyrelsen", "ingen")
    note(world, ABOUT, "kontakt")
    found = contact_in_force(world.state, ABOUT)
    assert found is not None and (found.state, found.by) == ("kontakt", ABOUT)


def test_nobody_changes_what_another_has_noted() -> None:
    world = World()
    note(world, "lansstyrelsen", "ingen")
    content = {"about": ABOUT, "state": "kontakt"}
    with pytest.raises(Refused, match="contact_subject"):
        world.write("contact.noted", contact_subject(ABOUT, "lansstyrelsen"), "nacka", content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"state": "okänt"}, "unknown_contact"),
        ({"state": "reserv"}, "unknown_via"),
        ({"state": "kontakt", "via": "brevduva"}, "unknown_via"),
        ({"state": "ingen", "since_at": NOW + HOUR}, "contact_in_future"),
        ({"state": "ingen", "note": "x" * 501}, "text_too_long"),
    ],
)
def test_what_says_nothing_is_refused(content: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        note(World(), "nacka", **content)


def test_no_contact_is_lifted_when_the_member_itself_reports_again() -> None:
    world = World()
    note(world, "nacka", "ingen")
    assert row(world).contact is not None
    relayed = {**small_report(cells=[cell("el", "ingen")]), "received_by": "Nacka TiB"}
    world.write("report.relayed", "by radio", ABOUT, relayed, by_organisation="nacka", via="rakel")
    assert row(world).contact is not None
    world.write("report.published", "own", ABOUT, small_report(cells=[cell("el", "ingen")]))
    assert row(world).contact is None


def test_what_had_happened_by_a_time_is_chosen_by_the_notes_own_time() -> None:
    world = World()
    note(world, "nacka", "kontakt", since_at=NOW - 3 * HOUR)
    note(world, "nacka", "ingen", since_at=NOW - HOUR)
    then, now = row(world, happened_by=NOW - 2 * HOUR).contact, row(world).contact
    assert then is not None and now is not None
    assert (then.state, now.state) == ("kontakt", "ingen")


def test_a_note_that_has_been_disposed_of_is_gone_from_the_matrix() -> None:
    world = World()
    world.put("contact.noted", contact_subject(ABOUT, "nacka"), "nacka", None)
    assert row(world).contact is None
    assert world.thing(contact_subject(ABOUT, "nacka")).status == "noted"


def test_the_matrix_and_the_members_page_say_how_a_member_is_reached(network: Network) -> None:
    space = network.open_incident()
    client = network.client("nacka-tib")
    path = f"/spaces/{space}/members/{ABOUT}/contact/"
    assert "Kontakt med Norrtälje" in client.get(path).content.decode()
    missing = client.post(path, {"state": "reserv"})
    assert missing.status_code == 422 and "Ange via vad." in missing.content.decode()
    assert client.post(path, {"state": "reserv", "via": "rakel", "note": "RAPS 1"}).status_code == 302
    other = network.client("taby-tib")
    assert "Kontakt via reservsamband (Rakel)" in other.get(f"/spaces/{space}/picture/").content.decode()
    page = other.get(f"/spaces/{space}/members/{ABOUT}/").content.decode()
    assert "Kontakt via reservsamband (Rakel)" in page
    log = other.get(f"/spaces/{space}/log/").content.decode()
    assert "Norrtälje · Kontakt via reservsamband (Rakel). RAPS 1" in log


def test_a_reader_without_a_task_in_the_log_is_not_offered_the_form(network: Network) -> None:
    space = network.open_incident()
    lens = network.lens("nacka-tib")
    note_contact(lens, space, {"about": ABOUT, "state": "ingen", "since_at": lens.now - 1})
    network.write(ABOUT + "-tib", Draft("report.published", space, new_id(), report(lens.now, cell("el", "ingen"))))
    client = network.client("taby-tib")
    assert "Ingen kontakt sedan" not in client.get(f"/spaces/{space}/picture/").content.decode()
    page = client.get(f"/spaces/{space}/members/{ABOUT}/?knew_at=2020-01-01T00:00:00Z").content.decode()
    assert "/contact/" not in page
