"""A sanerad version: the owner tells the wide space some of what a circle reads, edited; the basis stays (R52)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.picture import commands
from gemensam.picture.commands import Part, Sent
from tests.network import Network, build
from tests.picture.scene import cell, report

pytestmark = pytest.mark.database
NACKA, TABY = "nacka-tib", "taby-tib"
SECRET, OPEN = "Reservkraften räcker i sex timmar.", "Reservkraften är begränsad."


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def circle(network: Network, space: str) -> str:
    return network.open_sub_space(space, NACKA, "vaxholm-beredskapssamordnare")


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, headers={"accept-language": "sv"})


def in_two(network: Network, space: str, circle: str) -> tuple[str, str]:
    """Publish a report with its narrower part; return both subjects."""
    wide = report(now_ms() - 3_600_000, cell("el", "annan_krets"), cell("vag", "betydande", "Halt"))
    narrow = {**report(now_ms() - 3_600_000, cell("el", "kritisk", SECRET)), "summary": SECRET}
    part = Part(circle, "", (), narrow)
    subject = commands.publish_report_in_two(
        network.lens(NACKA), space, wide, part, sent=Sent(key="press-0001")
    ).subject
    return subject, network.lens(NACKA).state(circle).group("reports", "nacka")[0].subject


def page(client: Client, path: str, data: Mapping[str, Any] | None = None, *, status: int = 200) -> str:
    answer = client.get(path) if data is None else client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[-2_000:]
    return answer["Location"] if status == 302 else answer.content.decode()


def fields(**more: Any) -> dict[str, Any]:
    row = {"row-el-told": "1", "row-el-status": "allvarlig", "row-el-text": OPEN}
    return {"begun": "1", "summary": "Elen är osäker.", "read": "1", **row, **more}


def test_original_and_edited_text_stand_side_by_side_with_the_wide_readers(
    network: Network, nacka: Client, space: str, circle: str
) -> None:
    _wide, narrow = in_two(network, space, circle)
    assert "Sanerad version" in page(nacka, f"/spaces/{circle}/reports/{narrow}/")
    form = page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/")
    assert "Läses av 38 aktörer" in form
    assert form.count(SECRET) >= 2
    assert "Publicera den sanerade versionen till 38 aktörer" in form


def test_one_press_tells_the_edited_words_and_the_circle_keeps_the_basis(
    network: Network, nacka: Client, space: str, circle: str
) -> None:
    wide, narrow = in_two(network, space, circle)
    before = network.lens(NACKA).state(space).thing(wide)
    assert before is not None
    given = fields(seen=before.last)
    where = page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", given, status=302)
    assert where == f"/spaces/{space}/reports/{wide}/"
    after = network.lens(NACKA).state(space).thing(wide)
    assert after is not None
    assert (after.data.cell("el").status, after.data.cell("vag").status) == ("allvarlig", "betydande")
    assert after.data.stated_at == before.data.stated_at
    foreign = network.client(TABY, headers={"accept-language": "sv"})
    told = page(foreign, where)
    assert OPEN in told and "Halt" in told
    assert SECRET not in told and circle not in told and "Sanerad" not in told
    log = page(foreign, f"/spaces/{space}/log/")
    assert circle not in log and narrow not in log
    inside = network.client("vaxholm-beredskapssamordnare", headers={"accept-language": "sv"})
    basis = page(inside, f"/spaces/{circle}/reports/{narrow}/")
    assert SECRET in basis and where in basis and "Sanerad version gjord" in basis


def test_a_row_that_is_not_told_stays_as_it_was(network: Network, nacka: Client, space: str, circle: str) -> None:
    wide, narrow = in_two(network, space, circle)
    given = fields()
    del given["row-el-told"]
    page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", given, status=302)
    thing = network.lens(NACKA).state(space).thing(wide)
    assert thing is not None and thing.data.cell("el").status == "annan_krets"


def test_a_report_of_a_circle_alone_becomes_a_report_of_its_own(
    network: Network, nacka: Client, space: str, circle: str
) -> None:
    narrow = commands.publish_report(
        network.lens(NACKA), circle, {**report(now_ms(), cell("el", "kritisk", SECRET)), "summary": SECRET}
    ).subject
    page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", fields(), status=302)
    (told,) = network.lens(NACKA).state(space).group("reports", "nacka")
    assert told.data.cell("el").status == "allvarlig"


def test_every_text_is_gone_through_first(network: Network, nacka: Client, space: str, circle: str) -> None:
    _wide, narrow = in_two(network, space, circle)
    before = network.lens(NACKA).state(space).position
    for wrong in (fields(read=""), fields(summary=""), fields(**{"row-el-text": "x" * 501})):
        told = page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", wrong, status=422)
        assert "Det sparades inte" in told or "sparades inte" in told
    assert network.lens(NACKA).state(space).position == before


def test_a_text_that_is_emptied_is_empty_and_never_the_original(
    network: Network, nacka: Client, space: str, circle: str
) -> None:
    wide, narrow = in_two(network, space, circle)
    page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", fields(**{"row-el-text": ""}), status=302)
    told = page(network.client(TABY), f"/spaces/{space}/reports/{wide}/")
    assert SECRET not in told


def test_a_mark_that_forbids_the_wide_circle_is_refused(
    network: Network, nacka: Client, space: str, circle: str
) -> None:
    _wide, narrow = in_two(network, space, circle)
    told = page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", fields(mark="TLP:RED"), status=422)
    assert "Märkningen TLP:RED" in told and OPEN in told


def test_who_has_moved_meanwhile_is_told(network: Network, nacka: Client, space: str, circle: str) -> None:
    _wide, narrow = in_two(network, space, circle)
    told = page(nacka, f"/spaces/{circle}/reports/{narrow}/sanitise/", fields(seen="0" * 64), status=409)
    assert OPEN in told


def test_only_the_owner_makes_one_and_strangers_find_nothing(network: Network, space: str, circle: str) -> None:
    wide, narrow = in_two(network, space, circle)
    page(network.client("vaxholm-beredskapssamordnare"), f"/spaces/{circle}/reports/{narrow}/sanitise/", status=403)
    page(network.client(TABY), f"/spaces/{circle}/reports/{narrow}/sanitise/", status=404)
    page(network.client(NACKA), f"/spaces/{space}/reports/{wide}/sanitise/", status=404)


def test_the_basis_names_ones_own_report_in_the_wider_space(network: Network, space: str, circle: str) -> None:
    _wide, narrow = in_two(network, space, circle)
    theirs = commands.publish_report(network.lens(TABY), space, report(now_ms())).subject
    refs = (Ref("sanitised_as", space, theirs),)
    with pytest.raises(Refused, match="not_own_report"):
        network.write(NACKA, Draft("report.sanitised", circle, narrow, {}, refs=refs))
    with pytest.raises(Refused, match="malformed"):
        network.write(NACKA, Draft("report.sanitised", circle, narrow, {}))
