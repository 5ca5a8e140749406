"""A remiss answered by link, without account: what it shows, what it writes, and when it does not hold (R85, G5)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemensam.accounts.models import Appointment
from gemensam.answer_links.models import AnswerLink
from gemensam.audit.models import Record
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.web import times
from tests.consultation.test_pages import DAY, OFFICE, REGISTRAR, client, deadline, page, prepared, sent
from tests.network import Network

pytestmark = pytest.mark.database
WANTED = {"link-organisation": "vaxholm", "link-label": "registrator", "link-margin": str(14 * DAY)}


@pytest.fixture
def space(network: Network) -> str:
    return open_period(network.lens(OFFICE), PeriodData(2027, 2030)).space


@pytest.fixture
def office(network: Network) -> Client:
    return client(network, OFFICE)


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "sv"})


@pytest.fixture
def base(office: Client, space: str) -> str:
    attached = SimpleUploadedFile("bilaga.txt", b"En bilaga", "text/plain")
    return sent(office, space, documents=attached)


def make(office: Client, base: str, **more: str) -> str:
    """Make a link as the joint office does, and return its path."""
    answer = office.post(f"{base}links/", {**WANTED, **more})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    found = re.search(r'id="link-address">http://testserver(/remiss/[\w-]+/)<', answer.content.decode())
    assert found is not None
    return found[1]


def dead(stranger: Client, *addresses: str) -> None:
    """All of them are gone, and look like one that never was."""
    told = page(stranger, "/remiss/nothing/", 404)
    for address in addresses:
        assert page(stranger, address, 404) == told
        assert stranger.post(address, {"answer": "inget_att_erinra"}).status_code == 404


def test_a_stranger_answers_by_a_link_and_no_other_file_can_be_named(
    office: Client, base: str, stranger: Client
) -> None:
    address = make(office, base)
    told = page(stranger, address)
    assert "Alla övar varje år." in told and "Nacka" not in told.split("<main")[1].split('<details class="readers"')[0]
    file = re.search(r'href="(files/\w+/)"', told)
    assert file is not None and stranger.get(address + file[1]).content == b"En bilaga"
    assert stranger.get(address + "files/" + "0" * 64 + "/").status_code == 404
    assert stranger.post(address, {"answer": "avstyrker"}).status_code == 422
    document = SimpleUploadedFile("yttrande.txt", "Vaxholm vill ha färjor.".encode(), "text/plain")
    answer = stranger.post(address, {"answer": "tillstyrker_synpunkter", "documents": document, "key": "k"})
    assert answer.status_code == 200 and "Svaret är lämnat" in answer.content.decode()
    board = page(office, f"{base}answers/")
    assert "Svarslänk" in board and f'<a href="{base}answers/vaxholm/">Besvarad</a>' in board


def test_looking_uses_nothing_up_and_what_happens_is_noted_once(office: Client, base: str, stranger: Client) -> None:
    address = make(office, base)
    records = Record.objects.count()
    for look in (stranger.get, stranger.head, stranger.get):
        assert look(address).status_code == 200
    assert AnswerLink.objects.get().opened_at is None and Record.objects.count() == records
    for _ in range(2):
        assert stranger.post(address, {"answer": "inget_att_erinra", "key": "k"}).status_code == 200
    noted = list(Record.objects.filter(action__startswith="link_").values_list("action", "organisation", "subject"))
    owner, subject = noted[0][1], base.rstrip("/").rpartition("/")[2]
    assert noted[:3] == [(f"link_{what}", owner, subject) for what in ("made", "opened", "answered")]
    assert noted.count(("link_opened", owner, subject)) == 1
    link = AnswerLink.objects.get()
    assert link.opened_at is not None and link.answered_at is not None
    assert address.split("/")[2] not in repr([vars(link), *Record.objects.values_list("detail", "subject")])


def test_only_the_joint_office_makes_and_revokes_them_and_only_for_functions(
    network: Network, office: Client, base: str, stranger: Client
) -> None:
    address = make(office, base)
    member = client(network, REGISTRAR)
    assert "registrator" not in page(member, f"{base}answers/")
    assert member.post(f"{base}links/", WANTED).status_code == 403
    for wrong in ({"link-label": "070-123 45 67"}, {"link-organisation": "solna"}, {"link-margin": "1"}):
        assert office.post(f"{base}links/", {**WANTED, **wrong}).status_code == 422
    revoke = re.search(r'action="([^"]*links/\d+/revoke/)"', page(office, f"{base}answers/"))
    assert revoke is not None and member.post(revoke[1]).status_code == 403
    assert office.post(revoke[1]).status_code == 302 and office.post(revoke[1]).status_code == 404
    assert "Återkallad" in page(office, f"{base}answers/")
    dead(stranger, address)


def test_a_link_leads_to_what_it_was_made_for_alone(office: Client, space: str, base: str, stranger: Client) -> None:
    secret = make(office, base).split("/")[2]
    assert stranger.get(f"/answer/{secret}/").status_code == 404
    other = prepared(office, space)
    assert office.post(f"{other}send/", {"key": "another"}).status_code == 302
    number = AnswerLink.objects.get().pk
    assert office.post(f"{other}links/{number}/revoke/").status_code == 404
    assert "registrator" not in page(office, f"{other}answers/")


@pytest.mark.parametrize("change", ["withdrawn", "maker left"])
def test_a_link_holds_no_longer_than_what_it_stands_on(
    network: Network, office: Client, base: str, stranger: Client, change: str
) -> None:
    address = make(office, base)
    if change == "withdrawn":
        office.post(f"{base}withdraw/", {"reason": "Nytt utkast kommer"})
    else:
        Appointment.objects.filter(function=OFFICE).update(until=times.now() - 1)
    dead(stranger, address)


def test_the_list_says_that_a_link_no_longer_holds_when_the_remiss_is_withdrawn(office: Client, base: str) -> None:
    make(office, base)
    assert "Inte öppnad än" in page(office, f"{base}answers/")
    office.post(f"{base}withdraw/", {"reason": "Nytt utkast kommer"})
    told = page(office, f"{base}answers/")
    assert "Gäller inte längre" in told and "/revoke/" not in told


def test_a_link_follows_a_day_that_is_moved(office: Client, base: str, stranger: Client) -> None:
    address = make(office, base, **{"link-margin": "0"})
    assert "Länken gäller till" in page(stranger, address)
    assert office.post(f"{base}extend/", {"deadline_at": deadline(120), "reason": "Ny tid"}).status_code == 302
    assert deadline(120) in page(stranger, address)
