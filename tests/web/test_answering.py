"""How a page answers what was sent to it: what is told where it can be mended, what is raised, and where one goes."""

from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import translation

from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.web import labels, times
from gemensam.web.answering import MENDABLE, is_ready, there, told_in_form
from tests.network import Network
from tests.web.sample_urls import NOTHING, SampleForm

WORDS = {"words": "Snö"}
# One refusal of each status that has any, by what a form does with it.
TOLD = {"moved": 409, "payload_too_large": 413, "attachment_type": 415, "circle_empty": 422}
RAISED = {
    "bad_request": 400, "not_signed_in": 401, "not_permitted": 403, "not_found": 404, "storage_busy": 503,
}  # fmt: skip


def text(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def words(code: str) -> str:
    with translation.override("sv"):
        return labels.words(Refused(code))


# Refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(labels.REFUSALS))
def test_every_refusal_is_either_told_in_the_form_or_raised(code: str) -> None:
    refused = Refused(code)
    if labels.status_of(code) in MENDABLE:
        assert told_in_form(refused) == (labels.words(refused), labels.status_of(code))
    else:
        with pytest.raises(Refused) as raised:
            told_in_form(refused)
        assert raised.value is refused


def test_a_room_tells_more_by_naming_the_codes() -> None:
    assert told_in_form(Refused("not_owner"), also={"not_owner"}).status == 403
    with pytest.raises(Refused, match="not_permitted"):
        told_in_form(Refused("not_permitted"), also={"not_owner"})


# A button --------------------------------------------------------------------------------------------------------


def test_a_button_does_what_it_asks_and_the_page_that_comes_tells_so(nacka: Client) -> None:
    answer = nacka.post(f"/t/press/{NOTHING}/")
    assert (answer.status_code, answer["Location"]) == (302, "/spaces/standing/log/")
    assert "Sparat." in text(nacka, "/")
    assert "Sparat." not in text(nacka, "/")


@pytest.mark.parametrize("code", [*TOLD, "not_owner"])
def test_what_can_be_mended_is_told_on_the_page_that_comes(nacka: Client, code: str) -> None:
    answer = nacka.post(f"/t/press/{code}/")
    assert (answer.status_code, answer["Location"]) == (302, "/spaces/standing/log/")
    page = text(nacka, "/")
    assert words(code) in page and "Sparat." not in page


@pytest.mark.parametrize(("code", "status"), RAISED.items())
def test_what_a_button_cannot_mend_gets_the_page_of_refusals(nacka: Client, code: str, status: int) -> None:
    answer = nacka.post(f"/t/press/{code}/")
    assert answer.status_code == status
    assert words(code) in unescape(answer.content.decode()) and code in answer.content.decode()
    assert words(code) not in text(nacka, "/")


# A form ----------------------------------------------------------------------------------------------------------


def test_a_form_is_ready_when_it_was_sent_and_holds() -> None:
    assert [is_ready(SampleForm(data)) for data in (None, {}, {"words": "much too long"}, WORDS)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_form_is_drawn_written_and_gone_on_from(nacka: Client) -> None:
    fresh = nacka.get(f"/t/form/{NOTHING}/")
    assert fresh.status_code == 200 and "Det sparades inte." not in unescape(fresh.content.decode())
    answer = nacka.post(f"/t/form/{NOTHING}/", WORDS)
    assert (answer.status_code, answer["Location"]) == (302, "/spaces/standing/log/#last")


def test_a_form_that_does_not_hold_keeps_what_was_typed(nacka: Client) -> None:
    answer = nacka.post(f"/t/form/{NOTHING}/", {"words": "Snö och mycket blåst"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'value="Snö och mycket blåst"' in page and "Det sparades inte." in page


@pytest.mark.parametrize(("code", "status"), [*TOLD.items(), ("not_owner", 403)])
def test_what_can_be_mended_is_told_in_the_form_which_keeps_what_was_typed(
    nacka: Client, code: str, status: int
) -> None:
    answer = nacka.post(f"/t/form/{code}/", WORDS)
    page = unescape(answer.content.decode())
    assert answer.status_code == status
    assert words(code) in page and 'value="Snö"' in page


@pytest.mark.parametrize(("code", "status"), RAISED.items())
def test_what_a_form_cannot_mend_gets_the_page_of_refusals(nacka: Client, code: str, status: int) -> None:
    answer = nacka.post(f"/t/form/{code}/", WORDS)
    page = unescape(answer.content.decode())
    assert answer.status_code == status
    assert words(code) in page and 'value="Snö"' not in page


def test_whoever_is_told_that_it_has_moved_sees_what_stands_and_may_send_once_more(nacka: Client) -> None:
    moved = unescape(nacka.post("/t/form/moved/", {**WORDS, "seen": "first"}).content.decode())
    assert 'name="seen" value="second"' in moved and "What stands now: rain" in moved


@pytest.mark.parametrize("sent", [WORDS, {"words": ""}], ids=["refused", "wrong"])
def test_what_the_writer_had_seen_stays_until_it_is_told_that_it_has_moved(nacka: Client, sent: dict[str, str]) -> None:
    page = unescape(nacka.post("/t/form/circle_empty/", {**sent, "seen": "zeroth"}).content.decode())
    assert 'name="seen" value="zeroth"' in page and "What stands now" not in page


# Where one goes, and where one may write -------------------------------------------------------------------------


def test_there_is_a_page_of_a_space_and_a_place_on_it() -> None:
    assert there("standing", "log/")["Location"] == "/spaces/standing/log/"
    assert there("standing", "log/", "last")["Location"] == "/spaces/standing/log/#last"


def test_a_page_is_there_in_the_kinds_of_spaces_that_have_it(network: Network, nacka: Client) -> None:
    space = network.open_incident()
    assert nacka.get(f"/t/{space}/kinds/").status_code == 200
    assert nacka.get("/t/standing/kinds/").status_code == 404


def test_nothing_is_written_in_the_past_in_a_closed_space_or_in_one_of_another_kind(
    network: Network, nacka: Client
) -> None:
    space = network.open_incident()
    known = network.lens("nacka-tib").now
    assert nacka.post(f"/t/{space}/write-in/").content == b"written"
    assert nacka.post("/t/standing/write-in/").status_code == 404
    past = nacka.post(f"/t/{space}/write-in/?knew_at={quote(times.iso(known))}")
    assert past.status_code == 409 and "historical" in past.content.decode()
    network.write("lansstyrelsen-tib", Draft("space.closed", space, space, {"reason": "Över"}))
    closed = nacka.post(f"/t/{space}/write-in/")
    assert closed.status_code == 409 and "space_closed" in closed.content.decode()
