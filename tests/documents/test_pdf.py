"""What a printed document is: PDF/A-2a and PDF/UA-1, tagged, in its language, with everything in it on paper."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from gemensam.documents.rendering import BODY_FONT, FONTS, TEMPLATES, render
from tests.documents import reading, samples

BOTH = [(template, language) for template in TEMPLATES for language in ("sv", "en")]


def in_language(template: str, language: str) -> dict[str, Any]:
    data = samples.DOCUMENTS[template].as_json()
    data["frame"]["language"] = language
    return data


@pytest.mark.parametrize(("template", "language"), BOTH)
def test_a_document_says_that_it_is_pdf_a_2a_and_pdf_ua_1(template: str, language: str) -> None:
    read = reading.reader(render(template, in_language(template, language)))
    xmp = read.metadata and read.xmp_metadata
    assert xmp
    raw = xmp.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in raw
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in raw
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw


@pytest.mark.parametrize(("template", "language"), BOTH)
def test_a_document_has_title_language_author_and_tags(template: str, language: str) -> None:
    data = in_language(template, language)
    read = reading.reader(render(template, data))
    root: Any = read.root_object
    assert read.metadata is not None
    assert read.metadata.title is not None
    assert read.metadata.title.endswith(data["frame"]["title"])
    assert read.metadata.author == data["frame"]["author"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = reading.kinds(reading.tags(render(template, data)))
    assert kinds.count("/H1") == 1
    assert "/H2" in kinds


@pytest.mark.parametrize("template", TEMPLATES)
def test_headings_never_skip_a_level(template: str) -> None:
    kinds = reading.kinds(reading.tags(render(template, samples.DOCUMENTS[template].as_json())))
    levels = [int(kind[2:]) for kind in kinds if kind in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_table_has_tagged_column_headers_and_only_text_cells_besides(template: str) -> None:
    tags = reading.tags(render(template, samples.DOCUMENTS[template].as_json()))
    kinds = reading.kinds(tags)
    assert kinds.count("/Table") == kinds.count("/THead") > 0
    headers = [tag for tag, kind in zip(tags, kinds, strict=True) if kind == "/TH"]
    assert headers
    assert all(_attribute(tag, "/Scope") == "/Column" for tag in headers)


def _attribute(tag: Any, name: str) -> Any:
    attributes = tag["/A"]
    for one in attributes if isinstance(attributes, list) else [attributes]:
        if name in one.get_object():
            return one.get_object()[name]
    return None


@pytest.mark.parametrize(("template", "language"), BOTH)
def test_everything_in_the_data_can_be_read_back(template: str, language: str) -> None:
    data = in_language(template, language)
    text = reading.whole(render(template, data))
    data["frame"]["heads"] = [head["digest"] for head in data["frame"]["heads"]]
    if template == "picture":
        # Where the matrix has room for the short word only, the key has the whole one.
        data["matrix"]["scale"] = [value["word"] for value in data["matrix"]["scale"]]
    if template == "excerpt":
        data["scale"] = [value["word"] for value in data["scale"]]
    assert [part for part in reading.printed_texts(data) if reading.squeezed(part) not in text] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_page_carries_the_marks_the_time_of_print_the_heads_and_its_number(template: str) -> None:
    pages = reading.pages(render(template, samples.DOCUMENTS[template].as_json()))
    loud = "ÖVNING" if template == "table" else "DEMONSTRATION"
    for number, page in enumerate(pages, start=1):
        text = reading.squeezed(page)
        assert loud in text
        assert reading.squeezed(f"Sida {number} av {len(pages)}") in text
        assert reading.squeezed("Utskrivet 5 jan 2027 kl. 06.41 av Nacka kommun – TiB") in text
        assert reading.squeezed("samverkan-1/1 #1184 9f3a5c0be1d27744") in text


def test_the_title_of_an_exercise_begins_with_the_word() -> None:
    read = reading.reader(render("table", samples.TABLE.as_json()))
    assert read.metadata is not None
    assert read.metadata.title == "ÖVNING – Öppna behov"


def test_a_document_without_marks_has_no_frame_of_stripes() -> None:
    quiet = replace(samples.LOG, frame=samples.frame("Logg", marks=())).as_json()
    loud = replace(samples.LOG, frame=samples.frame("Logg", marks=("exercise",))).as_json()
    assert _patterns(render("log", quiet)) == 0
    assert _patterns(render("log", loud)) > 0


def _patterns(pdf: bytes) -> int:
    resources: Any = reading.reader(pdf).pages[0]["/Resources"]
    return len(resources.get("/Pattern", {}))


def test_a_historical_document_says_so_on_every_page() -> None:
    moment = "Vad vi visste kl. 15.08 den 4 jan 2027"
    data = replace(samples.LOG, frame=samples.frame("Logg", moment=moment)).as_json()
    assert all(reading.squeezed(moment) in reading.squeezed(page) for page in reading.pages(render("log", data)))


def test_a_long_table_repeats_its_headings_on_every_page_but_tags_them_once() -> None:
    pdf = render("table", samples.TABLE.as_json())
    with_rows = [page for page in reading.pages(pdf) if "47-" in page]
    assert len(with_rows) > 1
    assert all("Behov" in page and "Antal" in page for page in with_rows)
    assert reading.kinds(reading.tags(pdf)).count("/THead") == 2  # its own, and that of the heads


def test_the_matrix_of_37_members_and_18_activities_takes_two_a4_pages_or_one_a3() -> None:
    a4 = reading.reader(render("picture", samples.PICTURE.as_json()))
    a3 = replace(samples.PICTURE, frame=samples.frame("Samlad lägesbild nr 4", paper="a3")).as_json()
    assert [_lying(page) for page in a4.pages][-3:] == [False, True, True]
    assert [_lying(page) for page in reading.reader(render("picture", a3)).pages][-2:] == [False, True]


def test_changes_stand_once_under_the_heading_of_their_group() -> None:
    text = reading.squeezed("".join(reading.pages(render("picture", samples.PICTURE.as_json()))))
    for heading in ("Ändrade värden", "Nya uppgifter"):
        assert text.count(reading.squeezed(heading)) == 1


def _lying(page: Any) -> bool:
    return bool(page.mediabox.width > page.mediabox.height)


def test_a_cell_of_the_matrix_reads_as_digit_and_word() -> None:
    text = reading.whole(render("picture", samples.PICTURE.as_json()))
    assert "5KritiskInaktuell" in text
    assert "4AllvarligObekräftad" in text


def test_a_member_that_is_silent_is_said_so_in_words() -> None:
    pages = reading.pages(render("picture", samples.PICTURE.as_json()))
    text = reading.squeezed("".join(pages[2:]))
    assert "VaxholmSenastrapporteratigår16.20Kontakt:reserv(Rakel)06.12Ejrapporterat" in text


def test_text_is_set_in_the_copied_font_and_fonts_are_embedded() -> None:
    assert any(FONTS.glob("*.ttf")), "run `make setup`"
    read = reading.reader(render("minutes", samples.MINUTES.as_json()))
    names = set()
    for font in read.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        inner = font["/DescendantFonts"][0].get_object()
        names.add(inner["/BaseFont"].partition("+")[2])
        assert any(key.startswith("/FontFile") for key in inner["/FontDescriptor"])
    assert names
    assert all(name.startswith(BODY_FONT.replace(" ", "")) for name in names)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_same_data_gives_the_same_bytes(template: str) -> None:
    data = samples.DOCUMENTS[template].as_json()
    backwards = json.loads(json.dumps(data, sort_keys=True))
    assert render(template, data) == render(template, backwards)


def test_the_least_that_can_be_said_makes_a_document() -> None:
    bare = samples.frame("Tom", author="", marks=(), heads=(), circle="")
    assert reading.pages(render("table", replace(samples.TABLE, frame=bare, rows=(), summary="", note="").as_json()))
    assert reading.pages(render("log", replace(samples.LOG, frame=bare, entries=(), selection="").as_json()))
    silent = replace(samples.MATRIX, activities=(), members=())
    picture = replace(samples.PICTURE, frame=bare, previous=None, sections=(), changes=(), gaps=(), matrix=silent)
    assert "Första lägesbilden" in "".join(reading.pages(render("picture", picture.as_json())))
    minutes = replace(
        samples.MINUTES, frame=bare, ended_at=None, published_at=None, form="", summary="", roles=(), attendance=(),
        agenda=(), needs=(), agreements=(), next_meeting=None,
    )  # fmt: skip
    assert "Ej publicerad" in "".join(reading.pages(render("minutes", minutes.as_json())))
