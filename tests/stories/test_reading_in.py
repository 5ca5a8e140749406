"""A story: a member's minutes are uploaded, compared with what was read in them, and registered; the matrix turns."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.governance.making import Block, Heading, Title, columns, lines, made, points
from tests.stories.conftest import Enter
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
VISION = "Målbild 2023–2026"


def minutes(folder: Path, paragraph: str) -> Path:
    file = folder / f"Protokollsutdrag § {paragraph}.pdf"
    blocks: list[Block] = [
        columns("HUDDINGE KOMMUN\nKommunstyrelsen", "PROTOKOLLSUTDRAG\nSammanträdesdatum\n2023-08-30"),
        Title(f"§ {paragraph} Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen"),
        lines("Diarienummer KS-2023/780"),
        Heading("Beslut"),
        points("Kommunstyrelsen antar Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen."),
    ]
    file.write_bytes(made("pdf", blocks))
    return file


def decisions_page(visitor: Visitor) -> str:
    """Return the address of the members' decisions on the målbild."""
    visitor.open("/governance/")
    link = visitor.page.locator("main a[href*='/documents/']", has_text=VISION).first
    found = re.match(r"/spaces/[^/]+/documents/[^/]+/", link.get_attribute("href") or "")
    assert found
    return f"{found[0]}adoption/"


@pytest.mark.parametrize("phone", [False, True])
def test_minutes_are_uploaded_read_and_confirmed_and_the_matrix_turns(
    enter: Enter, hand: str, phone: bool, tmp_path: Path
) -> None:
    paragraph = {"pointer": "41", "keyboard": "42"}.get(hand, "43") + ("1" if phone else "")
    registrar = enter("huddinge-namndsekreterare", phone=phone)
    matrix = decisions_page(registrar)
    registrar.goes_to(registrar.link("Läs in beslut"), "Läs in beslut")
    registrar.page.set_input_files("#files", minutes(tmp_path, paragraph))
    registrar.press(registrar.button("Ladda upp och läs"))
    expect(registrar.page.locator("#notices")).to_contain_text("1 fil har tagits emot")
    if not registrar.page.locator("#field-paragraph").count():  # a slow machine: the list tells when it has been read
        expect(registrar.link(re.compile("^Jämför"))).to_be_visible(timeout=60_000)
        registrar.press(registrar.link(re.compile("^Jämför")))
    registrar.sees_heading("Jämför med handlingen")
    expect(registrar.page.get_by_label("§ i protokollet")).to_have_value(paragraph)
    expect(registrar.page.get_by_label("Medlem", exact=True)).to_have_value("huddinge")
    place = registrar.page.locator("#field-paragraph .read-place")
    registrar.press(place)
    expect(registrar.page.locator("rect:target")).to_be_in_viewport()
    expect(registrar.page.locator("img[alt^='Sida 1']")).to_have_js_property("complete", True)
    registrar.press(registrar.page.locator(".doc-named").get_by_role("link", name="Diarienummer"))
    expect(registrar.page.locator("#field-diarienummer")).to_be_in_viewport()
    registrar.goes_to(registrar.button("Bekräfta och registrera"), "Läs in beslut")
    expect(registrar.page.locator("#notices")).to_contain_text("Registrerat: Protokollsutdrag")
    registrar.open(matrix)
    row = registrar.page.locator("tr", has_text="Huddinge")
    expect(row).to_contain_text(f"§ {paragraph}")
