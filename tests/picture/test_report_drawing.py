"""The report form's boxes and rows, drawn in Python: tied together, escaped, open where something stands."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from gemensam.picture.report_boxes import Box, Choice, Row
from gemensam.picture.report_drawing import draw_box, draw_rows
from gemensam.picture.report_shown import ShownCell
from gemensam.web.shapes import Value

NOW = 1_800_000_000_000
HOSTILE = '"><script>alert(1)</script>'
ELECTRICITY = Row(
    code="el", name="Elförsörjning", help="Nät och värme.", is_careful=False, is_asked=False,
    choices=(Choice("3", Value("3", "Betydande påverkan", 3, "Betydande"), True),),
    other_choices=(Choice("vet_ej", Value("vet_ej", "Vet ej"), False),),
    main=(Box("cell-el-text", "Vad påverkas?", help="Kort"),), more=(Box("cell-el-area", "Område", help="Kort"),),
    error="", before=None, has_more=False,
)  # fmt: skip


def test_a_box_ties_its_help_and_error_to_its_control() -> None:
    drawn = draw_box(Box("summary", "Läget i korthet", "Lugnt", help="Tre meningar", error="För långt", longest=80))
    assert '<label for="f-summary">Läget i korthet</label>' in drawn
    assert (
        'id="f-summary" name="summary" aria-describedby="f-summary-help f-summary-error" aria-invalid="true"' in drawn
    )
    assert '<p class="help" id="f-summary-help">Tre meningar</p>' in drawn
    assert '<p class="error" id="f-summary-error">För långt</p>' in drawn
    assert 'maxlength="80"' in drawn


def test_a_box_among_many_leaves_its_help_out_and_does_not_point_at_it() -> None:
    drawn = draw_box(Box("done", "Gjort", help="Tre meningar"), with_help=False)
    assert "help" not in drawn
    assert "aria-describedby" not in drawn


@pytest.mark.parametrize("kind", ["text", "area", "number", "time", "select"])
def test_whatever_is_written_stays_text(kind: str) -> None:
    box = Box("x", HOSTILE, HOSTILE, kind, help=HOSTILE, error=HOSTILE, choices=((HOSTILE, HOSTILE, True),))
    row = replace(ELECTRICITY, name=HOSTILE, help=HOSTILE, error=HOSTILE, main=(box,))
    drawn = draw_rows([row], HOSTILE, NOW)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_select_shows_what_is_chosen() -> None:
    drawn = draw_box(Box("type", "Typ", "b", "select", choices=(("a", "Fakta", False), ("b", "Bedömning", True))))
    assert '<option value="a">Fakta</option><option value="b" selected>Bedömning</option>' in drawn


def test_a_row_shows_what_stood_before_and_what_is_chosen_now() -> None:
    before = ShownCell("el", "Elförsörjning", Value("2", "Måttlig", 2), "Korta avbrott", (), NOW - 60_000, ())
    drawn = draw_rows([replace(ELECTRICITY, before=before)], "", NOW)
    assert "Korta avbrott" in drawn
    assert "data-age>1 min</time>" in drawn
    assert '<input type="radio" name="cell-el-status" value="3" checked>' in drawn
    assert '<details class="other-answers">' in drawn


def test_a_row_whose_answer_is_no_step_is_open_there() -> None:
    other = replace(ELECTRICITY.other_choices[0], is_chosen=True)
    drawn = draw_rows([replace(ELECTRICITY, other_choices=(other,), has_more=True)], "", NOW)
    assert '<details class="other-answers" open>' in drawn
    assert "<details open><summary>" in drawn


def test_a_careful_row_carries_its_warning_in_the_readers_language() -> None:
    careful = replace(ELECTRICITY, is_careful=True, is_asked=True)
    with override("sv"):
        assert "Varsam" in draw_rows([careful], "Inga detaljer här.", NOW)
    with override("en"):
        drawn = draw_rows([careful], "No details here.", NOW)
    assert '<p class="help careful">No details here.</p>' in drawn
    assert "Asked about" in drawn
