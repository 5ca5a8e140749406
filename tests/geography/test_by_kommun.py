"""The matrix by kommun: own values and the voices of others, what differs, and what never weighs."""

from typing import Any

from gemensam.core.entry import Ref
from gemensam.core.moment import Moment
from gemensam.geography.domain.by_kommun import VOICES_KEPT, ByKommun, PlaceCell, by_kommun
from gemensam.organisations.domain import organisations
from gemensam.picture.domain.duplicates import OF, duplicate_subject
from gemensam.picture.domain.frames import frame_for
from gemensam.picture.domain.matrix import Frame, matrix
from tests.picture.scene import cell
from tests.picture.world import HOUR, MINUTE, NOW, SPACE, World, directory, report

KOMMUNER = {"0182": "nacka", "0160": "taby", "0188": "norrtalje"}


def places(world: World, **moment: int) -> ByKommun:
    frame = frame_of(world)
    when = Moment(world.now + MINUTE, **moment)
    seen = matrix(world.state, organisations(directory()), frame, when)
    return by_kommun(world.state, seen, frame, KOMMUNER, when)


def frame_of(world: World) -> Frame:
    return frame_for(directory(), world.state)


def at(world: World, kommun: str, row: str, **moment: int) -> PlaceCell:
    found = next(one for one in places(world, **moment).rows if one.kommun == kommun).cell(row)
    assert found is not None
    return found


def where(*codes: str) -> dict[str, Any]:
    return {"kommuner": list(codes), "latitude": None, "longitude": None}


def said(world: World, subject: str, by: str, kommun: str, status: str = "", **more: Any) -> None:
    given = {"text": "Så är det.", "stated_at": NOW - MINUTE, "row": "el", "status": status, **more}
    world.write("statement.recorded", subject, by, {"where": where(kommun), **given})


def reported(world: World, by: str, *cells: dict[str, Any], stated_at: int = NOW) -> None:
    world.write("report.published", f"{by}-{world.now}", by, report(stated_at=stated_at, cells=list(cells)))


def test_a_kommun_that_has_said_nothing_is_told_by_the_worst_of_others() -> None:
    world = World()
    reported(world, "trafikverket", cell("vag", "kritisk", where=where("0182", "0188")))
    said(world, "s", "lansstyrelsen", "0182", "mattlig", row="vag")
    found, frame = at(world, "0182", "vag"), frame_of(world)
    assert not found.own.stated_at
    assert found.value(frame) == "kritisk"
    told_by = found.told_by(frame)
    assert told_by is not None and told_by.organisation == "trafikverket"
    assert at(world, "0188", "vag").value(frame) == "kritisk"
    assert at(world, "0160", "vag").others == ()


def test_its_own_word_stands_first_and_what_differs_is_said() -> None:
    world = World()
    reported(world, "nacka", cell("el", "ingen"))
    said(world, "s", "lansstyrelsen", "0182", "kritisk")
    found = at(world, "0182", "el")
    assert (found.value(frame_of(world)), found.is_contradicted) == ("ingen", True)
    assert [(voice.organisation, voice.value) for voice in found.others] == [("lansstyrelsen", "kritisk")]
    assert places(world).contradictions == 1


def test_two_others_that_differ_are_a_contradiction_without_the_kommuns_own_word() -> None:
    world = World()
    said(world, "a", "lansstyrelsen", "0182", "kritisk")
    said(world, "b", "taby", "0182", "ingen")
    assert at(world, "0182", "el").is_contradicted


def test_what_names_no_step_is_stale_or_denied_contradicts_nothing() -> None:
    world = World()
    reported(world, "nacka", cell("el", "ingen"))
    said(world, "words", "lansstyrelsen", "0182")
    said(world, "old", "taby", "0182", "kritisk", stated_at=NOW - 48 * HOUR)
    said(world, "denied", "norrtalje", "0182", "allvarlig", about="nacka", stated_at=NOW - 2 * MINUTE)
    world.write("statement.denied", "denied", "nacka", {"reason": "Fel uppgift."})
    found = at(world, "0182", "el")
    assert not found.is_contradicted
    assert [(one.subject, one.is_stale, one.answer) for one in found.others] == [
        ("words", False, ""),
        ("denied", False, "denied"),
        ("old", True, ""),
    ]


