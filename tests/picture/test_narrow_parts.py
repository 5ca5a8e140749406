"""A report with a part for a narrower circle: one form, both lists of readers, one press, both or neither (3.4)."""

import re
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
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import cell, report

pytestmark = pytest.mark.database
NACKA = "nacka-tib"
SECRET = "Reservkraften räcker i sex timmar."


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
    line = {"narrow-0-row": "el", "narrow-0-status": "kritisk", "narrow-0-text": SECRET}
    given = {"template": "full", "summary": "Snö.", "narrow-summary": "Elen är osäker.", **line}
    return {
        **given,
        **{name.replace("_", "-") if name.startswith("narrow") else name: value for name, value in more.items()},
    }


def page(client: Client, path: str, data: Mapping[str, Any] | None = None, *, status: int = 200) -> str:
    answer = client.get(path) if data is None else client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[-2_500:]
    return answer["Location"] if status == 302 else answer.content.decode()


def sub_spaces(network: Network, function: str, space: str) -> list[str]:
    return [info.id for info in network.lens(function).spaces() if info.parent == space]


def published(network: Network, client: Client, space: str, **more: Any) -> str:
    """Look at both parts and publish them by one press; return the address of the wide report."""
    given = fields(**more)
    confirm = page(client, f"/spaces/{space}/report/", {**given, "act": "preview"})
    seen = dict(re.findall(r'name="(circle|seen|narrow_circle_seen)" value="([^"]*)"', confirm))
    return page(
        client, f"/spaces/{space}/report/", {**given, **seen, "act": "publish", "key": "press-0001"}, status=302
    )


# The form -------------------------------------------------------------------------------------------------------


def test_the_form_offers_a_part_and_opens_it_without_script(nacka: Client, space: str) -> None:
    form = page(nacka, f"/spaces/{space}/report/?template=full")
    assert "Lägg till en del för mindre krets" in form
    assert 'name="narrow-summary"' not in form
    opened = page(nacka, f"/spaces/{space}/report/", {"template": "full", "act": "add:narrow"})
    assert 'name="narrow-summary"' in opened
    assert 'value="preset:inriktande"' in opened
    assert 'value="preset:kommunikatorer"' in opened


def test_both_lists_of_readers_are_shown_before_anything_is_published(
    network: Network, nacka: Client, space: str
) -> None:
    before = network.lens(NACKA).state(space).position
    named = {"narrow-org-vaxholm": "1", "narrow-org-taby": "1"}
    given = {**fields(narrow_circle="named"), **named, "act": "preview"}
    confirm = page(nacka, f"/spaces/{space}/report/", given)
    assert "Läses av 38 aktörer" in confirm
    assert "Läses av 3 aktörer" in confirm
    wide, _, narrow = confirm.partition("Det som bara kretsen läser")
    assert SECRET not in wide
    assert "Lämnat i mindre krets" in wide
    assert SECRET in narrow.partition("<form")[0]
    assert network.lens(NACKA).state(space).position == before
    assert sub_spaces(network, NACKA, space) == []


def test_a_circle_of_functions_names_them_with_their_organisations(nacka: Client, space: str) -> None:
    confirm = page(nacka, f"/spaces/{space}/report/", {**fields(narrow_circle="preset:inriktande"), "act": "preview"})
    assert "Nacka kommun (TiB, stadsdirektör)" in confirm or "Nacka kommun (stadsdirektör, TiB)" in confirm
    assert "Täby kommun (kommundirektör)" in confirm


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(nacka: Client, space: str) -> None:
    given = {**fields(narrow_circle=""), "narrow-1-row": "el", "narrow-1-status": "", "narrow-1-text": "Mer"}
    refused = page(nacka, f"/spaces/{space}/report/", {**given, "act": "preview"}, status=422)
    assert "Välj vem som ska läsa delen" in refused
    assert SECRET in refused
    unknown = {**fields(narrow_circle="space:" + new_id()), "act": "preview"}
    assert "Välj vem som ska läsa delen" in page(nacka, f"/spaces/{space}/report/", unknown, status=422)


# Publishing -----------------------------------------------------------------------------------------------------


def test_one_press_publishes_both_and_the_others_see_only_that_it_was_given(
    network: Network, nacka: Client, space: str
) -> None:
    where = published(network, nacka, space, narrow_circle="named", **{"narrow-org-vaxholm": "1"})
    (circle,) = sub_spaces(network, NACKA, space)
    part = network.lens(NACKA).state(circle).group("reports", "nacka")[0]
    assert part.data.part_of == where.rstrip("/").rpartition("/")[2]
    assert part.data.cell("el").status == "kritisk"
    wide = network.lens(NACKA).state(space).group("reports", "nacka")[0]
    assert wide.data.cell("el").status == "annan_krets"
    own = page(nacka, where)
    assert SECRET in own
    inside = page(network.client("vaxholm-beredskapssamordnare"), where)
    assert SECRET in inside
    outside = network.client("taby-tib", headers={"accept-language": "sv"})
    foreign = page(outside, where)
    assert SECRET not in foreign
    assert circle not in foreign
    assert "Lämnat i mindre krets" in foreign
    assert page(outside, f"/spaces/{circle}/reports/{part.subject}/", status=404)
    assert "Del av rapporten i" in page(nacka, f"/spaces/{circle}/reports/{part.subject}/")


