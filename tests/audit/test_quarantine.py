"""Felinförd uppgift: anybody who reads holds it apart, for everybody and everywhere; a contact decides (R47)."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.accounts.provision import create_token, create_user
from gemensam.audit import log
from gemensam.audit.models import Record
from gemensam.core.entry import Ref
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.ledger.blobs import store_blob
from gemensam.ledger.disposal import dispose
from gemensam.ledger.export import export_lines
from gemensam.ledger.log import LOG
from gemensam.ledger.quarantine import held_rows
from gemensam.ledger.search import search
from gemensam.ledger.verify import Recorded, check_entries, check_file, public_keys
from gemensam.picture import commands
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import cell, report

pytestmark = pytest.mark.database
NACKA, TABY, READER = "nacka-tib", "taby-tib", "vaxholm-beredskapssamordnare"
OWN_CONTACT, OTHER_CONTACT = "nacka-sakerhetschef", "taby-sakerhetschef"
SECRET = "Skyddsrummets hemliga läge"
WHY = "Hör inte hemma här"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def sv(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def get(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert answer.status_code == status, (path, answer.status_code, body[-800:])
    return body.decode(errors="replace")


def post(client: Client, path: str, data: Mapping[str, Any], status: int = 302) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[-1_500:]
    return answer["Location"] if status == 302 else answer.content.decode()


def published(network: Network, space: str, **more: Any) -> Any:
    content = {**report(now_ms(), cell("el", "kritisk", SECRET), **more), "summary": SECRET}
    return commands.publish_report(network.lens(NACKA), space, content)


def held(network: Network, space: str, receipt: Any, function: str = TABY) -> str:
    """Put a report in quarantine by its page's form; return the address of the quarantine."""
    client = sv(network, function)
    form = get(client, f"/spaces/{space}/quarantine/new/?subject={receipt.subject}")
    assert receipt.digest in form
    return post(client, f"/spaces/{space}/quarantine/new/", {"digest": receipt.digest, "reason": WHY})


def everything(client: Client, space: str, subject: str, digest: str) -> str:
    places = [
        f"reports/{subject}/", f"log/{digest}/", "log/", "picture/", "members/nacka/", "members/nacka/el/",
        "search/?q=hemliga", "picture.csv", "log/table.csv", "figures/", "places/", "replay/",
    ]  # fmt: skip
    return "".join(get(client, f"/spaces/{space}/{place}") for place in places)


# What goes, and for whom ------------------------------------------------------------------------------------------


def test_anybody_who_reads_it_holds_it_apart_for_everybody_everywhere(network: Network, space: str) -> None:
    receipt = published(network, space)
    assert SECRET in everything(sv(network, TABY), space, receipt.subject, receipt.digest)
    held(network, space, receipt, "taby-lasare")
    for function in (NACKA, TABY, OWN_CONTACT):
        told = everything(sv(network, function), space, receipt.subject, receipt.digest)
        assert SECRET not in told, function
    assert "Innehållet är i karantän" in get(sv(network, TABY), f"/spaces/{space}/reports/{receipt.subject}/")
    assert "I karantän" in get(sv(network, TABY), f"/spaces/{space}/log/")


def test_it_is_gone_from_states_searches_programs_and_the_past(network: Network, space: str) -> None:
    receipt = published(network, space)
    then = now_ms()
    held(network, space, receipt)
    lens = network.lens(TABY)
    thing = lens.state(space).thing(receipt.subject)
    assert thing is not None and tuple(thing.data.cells) == ()
    assert search(lens, "hemliga", space) == []
    past = lens.state(space, Moment(lens.now, knew_at=then)).thing(receipt.subject)
    assert past is not None and tuple(past.data.cells) == ()
    LOG.forget()  # a process that starts after it
    assert tuple(network.lens(TABY).state(space).thing(receipt.subject).data.cells) == ()  # type: ignore[union-attr]
    create_user("program", "ett långt lösenord 1", [TABY])
    headers = {"Authorization": f"Bearer {create_token('program', label='prov')}"}
    for place in ("entries?limit=500", "picture", "search?q=hemliga"):
        answer = Client().get(f"/api/v1/spaces/{space}/{place}", headers=headers)
        assert SECRET not in answer.content.decode()


def test_a_file_of_the_space_still_holds_and_has_nothing_of_it(network: Network, space: str) -> None:
    receipt = published(network, space)
    then = network.lens(TABY).now
    held(network, space, receipt)
    for moment in (None, Moment(now_ms(), knew_at=then)):
        lines = list(export_lines(network.lens(TABY), space, moment))
        assert not any(SECRET.encode() in line for line in lines)
        assert check_file(lines, every_signature=True)[1].faults == []
    settled(network, space, lift=True)
    lines = list(export_lines(network.lens(TABY), space))
    assert any(SECRET.encode() in line for line in lines)
    assert check_file(lines)[1].faults == []


