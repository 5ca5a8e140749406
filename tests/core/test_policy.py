"""Circles, references and marks (design section 3; F2, F10, F11)."""

from dataclasses import replace

import pytest

from gemensam.core.entry import Ref
from gemensam.core.policy import (
    Membership,
    Principal,
    SpaceInfo,
    check_circle_seen,
    check_marks,
    check_refs,
    circle_version,
    is_wider,
    may_read,
    reading_organisations,
    require,
)
from gemensam.core.refusal import Refused

MEMBERS = Membership(frozenset({"nacka", "taby", "polisen"}), frozenset({"ellevio"}))
SPACES = {
    space.id: space
    for space in (
        SpaceInfo("directory", "directory"),
        SpaceInfo("rosters", "rosters"),
        SpaceInfo("standing", "standing"),
        SpaceInfo("snow", "incident"),
        SpaceInfo("secret", "sub", "snow", circle=(("polisen", "*"), ("nacka", "nacka-tib"))),
        SpaceInfo("deeper", "sub", "secret", circle=(("nacka", "*"), ("taby", "*"))),
        SpaceInfo("with-guests", "outer", "snow", circle=(("ellevio", "*"),)),
    )
}


def reads(organisation: str, space: str, function: str = "f") -> bool:
    principal = Principal("a", organisation, function, frozenset({"read"}))
    return may_read(principal, SPACES[space], SPACES, MEMBERS)


@pytest.mark.parametrize("space", ["directory", "rosters", "standing", "snow", "with-guests"])
def test_a_member_reads_every_root(space: str) -> None:
    assert reads("taby", space)


def test_a_guest_reads_the_directory_and_its_outer_space_only() -> None:
    readable = {space for space in SPACES if reads("ellevio", space)}
    assert readable == {"directory", "with-guests"}


def test_a_stranger_reads_nothing() -> None:
    assert not any(reads("nowhere", space) for space in SPACES)


def test_a_circle_names_functions() -> None:
    assert reads("polisen", "secret", "anything")
    assert reads("nacka", "secret", "nacka-tib") and not reads("nacka", "secret", "nacka-lasare")
    assert not reads("taby", "secret")


def test_a_narrower_circle_never_reads_more_than_the_wider_one() -> None:
    assert not reads("taby", "deeper")
    assert reads("nacka", "deeper", "nacka-tib") and not reads("nacka", "deeper", "nacka-lasare")
    assert reading_organisations(SPACES["deeper"], SPACES, MEMBERS) == ("nacka",)


@pytest.mark.parametrize(
    ("wide", "narrow", "holds"),
    [
        ("snow", "secret", True),
        ("secret", "deeper", True),
        ("snow", "deeper", True),
        ("secret", "snow", False),
        ("standing", "snow", True),
        ("with-guests", "snow", True),
        ("snow", "with-guests", False),
        ("directory", "with-guests", True),
        ("rosters", "with-guests", False),
        ("secret", "secret", True),
    ],
)
def test_wider_means_that_every_reader_is_included(wide: str, narrow: str, holds: bool) -> None:
    assert is_wider(SPACES[wide], SPACES[narrow], SPACES) is holds
    if holds:
        narrow_readers = set(reading_organisations(SPACES[narrow], SPACES, MEMBERS))
        assert narrow_readers <= set(reading_organisations(SPACES[wide], SPACES, MEMBERS))


def test_a_wider_space_never_names_a_narrower_one() -> None:
    check_refs([Ref("answers", "snow", "x")], SPACES["secret"], SPACES)
    for hidden in ("secret", "no-such-space"):
        with pytest.raises(Refused) as refused:
            check_refs([Ref("answers", hidden, "x")], SPACES["snow"], SPACES)
        assert (refused.value.code, refused.value.facts) == ("reference_not_wider", {})


@pytest.mark.parametrize(
    ("mark", "space", "refusal"),
    [
        ("TLP:RED", "snow", "mark_too_narrow"),
        ("TLP:RED", "with-guests", "mark_too_narrow"),
        ("TLP:AMBER+STRICT", "secret", ""),
        ("TLP:AMBER+STRICT", "snow", "mark_needs_circle"),
        ("TLP:AMBER+STRICT", "with-guests", "mark_not_for_guests"),
        ("TLP:AMBER", "snow", ""),
        ("TLP:AMBER", "with-guests", "mark_not_for_guests"),
        ("TLP:GREEN", "with-guests", ""),
        ("Sekretess OSL 18:13", "snow", ""),
        ("Sekretess OSL 18:13", "with-guests", "mark_not_for_guests"),
    ],
)
def test_marks_are_checked_against_the_circle(mark: str, space: str, refusal: str) -> None:
    secrecy = {"Sekretess OSL 18:13"}
    if not refusal:
        check_marks([mark], SPACES[space], secrecy=secrecy)
        return
    with pytest.raises(Refused) as refused:
        check_marks([mark], SPACES[space], secrecy=secrecy)
    assert (refused.value.code, refused.value.facts) == (refusal, {"mark": mark})


def test_red_is_for_named_functions_and_not_for_whole_organisations() -> None:
    check_marks(["TLP:RED"], replace(SPACES["secret"], circle=(("nacka", "nacka-tib"), ("taby", "taby-tib"))))
    with pytest.raises(Refused, match="mark_too_narrow"):
        check_marks(["TLP:RED"], replace(SPACES["secret"], circle=(("nacka", "nacka-tib"), ("taby", "*"))))


def test_readers_added_since_the_author_saw_the_list_refuse_the_post() -> None:
    check_circle_seen(None, 4)
    check_circle_seen(4, 4)
    with pytest.raises(Refused, match="readers_changed"):
        check_circle_seen(3, 4)


def test_a_permission_is_required_by_name() -> None:
    principal = Principal("a", "nacka", "f", frozenset({"read"}))
    require(principal, "read")
    with pytest.raises(Refused, match="not_permitted"):
        require(principal, "lead")


def test_a_guest_whose_organisation_has_left_reads_nothing() -> None:
    without = Membership(MEMBERS.insiders, frozenset())
    principal = Principal("a", "ellevio", "f", frozenset({"read"}))
    assert not any(may_read(principal, space, SPACES, without) for space in SPACES.values())
    assert "ellevio" not in reading_organisations(SPACES["with-guests"], SPACES, without)


def test_the_directory_which_guests_read_names_no_root() -> None:
    for root in ("standing", "snow", "rosters", "with-guests"):
        assert not is_wider(SPACES[root], SPACES["directory"], SPACES)


def test_a_member_of_a_circle_that_left_and_came_back_changes_its_version() -> None:
    gone = Membership(MEMBERS.insiders - {"nacka"}, MEMBERS.guests)
    elsewhere = Membership(MEMBERS.insiders | {"ekero"}, MEMBERS.guests)
    version = circle_version(SPACES["secret"], MEMBERS)
    assert circle_version(SPACES["secret"], gone) != version
    assert circle_version(SPACES["secret"], elsewhere) == version
