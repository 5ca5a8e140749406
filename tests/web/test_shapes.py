"""Status values: words and shape first, colour last, and six kinds of nothing that differ."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import gemensam.web
from gemensam.web import shapes
from gemensam.web.shapes import Value

SERIOUS = Value("allvarlig", "Allvarlig påverkan", 4)
NOTHINGS = [
    Value("vet_ej", "Vet ej ännu", short="Vet ej"),
    Value("aterkommer", "Återkommer kl. 06.00", short="Åter 06.00"),
    Value("ej_rapporterat", "Ej rapporterat", short="Ej rapp."),
    Value("ej_tillfragad", "Ej tillfrågad", short="Ej tillfr."),
    Value("har_inte", "Har inte verksamheten", short="–"),
    Value("annan_krets", "Lämnat i mindre krets", short="Mindre krets"),
]
SYMBOLS = Path(gemensam.web.__file__).parent / "templates" / "components" / "_shapes.svg"


def heard(html: str) -> str:
    """What a screen reader says: text that is not hidden from it."""
    seen = re.sub(r'<(\w+)[^>]*aria-hidden="true"[^>]*>.*?</\1>', " ", html)
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def test_a_cell_is_heard_in_words() -> None:
    assert heard(shapes.cell(SERIOUS, about="14 min, bedömning")) == "Allvarlig påverkan, 14 min, bedömning"


def test_words_on_a_value_are_seen_and_heard() -> None:
    stale = Value("ingen", "Ingen påverkan", 1, notes=("Inaktuell",))
    cell = shapes.cell(stale, changed="Ändrad sedan nr 3")
    assert heard(cell) == "Ingen påverkan, Inaktuell, Ändrad sedan nr 3"
    assert '<small class="cell-note" aria-hidden="true">Inaktuell · Ändrad sedan nr 3</small>' in cell


def test_six_kinds_of_nothing_look_and_sound_different_from_each_other_and_from_normal() -> None:
    every = [*NOTHINGS, Value("ingen", "Ingen påverkan", 1)]
    assert len({shapes.cell(value) for value in every}) == len(every)
    assert len({heard(shapes.cell(value)) for value in every}) == len(every)
    assert len({shapes.plain(value) for value in every}) == len(every)
    assert not any("#s1" in shapes.cell(value) for value in NOTHINGS)


def test_every_shape_that_is_used_is_drawn_with_its_digit() -> None:
    drawn = {symbol.get("id"): "".join(symbol.itertext()) for symbol in ElementTree.parse(SYMBOLS).iter("symbol")}
    assert drawn == {"s1": "1", "s2": "2", "s3": "3", "s4": "4", "s5": "5", "su": "?"}
    used = {re.search(r'href="#(\w+)"', shapes.mark(Value("x", "x", digit)))[1] for digit in shapes.SHAPES}  # type: ignore[index]
    assert used | {"su"} == set(drawn)


def test_text_keeps_the_digit_or_the_short_word() -> None:
    assert shapes.plain(SERIOUS) == "[4]"
    assert shapes.plain(NOTHINGS[0]) == "[vet ej]"
    assert shapes.plain(NOTHINGS[2]) == "[ej rapp]"


@pytest.mark.parametrize("draw", [shapes.mark, shapes.labelled, shapes.cell])
def test_words_are_escaped(draw: object) -> None:
    evil = Value("x", "<b>&\"'", short="<i>", notes=("<s>",), trend="samre", trend_word="<u>")
    assert not re.search("<[bisu]>", draw(evil))  # type: ignore[operator]


def test_a_sum_counts_per_value_in_the_given_order() -> None:
    told = heard(shapes.summary([(1, SERIOUS), (5, NOTHINGS[2])]))
    assert told == "1 Allvarlig påverkan 5 Ej rapporterat"
