"""TLP marks: chosen in forms, kept by what goes on from them, shown wherever the text is, refused by circles (R50)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.picture import commands
from gemensam.picture.commands import Sent
from gemensam.picture.lists import Lists
from gemensam.picture.marking import mark_choices, marks_of, strictest
from tests.documents.reading import whole
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import cell, report
from tests.picture.world import World, directory

NACKA, COMPILER = "nacka-tib", "lansstyrelsen-lagesbildsansvarig"
AMBER, RED, GREEN = "TLP:AMBER", "TLP:RED", "TLP:GREEN"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, headers={"accept-language": "sv"})


def fields(**more: Any) -> dict[str, Any]:
    row = {"cell-vag-status": "betydande", "cell-vag-text": "Plogning", "cell-vag-type": "fakta"}
    return {"template": "full", "summary": "Snö.", **row, "cell-vag-source": "egen", **more}


def published(network: Network, space: str, mark: str, **more: Any) -> str:
    """Publish a marked report of Nacka's and return it."""
    given = report(now_ms(), cell("vag", "betydande", "Plogning"), **more)
    return commands.publish_report(network.lens(NACKA), space, given, sent=Sent(marks=(mark,))).subject


def marks_in_force(network: Network, space: str, subject: str) -> tuple[str, ...]:
    lens = network.lens(NACKA)
    thing = lens.state(space).thing(subject)
    assert thing is not None
    return marks_of(lens, space, thing.data.content)


def page(client: Client, path: str, data: Mapping[str, Any] | None = None, *, status: int = 200) -> str:
    answer = client.get(path) if data is None else client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[-1_500:]
    return answer["Location"] if status == 302 else answer.content.decode()


# Reports --------------------------------------------------------------------------------------------------------


def test_a_report_carries_the_mark_that_was_chosen_and_shows_it(network: Network, space: str, nacka: Client) -> None:
    form = page(nacka, f"/spaces/{space}/report/")
    assert "Märkning (TLP)" in form
    confirm = page(nacka, f"/spaces/{space}/report/", fields(act="preview", mark=AMBER))
    assert f'badge-word mark">{AMBER}' in confirm
    where = page(nacka, f"/spaces/{space}/report/", fields(act="publish", mark=AMBER), status=302)
    shown = page(nacka, where)
    assert f'badge-word mark">{AMBER}' in shown
    assert f"{AMBER} · Lägesrapport" in shown  # what is copied out says so too
    assert marks_in_force(network, space, where.rstrip("/").rpartition("/")[2]) == (AMBER,)


def test_what_goes_on_from_a_marked_report_keeps_its_mark(network: Network, space: str, nacka: Client) -> None:
    subject = published(network, space, AMBER)
    chosen = f'<option value="{AMBER}" selected>'
    assert chosen in page(nacka, f"/spaces/{space}/report/")
    assert chosen in page(nacka, f"/spaces/{space}/reports/{subject}/correct/")
    unchanged = commands.report_unchanged(network.lens(NACKA), space).subject
    assert marks_in_force(network, space, unchanged) == (AMBER,)


def test_a_mark_that_forbids_the_circle_is_refused_in_words_and_nothing_is_lost(
    network: Network, space: str, nacka: Client
) -> None:
    before = network.lens(NACKA).state(space).position
    refused = page(nacka, f"/spaces/{space}/report/", fields(act="publish", mark=RED), status=422)
    assert "Märkningen TLP:RED" in refused
    assert "Snö." in refused
    assert network.lens(NACKA).state(space).position == before
    unknown = page(nacka, f"/spaces/{space}/report/", fields(act="publish", mark="TLP:PINK"), status=422)
    assert "Märkningen finns inte i listan." in unknown


def test_a_members_own_words_show_their_mark_beside_them(network: Network, space: str, nacka: Client) -> None:
    published(network, space, AMBER)
    for place in ("members/nacka/", "members/nacka/vag/"):
        assert AMBER in page(nacka, f"/spaces/{space}/{place}"), place


# Statements -----------------------------------------------------------------------------------------------------


def _statement(**more: Any) -> dict[str, Any]:
    return {"text": "Väg 76 är öppen", "type": "fakta", "source": "egen", **more}


