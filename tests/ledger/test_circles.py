"""Who reads a space, from its founding on: guests, circles within circles, what may stand in a header (design 3)."""

from typing import Any

import pytest
from django.test import Client

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.organisations.founding import pins
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network

OFFICE, LEADER, GUEST = "kansliet-systemforvaltare", "lansstyrelsen-tib", "natbolaget-vakthavande"


def let_guest_in(network: Network) -> None:
    form = {
        "id": "natbolaget", "name": "Nätbolaget AB", "short": "Nätbolaget", "kind": "gast", "standing": "guest",
        "administrator": "vakthavande",
    }  # fmt: skip
    assert network.client(OFFICE).post("/directory/join/", form).status_code == 302


def founding(kind: str, parent: str, *readers: str, space: str = "") -> Draft:
    space = space or new_id()
    circle = [{"organisation": organisation, "function": "*"} for organisation in readers]
    payload = {"space_kind": kind, "title": "Krets", "parent": parent, "circle": circle, "pins": pins()}
    return Draft("space.opened", space, space, payload)


def opened(network: Network, kind: str, parent: str, *readers: str) -> str:
    return network.write(LEADER, founding(kind, parent, *readers))[0].space


def refusal_of(network: Network, draft: Draft, function: str = LEADER) -> str:
    with pytest.raises(Refused) as refused:
        network.write(function, draft)
    return refused.value.code


def test_a_guest_opens_every_page_of_its_outer_space_and_no_other(network: Network) -> None:
    let_guest_in(network)
    incident = network.open_incident()
    outer = opened(network, "outer", incident, "natbolaget")
    guest = network.client(GUEST)
    for page in ("about/", "log/", "picture/", "search/?q=x"):
        assert guest.get(f"/spaces/{outer}/{page}").status_code == 200, page
        assert guest.get(f"/spaces/{incident}/{page}").status_code == 404, page


def test_a_guest_in_an_exercise_sees_that_it_is_one(network: Network) -> None:
    let_guest_in(network)
    space = new_id()
    payload = {"space_kind": "exercise", "title": "Övning", "pins": pins()}
    network.write(LEADER, Draft("space.opened", space, space, payload))
    outer = opened(network, "outer", space, "natbolaget")
    body = network.client(GUEST).get(f"/spaces/{outer}/about/").content.decode()
    assert 'data-mark="exercise"' in body


def test_a_guest_that_has_left_reads_its_outer_space_no_more(network: Network) -> None:
    let_guest_in(network)
    outer = opened(network, "outer", network.open_incident(), "natbolaget")
    guest = network.client(GUEST)
    assert guest.get(f"/spaces/{outer}/log/").status_code == 200
    last = network.lens(OFFICE).directory.thing("natbolaget").last  # type: ignore[union-attr]
    form = {"reason": "Uppdraget är slut.", "seen": last}
    assert network.client(OFFICE).post("/directory/natbolaget/leave/", form).status_code == 302
    assert guest.get(f"/spaces/{outer}/log/").status_code in (302, 403, 404)
    assert guest.get("/directory/").status_code in (302, 403, 404)
    assert network.lens(GUEST).spaces() == ()
    assert "natbolaget" not in network.lens(LEADER).readers(outer).organisations


def test_an_outer_space_of_a_narrower_one_would_name_it_to_all(network: Network) -> None:
    hidden = network.open_sub_space(network.open_incident(), "taby-tib")
    assert refusal_of(network, founding("outer", hidden, "taby")) == "parent_wrong"


def test_whoever_is_not_in_the_wider_circle_is_not_named_in_the_narrower(network: Network) -> None:
    incident = network.open_incident()
    assert refusal_of(network, founding("sub", incident, "lansstyrelsen", "kommande")) == "reader_not_in_parent"
    hidden = network.open_sub_space(incident, "taby-tib")
    assert refusal_of(network, founding("sub", hidden, "lansstyrelsen", "nacka")) == "reader_not_in_parent"


def test_circles_within_circles_have_an_end(network: Network) -> None:
    space = network.open_incident()
    for _ in range(8):
        space = opened(network, "sub", space, "lansstyrelsen")
    assert refusal_of(network, founding("sub", space, "lansstyrelsen")) == "parent_wrong"


@pytest.mark.parametrize("space", ["x", "a b", "01890000-0000-7000-8000-00000000aaaa\ndata: x", "s" * 300])
def test_a_space_has_an_identity_that_fits_in_a_line(network: Network, space: str) -> None:
    draft = founding("incident", "", space=space)
    assert refusal_of(network, draft) == "malformed"


def test_a_reader_that_is_taken_out_must_be_one(network: Network) -> None:
    hidden = network.open_sub_space(network.open_incident(), "taby-tib")
    payload = {"removed": [{"organisation": "taby", "function": "*"}], "reason": "Ej berörd."}
    assert refusal_of(network, Draft("space.circle_reduced", hidden, hidden, payload)) == "readers_missing"
    assert network.lens("taby-tib").space(hidden).id == hidden


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Kalle Karlsson 070-123 45 67"},
        {"subject": "a\nb"},
        {"subject": "a\0b"},
        {"via": "ringde från 070-123 45 67, bad att få bli uppringd igen i kväll eller i morgon"},
        {"marks": ("hemligt\nför alla",)},
        {"refs": (Ref("se också det som sades i går om Kalle Karlsson", "standing", "standing"),)},
    ],
)
def test_no_free_text_stands_in_a_header(network: Network, change: dict[str, Any]) -> None:
    assert refusal_of(network, report("standing", **change), "nacka-tib") == "malformed"


def test_an_entry_from_before_our_time_is_refused_and_the_log_can_still_be_read(network: Network) -> None:
    from gemensam.accounts.provision import create_token, create_user

    create_user("provare", "ett långt lösenord 1", ["nacka-tib"])
    headers = {"Authorization": f"Bearer {create_token('provare', label='prov')}"}
    draft = report("standing")
    entry = {"kind": draft.kind, "subject": draft.subject, "payload": draft.payload}
    entry |= {"occurred_at": "0001-01-01T00:00:00+14:00"}
    address = "/api/v1/spaces/standing/entries"
    answer = Client().post(address, entry, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_time")
    for after in ("0", str(2**70), "-1"):
        assert Client().get(f"{address}?after={after}", headers=headers).status_code == 200


def test_a_closed_space_takes_no_attachment(network: Network) -> None:
    from gemensam.ledger.blobs import store_blob

    space = network.open_incident()
    network.write(LEADER, Draft("space.closed", space, space, {"reason": "Över."}))
    with pytest.raises(Refused, match="space_closed"):
        store_blob(network.lens("nacka-tib"), space, "lista.csv", "text/csv", b"a;b")