def test_the_newest_word_of_an_organisation_is_the_one_that_counts() -> None:
    world = World()
    said(world, "before", "lansstyrelsen", "0182", "kritisk", stated_at=NOW - HOUR)
    said(world, "after", "lansstyrelsen", "0182", "ingen")
    found = at(world, "0182", "el")
    assert (found.is_contradicted, found.value(frame_of(world)), len(found.others)) == (False, "ingen", 2)


def test_of_many_voices_the_newest_are_kept_and_every_one_that_counts() -> None:
    world = World()
    said(world, "first", "taby", "0182", "kritisk", stated_at=NOW - HOUR)
    for number in range(VOICES_KEPT + 3):
        said(world, f"s{number:02}", "lansstyrelsen", "0182", stated_at=NOW - (30 - number) * MINUTE)
    found = at(world, "0182", "el")
    assert [voice.subject for voice in found.others[:2]] == ["s14", "s13"]
    assert (len(found.others), found.others[-1].subject) == (VOICES_KEPT + 1, "first")
    assert found.value(frame_of(world)) == "kritisk"


def test_vet_ej_of_its_own_is_an_answer_and_no_contradiction() -> None:
    world = World()
    reported(world, "nacka", cell("el", "vet_ej"))
    said(world, "s", "lansstyrelsen", "0182", "kritisk")
    found = at(world, "0182", "el")
    assert (found.value(frame_of(world)), found.is_contradicted) == ("vet_ej", False)


def test_a_report_about_another_place_says_nothing_of_ones_own() -> None:
    world = World()
    reported(world, "nacka", cell("el", "kritisk", where=where("0160")))
    assert not at(world, "0182", "el").own.stated_at
    assert [voice.organisation for voice in at(world, "0160", "el").others] == ["nacka"]
    reported(world, "nacka", cell("el", "kritisk", where=where("0160", "0182")))
    assert at(world, "0182", "el").own.stated_at


def test_statements_that_are_one_are_told_once() -> None:
    world = World()
    said(world, "a", "lansstyrelsen", "0182", "kritisk")
    said(world, "b", "taby", "0182", "kritisk")
    refs = (Ref(OF, SPACE, "a"), Ref(OF, SPACE, "b"))
    world.write("duplicate.linked", duplicate_subject("kansliet", "a", "b"), "kansliet", {}, refs=refs)
    found = at(world, "0182", "el").others
    assert [(voice.subject, voice.twins) for voice in found] == [("b", 1)]
    world.write("duplicate.dismissed", duplicate_subject("taby", "a", "b"), "taby", {}, refs=refs)
    assert len(at(world, "0182", "el").others) == 2


def test_what_is_taken_back_is_gone_and_what_came_later_had_not_happened() -> None:
    world = World()
    said(world, "early", "lansstyrelsen", "0182", "kritisk", stated_at=NOW - 2 * HOUR)
    said(world, "late", "lansstyrelsen", "0182", "ingen", stated_at=NOW - MINUTE)
    assert [one.subject for one in at(world, "0182", "el", happened_by=NOW - HOUR).others] == ["early"]
    world.write("statement.withdrawn", "early", "lansstyrelsen", {"reason": "Fel."})
    assert [one.subject for one in at(world, "0182", "el").others] == ["late"]


def test_a_row_that_only_statements_speak_of_has_a_column() -> None:
    world = World()
    assert "annat" not in places(world).columns
    said(world, "s", "lansstyrelsen", "0182", row="annat")
    assert places(world).columns[-1] == "annat"


def test_the_same_set_gives_the_same_picture_in_any_order() -> None:
    world = World()
    for number, by in enumerate(("lansstyrelsen", "taby", "norrtalje")):
        said(world, f"s{number}", by, "0182", "kritisk", stated_at=NOW - HOUR)
    found = at(world, "0182", "el")
    assert [voice.entry for voice in found.others] == sorted((voice.entry for voice in found.others), reverse=True)