def test_a_statement_is_marked_and_corrected_with_its_history(network: Network, space: str, nacka: Client) -> None:
    where = page(nacka, f"/spaces/{space}/statements/new/", _statement(mark=AMBER, via="telefon"), status=302)
    subject = where.rstrip("/").rpartition("/")[2]
    assert AMBER in page(nacka, where)
    form = page(nacka, f"{where}correct/")
    assert f'<option value="{AMBER}" selected>' in form
    thing = network.lens(NACKA).state(space).thing(subject)
    assert thing is not None
    given = _statement(text="Väg 76 är stängd", mark=GREEN, seen=thing.last, stated_at="")
    assert page(nacka, f"{where}correct/", given, status=302) == where
    shown = page(nacka, where)
    assert "Väg 76 är stängd" in shown
    assert GREEN in shown
    corrected = network.lens(NACKA).state(space).thing(subject)
    assert corrected is not None
    assert (corrected.data.corrections, corrected.data.via) == (1, "telefon")
    moved = page(nacka, f"{where}correct/", given, status=409)
    assert "Väg 76 är stängd" in moved


def test_a_statement_keeps_its_time_to_the_millisecond_when_the_field_is_left(
    network: Network, space: str, nacka: Client
) -> None:
    stated_at = now_ms() - 7_234_567
    content = _statement(stated_at=stated_at)
    receipt = commands.record_statement(network.lens(NACKA), space, content)
    form = page(nacka, f"/spaces/{space}/statements/{receipt.subject}/correct/")
    shown = form.partition('name="stated_at" value="')[2].partition('"')[0]
    given = _statement(text="Annat", stated_at=shown, seen=receipt.digest)
    page(nacka, f"/spaces/{space}/statements/{receipt.subject}/correct/", given, status=302)
    thing = network.lens(NACKA).state(space).thing(receipt.subject)
    assert thing is not None
    assert thing.data.stated_at == stated_at


def test_only_its_owner_corrects_a_statement(network: Network, space: str) -> None:
    receipt = commands.record_statement(network.lens(NACKA), space, _statement(stated_at=now_ms()))
    where = f"/spaces/{space}/statements/{receipt.subject}/correct/"
    page(network.client("taby-tib"), where, status=403)
    page(network.client("nacka-lasare"), where, status=403)
    commands.withdraw_statement(network.lens(NACKA), space, receipt.subject, "Fel")
    page(network.client(NACKA), where, status=409)


# Pictures -------------------------------------------------------------------------------------------------------


def test_a_picture_is_marked_as_strictly_as_what_it_holds(network: Network, space: str) -> None:
    published(network, space, AMBER)
    compiler = network.client(COMPILER, headers={"accept-language": "sv"})
    texts = {"stated_at": "", "text:sammanfattning": "Läget", "mark": GREEN}
    page(compiler, f"/spaces/{space}/compile/", {**texts, "save": "1"}, status=302)
    version = page(compiler, f"/spaces/{space}/compile/").partition('name="draft_version" value="')[2].partition('"')[0]
    given = {**texts, "stated_at": "00.01", "draft_version": version}
    page(compiler, f"/spaces/{space}/compile/", {**given, "preview": "1"}, status=302)
    preview = page(compiler, f"/spaces/{space}/compile/preview/")
    assert f'badge-word mark">{AMBER}' in preview
    assert "på grund av det som kopieras in" in preview
    values = {name: preview.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("version", "circle")}
    where = page(compiler, f"/spaces/{space}/compile/publish/", values, status=302)
    assert f'badge-word mark">{AMBER}' in page(compiler, where)
    pdf = compiler.get(f"{where.rstrip('/')}.pdf")
    assert AMBER in whole(pdf.content)
    table = b"".join(compiler.get(f"/spaces/{space}/picture.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert AMBER in table.splitlines()[0]


def test_the_strictest_mark_binds() -> None:
    lists = Lists(directory(), World().state)
    assert strictest(lists, [GREEN, "", AMBER]) == (AMBER,)
    assert strictest(lists, [GREEN, RED, AMBER]) == (RED,)
    assert strictest(lists, ["", ""]) == ()
    assert strictest(lists, ["EGEN", GREEN]) == (GREEN, "EGEN")


def test_every_mark_can_be_chosen_with_what_it_means(network: Network) -> None:
    lens = network.lens(NACKA)
    choices = mark_choices(Lists(lens.directory, lens.state("standing")))
    assert [mark for mark, _word in choices][:3] == ["", RED, "TLP:AMBER+STRICT"]
    assert all(len(word) > len(mark) + 2 for mark, word in choices)


def test_a_narrower_circle_takes_what_the_network_may_not_have(network: Network, space: str) -> None:
    narrow = network.open_sub_space(space, NACKA)
    content = _statement(stated_at=now_ms())
    receipt = network.write(NACKA, Draft("statement.recorded", narrow, new_id(), content, marks=(RED,)))[0]
    assert marks_of(network.lens(NACKA), narrow, receipt.digest) == (RED,)