def test_a_press_that_comes_twice_is_one_report(network: Network, nacka: Client, space: str) -> None:
    first = published(network, nacka, space, narrow_circle="preset:kommunikatorer")
    again = fields(narrow_circle="preset:kommunikatorer", act="publish", key="press-0001")
    assert page(nacka, f"/spaces/{space}/report/", again, status=302) == first
    assert len(sub_spaces(network, NACKA, space)) == 1
    assert len(network.lens(NACKA).state(space).group("reports", "nacka")) == 1


def test_the_same_circle_is_used_again(network: Network, nacka: Client, space: str) -> None:
    published(network, nacka, space, narrow_circle="preset:kommunikatorer")
    given = fields(narrow_circle="preset:kommunikatorer", act="publish", key="press-0002")
    page(nacka, f"/spaces/{space}/report/", given, status=302)
    (circle,) = sub_spaces(network, NACKA, space)
    assert len(network.lens(NACKA).state(circle).group("reports", "nacka")) == 2
    assert f"space:{circle}" in page(nacka, f"/spaces/{space}/report/", {"template": "full", "act": "add:narrow"})


def test_that_there_is_a_part_can_be_left_unseen(network: Network, nacka: Client, space: str) -> None:
    where = published(network, nacka, space, narrow_circle="named", **{"narrow-org-vaxholm": "1", "narrow-unseen": "1"})
    foreign = page(network.client("taby-tib", headers={"accept-language": "sv"}), where)
    assert "mindre krets" not in foreign


def test_an_open_value_stays_beside_what_the_circle_reads(network: Network, nacka: Client, space: str) -> None:
    more = {"narrow-org-vaxholm": "1", "cell-el-status": "mattlig", "cell-el-text": "Korta avbrott."}
    published(network, nacka, space, narrow_circle="named", **more)
    wide = network.lens(NACKA).state(space).group("reports", "nacka")[0]
    assert wide.data.cell("el").status == "mattlig"


def test_where_the_part_is_refused_neither_is_published_and_the_draft_is_kept(
    network: Network, nacka: Client, space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = network.lens(NACKA).state(space).position
    given = fields(narrow_circle="named", act="publish", key="press-0003") | {"narrow-org-vaxholm": "1"}
    page(nacka, f"/spaces/{space}/report/", {**given, "act": "preview"})
    written: list[str] = []
    from gemensam.ledger import append

    whole = append._Commit.write

    def broken(self: Any, prepared: Any, *rest: Any) -> Any:
        written.append(prepared.draft.space)
        if len(written) == 3:
            raise Refused("storage_failed")
        return whole(self, prepared, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(append._Commit, "write", broken)
        page(nacka, f"/spaces/{space}/report/", given, status=503)
    assert len(set(written)) == 2
    assert network.lens(NACKA).state(space).position == before
    assert sub_spaces(network, NACKA, space) == []
    assert SECRET in page(nacka, f"/spaces/{space}/report/?template=full")
    assert page(nacka, f"/spaces/{space}/report/", given, status=302)


def test_readers_that_have_changed_meanwhile_are_shown_anew(network: Network, nacka: Client, space: str) -> None:
    circle = network.open_sub_space(space, NACKA)
    given = {**fields(narrow_circle=f"space:{circle}", act="publish"), "narrow_circle_seen": "1"}
    told = page(nacka, f"/spaces/{space}/report/", given)
    assert "Läsarna har ändrats" in told
    assert "Publicera båda" in told


# Rules ----------------------------------------------------------------------------------------------------------


def part_in(circle: str, wide: str, space: str) -> Draft:
    content = report(now_ms(), cell("el", "kritisk", SECRET))
    return Draft("report.published", circle, new_id(), content, refs=(Ref("part_of", space, wide),))


def test_a_part_belongs_to_ones_own_report_in_a_wider_space(network: Network, space: str) -> None:
    circle = network.open_sub_space(space, NACKA, "taby-tib")
    content = report(now_ms(), cell("vag", "betydande", "Plogning"))
    theirs = commands.publish_report(network.lens("taby-tib"), space, content).subject
    with pytest.raises(Refused, match="not_own_report"):
        network.write(NACKA, part_in(circle, theirs, space))
    with pytest.raises(Refused, match="reference_not_wider"):
        network.write(NACKA, part_in(space, network.write(NACKA, part_in_free(circle))[0].subject, circle))


def part_in_free(circle: str) -> Draft:
    return Draft("report.published", circle, new_id(), report(now_ms(), cell("el", "kritisk", SECRET)))


def test_a_reader_who_may_only_read_opens_no_circle(network: Network, space: str) -> None:
    lens = network.lens("nacka-lasare")
    part = Part("", "Krets", (("nacka", "*"), ("taby", "*")), report(now_ms()))
    with pytest.raises(Refused, match="not_permitted"):
        commands.publish_report_in_two(lens, space, report(now_ms()), part, sent=Sent(key="press-0004"))


def test_who_may_share_in_a_circle_opens_no_space_of_the_network(network: Network) -> None:
    payload = {"space_kind": "exercise", "title": "Egen", "pins": []}
    space = new_id()
    with pytest.raises(Refused, match="not_permitted"):
        network.write(NACKA, Draft("space.opened", space, space, payload))
