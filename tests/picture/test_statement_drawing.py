"""Sentences of a picture, drawn in Python: with their source, escaped, and with the button that chooses them."""

from dataclasses import replace

from django.utils.translation import override

from gemensam.picture.compile_shown import Offered
from gemensam.picture.picture_shown import ShownStatement
from gemensam.picture.statement_drawing import draw_offers, draw_statement
from gemensam.web.shapes import Value

NOW = 1_800_000_000_000
HOSTILE = '"><script>alert(1)</script>'
SAID = ShownStatement(
    copy={"entry": "e" * 64, "part": "cell:el", "stated_at": NOW}, organisation="Nacka", lead="El", text="Avbrott",
    value=Value("3", "Betydande påverkan", 3), type="Bedömning", source="Egen personal", notes=("Obekräftad",),
    since="Rättad", link="reports/r1/",
)  # fmt: skip
OFFERED = Offered(SAID, '["lage", "r1"]', is_new=True, is_stale=True, is_chosen=False)


def test_a_sentence_stands_with_its_member_time_type_and_source() -> None:
    drawn = draw_statement(SAID, "snow", NOW)
    assert "<strong>El</strong> " in drawn
    assert '<a href="/spaces/snow/reports/r1/">Nacka</a> · <time' in drawn
    assert "</time> · bedömning · Egen personal" in drawn
    assert '<span class="note">Obekräftad</span> <strong class="since">Rättad</strong>' in drawn


def test_a_sentence_of_few_words_has_no_empty_parts() -> None:
    bare = replace(SAID, lead="Behov", value=None, type="", source="", notes=(), since="", link="")
    drawn = draw_statement(bare, "snow", NOW)
    assert "<strong>Behov.</strong> Avbrott</p>" in drawn
    assert drawn.endswith("</time></p>")
    assert "<a " not in drawn


def test_whatever_was_written_stays_text() -> None:
    said = replace(
        SAID, organisation=HOSTILE, lead=HOSTILE, text=HOSTILE, type=HOSTILE, source=HOSTILE, notes=(HOSTILE,),
        since=HOSTILE, link=HOSTILE, copy={**SAID.copy, "entry": HOSTILE, "part": HOSTILE},
    )  # fmt: skip
    drawn = draw_offers([replace(OFFERED, shown=said, button=HOSTILE)], HOSTILE, HOSTILE, NOW)
    assert "<script" not in drawn


def test_what_is_offered_can_be_chosen_once() -> None:
    with override("en"):
        offered = draw_offers([OFFERED], "3", "snow", NOW)
        chosen = draw_offers([replace(OFFERED, is_chosen=True)], "3", "snow", NOW)
    assert 'name="add" value="[&quot;lage&quot;, &quot;r1&quot;]" id="add-eeeeeeeeeeee-cellel"' in offered
    assert 'aria-label="Choose: Nacka, El"' in offered
    assert "new since no. 3" in offered
    assert "<button" not in chosen
    assert 'class="is-picked"' in chosen


def test_nothing_is_new_before_the_first_picture() -> None:
    with override("en"):
        assert "new since" not in draw_offers([OFFERED], "", "snow", NOW)
