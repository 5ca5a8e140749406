"""The replay's page, its timeline and its table, by full requests."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from gemensam.audit import log
from gemensam.audit.models import Record
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.web import times
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import cell, report

HOUR = 3_600_000
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def space(network: Network) -> str:
    """An incident with five reports, an hour between them, that began five hours ago."""
    space = new_id()
    from gemensam.organisations.founding import pins

    began = now_ms() - 5 * HOUR
    opened = {"space_kind": "incident", "title": "Storm", "pins": pins()}
    network.write("lansstyrelsen-tib", Draft("space.opened", space, space, opened), now=began)
    for number in range(5):
        at = began + number * HOUR + 60_000
        content = report(at, cell("el", "allvarlig", f"Rapport {number}"))
        network.write("nacka-tib", Draft("report.published", space, new_id(), content), now=at)
    return space


@pytest.fixture
def client(network: Network) -> Client:
    return network.client("vaxholm-beredskapssamordnare")


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return str(answer.content.decode())


def steps_of(page: str) -> list[tuple[int, int]]:
    """The steps as (ms UTC, tenths of the axis' units)."""
    found = re.search(r'data-steps="([^"]*)"', page)
    assert found
    second, steps = 0, []
    for pair in found.group(1).split():
        passed, place = map(int, pair.split(":"))
        second += passed
        steps.append((second * 1_000, place))
    return steps


def moment(at: int) -> str:
    return times.iso(at).replace("+", "%2B")


def test_each_step_shows_one_more_report_on_the_ordinary_page(network: Network, space: str, client: Client) -> None:
    steps = steps_of(page_of(client, f"/spaces/{space}/replay/"))
    assert len(steps) == 6
    assert [place for _at, place in steps] == sorted(place for _at, place in steps)
    for number, (at, _place) in enumerate(steps):
        shown = page_of(client, f"/spaces/{space}/log/?knew_at={moment(at)}")
        assert len(re.findall("<li data-key=", shown)) == number + 1


def test_the_picture_has_its_landmarks_and_its_table(space: str, client: Client) -> None:
    page = page_of(client, f"/spaces/{space}/replay/")
    assert page.count('<g class="tl-mark"') == 1 and "Öppnad: Storm" in page
    table = page.split('<table class="table timeline-table">')[1]
    assert "Lägesrapporter" in table
    counted = re.findall(r'<td class="num">(\d+)</td>', table.split("<tbody>")[1])
    assert sum(map(int, counted)) == 6


def test_only_pages_of_the_space_that_can_be_read_in_the_past_are_followed(space: str, client: Client) -> None:
    choice = page_of(client, f"/spaces/{space}/replay/").split('id="replay-page">')[1].split("</select>")[0]
    followed = re.findall(r'value="/spaces/[^/]+/([^"]+)"', choice)
    assert {"picture/", "log/", "known/"} <= set(followed)
    assert not {"report/", "search/", "export/", "replay/"} & set(followed)


def test_a_page_of_the_past_plays_to_its_moment(space: str, client: Client) -> None:
    all_steps = steps_of(page_of(client, f"/spaces/{space}/replay/"))
    page = page_of(client, f"/spaces/{space}/replay/?knew_at={moment(all_steps[2][0])}")
    assert [at for at, _ in steps_of(page)] == [at for at, _ in all_steps[:3]]


def test_it_can_begin_at_a_moment(space: str, client: Client) -> None:
    at = steps_of(page_of(client, f"/spaces/{space}/replay/"))[3][0]
    assert f'data-starts-at="{at}"' in page_of(client, f"/spaces/{space}/replay/?at={moment(at)}")
    assert client.get(f"/spaces/{space}/replay/?at=nonsens").status_code == 400


def test_the_log_s_own_seals_are_no_steps(network: Network, space: str, client: Client) -> None:
    from gemensam.ledger.append import _signer
    from gemensam.ledger.seals import seal_arrivals

    before = steps_of(page_of(client, f"/spaces/{space}/replay/"))
    assert seal_arrivals(space, _signer().node) is not None
    assert len(steps_of(page_of(client, f"/spaces/{space}/replay/"))) == len(before)


def test_the_picture_as_a_file_is_valid_and_recorded(network: Network, space: str) -> None:
    answer = network.client("nacka-tib").get(f"/spaces/{space}/replay/timeline.svg")
    assert answer["Content-Type"] == "image/svg+xml" and "attachment" in answer["Content-Disposition"]
    drawing = ElementTree.fromstring(answer.content)
    assert drawing.tag == f"{SVG}svg"
    assert drawing.findtext(f"{SVG}title") == "Tidslinje: Storm"
    log.flush()
    assert Record.objects.filter(action="export", space=space, detail__contains="timeline").count() == 1


def test_who_may_not_export_is_not_given_the_file(network: Network, space: str) -> None:
    client = network.client("nacka-lasare")
    assert client.get(f"/spaces/{space}/replay/timeline.svg").status_code == 403
    assert "timeline.svg" not in page_of(client, f"/spaces/{space}/replay/")


def test_a_space_that_one_may_not_read_has_no_replay(network: Network, space: str, client: Client) -> None:
    narrow = network.open_sub_space(space, "nacka-tib")
    assert client.get(f"/spaces/{narrow}/replay/").status_code == 404


def test_texts_are_escaped_in_the_drawing(network: Network, client: Client) -> None:
    space = network.open_incident(title="<script>alert(1)</script>")
    assert "<script>alert" not in page_of(client, f"/spaces/{space}/replay/")
