"""A remiss through its pages: prepared, sent, answered in three ways, its synpunkter met, put together, published."""

import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemensam.consultation import commands
from gemensam.consultation.delivering import due
from gemensam.coordination.sending import Entered, Sent
from gemensam.core.refusal import Refused
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.ledger.append import now_ms
from gemensam.objectives.commands import Edition, publish_version
from gemensam.web import times
from tests.consultation.payloads import ANSWER
from tests.network import Network
from tests.objectives.making import text

pytestmark = pytest.mark.database
OFFICE, REGISTRAR, OTHER = "kansliet-strateg", "huddinge-namndsekreterare", "nacka-kommundirektor"
TEXT = "# Mål\n\nAlla övar varje år.\n\nAlla har reservkraft."
MEMBERS = ["huddinge", "nacka", "vaxholm"]
DAY = 86_400_000


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def deadline(days: int = 90) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011  a day far ahead, whatever the zone


@pytest.fixture
def space(network: Network) -> str:
    return open_period(network.lens(OFFICE), PeriodData(2027, 2030)).space


@pytest.fixture
def office(network: Network) -> Client:
    return client(network, OFFICE)


def prepared(office: Client, space: str, **more: Any) -> str:
    given = {"title": "Målbild 2027–2030", "text": TEXT, "questions": "Saknas något?", "members": MEMBERS,
             "deadline_at": deadline(), **more}  # fmt: skip
    answer = office.post(f"/spaces/{space}/remisser/new/", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def sent(office: Client, space: str, **more: Any) -> str:
    base = prepared(office, space, **more)
    assert office.post(f"{base}send/", {"key": "send"}).status_code == 302
    return base


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_nobody_but_the_joint_office_sees_what_is_being_prepared(network: Network, office: Client, space: str) -> None:
    attached = SimpleUploadedFile("bilaga.txt", b"En bilaga", "text/plain")
    base = prepared(office, space, documents=attached)
    told = page(office, base)
    assert "Alla övar varje år." in told and "bilaga.txt" in told and "har inte angett sina sammanträdesdagar" in told
    member = client(network, REGISTRAR)
    page(member, base, 404)
    assert "Målbild 2027–2030</a>" not in page(member, f"/spaces/{space}/remisser/")
    assert member.get(f"{base}edit/").status_code == member.post(f"{base}send/").status_code == 403
    assert member.post(f"/spaces/{space}/remisser/new/", {}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"text": ""}, {"text": "# Bara en rubrik"}, {"members": []}, {"members": ["ingen"]},
        {"deadline_at": "snart"}, {"deadline_at": "2020-01-01"},
        {"documents": SimpleUploadedFile("ond.exe", b"MZ", "application/octet-stream")},
        {"documents": SimpleUploadedFile("x.pdf", b"inte en pdf", "application/pdf")},
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused_and_kept_in_the_form(office: Client, space: str, wrong: Any) -> None:
    given = {
        "title": "Titel",
        "text": TEXT,
        "members": MEMBERS,
        "deadline_at": deadline(),
        "purpose": "Syftet",
        **wrong,
    }
    answer = office.post(f"/spaces/{space}/remisser/new/", given)
    assert answer.status_code in (415, 422) and "Syftet" in answer.content.decode()
    assert "Titel</a>" not in page(office, f"/spaces/{space}/remisser/")


def test_before_it_is_sent_the_page_names_who_cannot_make_it(network: Network, office: Client, space: str) -> None:
    late, fits = deadline(200), deadline(60)
    form = {"address": "registrator@nacka.example", "meetings": f"{late}; KSAU; {late}"}
    assert office.post("/registries/nacka/", form).status_code == 302
    own = {"address": "registrator@huddinge.example", "contact": "", "meetings": f"{fits}; KSAU; {deadline(40)}"}
    assert client(network, REGISTRAR).post("/registries/huddinge/", own).status_code == 302
    told = page(office, f"{prepared(office, space)}send/")
    assert "1 av 3 hinner inte behandla ärendet i utskott före svarsdagen" in told
    assert re.search(r'data-key="utskott"><strong>[^<]*</strong>: Nacka', told)
    assert "1 av 3 har ingen officiell adress" in told and "Inga brev kan gå ut" in told
    base = sent(office, space)
    assert "Varningar som fanns vid utskicket" in page(client(network, REGISTRAR), base)
    assert client(network, REGISTRAR).post("/registries/nacka/", own).status_code == 403
    wrong = {"address": "inte en adress", "meetings": "i morgon"}
    assert office.post("/registries/nacka/", wrong).status_code == 422
    late_papers = {"meetings": f"{fits}; KSAU; {late}"}
    assert office.post("/registries/nacka/", late_papers).status_code == 422


def test_letters_go_to_the_official_address_with_a_copy_and_stop_when_answered(
    network: Network, office: Client, space: str
) -> None:
    given = {"address": "registrator@nacka.example", "contact": "beredskap@nacka.example"}
    office.post("/registries/nacka/", given)
    base = sent(office, space, deadline_at=deadline(8))
    now = now_ms()
    letters = [item for item in due(now) if item.due_at <= now + DAY]
    assert [item.message.address for item in letters] == list(given.values())
    assert "Svara senast" in letters[0].message.text and letters[0].message.link.endswith(base)
    reminded = [item for item in due(now + 9 * DAY) if item.due_at > now + DAY]
    assert {item.message.address for item in reminded} == set(given.values()) and not letters[0].for_real
    answer = {"answer": "inget_att_erinra", "organisation": "nacka", "via": "epost"}
    assert office.post(f"{base}enter/", answer).status_code == 302
    assert [item for item in due(now + 9 * DAY) if item.due_at > now + DAY] == []


def test_one_press_answers_and_a_changed_answer_leaves_a_trace(network: Network, office: Client, space: str) -> None:
    base = sent(office, space)
    member = client(network, REGISTRAR)
    assert "Remiss: Målbild 2027–2030 – svara senast" in page(member, "/")
    one_press = {"answer": "inget_att_erinra", "key": "press"}
    for _ in range(2):  # a second press writes nothing more
        assert member.post(f"{base}answer/", one_press).status_code == 302
    assert "svara senast" not in page(member, "/")
    for refused in ({"answer": "avstyrker"}, {"answer": "tjansteman"}, {"answer": "hittepå"}, {}):
        assert member.post(f"{base}answer/", {**refused, "key": "x"}).status_code == 422
    changed = {"answer": "avstyrker", "reason": "Saknar finansiering.", "key": "y", "diary": "KS 2027/1"}
    assert member.post(f"{base}answer/", changed).status_code == 302
    told = page(office, f"{base}answers/huddinge/")
    assert "Avstyrker" in told and "Inget att erinra" in told and "Tidigare svar" in told
    board = page(office, f"{base}answers/?only=answer:avstyrker")
    assert 'data-key="huddinge"' in board and 'data-key="nacka"' not in board
    table = b"".join(office.get(f"{base}answers.csv")).decode()
    assert "KS 2027/1" in table and "i programmet" in table
    assert client(network, "taby-tib").post(f"{base}answer/", one_press).status_code == 403


def test_an_answer_that_was_changed_meanwhile_is_not_written_over(network: Network, office: Client, space: str) -> None:
    base = sent(office, space)
    member = client(network, REGISTRAR)
    member.post(f"{base}answer/", {"answer": "inget_att_erinra", "key": "1"})
    seen = re.search(r'name="seen" value="(\w+)"', page(member, f"{base}answer/"))
    assert seen is not None
    office.post(f"{base}enter/", {"answer": "avstar", "organisation": "huddinge", "via": "epost", "key": "2"})
    late = member.post(f"{base}answer/", {"answer": "tillstyrker", "key": "3", "seen": seen[1]})
    assert late.status_code == 409


def test_officials_answer_and_the_political_answer_is_still_awaited(
    network: Network, office: Client, space: str
) -> None:
    base = sent(office, space)
    member = client(network, REGISTRAR)
    answer = {"answer": "tjansteman", "political_follows": "yes", "text": "Preliminärt yttrande."}
    assert member.post(f"{base}answer/", answer).status_code == 302
    assert "politiskt svar följer" in page(office, f"{base}answers/")
    assert "svara senast" in page(member, "/")


def marked(office: Client, base: str, member: str, **form: Any) -> int:
    told = page(office, f"{base}answers/{member}/")
    digest = re.search(r'name="answer" value="(\w+)"', told)
    file = re.search(r'name="file" value="(\w*)"', told)
    assert digest is not None and file is not None
    given = {"answer": digest[1], "file": file[1], "kind": "andring", "paragraph": "1.1", **form}
    return office.post(f"{base}answers/{member}/mark/", given).status_code


def test_views_are_marked_met_together_and_published_unchangeably(network: Network, office: Client, space: str) -> None:
    base = sent(office, space)
    typed = {"answer": "tillstyrker_synpunkter", "text": "Bra förslag.\n\nMål 1.1 bör gälla vart tredje år."}
    client(network, REGISTRAR).post(f"{base}answer/", typed)
    document = SimpleUploadedFile("beslut.txt", "Vi övar redan.\n\nLägg till färjor.".encode(), "text/plain")
    own = {"answer": "tillstyrker_synpunkter", "organisation": "nacka", "via": "epost", "documents": document}
    assert office.post(f"{base}enter/", own).status_code == 302
    assert marked(office, base, "huddinge", line_from=2, line_to=2, quote="vart tredje år", key="a") == 302
    assert marked(office, base, "nacka", line_from=2, line_to=2, paragraph="", kind="tillagg", key="b") == 302
    assert marked(office, base, "nacka", line_from=2, line_to=1) == 302  # refused: told on the page that comes
    assert "De raderna finns inte" in page(office, f"{base}answers/nacka/")
    assert marked(office, base, "nacka", line_from=1, line_to=1, kind="hittepå") == 422
    views = page(office, f"{base}views/")
    assert "vart tredje år" in views and "Lägg till färjor." in views and "2 utan bemötande" in views
    assert "2 synpunkter utan bemötande" in page(office, "/")
    chosen = re.findall(r'name="view" value="([\w-]+)"', views)
    assert office.post(f"{base}views/respond/", {"outcome": "inte", "view": chosen, "key": "c"}).status_code == 302
    assert "reason" not in page(office, f"{base}views/?only=unmet").split("notices")[0]
    met = {"outcome": "delvis", "text": "Vart annat år.", "view": chosen, "key": "d"}
    assert client(network, REGISTRAR).post(f"{base}views/respond/", met).status_code == 403
    office.post(f"{base}views/respond/", met)
    assert "Delvis tillgodosett" in page(office, f"{base}views/") and "synpunkter utan" not in page(office, "/")
    after = TEXT.replace("varje år", "vart annat år") + "\n\nFärjor ingår."
    assert office.post(f"{base}revise/", {"text": after}).status_code == 302
    changes = page(office, f"{base}changes/")
    assert "<del>varje </del><ins>vart annat </ins>" in changes and "Färjor ingår." in changes
    assert office.post(f"{base}summary/", {"summary": ""}).status_code == 422
    assert client(network, REGISTRAR).post(f"{base}summary/", {"summary": "Nej"}).status_code == 403
    published = office.post(f"{base}summary/", {"summary": "De flesta tillstyrker.", "key": "e"})
    assert published.status_code == 302 and published["Location"].endswith("/summary/1/")
    first = page(client(network, REGISTRAR), f"{base}summary/1/")
    for told in (
        "Sändlista och svarsläge",
        "De flesta tillstyrker.",
        "Synpunkter per avsnitt med bemötande",
        "Övriga synpunkter",
        "Ändringar från remissversionen",
        "Bilaga: yttrandena",
        "Vart annat år.",
    ):
        assert told in first  # fmt: skip
    assert office.post(f"{base}views/respond/", {**met, "text": "Något annat.", "key": "f"}).status_code == 302
    again = page(office, f"{base}summary/1/")
    assert "Vart annat år." in again and "Något annat." not in again
    assert office.post(f"{base}summary/", {"summary": "Nytt", "key": "g"}).status_code == 422  # why is asked
    document_x = office.get(f"{base}summary/1.docx")
    words = zipfile.ZipFile(io.BytesIO(document_x.content)).read("word/document.xml").decode()
    assert "Vart annat år." in words and "Något annat." not in words
    printed = office.get(f"{base}summary/1.pdf")
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")


def test_a_later_day_a_reminder_and_withdrawal(network: Network, office: Client, space: str) -> None:
    base = sent(office, space)
    assert office.post(f"{base}extend/", {"deadline_at": deadline(120)}).status_code == 422
    earlier = office.post(f"{base}extend/", {"deadline_at": deadline(10), "reason": "Ny tid"}, follow=True)
    assert "måste vara senare" in earlier.content.decode()
    later = office.post(f"{base}extend/", {"deadline_at": deadline(120), "reason": "Ny tid"}, follow=True)
    assert "Den nya svarsdagen gäller" in later.content.decode()
    assert "påminns nu" in office.post(f"{base}remind/", follow=True).content.decode()
    assert client(network, REGISTRAR).post(f"{base}remind/").status_code == 403
    office.post(f"{base}withdraw/", {"reason": "Nytt utkast kommer"})
    answer = client(network, REGISTRAR).post(f"{base}answer/", {"answer": "inget_att_erinra"})
    assert answer.status_code == 409
    assert "återtagen" in page(client(network, REGISTRAR), base)


def test_the_past_is_shown_without_buttons(network: Network, office: Client, space: str) -> None:
    base = sent(office, space)
    member = client(network, REGISTRAR)
    assert "Svara på remissen" in page(member, base)
    then = urlencode({"knew_at": times.iso_moment(now_ms())})
    told = page(member, f"{base}?{then}")
    assert "Alla övar varje år." in told and "Svara på remissen" not in told


def test_a_member_answers_only_for_itself(network: Network, office: Client, space: str) -> None:
    subject = sent(office, space).rstrip("/").rpartition("/")[2]
    lens = network.lens(REGISTRAR)
    with pytest.raises(Refused, match="not_permitted"):
        commands.answer_remiss(lens, space, subject, ANSWER, sent=Sent(entered=Entered("nacka", "epost")))


def test_the_text_is_taken_from_a_version_of_the_malbild_with_its_numbers(
    network: Network, office: Client, space: str
) -> None:
    sections = text("# Mål\n\nAlla övar.\n\nAlla möts.")
    version = publish_version(network.lens(OFFICE), space, Edition("remissversion", "Målbild", sections)).subject
    form = page(office, f"/spaces/{space}/remisser/new/?from={version}")
    assert "# Mål\n\nAlla övar.\n\nAlla möts." in form and "Målbild, remissversion, version 1" in form
    page(office, f"/spaces/{space}/remisser/new/?from=nothing", 404)
