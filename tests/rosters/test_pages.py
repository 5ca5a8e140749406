"""Call lists, contacts, covers and schedules as pages: full requests by who may, who may not, and guests."""

from typing import Any

import pytest
from django.test import Client

from gemensam.core.policy import ROSTERS
from gemensam.rosters.domain.reading import call_list, reach
from gemensam.web import times
from tests.network import Network

ADMIN, TIB = "nacka-aktorsadministrator", "nacka-tib"
CONTACT = {
    "label": "TiB-telefonen",
    "channel_1": "sms",
    "value_1": "070-174 06 05",
    "channel_2": "voice",
    "value_2": "08-465 004 00",
}
PAGE = "/rosters/members/nacka/"


@pytest.fixture
def admin(network: Network) -> Client:
    return network.client(ADMIN)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def make_contact(client: Client, network: Network, **more: Any) -> str:
    """Make a contact by the form and return its id."""
    answer = client.post("/rosters/contacts/new/", {**CONTACT, **more})
    assert answer.status_code == 302, text(answer)
    state = network.lens(ADMIN).state(ROSTERS)
    return str(state.group("duty_contacts", "nacka")[-1].subject)


def steps(network: Network) -> tuple[str, ...]:
    lens = network.lens(TIB)
    return call_list(lens.directory, lens.state(ROSTERS), "nacka").steps


