"""The banner: what calls the reader's function, on every page; nothing of others', nothing of spaces not read."""

from django.test import Client

from tests.delivery.house import House

NACKA, TABY = "nacka-tib", "taby-tib"


def banner(client: Client) -> str:
    answer = client.get("/banner/", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_function_that_is_called_sees_it_and_no_other(house: House) -> None:
    text = {"text": "Snöoväder. Konferens 15.40.", "subject": "SSR LARM 15.08", "link": "/k/abc/"}
    house.item(channel="app", address=NACKA, message=text)
    mine = banner(house.network.client(NACKA))
    assert "SSR LARM 15.08" in mine and "Snöoväder. Konferens 15.40." in mine and 'href="/k/abc/"' in mine
    assert "SSR LARM" not in banner(house.network.client(TABY))


def test_it_goes_when_it_has_been_answered(house: House) -> None:
    house.item(channel="app", address=NACKA)
    client = house.network.client(NACKA)
    assert "<article" in banner(client)
    house.items.clear()
    assert "<article" not in banner(client)


def test_nothing_of_a_space_that_is_not_read_is_shown(house: House) -> None:
    narrow = house.network.open_sub_space(house.space, TABY)
    house.item(channel="app", address=NACKA, space=narrow, message={"text": "Mindre krets"})
    assert "Mindre krets" not in banner(house.network.client(NACKA))


def test_marks_and_hostile_words_are_shown_as_words(house: House) -> None:
    house.item(channel="app", address=NACKA, mark="ÖVNING", message={"text": "<script>alert(1)</script>"})
    told = banner(house.network.client(NACKA))
    assert "ÖVNING &lt;script&gt;" in told and "<script" not in told


def test_an_unchanged_banner_is_not_sent_again(house: House) -> None:
    client = house.network.client(NACKA)
    first = client.get("/banner/")
    again = client.get("/banner/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    house.item(channel="app", address=NACKA)
    assert client.get("/banner/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_who_is_signed_out_is_told_so_and_nothing_else(house: House) -> None:
    assert Client().get("/banner/", headers={"X-Requested-With": "fetch"}).status_code == 401


def test_every_page_has_a_place_for_it(house: House) -> None:
    page = house.network.client(NACKA).get("/").content.decode()
    assert 'data-banner="/banner/"' in page and "delivery/banner" in page
    assert "data-banner" not in Client().get("/accounts/login/").content.decode()
