"""From what was read to what is proposed, and from the form back to what is registered: pure, and never a guess."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.governance.domain.decisions import EarlierDecision, FieldRead
from gemensam.governance.domain.proposing import (
    Candidate,
    proposed_document,
    proposed_member,
    proposed_outcome,
    proposed_step,
)
from gemensam.governance.intake.document import pages_of
from gemensam.governance.intake.fields import changed, earlier_in, fields_read, lines_in, places_of, plain, texts_of
from gemensam.governance.intake.network import _told
from gemensam.regions import load_region

NAMES = {"huddinge": ("Huddinge kommun",), "osteraker": ("Österåkers kommun", "Österåker kommun"), "x": ("Huddinge",)}
RULES = _told("stockholm")
VISION = Candidate("s/v", "Gemensam målbild 2023–2026", (2023, 2026), "Målbild")
OLD = Candidate("s/o", "Målbild 2019–2022", (2019, 2022))
CALLS = Candidate("s/c", "Aktiverade lägen 2023–2026", (2023, 2026), "Aktiverade lägen")


@pytest.mark.parametrize(
    ("organisation", "member"),
    [
        ("Huddinge kommun", "huddinge"),
        ("ÖSTERÅKER  KOMMUN", "osteraker"),
        ("Huddinge", "x"),
        ("Nacka kommun", ""),
        (None, ""),
    ],
)
def test_a_member_is_proposed_by_its_whole_name_only(organisation: str | None, member: str) -> None:
    assert proposed_member({"organisation": organisation}, NAMES) == member


def test_two_members_of_one_name_are_left_to_the_person() -> None:
    assert proposed_member({"organisation": "Huddinge"}, {**NAMES, "y": ("Huddinge",)}) == ""


@pytest.mark.parametrize(
    ("answer", "candidates", "key"),
    [
        ({"period": [2023, 2026], "title": "Målbild"}, [VISION, OLD], "s/v"),
        ({"period": [2023, 2026], "title": "Gemensam målbild 2023-2026, Nätverket"}, [VISION, CALLS, OLD], "s/v"),
        ({"period": [2023, 2026], "title": "Målbild Nätverket 2023-2026"}, [VISION, CALLS, OLD], "s/v"),
        ({"period": [2023, 2026], "title": "Målbild och aktiverade lägen"}, [VISION, CALLS], ""),
        ({"period": [2023, 2026], "title": "Något"}, [VISION, CALLS], ""),
        ({"period": [2027, 2030], "title": "Målbild 2023-2026"}, [VISION, OLD], ""),
        ({"period": None, "title": "Om målbild 2019-2022"}, [VISION, OLD], "s/o"),
        ({"period": None, "title": None}, [VISION], ""),
    ],
)
def test_a_document_is_proposed_where_period_and_title_leave_one(
    answer: dict[str, Any], candidates: list[Candidate], key: str
) -> None:
    assert proposed_document({**answer, "subject_matches": True}, candidates) == key
    assert proposed_document({**answer, "subject_matches": False}, candidates) == ""


@pytest.mark.parametrize(
    ("answer", "kind", "step"),
    [
        ({"document_type": "tjänsteskrivelse", "stage": "förslag"}, "kommun", "skrivelse"),
        ({"document_type": "protokollsutdrag", "stage": "förslag", "body": "Kommunstyrelsens arbetsutskott"}, "kommun",
         "beredning"),
        ({"document_type": "protokollsutdrag", "body": "Kommunstyrelsens arbetsutskott"}, "kommun", "beredning"),
        ({"document_type": "protokollsutdrag", "stage": "beslut", "body": "Kommunstyrelsen"}, "kommun", "styrelse"),
        ({"document_type": "protokollsutdrag", "stage": "beslut", "body": "Kommunstyrelsen", "outcome": "noterar",
          "approved_by_director": True}, "kommun", "delges"),
        ({"document_type": "protokollsutdrag", "stage": "beslut", "body": "Kommunfullmäktige"}, "kommun",
         "fullmaktige"),
        ({"document_type": "protokollsutdrag", "stage": "beslut", "body": "Direktionen"}, "kommunalforbund",
         "styrelse"),
        ({"document_type": "other", "stage": "beslut", "body": "Polismyndigheten"}, "statlig_myndighet", "myndighet"),
        ({"document_type": "protokollsutdrag", "stage": "beslut", "body": "Styrelsen"}, "bolag", "bolag"),
        ({"document_type": None, "stage": None}, "kommun", ""),
        ({"document_type": "protokollsutdrag", "stage": None, "body": "Kommunstyrelsen"}, "kommun", ""),
    ],
)  # fmt: skip
def test_a_step_follows_from_the_rules_of_the_region(answer: dict[str, Any], kind: str, step: str) -> None:
    assert proposed_step(answer, kind, RULES["steps"]) == step


def test_rules_name_steps_and_outcomes_that_the_lists_have() -> None:
    region = load_region("stockholm")
    steps = {item["code"] for item in region.vocabularies["decision_steps"]["items"]}
    outcomes = {item["code"] for item in region.vocabularies["decision_outcomes"]["items"]}
    assert {rule["step"] for rule in RULES["steps"]} <= steps
    assert set(RULES["outcomes"].values()) <= outcomes


def test_an_outcome_with_a_condition_has_its_own_word() -> None:
    words = RULES["outcomes"]
    assert proposed_outcome({"outcome": "antar"}, words) == "antar"
    assert proposed_outcome({"outcome": "antar", "villkor": ["under förutsättning att"]}, words) == "antar_tillagg"
    assert proposed_outcome({"outcome": "noterar", "villkor": ["om"]}, words) == "noterar"
    assert proposed_outcome({"outcome": None}, words) == proposed_outcome({"outcome": "dansar"}, words) == ""


ROWS = [[1, 1, "GRANÅSA", False, True, False, False, 40, 60], [1, 2, "Dnr\tKS 1", False, True, False, False, 70, 90],
        *[[page, 1, f"rad {page}", False, True, False, False, 0, 0] for page in range(2, 120)]]  # fmt: skip
ANSWER: dict[str, Any] = {
    "organisation": "Granåsa", "diarienummer": "KS 1", "title": None, "attachments": [], "send_to": None,
    "approved_by_director": False, "earlier_decisions": [{"body": "KF", "diarienummer": "KS 2"}],
    "places": {
        "organisation": {"page": 1, "line": 1, "certainty": "stated"},
        "diarienummer": {"page": 1, "line": 2, "certainty": "stated"},
        "title": {"page": None, "line": None, "certainty": "not_stated"},
        "attachments": {"page": 100, "line": 1, "certainty": "stated"},
    },
    "file": {"format": "pdf", "pages": 120, "pages_without_text": []},
}  # fmt: skip


def test_fields_keep_place_and_certainty_until_a_person_changes_them() -> None:
    read, places = texts_of(ANSWER), places_of(ANSWER, ROWS)
    told = {each.field: each for each in fields_read({**read, "title": "Målbild"}, read, places)}
    assert told["diarienummer"] == FieldRead("diarienummer", "stated", 1, 2, "Dnr KS 1")
    assert told["title"] == FieldRead("title", "entered")
    assert told["attachments"].certainty == "stated"  # the document says that there are none
    assert told["send_to"] == FieldRead("send_to", "not_stated")
    assert not {"member", "document"} & told.keys()
    assert changed({**read, "title": "Målbild"}, read) == ("title",)
    assert changed({**read, "diarienummer": "KS 1\r\n"}, read) == ()


def test_a_line_with_a_personal_number_is_never_copied_into_the_log() -> None:
    rows = [[1, 2, "Dnr KS 1, 811218-9876", False, True, False, False, 0, 0]]
    told = {each.field: each for each in fields_read(texts_of(ANSWER), texts_of(ANSWER), places_of(ANSWER, rows))}
    assert told["diarienummer"] == FieldRead("diarienummer", "stated", 1, 2, "")


def test_texts_of_lists_and_answers_come_back_as_they_were() -> None:
    read = texts_of(ANSWER)
    assert (read["approved_by_director"], read["immediately_adjusted"]) == ("no", "")
    assert earlier_in(read["earlier_decisions"]) == (EarlierDecision("KF", "", "", "KS 2"),)
    assert lines_in("") is None and lines_in(" \n", was_none_stated=True) == () and lines_in("a\n\n b ") == ("a", "b")


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=";"), min_size=1), max_size=4))
def test_an_earlier_decision_that_is_written_out_is_read_back(parts: list[str]) -> None:
    told = dict(zip(("body", "date", "paragraph", "diarienummer"), parts, strict=False))
    (back,) = earlier_in(texts_of({"earlier_decisions": [told]})["earlier_decisions"]) or (EarlierDecision(),)
    assert {name: value for name, value in vars(back).items() if value} == told


@given(st.text())
def test_what_a_browser_does_to_a_text_is_no_change(text: str) -> None:
    assert plain(text.replace("\n", "\r\n")) == plain(plain(text)) == plain(text)


def test_a_long_document_shows_the_pages_and_lines_that_matter() -> None:
    places = places_of(ANSWER, ROWS)
    shown = pages_of(ANSWER, ROWS, places)
    assert (shown.whole, shown.are_pictures, [page.number for page in shown.pages]) == (120, True, [1, 100])
    assert [(line.anchor, line.top, line.height, line.fields) for line in shown.pages[0].lines] == [
        ("p1r1", 40, 20, ("organisation",)), ("p1r2", 70, 20, ("diarienummer",)),
    ]  # fmt: skip


def test_lines_that_are_left_out_are_counted() -> None:
    rows = [[1, number, f"rad {number}", False, True, False, False, 0, 0] for number in range(1, 201)]
    answer = {
        "places": {"title": {"page": 1, "line": 150, "certainty": "stated"}},
        "file": {"format": "text", "pages": 1},
    }
    (page,) = pages_of(answer, rows, places_of(answer, rows)).pages
    assert [(line.number, line.skipped) for line in page.lines if line.skipped] == [(120, 88)]
    assert [line.number for line in page.lines if line.fields] == [150]
    assert (page.lines[0].number, page.lines[-1].number) == (1, 180)