def test_every_insider_reads_and_a_stranger_is_sent_to_sign_in(network: Network) -> None:
    client = network.client("taby-tib")
    for path in ("/rosters/", PAGE, f"{PAGE}schedule/", "/rosters/sheet/", "/rosters/?only=grave"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert b"Nacka" in answer.content
        assert Client().get(path).status_code == 302
    assert "Beredskap" in text(client.get("/"))


def test_a_guest_reads_nothing_and_is_offered_nothing(network: Network) -> None:
    from gemensam.core.policy import DIRECTORY
    from gemensam.core.writing import Draft
    from gemensam.ledger.append import append, program

    guest = {
        "name": "Elbolaget", "short": "Elbolaget", "kind": "gast", "member": False, "insider": False, "about": {},
    }  # fmt: skip
    function = {
        "name": "Driftledare",
        "name_en": "",
        "roles": ["isk", "aktorsadministrator"],
        "levels": [],
        "about": {},
    }
    append(
        program("kansliet"),
        [
            Draft("organisation.joined", DIRECTORY, "elbolaget", guest, organisation="kansliet"),
            Draft("function.created", DIRECTORY, "elbolaget-drift", function, organisation="elbolaget"),
        ],
        by_program=True,
    )
    client = network.client("elbolaget-drift")
    for path in (
        "/rosters/",
        PAGE,
        f"{PAGE}schedule/",
        "/rosters/sheet.pdf",
        "/rosters/list/",
        "/rosters/contacts/new/",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post("/rosters/contacts/new/", CONTACT).status_code == 404
    assert 'href="/rosters/"' not in text(client.get("/"))


@pytest.mark.parametrize("function", [TIB, "taby-tib", "kansliet-strateg"])
def test_who_does_not_administer_edits_nothing(network: Network, function: str) -> None:
    client = network.client(function)
    for path in ("list/", "contacts/new/", "covers/new/", "shifts/plan/", "shifts/bring-in/"):
        assert client.get(f"/rosters/{path}").status_code == 403, path
    assert client.post("/rosters/list/confirm/", {}).status_code == 403
    assert "/rosters/list/" not in text(client.get(PAGE))
    assert network.lens(TIB).state(ROSTERS).size("call_lists") == 0


# The call list --------------------------------------------------------------------------------------------------


def test_the_list_is_put_in_order_press_by_press_and_saved_last(network: Network, admin: Client) -> None:
    proposed = steps(network)
    assert proposed == (TIB, "nacka-sakerhetschef", "nacka-stadsdirektor")
    form = {"step": list(proposed), "seen": "", "reserve_organisation": "ssbf", "reserve_text": "Vakthavande befäl"}
    moved = admin.post("/rosters/list/", {**form, "press": "down:nacka-tib"})
    assert moved.status_code == 200
    assert text(moved).index("säkerhetschef") < text(moved).index('value="down:nacka-tib" autofocus')
    assert "är nu nummer 2 av 3" in text(moved)
    assert 'value="Vakthavande befäl"' in text(moved)  # what was written elsewhere in the form stays
    assert steps(network) == proposed

    order = ["nacka-sakerhetschef", TIB]
    assert admin.post("/rosters/list/", {**form, "step": order}).status_code == 302
    assert steps(network) == tuple(order)
    shown = text(network.client("taby-tib").get(PAGE))
    assert "Vakthavande befäl" in shown and shown.index("<strong>säkerhetschef") < shown.index("<strong>TiB</strong>")


@pytest.mark.parametrize(
    ("press", "add", "expected"),
    [
        ("up:nacka-sakerhetschef", "", ["nacka-sakerhetschef", TIB]),
        ("up:nacka-tib", "", [TIB, "nacka-sakerhetschef"]),
        ("remove:nacka-tib", "", ["nacka-sakerhetschef"]),
        ("add", "nacka-rapportor", [TIB, "nacka-sakerhetschef", "nacka-rapportor"]),
        ("add", "taby-tib", [TIB, "nacka-sakerhetschef"]), ("down:taby-tib", "", [TIB, "nacka-sakerhetschef"]),
        ("nonsense", "", [TIB, "nacka-sakerhetschef"]),
    ],
)  # fmt: skip
def test_each_press_shows_the_new_order(admin: Client, press: str, add: str, expected: list[str]) -> None:
    import re

    form = {"step": [TIB, "nacka-sakerhetschef", "taby-tib"], "seen": "", "press": press, "add": add}
    answer = text(admin.post("/rosters/list/", form))
    assert re.findall(r'name="step" value="([^"]+)"', answer) == expected


def test_a_list_that_somebody_else_has_changed_meanwhile_is_not_overwritten(network: Network, admin: Client) -> None:
    form: dict[str, Any] = {"step": [TIB], "seen": "", "reserve_text": ""}
    assert admin.post("/rosters/list/", form).status_code == 302
    answer = admin.post("/rosters/list/", {**form, "step": ["nacka-sakerhetschef"], "seen": "0" * 64})
    assert answer.status_code == 422
    assert "ändrat" in text(answer)
    assert steps(network) == (TIB,)
    empty = admin.post("/rosters/list/", {"seen": ""})
    assert empty.status_code == 422 and steps(network) == (TIB,)


def test_a_list_is_confirmed_and_a_test_of_it_takes_the_flag_away(network: Network, admin: Client) -> None:
    assert "inte prövats" in text(admin.get("/"))
    assert admin.post("/rosters/list/confirm/", {"tested": "on", "seen": ""}).status_code == 302
    assert "inte prövats" not in text(admin.get("/"))
    lens = network.lens(TIB)
    assert call_list(lens.directory, lens.state(ROSTERS), "nacka").tested_at > 0


# Contacts -------------------------------------------------------------------------------------------------------


def test_a_contact_is_read_by_all_as_its_numbers_are_said(network: Network, admin: Client) -> None:
    subject = make_contact(admin, network, standing_for=[TIB])
    shown = text(network.client("taby-tib").get(PAGE))
    assert "TiB-telefonen" in shown and "070-174 06 05" in shown and "08-465 004 00" in shown
    assert f"/rosters/contacts/{subject}/" not in shown
    lens = network.lens(TIB)
    reached = reach(lens.directory, lens.state(ROSTERS), TIB, lens.now)
    assert (reached.label, reached.shift) == ("TiB-telefonen", "")
    assert [(one.channel, one.value) for one in reached.addresses] == [
        ("sms", "+46701740605"), ("voice", "+46846500400")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"label": ""}, "fält"), ({"value_1": "112"}, "112 är inget telefonnummer"),
        ({"channel_1": "sms", "value_1": "08-465 004 00"}, "inget mobilnummer"),
        ({"channel_1": "", "value_1": "070-174 06 05"}, "Ange kanal"),
        ({"channel_1": "email", "value_1": "tib@example"}, "ingen e-postadress"),
        ({"channel_1": "", "value_1": "", "channel_2": "", "value_2": ""}, "minst ett nummer"),
        ({"channel_1": "fax"}, "fax"), ({"standing_for": ["taby-tib"]}, "taby-tib"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_contact_is_said_and_nothing_is_lost(
    network: Network, admin: Client, more: dict[str, Any], words: str
) -> None:
    answer = admin.post("/rosters/contacts/new/", {**CONTACT, **more})
    assert answer.status_code == 422
    assert words in text(answer)
    assert "08-465 004 00" in text(answer) or "value_2" in more
    assert network.lens(TIB).state(ROSTERS).size("duty_contacts", "nacka") == 0


def test_what_looks_like_a_personal_number_is_asked_about(network: Network, admin: Client) -> None:
    answer = admin.post("/rosters/contacts/new/", {**CONTACT, "label": "Jour 640823-3234"})
    assert answer.status_code == 422 and "personnummer" in text(answer)
    assert network.lens(TIB).state(ROSTERS).size("duty_contacts", "nacka") == 0


def test_a_contact_is_changed_taken_out_of_use_and_taken_back(network: Network, admin: Client) -> None:
    subject = make_contact(admin, network)
    page = f"/rosters/contacts/{subject}/"
    assert "070-174 06 05" in text(admin.get(page))

    def seen() -> str:
        thing = network.lens(ADMIN).state(ROSTERS).thing(subject)
        assert thing is not None
        return thing.last

    stale = seen()
    assert admin.post(page, {**CONTACT, "label": "Jourtelefonen", "seen": stale}).status_code == 302
    assert admin.post(page, {**CONTACT, "label": "En annan", "seen": stale}).status_code == 409
    assert admin.post(f"{page}withdraw/", {"seen": seen()}).status_code == 302
    assert "Ur bruk" in text(admin.get(PAGE))
    assert admin.post(page, {**CONTACT, "seen": seen()}).status_code == 302
    assert "Ur bruk" not in text(admin.get(PAGE))


def test_another_organisations_contact_is_not_found(network: Network, admin: Client) -> None:
    subject = make_contact(admin, network)
    other = network.client("taby-aktorsadministrator")
    assert other.get(f"/rosters/contacts/{subject}/").status_code == 404
    assert other.post(f"/rosters/contacts/{subject}/", CONTACT).status_code == 404
    assert other.post(f"/rosters/contacts/{subject}/withdraw/", {}).status_code == 404


# Covers ---------------------------------------------------------------------------------------------------------


def ask(client: Client, **more: Any) -> Any:
    now = times.now()
    form = {
        "by": "taby", "from_at": times.field(now), "until_at": times.field(now + 7 * times.DAY), "note": "Ledigt",
    }  # fmt: skip
    return client.post("/rosters/covers/new/", {**form, **more})


def test_a_cover_holds_when_the_other_has_accepted_and_until_either_ends_it(network: Network, admin: Client) -> None:
    assert ask(admin).status_code == 302
    lens = network.lens(TIB)
    (cover,) = lens.state(ROSTERS).group("covers", "nacka")
    other = network.client("taby-aktorsadministrator")
    assert "Nacka ber er" in text(other.get("/"))
    assert "larmas först i dess ställe" not in text(admin.get(PAGE))
    answer = f"/rosters/covers/{cover.subject}/answer/"
    assert network.client("solna-aktorsadministrator").post(answer, {"answer": "accept"}).status_code == 403
    assert other.post(answer, {"answer": "accept"}).status_code == 302
    assert "Nacka ber er" not in text(other.get("/"))
    assert "larmas först i dess ställe" in text(admin.get(PAGE))
    assert "Ersätts av Täby" in text(network.client("solna-tib").get("/rosters/"))
    assert other.post(answer, {"answer": "decline"}).status_code == 302
    assert "larmas först i dess ställe" not in text(admin.get(PAGE))
    assert other.post(answer, {"answer": "accept"}).status_code == 302
    assert other.post(f"/rosters/covers/{cover.subject}/end/", {}).status_code == 404
    assert admin.post(f"/rosters/covers/{cover.subject}/end/", {}).status_code == 302
    assert "larmas först i dess ställe" not in text(admin.get(PAGE))
    late = other.post(answer, {"answer": "decline"}, follow=True)
    assert "över" in text(late)


@pytest.mark.parametrize(
    "more", [{"by": ""}, {"by": "nacka"}, {"until_at": "2020-01-01 08.00"}, {"from_at": "snart"}], ids=str
)
def test_what_is_no_cover_is_refused(network: Network, admin: Client, more: dict[str, Any]) -> None:
    assert ask(admin, **more).status_code == 422
    assert network.lens(TIB).state(ROSTERS).size("covers", "nacka") == 0


# The joint office and paper ---------------------------------------------------------------------------------------


def test_the_joint_office_sees_who_may_not_be_reached_and_who_has_not_tested(network: Network, admin: Client) -> None:
    office = network.client("kansliet-strateg")
    assert "37 medlemmar kan kanske inte nås" in text(office.get("/"))
    make_contact(admin, network, standing_for=[TIB, "nacka-sakerhetschef", "nacka-stadsdirektor"])
    assert "36 medlemmar kan kanske inte nås" in text(office.get("/"))
    admin.post("/rosters/list/confirm/", {"tested": "on", "seen": ""})
    assert "36 medlemmar har inte prövat" in text(office.get("/"))
    assert "kan kanske inte nås" not in text(network.client(TIB).get("/"))
    assert "Nacka</a>" not in text(office.get("/rosters/?only=grave"))


def test_the_sheet_holds_every_member_and_is_a_document_too(network: Network, admin: Client) -> None:
    from tests.documents.reading import squeezed, whole

    make_contact(admin, network, standing_for=[TIB])
    client = network.client("solna-tib")
    shown = text(client.get("/rosters/sheet/"))
    assert shown.count('<th scope="row">') == 37
    document = client.get("/rosters/sheet.pdf")
    assert document.headers["Content-Type"] == "application/pdf"
    told = whole(document.content)
    assert all(squeezed(words) in told for words in ("TiB-telefonen", "070-174 06 05", "Värmdö"))


def test_the_past_is_shown_as_it_was_known_and_is_not_written_on(network: Network, admin: Client) -> None:
    make_contact(admin, network, standing_for=[TIB])
    moment = times.iso_moment(times.now()).replace("+", "%2B")
    admin.post("/rosters/contacts/new/", {**CONTACT, "label": "En nyare", "standing_for": [TIB]})
    assert "En nyare" in text(admin.get(PAGE))
    then = text(admin.get(f"{PAGE}?knew_at={moment}"))
    assert "TiB-telefonen" in then and "En nyare" not in then and "/rosters/list/" not in then
    assert admin.post(f"/rosters/contacts/new/?knew_at={moment}", CONTACT).status_code == 409


def test_the_log_tells_what_was_written_in_words(network: Network, admin: Client) -> None:
    make_contact(admin, network)
    admin.post("/rosters/list/", {"step": [TIB], "seen": ""})
    admin.post("/rosters/list/confirm/", {"tested": "on", "seen": ""})
    shown = text(admin.get("/spaces/rosters/log/"))
    for words in ("Beredskapskontakt TiB-telefonen", "Larmlista: TiB", "Larmlistan prövad"):
        assert words in shown
    assert admin.get("/spaces/rosters/").headers["Location"].endswith("/rosters/")