def test_a_text_that_is_torn_out_after_it_came_back_is_seen(network: Network, space: str) -> None:
    receipt = published(network, space)
    held(network, space, receipt)
    settled(network, space, lift=True)
    head, *lines = [json.loads(line) for line in export_lines(network.lens(TABY), space)]
    entries = [line for line in lines if "header" in line]
    torn = [
        Recorded(one["position"], one["received_at"], one["header"], one["signature"], *texts)
        for one in entries
        for texts in [(None, None) if SECRET in one["payload"] else (one["salt"], one["payload"])]
    ]
    verdict = check_entries(torn, public_keys(head["nodes"]), space=space)
    assert verdict.faults == [("text_missing", str(receipt.position))]


def test_copies_go_with_it_where_the_writer_leaves_them_ticked(network: Network, space: str) -> None:
    receipt = published(network, space)
    copy = commands.report_unchanged(network.lens(NACKA), space)
    client = sv(network, TABY)
    form = get(client, f"/spaces/{space}/quarantine/new/?digest={receipt.digest}")
    assert "kopior" in form and copy.digest in form
    post(client, f"/spaces/{space}/quarantine/new/", {"digest": [receipt.digest, copy.digest], "reason": WHY})
    assert SECRET not in get(client, f"/spaces/{space}/reports/{copy.subject}/")


def test_its_attachments_are_held_with_it(network: Network, space: str) -> None:
    blob = store_blob(network.lens(NACKA), space, "karta.txt", "text/plain", SECRET.encode())
    attachment = {"digest": blob.digest, "name": "karta.txt", "media_type": "text/plain", "size": 1}
    receipt = published(network, space, attachments=[attachment])
    client = sv(network, TABY)
    assert SECRET in get(client, f"/spaces/{space}/attachments/{blob.digest}/")
    held(network, space, receipt)
    get(client, f"/spaces/{space}/attachments/{blob.digest}/", 404)
    assert not any(blob.digest.encode() in line and b"blob" in line for line in export_lines(network.lens(TABY), space))


# Who decides ------------------------------------------------------------------------------------------------------


def settled(network: Network, space: str, *, lift: bool, function: str = OWN_CONTACT) -> None:
    (thing,) = network.lens(function).state(space).group("quarantines")
    path = f"/spaces/{space}/quarantine/{thing.subject}/settle/"
    post(sv(network, function), path, {"act": "lift" if lift else "stand", "reason": "Bedömt"})


def test_the_named_contact_is_told_and_nobody_else(network: Network, space: str) -> None:
    receipt = published(network, space)
    where = held(network, space, receipt)
    start = get(sv(network, OWN_CONTACT), "/")
    assert "En felinförd uppgift är i karantän" in start and where in start
    assert "Någon har anmält en felinförd uppgift" in start
    for function in (NACKA, TABY, OTHER_CONTACT):
        assert "felinförd uppgift" not in get(sv(network, function), "/"), function


def test_every_contact_is_told_where_the_owner_has_none(network: Network, space: str) -> None:
    receipt = commands.publish_report(network.lens("trafikverket-tib"), space, report(now_ms()))
    held(network, space, receipt)
    for function in (OTHER_CONTACT, "lansstyrelsen-kontaktperson-sakerhetsskydd"):
        assert "felinförd uppgift" in get(sv(network, function), "/"), function


def test_a_contact_reads_the_text_and_the_reading_is_recorded(network: Network, space: str) -> None:
    receipt = published(network, space)
    where = held(network, space, receipt)
    assert SECRET in get(sv(network, OWN_CONTACT), where)
    log.flush()
    assert Record.objects.filter(action="quarantine_read", function=OWN_CONTACT, subject=receipt.digest).exists()
    for function in (TABY, NACKA):
        page = get(sv(network, function), where)
        assert SECRET not in page and 'name="act"' not in page
    with pytest.raises(Refused, match="not_permitted"):
        held_rows(network.lens(TABY), space, [receipt.digest])


def test_it_is_shown_who_had_read_it(network: Network, space: str) -> None:
    receipt = published(network, space)
    get(sv(network, READER), f"/spaces/{space}/reports/{receipt.subject}/")
    get(sv(network, "solna-tib"), f"/spaces/{space}/picture/")
    where = held(network, space, receipt)
    get(sv(network, "danderyd-sakerhetschef"), f"/spaces/{space}/picture/")  # after it was held apart
    page = get(sv(network, OWN_CONTACT), where)
    rows = {row.partition("</th>")[0]: row for row in page.split('<th scope="row">')[1:]}
    assert rows["Vaxholm"].count("<time") == 2
    assert rows["Solna"].count("<time") == 1
    assert "Danderyd" not in rows
    assert "Danderyd" in page.partition("Inget är antecknat för:")[2]
    assert "Vilka som hade läst" in get(sv(network, NACKA), where)  # the owner, without the text
    assert "Vilka som hade läst" not in get(sv(network, TABY), where)


def test_a_contact_lifts_it_and_everything_is_as_before(network: Network, space: str) -> None:
    receipt = published(network, space)
    held(network, space, receipt)
    settled(network, space, lift=True)
    told = everything(sv(network, TABY), space, receipt.subject, receipt.digest)
    assert SECRET in told
    lens = network.lens(TABY)
    assert len(search(lens, "hemliga", space)) == 1
    thing = lens.state(space).thing(receipt.subject)
    assert thing is not None and thing.data.cell("el").status == "kritisk"
    assert "felinförd uppgift" not in get(sv(network, OWN_CONTACT), "/")


