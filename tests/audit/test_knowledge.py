"""What an organisation had access to: recorded as pages are sent, shown at any moment to those who may see it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from gemensam.audit import deliveries, insight, log
from gemensam.audit.knowledge import Knowledge, Known
from gemensam.audit.models import Delivery, Insight, Opening, Record
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import now_ms
from gemensam.ledger.pages.rows import Filters, Place
from gemensam.web import times
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import cell, report

OWN, OTHER = "vaxholm-beredskapssamordnare", "nacka-tib"
ADMINISTRATOR = "vaxholm-aktorsadministrator"
MINUTE = 60_000


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(OWN)


def tell(network: Network, space: str, text: str = "Strömavbrott", *, now: int | None = None) -> Receipt:
    content = report(now or now_ms(), cell("el", "allvarlig", text))
    return network.write(OTHER, Draft("report.published", space, new_id(), content), now=now)[0]


def page_of(client: Client, space: str, query: str = "", of: str = "") -> str:
    answer = client.get(f"/spaces/{space}/known/{of}{query}")
    assert answer.status_code == 200, answer.content.decode()[:800]
    return str(answer.content.decode())


def at(instant: int) -> str:
    return f"?knew_at={times.local(instant).isoformat()}".replace("+", "%2B")


def one(network: Network, space: str, receipt: Receipt) -> Known:
    """What is recorded of one entry for Vaxholm, all that waits written first."""
    log.flush()
    lens = network.lens(OWN)
    found = Knowledge(lens, lens.space(space), "vaxholm").page(lens.now, Place(Filters()))
    return next(each for each in found.entries if each.row.digest == receipt.digest)


# What is recorded ------------------------------------------------------------------------------------------------


def test_an_entry_is_available_when_it_comes_then_sent_then_opened(
    network: Network, space: str, client: Client
) -> None:
    receipt = tell(network, space)
    before = one(network, space, receipt)
    assert (before.sent_at, before.opened_at, before.standing(now_ms())) == (None, None, "available")
    client.get(f"/spaces/{space}/picture/")
    sent = one(network, space, receipt)
    assert sent.sent_at is not None and sent.sent_at >= sent.available_at == sent.row.received_at
    assert (sent.opened_at, sent.standing(now_ms())) == (None, "sent")
    client.get(f"/spaces/{space}/reports/{receipt.subject}/")
    opened = one(network, space, receipt)
    assert opened.opened_at is not None and opened.sent_at == sent.sent_at
    assert opened.standing(now_ms()) == "opened"
    assert opened.standing(opened.available_at - 1) == "later"


def test_a_page_of_the_past_sends_only_what_was_there_then(network: Network, space: str, client: Client) -> None:
    tell(network, space)
    then = now_ms()
    later = tell(network, space, "Senare", now=then + 1_000)
    client.get(f"/spaces/{space}/picture/{at(then)}")
    assert one(network, space, later).sent_at is None


def test_what_the_browser_had_already_counts_as_sent(network: Network, space: str, client: Client) -> None:
    kept = client.get(f"/spaces/{space}/log/")["ETag"]
    log.flush()
    Delivery.objects.all().delete()
    deliveries.forget_noted()
    assert client.get(f"/spaces/{space}/log/", headers={"if-none-match": kept}).status_code == 304
    log.flush()
    assert Delivery.objects.filter(organisation="vaxholm", space=space).count() == 1


def test_refusals_and_heads_are_no_delivery(network: Network, space: str, client: Client) -> None:
    client.head(f"/spaces/{space}/picture/")
    client.get(f"/spaces/{space}/reports/nowhere/")
    client.get(f"/spaces/{new_id()}/picture/")
    log.flush()
    assert not Delivery.objects.exists()


def test_an_answer_to_a_program_is_sent_but_opened_by_nobody(network: Network, space: str, client: Client) -> None:
    receipt = tell(network, space)
    assert client.get(f"/api/v1/spaces/{space}/entries").status_code == 200
    log.flush()
    assert Delivery.objects.filter(organisation="vaxholm").get().position == receipt.position
    assert not Opening.objects.exists()
    Delivery.objects.all().delete()
    deliveries.forget_noted()
    assert client.get(f"/api/v1/spaces/{space}/picture").status_code == 200
    log.flush()
    assert Delivery.objects.filter(organisation="vaxholm").get().position == receipt.position


def test_a_page_that_is_read_again_costs_no_row(network: Network, space: str, client: Client) -> None:
    receipt = tell(network, space)
    for _ in range(3):
        client.get(f"/spaces/{space}/log/{receipt.digest}/")
    log.flush()
    assert (Delivery.objects.count(), Opening.objects.count()) == (1, 1)


def test_the_first_time_of_a_position_is_the_earliest_of_all_that_held_it(network: Network) -> None:
    for position, sent_at in ((2, 100), (5, 200), (9, 150)):
        deliveries.note_delivery("vaxholm", "standing", position, sent_at)
    log.flush()
    found = deliveries.first_delivered("vaxholm", "standing", [1, 2, 3, 5, 6, 9, 10])
    assert found == {1: 100, 2: 100, 3: 150, 5: 150, 6: 150, 9: 150}
    assert deliveries.first_delivered("vaxholm", "standing", []) == {}
    assert deliveries.last_delivered_at("vaxholm", "standing", by=160) == 150


def test_what_came_before_the_organisation_came_is_available_from_its_coming(network: Network, space: str) -> None:
    tell(network, space)
    about = {"kommunkod": "", "groups": [], "rows": []}
    joined = {"name": "Nya kommunen", "short": "Nya", "kind": "kommun", "member": True, "insider": True, "about": about}
    came = network.write("kansliet-strateg", Draft("organisation.joined", "directory", "nya", joined))[0]
    lens = network.lens(OWN)
    knowledge = Knowledge(lens, lens.space(space), "nya")
    came_at = lens.entry("directory", came.digest).received_at
    assert knowledge.since == came_at
    assert {each.available_at for each in knowledge.page(lens.now, Place(Filters())).entries} == {came_at}
    assert (knowledge.sums(came_at - 1).available, knowledge.sums(came_at).available) == (0, 2)


# What is shown ---------------------------------------------------------------------------------------------------


def test_at_a_moment_what_came_later_is_grey_and_the_page_says_what_it_does_not_show(
    network: Network, space: str, client: Client
) -> None:
    early, then = tell(network, space, "Tidigt"), now_ms()
    late = tell(network, space, "Sent", now=then + 5_000)
    page = page_of(client, space, at(then))
    first, second, _opened = page.split('<tr class="known-')[1:]
    assert first.startswith("later") and f"/log/{late.digest}/" in first and "Kom in senare" in first
    assert second.startswith("available") and f"/log/{early.digest}/" in second
    assert "Tillgänglig, inte skickad" in second
    assert "Telefon, e-post och radio syns inte här" in page
    assert "Vad visste Vaxholm?" in page


def test_own_entries_are_called_own(network: Network, space: str, client: Client) -> None:
    said = {"text": "Färjan står", "stated_at": now_ms(), "type": "fakta", "source": "egen"}
    network.write(OWN, Draft("statement.recorded", space, new_id(), said))
    assert "Egen uppgift" in page_of(client, space)


def test_the_table_has_every_entry_and_is_recorded(network: Network, space: str, client: Client) -> None:
    receipt = tell(network, space)
    client.get(f"/spaces/{space}/reports/{receipt.subject}/")
    answer = client.get(f"/spaces/{space}/known/table.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert "telefon, e-post och radio syns inte här" in rows[0][0]
    assert [row[0] for row in rows[2:]] == ["1", "2"]
    assert all(rows[3][6:9]) and rows[3][9] == "Öppnad"
    assert Record.objects.filter(action="export", space=space, organisation="vaxholm").count() == 1


def test_a_long_log_is_shown_around_the_moment(network: Network, space: str, client: Client) -> None:
    drafts = [
        Draft("statement.recorded", space, new_id(), {"text": f"Nr {n}", "stated_at": now_ms(), "row": "el"})
        for n in range(130)
    ]
    network.write(OTHER, *drafts[:20])
    then = now_ms()
    for draft in drafts[20:]:
        network.write(OTHER, draft, now=then + 10_000)
    page = page_of(client, space, at(then))
    assert page.count('<tr class="known-later"') == 10
    assert page.count('<tr class="known-available"') == 21
    assert "before=" not in page and "after=31" in page


# Who may see it --------------------------------------------------------------------------------------------------


def test_others_are_refused_until_they_are_let_in_and_both_can_see_that_they_looked(
    network: Network, space: str
) -> None:
    other, administrator = network.client(OTHER), network.client(ADMINISTRATOR)
    address = f"/spaces/{space}/known/of/vaxholm/"
    assert other.get(address).status_code == 403
    given = {"organisation": "nacka", "until": times.field(now_ms() + times.DAY), "reason": "Utvärdering"}
    assert administrator.post(f"/spaces/{space}/known/insight/", given).status_code == 302
    page = page_of(other, space, of="of/vaxholm/")
    assert "Vad visste Vaxholm?" in page and "Vaxholm har släppt in er" in page
    assert 'href="/spaces/' in page_of(other, space) and "of/vaxholm/" in page_of(other, space)
    log.flush()
    looked = Record.objects.get(action="insight_used")
    assert (looked.organisation, looked.space, looked.subject) == ("nacka", space, "vaxholm")
    told = administrator.get(f"/spaces/{space}/known/insight/").content.decode()
    assert "tittade senast" in told and "Utvärdering" in told
    number = Insight.objects.get().pk
    assert administrator.post(f"/spaces/{space}/known/insight/{number}/withdraw/").status_code == 302
    assert other.get(address).status_code == 403
    actions = Record.objects.filter(organisation="vaxholm").values_list("action", flat=True)
    assert {"insight_given", "insight_withdrawn"} <= set(actions)


def test_an_insight_ends_by_itself(network: Network, space: str) -> None:
    lens = network.lens(ADMINISTRATOR)
    insight.give_insight(lens, space, insight.Given("nacka", lens.now + MINUTE, "Fråga"))
    insight.require_insight(network.lens(OTHER), space, "vaxholm")
    with pytest.raises(Refused, match="no_insight"):
        insight.require_insight(network.lens(OTHER, lens.now + MINUTE), space, "vaxholm")


def test_insight_is_of_one_space_and_for_its_readers_only(network: Network, space: str) -> None:
    lens = network.lens(ADMINISTRATOR)
    narrow = network.open_sub_space(space, ADMINISTRATOR, function="lansstyrelsen-tib")
    insight.give_insight(lens, space, insight.Given("nacka", lens.now + MINUTE, "Fråga"))
    with pytest.raises(Refused, match="no_insight"):
        insight.require_insight(network.lens(OTHER), "standing", "vaxholm")
    with pytest.raises(Refused, match="not_found"):
        insight.give_insight(network.lens(ADMINISTRATOR), narrow, insight.Given("nacka", lens.now + MINUTE, "Nej"))
    assert network.client(OTHER).get(f"/spaces/{narrow}/known/of/vaxholm/").status_code == 404
    assert network.client(OWN).get(f"/spaces/{narrow}/known/").status_code == 404


@pytest.mark.parametrize("days", [-1, 91])
def test_the_time_of_an_insight_is_checked(network: Network, space: str, days: int) -> None:
    given = {"organisation": "nacka", "until": times.field(now_ms() + days * times.DAY), "reason": "x"}
    answer = network.client(ADMINISTRATOR).post(f"/spaces/{space}/known/insight/", given)
    assert answer.status_code == 422 and "högst 90 dagar" in answer.content.decode()
    assert not Insight.objects.exists()


def test_only_whoever_administers_the_own_organisation_lets_in(network: Network, space: str, client: Client) -> None:
    assert client.get(f"/spaces/{space}/known/insight/").status_code == 403
    stranger = network.client("nacka-aktorsadministrator")
    lens = network.lens(ADMINISTRATOR)
    number = insight.give_insight(lens, space, insight.Given("nacka", lens.now + MINUTE, "Fråga")).pk
    assert stranger.post(f"/spaces/{space}/known/insight/{number}/withdraw/").status_code == 404
    assert Insight.objects.get().withdrawn_at == 0


@pytest.mark.parametrize("query", ["?before=x", "?after=-1", "?before=99999999999999999999"])
def test_a_place_that_is_no_position_is_refused(space: str, client: Client, query: str) -> None:
    assert client.get(f"/spaces/{space}/known/{query}").status_code == 400


def test_nobody_is_asked_about_an_organisation_that_does_not_read_here(space: str, client: Client) -> None:
    answer: Any = client.get(f"/spaces/{space}/known/of/nowhere/")
    assert answer.status_code == 404
