"""Compiling in full: own fields and courses of events, the window report, two versions compared, an open excerpt."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Enter
from tests.stories.house import House
from tests.stories.test_pictures import choose, publish, section, text
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.browser
OPEN = "Elen är åter i Boo, ingen är utan ström."


@pytest.fixture
def space(house: House, hand: str) -> str:
    """An incident in which one member has reported for everybody, and one for the network alone."""
    space = house.open_space(f"Stormen ({hand})")
    house.report("nacka-tib", space, {"el": ("mattlig", OPEN)}, mark="TLP:CLEAR")
    house.report("norrtalje-tib", space, {"el": ("allvarlig", "Elavbrott i hela Roslagen.")})
    return space


@pytest.fixture(params=[False, True], ids=["desktop", "phone"])
def phone(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_picture_with_analysis_becomes_a_window_report_a_comparison_and_an_open_excerpt(
    enter: Enter, house: House, space: str, phone: bool
) -> None:
    member = enter("norrtalje-tib", phone=phone)
    member.open(f"/spaces/{space}/analysis/")
    member.hand.write(member.page.locator("#answer-behov"), "Två boenden saknar reservkraft.")
    member.goes_to(member.button("Publicera våra svar"), "Gemensam analys")
    expect(section(member, "Finns det behov som inte är mötta?")).to_contain_text("Två boenden saknar reservkraft.")

    compiler = enter("lansstyrelsen-lagesbildsansvarig", phone=phone)
    compiler.open(f"/spaces/{space}/compile/")
    choose(compiler, OPEN)
    choose(compiler, "Två boenden saknar reservkraft.")
    compiler.hand.write(text(compiler, "sammanfattning"), "Storm i länet.")
    compiler.press(compiler.page.locator(".part:has(#part-konsekvenser) .own-fields > summary"))
    compiler.hand.write(field(compiler, "Gap", "konsekvenser"), "Ett aggregat saknas.")
    scenario(compiler, 1, "Elen åter i kväll", "hog", "Elnätsbolagets prognos kl. 17.")
    scenario(compiler, 2, "Avbrott i tre dygn", "lag", "Ny snö natten mot lördag.")
    publish(compiler, 1)
    side = section(compiler, "Händelseutvecklingar")
    expect(side.locator("thead")).to_contain_text("Avbrott i tre dygn")
    expect(side).to_contain_text("Ny snö natten mot lördag.")
    expect(section(compiler, "Gemensam analys")).to_contain_text("Två boenden saknar reservkraft.")

    compiler.goes_to(compiler.link("Fönsterrapport"), "Fönsterrapport, lägesbild nr 1")
    row = compiler.page.locator(".windows tbody tr", has_text="Konsekvenser")
    expect(row).to_contain_text(OPEN)
    expect(row).to_contain_text("Ett aggregat saknas.")
    assert compiler.fetches(compiler.link("Som pdf")).startswith(b"%PDF")

    compiler.open(f"/spaces/{space}/compile/")
    choose(compiler, "Elavbrott i hela Roslagen.")
    publish(compiler, 2)
    compiler.goes_to(compiler.link("Jämför med en annan"), "Lägesbild nr 1 jämförd med nr 2")
    expect(section(compiler, re.compile("Nya uppgifter"))).to_contain_text("Elavbrott i hela Roslagen.")
    expect(section(compiler, re.compile("Uppgifter som inte längre är med"))).to_contain_text(OPEN)

    compiler.open(f"/spaces/{space}/pictures/1/")
    compiler.goes_to(compiler.link("Gör ett utdrag"), "Utdrag ur lägesbild nr 1")
    compiler.goes_to(compiler.link("Öppet utdrag"), "Öppet utdrag")
    expect(compiler.page.get_by_role("checkbox", name=re.compile("Elen är åter i Boo"))).to_be_checked()
    held = compiler.page.locator(".is-held", has_text="Två boenden saknar reservkraft.")
    expect(held).to_contain_text("Inte märkt för allmänheten")
    expect(held.get_by_role("checkbox")).to_have_count(0)
    compiler.hand.write(compiler.page.get_by_label("Råd till allmänheten"), "Res bara om du måste.")
    compiler.goes_to(compiler.button("Förhandsgranska"), "Förhandsgranska: Öppet utdrag")
    compiler.goes_to(compiler.button("Publicera utdraget"), "Öppet utdrag")
    told = compiler.fetches(compiler.link("Som text")).decode()
    assert OPEN.rstrip(".") in told
    assert "Res bara om du måste." in told
    assert not re.search("lägesbildsansvarig|Roslagen|reservkraft", told)


def field(compiler: Visitor, label: str, heading: str) -> Locator:
    return compiler.page.locator(f".part:has(#part-{heading})").get_by_label(label, exact=True)


def scenario(compiler: Visitor, number: int, name: str, likelihood: str, watch: str) -> None:
    """Write one course of events."""
    box = compiler.page.get_by_role("group", name=f"Händelseutveckling {number}")
    compiler.hand.write(box.get_by_label("Namn"), name)
    box.get_by_label("Sannolikhet").select_option(likelihood)
    compiler.hand.write(box.get_by_label("Det vi ska hålla ögonen på"), watch)


def test_two_who_compile_at_once_lose_nothing(enter: Enter, house: House, space: str) -> None:
    first = enter("lansstyrelsen-lagesbildsansvarig")
    second = enter("lansstyrelsen-lagesbildsansvarig")
    for each in (first, second):
        each.open(f"/spaces/{space}/compile/")
    first.hand.write(text(first, "gapet"), "Den förstas text.")
    expect(first.page.locator("[data-draft-state]").first).to_contain_text("Utkast sparat")
    second.has_lost_contact = True  # the browser writes down that the save was refused
    second.hand.write(text(second, "gapet"), "Den andras text.")
    notice = second.page.locator(".notice.warning", has_text="sparade utkastet")
    expect(notice).to_be_visible()
    second.look()
    first.page.reload()
    expect(text(first, "gapet")).to_have_value("Den förstas text.")
    expect(text(second, "gapet")).to_have_value("Den andras text.")
    second.press(second.button("Spara mitt i stället", notice))
    expect(notice).to_have_count(0)
    expect(second.page.locator("[data-draft-state]").first).to_contain_text("Utkast sparat")
    first.page.reload()
    expect(text(first, "gapet")).to_have_value("Den andras text.")