def test_a_contact_lets_it_stand_and_may_lift_it_later(network: Network, space: str) -> None:
    receipt = published(network, space)
    where = held(network, space, receipt)
    settled(network, space, lift=False)
    page = get(sv(network, OWN_CONTACT), where)
    assert "har avgjort att den står fast" in page
    assert "felinförd uppgift" not in get(sv(network, OWN_CONTACT), "/")
    assert SECRET not in get(sv(network, TABY), f"/spaces/{space}/reports/{receipt.subject}/")
    settled(network, space, lift=True)
    path = where + "settle/"
    post(sv(network, OWN_CONTACT), path, {"act": "stand", "reason": "Igen"}, 409)


def test_only_a_contact_decides(network: Network, space: str) -> None:
    receipt = published(network, space)
    where = held(network, space, receipt)
    post(sv(network, NACKA), where + "settle/", {"act": "lift", "reason": "x"}, 403)
    post(sv(network, OWN_CONTACT), where + "settle/", {"act": "lift", "reason": ""}, 422)


# Rules ------------------------------------------------------------------------------------------------------------


def test_what_is_held_is_not_held_twice_and_what_founds_a_space_not_at_all(network: Network, space: str) -> None:
    receipt = published(network, space)
    held(network, space, receipt)
    (thing,) = network.lens(TABY).state(space).group("quarantines")
    opened = network.lens(TABY).state(space).thing(space)
    assert opened is not None
    cases = [
        ((receipt.subject, receipt.digest), "already_held"),
        ((space, opened.created), "not_disposable"),
        ((thing.subject, thing.created), "not_disposable"),
    ]
    for (subject, digest), refusal in cases:
        refs = (Ref("quarantines", space, subject, digest),)
        with pytest.raises(Refused, match=refusal):
            network.write(TABY, Draft("quarantine.placed", space, new_id(), {"reason": WHY}, refs=refs))
    with pytest.raises(Refused, match="malformed"):
        network.write(TABY, Draft("quarantine.placed", space, new_id(), {"reason": WHY}))
    path = f"/spaces/{space}/quarantine/new/"
    get(sv(network, TABY), f"{path}?digest={receipt.digest}", 404)
    get(sv(network, TABY), f"{path}?digest=x", 404)
    assert get(sv(network, TABY), path, 302) == ""


def test_a_reason_is_needed(network: Network, space: str) -> None:
    receipt = published(network, space)
    page = post(sv(network, TABY), f"/spaces/{space}/quarantine/new/", {"digest": receipt.digest, "reason": ""}, 422)
    assert receipt.digest in page
    assert SECRET in get(sv(network, TABY), f"/spaces/{space}/reports/{receipt.subject}/")


def test_a_press_that_comes_twice_is_one_quarantine(network: Network, space: str) -> None:
    receipt = published(network, space)
    given = {"digest": receipt.digest, "reason": WHY, "key": "press-0001"}
    post(sv(network, TABY), f"/spaces/{space}/quarantine/new/", given)
    assert len(network.lens(TABY).state(space).group("quarantines")) == 1


def test_it_works_in_a_closed_space(network: Network, space: str) -> None:
    receipt = published(network, space)
    state = network.lens(TABY).state(space).thing(space)
    assert state is not None
    network.write("lansstyrelsen-tib", Draft("space.closed", space, space, {"reason": "Slut"}))
    held(network, space, receipt)
    assert SECRET not in get(sv(network, TABY), f"/spaces/{space}/reports/{receipt.subject}/")


def test_what_is_held_can_be_disposed_of(network: Network, space: str) -> None:
    receipt = published(network, space)
    where = held(network, space, receipt)
    dispose(network.lens("kansliet-systemforvaltare"), space, new_id(), [receipt.digest], decision="1/26", reason="Fel")
    assert SECRET not in get(sv(network, OWN_CONTACT), where)
    settled(network, space, lift=True)
    assert SECRET not in get(sv(network, TABY), f"/spaces/{space}/reports/{receipt.subject}/")
    assert check_file(list(export_lines(network.lens(TABY), space)))[1].faults == []


def test_a_strangers_circle_is_not_there(network: Network, space: str) -> None:
    circle = network.open_sub_space(space, NACKA)
    content = {"text": SECRET, "stated_at": now_ms()}
    receipt = commands.record_statement(network.lens(NACKA), circle, content)
    get(sv(network, TABY), f"/spaces/{circle}/quarantine/new/?digest={receipt.digest}", 404)
    client = sv(network, NACKA)
    where = post(client, f"/spaces/{circle}/quarantine/new/", {"digest": receipt.digest, "reason": WHY})
    assert "Ingen kontaktperson för säkerhetsskydd läser" in get(client, where)
    # The contact is no reader of the circle: nothing of it reaches the contact.
    assert "felinförd uppgift" not in get(sv(network, OWN_CONTACT), "/")
