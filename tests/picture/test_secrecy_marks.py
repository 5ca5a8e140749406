"""Marks of secrecy: with their provision, kept and shown, and a question before anything is stored at OSL 15:2."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.ledger.drafts import list_drafts
from gemensam.organisations.domain import secrecy_mark, secrecy_marks
from tests.ids import new_id
from tests.network import Network, build

pytestmark = pytest.mark.database
NACKA = "nacka-tib"
RISK, DEFENCE = "Sekretess OSL 18:13", "Sekretess OSL 15:2"
WRITTEN = "Reservkraften räcker i sex timmar"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, headers={"accept-language": "sv"})


def send(client: Client, path: str, data: Mapping[str, Any], status: int) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[-2_000:]
    return answer["Location"] if status == 302 else answer.content.decode()


def report(**more: Any) -> dict[str, Any]:
    return {"template": "full", "summary": WRITTEN, "draft_version": "0", "key": "press-0001", **more}


def marks(network: Network, space: str, kind: str) -> list[tuple[str, ...]]:
    return [row.header.marks for row in network.lens(NACKA).entries(space) if row.header.kind.startswith(kind)]


def go_on(page: str) -> str:
    return str(re.findall(r'name="heeded" value="([^"]+)"', page)[-1])


def test_the_grounds_are_data_and_their_marks_say_the_provision(network: Network) -> None:
    found = secrecy_marks(network.lens(NACKA).directory)
    assert {RISK, DEFENCE, "Sekretess OSL 18:8", "Sekretess OSL 38:7"} <= found.keys()
    assert [mark for mark, stops in found.items() if stops] == [DEFENCE]
    assert secrecy_mark({"code": "eget", "ground": "Avtal med NN"}) == "Sekretess eget"


def test_a_report_carries_both_marks_each_for_itself(network: Network, nacka: Client, space: str) -> None:
    given = report(act="publish", mark="TLP:AMBER", mark_secrecy=RISK)
    where = send(nacka, f"/spaces/{space}/report/", given, 302)
    assert marks(network, space, "report.") == [(RISK, "TLP:AMBER")]
    shown = nacka.get(where).content.decode()
    assert f'badge-word mark">{RISK}' in shown
    assert 'badge-word mark">TLP:AMBER' in shown
    form = nacka.get(f"{where}correct/").content.decode()
    assert f'<option value="{RISK}" selected' in form
    assert '<option value="TLP:AMBER" selected' in form


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("statements/new/", {"text": WRITTEN, "type": "fakta", "source": "egen"}, "statement."),
        ("needs/new/", {"text": WRITTEN}, "need."),
        ("questions/new/", {"text": WRITTEN}, "question."),
    ],
)
def test_other_forms_carry_them_too(
    network: Network, nacka: Client, space: str, path: str, data: dict[str, str], kind: str
) -> None:
    assert 'name="mark_secrecy"' in nacka.get(f"/spaces/{space}/{path}").content.decode()
    send(nacka, f"/spaces/{space}/{path}", {**data, "mark_secrecy": RISK}, 302)
    assert marks(network, space, kind) == [(RISK,)]


def test_each_reading_of_what_is_marked_is_recorded(network: Network, nacka: Client, space: str) -> None:
    from gemensam.audit import log
    from gemensam.audit.models import Record

    where = send(nacka, f"/spaces/{space}/report/", report(act="publish", mark_secrecy=RISK), 302)
    network.client("taby-tib").get(where)
    log.flush()
    assert Record.objects.filter(action="read_marked", organisation="taby").exists()


def test_an_unknown_ground_is_refused_at_its_field(nacka: Client, space: str) -> None:
    refused = send(nacka, f"/spaces/{space}/report/", report(act="publish", mark_secrecy="Sekretess påhittad"), 422)
    assert "Märkningen finns inte i listan." in refused


def test_guests_do_not_read_what_is_marked_as_secret(network: Network, space: str) -> None:
    outer = new_id()
    payload = {
        "space_kind": "outer", "title": "Med gäster", "parent": space, "pins": [],
        "circle": [{"organisation": "nacka", "function": "*"}],
    }  # fmt: skip
    network.write("lansstyrelsen-tib", Draft("space.opened", outer, outer, payload))
    said = Draft("statement.recorded", outer, new_id(), {"text": "x", "stated_at": now_ms()}, marks=(RISK,))
    with pytest.raises(Refused, match="mark_not_for_guests"):
        network.write(NACKA, said)


# The question --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["preview", "edit", "publish", "add:needs"])
def test_nothing_is_stored_before_the_question_is_answered(
    network: Network, nacka: Client, space: str, act: str
) -> None:
    before = network.lens(NACKA).state(space).position
    page = send(nacka, f"/spaces/{space}/report/", report(act=act, mark_secrecy=DEFENCE), 422)
    assert "Hör detta hemma här över huvud taget?" in page
    assert network.lens(NACKA).state(space).position == before
    assert list_drafts(network.lens(NACKA), space) == []


def test_no_draft_is_saved_while_one_writes(network: Network, nacka: Client, space: str) -> None:
    answer = nacka.post(f"/spaces/{space}/report/draft/", report(mark_secrecy=DEFENCE), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert list_drafts(network.lens(NACKA), space) == []


def test_who_says_no_keeps_nothing(network: Network, nacka: Client, space: str) -> None:
    path = f"/spaces/{space}/report/"
    send(nacka, f"{path}draft/", report(), 204)
    page = send(nacka, path, report(act="preview", mark_secrecy=DEFENCE), 422)
    assert 'name="act" value="discard"' in page
    send(nacka, path, {"act": "discard"}, 302)
    assert list_drafts(network.lens(NACKA), space) == []


def test_who_says_yes_goes_on_and_is_not_asked_again(network: Network, nacka: Client, space: str) -> None:
    path = f"/spaces/{space}/report/"
    answer = go_on(send(nacka, path, report(act="preview", mark_secrecy=DEFENCE), 422))
    confirm = send(nacka, path, report(act="preview", mark_secrecy=DEFENCE, heeded=answer), 200)
    assert f'name="heeded" value="{answer}"' in confirm
    send(nacka, path, report(act="publish", mark_secrecy=DEFENCE, heeded=answer), 302)
    assert marks(network, space, "report.") == [(DEFENCE,)]


def test_every_form_and_program_is_asked(network: Network, nacka: Client, space: str) -> None:
    given = {"text": WRITTEN, "type": "fakta", "source": "egen", "mark_secrecy": DEFENCE}
    path = f"/spaces/{space}/statements/new/"
    answer = go_on(send(nacka, path, given, 422))
    assert marks(network, space, "statement.") == []
    send(nacka, path, {**given, "heeded": answer}, 302)
    said = Draft("statement.recorded", space, new_id(), {"text": "x", "stated_at": now_ms()}, marks=(DEFENCE,))
    with pytest.raises(Refused, match="stop_question"):
        network.write(NACKA, said)


def test_the_narrower_part_is_asked_about_as_well(network: Network, nacka: Client, space: str) -> None:
    more = {"narrow-circle": "preset:inriktande", "narrow-summary": "Mer", "narrow-mark_secrecy": DEFENCE}
    page = send(nacka, f"/spaces/{space}/report/", report(act="preview", **more), 422)
    assert "Hör detta hemma här över huvud taget?" in page
    assert list_drafts(network.lens(NACKA), space) == []
