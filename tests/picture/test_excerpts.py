"""Excerpts of a combined picture: the marks decide what may be taken, nothing is typed anew (R44, R94)."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.kinds import collect
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import now_ms
from gemensam.picture.domain import KINDS as PICTURE_KINDS
from gemensam.picture.domain.excerpts import EXCERPT, Held, Marked, excerpts, why_held
from gemensam.regions import load_region
from tests.documents.reading import squeezed, whole
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import cell, chosen, publish_picture, report, section
from tests.tables import Payloads, Tried, check_every_attempt

COMPILER = "lansstyrelsen-lagesbildsansvarig"
RSIB = "lansstyrelsen-rsib"  # may compile, not publish
REGION = load_region("stockholm")
TLP = REGION.items("tlp")
KINDS = {item["code"]: item for item in REGION.items("excerpts")}
PUBLIC, NATIONAL, DIRECTING = KINDS["oppet"], KINDS["mcf"], KINDS["inriktande"]


def held(kind: Any, *marks: str, **more: bool) -> Held | None:
    return why_held(Marked(frozenset(marks), **more), kind, TLP)


# The rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "public", "national", "directing"),
    [
        ((), False, True, True), (("TLP:CLEAR",), True, True, True), (("TLP:GREEN",), False, True, True),
        (("TLP:AMBER",), False, False, True), (("TLP:AMBER+STRICT",), False, False, True),
        (("TLP:RED",), False, False, True), (("TLP:CLEAR", "TLP:AMBER"), False, False, True),
        (("OSL 18:8",), False, False, False), (("TLP:CLEAR", "OSL 18:8"), False, False, False),
    ],
)  # fmt: skip
def test_the_marks_decide_to_whom_a_sentence_may_go(
    marks: tuple[str, ...], public: bool, national: bool, directing: bool
) -> None:
    found = [held(kind, *marks) is None for kind in (PUBLIC, NATIONAL, DIRECTING)]
    assert found == [public, national, directing]


def test_the_public_is_told_nothing_that_is_unconfirmed_or_taken_back() -> None:
    assert held(PUBLIC, "TLP:CLEAR", unconfirmed=True) == Held("unconfirmed")
    assert held(NATIONAL, "TLP:CLEAR", unconfirmed=True) is None
    assert all(held(kind, "TLP:CLEAR", gone=True) == Held("taken_back") for kind in KINDS.values())


ANY_MARKS = st.frozensets(st.sampled_from([str(item["name"]) for item in TLP] + ["OSL 15:2", "hemligt"]))
LISTS = st.fixed_dictionaries(
    {"is_public": st.just(True), "unmarked": st.booleans(), "unconfirmed": st.booleans(),
     "takes": st.lists(st.sampled_from(["public", "community", "organisation", "persons", ""]))}
)  # fmt: skip


@given(ANY_MARKS, LISTS)
def test_whatever_a_list_says_only_what_is_marked_for_everybody_becomes_public(marks: Any, kind: Any) -> None:
    if why_held(Marked(marks), kind, TLP) is None:
        assert marks == {"TLP:CLEAR"}


def test_every_status_takes_what_its_table_says_and_nothing_else() -> None:
    published = {"picture": "p", "label": "1", "kind": "oppet", "stated_at": 5, "is_public": True}
    payloads: Payloads = {"excerpt.published": published, "excerpt.withdrawn": {"reason": "fel"}}
    tried = Tried(collect(PICTURE_KINDS), EXCERPT, payloads)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2
    assert set(tried.statuses()) == {"", "published", "withdrawn"}


# Commands --------------------------------------------------------------------------------------------------------


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def say(network: Network, function: str, space: str, text: str, *marks: str, **more: Any) -> Receipt:
    content = report(now_ms(), cell("el", "mattlig", text, **more))
    return network.write(function, Draft("report.published", space, new_id(), content, marks=marks))[0]


@pytest.fixture
def said(network: Network, space: str) -> dict[str, Receipt]:
    """Three reports: for everybody, within the organisation, and unmarked; all in picture no. 1, with a text."""
    found = {
        "open": say(network, "nacka-tib", space, "Elen är åter i Boo", "TLP:CLEAR"),
        "amber": say(network, "solna-tib", space, "Kabeln vid stationen", "TLP:AMBER"),
        "plain": say(network, "taby-tib", space, "Två feeder ur drift"),
    }
    picked = [chosen(one, "cell:el") for one in found.values()]
    publish_picture(network, space, now_ms(), section("konsekvenser", *picked, text="Ljusare i dag."))
    return found


def taken(one: Receipt) -> dict[str, Any]:
    return {"subject": one.subject, "entry": one.digest, "part": "cell:el"}


def publish_raw(network: Network, space: str, kind: str, *given: Receipt, function: str = COMPILER, **more: Any) -> Any:
    """Publish an excerpt past the form, as a program would."""
    state = network.lens(COMPILER).state(space)
    (picture,) = state.group("pictures")
    asked = {"code": "konsekvenser", "with_text": False, "statements": [taken(one) for one in given]}
    payload = {"picture": picture.subject, "kind": kind, "sections": [asked], **more}
    return network.write(function, Draft("excerpt.published", space, new_id(), payload))[0]


def refusal(network: Network, space: str, kind: str, *given: Receipt, **more: Any) -> Refused:
    position = network.lens(COMPILER).state(space).position
    with pytest.raises(Refused) as refused:
        publish_raw(network, space, kind, *given, **more)
    assert network.lens(COMPILER).state(space).position == position
    return refused.value


def test_what_is_taken_is_copied_from_the_picture(network: Network, space: str, said: dict[str, Receipt]) -> None:
    receipt = publish_raw(network, space, "oppet", said["open"])
    lens = network.lens("nacka-tib")
    content = lens.payloads(space, [receipt.digest])[receipt.digest]
    assert content is not None
    (copy,) = content["sections"][0]["statements"]
    assert (copy["text"], copy["organisation"], copy["entry"]) == ("Elen är åter i Boo", "nacka", said["open"].digest)
    assert (content["label"], content["is_public"], content["to"]) == ("1", True, "Allmänheten")
    assert content["basis"]
    (thing,) = excerpts(lens.state(space))
    assert (thing.data.kind, thing.data.label, thing.status) == ("oppet", "1", "published")


@pytest.mark.parametrize(("which", "why"), [("amber", "marked"), ("plain", "unmarked")])
def test_a_program_cannot_take_past_the_marks_either(
    network: Network, space: str, said: dict[str, Receipt], which: str, why: str
) -> None:
    found = refusal(network, space, "oppet", said["open"], said[which])
    assert (found.code, found.facts["why"]) == ("excerpt_held", why)


def test_a_mark_that_was_raised_since_the_picture_holds_back(
    network: Network, space: str, said: dict[str, Receipt]
) -> None:
    corrected = report(now_ms(), cell("el", "mattlig", "Elen är åter i Boo, utom vid verket"))
    draft = Draft("report.corrected", space, said["open"].subject, corrected, marks=("TLP:AMBER",))
    network.write("nacka-tib", draft)
    assert refusal(network, space, "oppet", said["open"]).facts["mark"] == "TLP:AMBER"


def test_what_its_owner_has_taken_back_is_not_taken(network: Network, space: str, said: dict[str, Receipt]) -> None:
    network.write("nacka-tib", Draft("report.withdrawn", space, said["open"].subject, {"reason": "Fel"}))
    assert refusal(network, space, "inriktande", said["open"]).facts["why"] == "taken_back"


def test_the_pictures_own_words_bear_the_pictures_mark(network: Network, space: str, said: dict[str, Receipt]) -> None:
    asked = [{"code": "konsekvenser", "with_text": True, "statements": []}]
    assert refusal(network, space, "oppet", sections=asked).facts["why"] == "unmarked"
    receipt = publish_raw(network, space, "mcf", sections=asked)
    content = network.lens(COMPILER).payloads(space, [receipt.digest])[receipt.digest]
    assert content is not None
    assert content["sections"][0]["text"] == "Ljusare i dag."


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("ingen", {}, "unknown_excerpt"),
        ("oppet", {"sections": []}, "excerpt_empty"),
        ("oppet", {"picture": "x"}, "excerpt_no_picture"),
        ("oppet", {"sections": [{"code": "aktorer"}]}, "excerpt_not_in_picture"),
        ("oppet", {"fields": [{"code": "hemligt", "text": "x"}]}, "excerpt_unknown_field"),
        ("oppet", {"fields": [{"code": "rad", "text": "x" * 4_001}]}, "excerpt_too_long"),
        ("oppet", {"fields": [{"code": "rad", "text": "Ring 811218-9876"}]}, "personal_number"),
        ("inriktande", {}, "excerpt_field_missing"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_code(
    network: Network, space: str, said: dict[str, Receipt], kind: str, more: Any, code: str
) -> None:
    assert refusal(network, space, kind, said["open"], **more).code == code


def test_a_sentence_that_is_not_in_the_picture_is_refused(
    network: Network, space: str, said: dict[str, Receipt]
) -> None:
    other = say(network, "norrtalje-tib", space, "Färjan går", "TLP:CLEAR")
    assert refusal(network, space, "oppet", other).code == "excerpt_not_in_picture"


def test_nothing_is_made_of_a_picture_that_was_taken_back(
    network: Network, space: str, said: dict[str, Receipt]
) -> None:
    (picture,) = network.lens(COMPILER).state(space).group("pictures")
    network.write(COMPILER, Draft("picture.withdrawn", space, picture.subject, {"reason": "Fel"}))
    assert refusal(network, space, "oppet", said["open"]).code == "excerpt_no_picture"


def test_who_may_not_publish_a_picture_publishes_no_excerpt(
    network: Network, space: str, said: dict[str, Receipt]
) -> None:
    assert refusal(network, space, "oppet", said["open"], function="nacka-tib").code == "not_permitted"
    assert refusal(network, space, "oppet", said["open"], function=RSIB).code == "not_permitted"


# Pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(COMPILER)


def boxes(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'name="take" value="([^"]*)"', page)]


def hidden(page: str) -> dict[str, Any]:
    form = page.split("publish-panel")[1].split("</form>", maxsplit=1)[0]
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def open_form(client: Client, space: str, kind: str) -> str:
    answer = client.get(f"/spaces/{space}/pictures/1/excerpt/?kind={kind}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def make_public(client: Client, space: str) -> str:
    """Choose, preview and publish as a browser without scripts does; return the address of the excerpt."""
    url = f"/spaces/{space}/pictures/1/excerpt/"
    page = open_form(client, space, "oppet")
    advice: Any = {"field:rad": "Res bara om du måste."}
    preview = client.post(url, {"kind": "oppet", "take": boxes(page), "preview": "1", **advice})
    assert "Inte publicerad ännu." in preview.content.decode()
    done = client.post(url, {**hidden(preview.content.decode()), "publish": "1"}, follow=True)
    assert done.status_code == 200
    return str(done.redirect_chain[-1][0])


def test_the_recipients_are_those_of_the_list(space: str, client: Client, said: dict[str, Receipt]) -> None:
    page = client.get(f"/spaces/{space}/pictures/1/excerpt/").content.decode()
    assert all(f"?kind={code}" in page for code in KINDS)


def test_what_may_not_be_taken_has_no_box_and_says_why(space: str, client: Client, said: dict[str, Receipt]) -> None:
    page = open_form(client, space, "oppet")
    (box,) = boxes(page)
    assert said["open"].digest in box
    assert "Märkt TLP:AMBER: får inte lämnas till den här mottagaren." in page
    assert "Inte märkt för allmänheten av den som äger uppgiften." in page
    assert len(boxes(open_form(client, space, "mcf"))) == 2
    assert len(boxes(open_form(client, space, "inriktande"))) == 3


def test_an_excerpt_is_published_read_listed_and_told_on_its_picture(
    network: Network, space: str, client: Client, said: dict[str, Receipt]
) -> None:
    url = make_public(client, space)
    page = network.client("nacka-tib").get(url).content.decode()
    assert "Elen är åter i Boo" in page
    assert "Res bara om du måste." in page
    assert "TLP:CLEAR" in page
    assert "ur lägesbild nr 1" in page
    assert url in client.get(f"/spaces/{space}/excerpts/").content.decode()
    assert url in client.get(f"/spaces/{space}/pictures/1/").content.decode()


def test_the_public_document_holds_no_function_number_or_name_of_the_space(
    network: Network, space: str, client: Client, said: dict[str, Receipt]
) -> None:
    url = make_public(client, space).rstrip("/")
    pdf = whole(client.get(f"{url}.pdf").content)
    text = client.get(f"{url}.txt").content.decode()
    for told in (pdf, text):
        assert squeezed("Elen är åter i Boo") in squeezed(told)
        assert "Länsstyrelsen" in told
        assert re.search(r"kl\.\s?\d\d\.\d\d", told)
        for inside in ("lägesbildsansvarig", "TiB", "Snöoväder", said["open"].digest[:12], "Kabeln", "kansliet"):
            assert inside.lower() not in told.lower(), inside
    assert text.startswith("ÖPPET UTDRAG")


def test_an_upward_document_says_on_what_it_is_built(space: str, client: Client, said: dict[str, Receipt]) -> None:
    url = f"/spaces/{space}/pictures/1/excerpt/"
    posted: Any = {"kind": "mcf", "take": boxes(open_form(client, space, "mcf")), "field:stod": "Två reservkraftverk."}
    preview = client.post(url, {**posted, "preview": "1"}).content.decode()
    done = client.post(url, {**hidden(preview), "publish": "1"}, follow=True)
    pdf = whole(client.get(done.redirect_chain[-1][0].rstrip("/") + ".pdf").content)
    assert squeezed("Två reservkraftverk.") in pdf
    assert "Snöoväder" in pdf
    assert said["plain"].digest[:12] in pdf


def test_a_refused_choice_keeps_what_was_written(space: str, client: Client, said: dict[str, Receipt]) -> None:
    page = open_form(client, space, "mcf")
    answer = client.post(
        f"/spaces/{space}/pictures/1/excerpt/",
        {"kind": "oppet", "take": boxes(page), "field:rad": "Halvfärdigt", "preview": "1"},
    )
    assert answer.status_code == 409
    assert "Halvfärdigt" in answer.content.decode()


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"kind": "oppet", "take": "{"}, 400), ({"kind": "oppet", "take": '["a"]'}, 400),
        ({"kind": "ingen"}, 404), ({"kind": "oppet"}, 422), ({"kind": "oppet", "take": '["a","b","c","d"]'}, 422),
    ],
)  # fmt: skip
def test_bad_input_writes_nothing(
    network: Network, space: str, client: Client, said: dict[str, Receipt], posted: Any, status: int
) -> None:
    position = network.lens(COMPILER).state(space).position
    answer = client.post(f"/spaces/{space}/pictures/1/excerpt/", {**posted, "publish": "1"})
    assert answer.status_code == status
    assert network.lens(COMPILER).state(space).position == position


def test_pressing_publish_twice_gives_one_excerpt(
    network: Network, space: str, client: Client, said: dict[str, Receipt]
) -> None:
    url = f"/spaces/{space}/pictures/1/excerpt/"
    page = open_form(client, space, "oppet")
    preview = client.post(url, {"kind": "oppet", "take": boxes(page), "preview": "1"}).content.decode()
    for _ in range(2):
        client.post(url, {**hidden(preview), "publish": "1"})
    assert len(excerpts(network.lens(COMPILER).state(space))) == 1


def test_an_excerpt_is_taken_back_with_a_reason_and_says_so_in_its_document(
    space: str, client: Client, said: dict[str, Receipt]
) -> None:
    url = make_public(client, space)
    page = client.post(f"{url}withdraw/", {"reason": "Fel ort"}, follow=True).content.decode()
    assert "Utdraget är återkallat av avsändaren." in page
    assert "Fel ort" in page
    assert "Utdraget är återkallat" in client.get(f"{url.rstrip('/')}.txt").content.decode()


def test_who_does_not_read_the_space_is_not_told_of_its_excerpts(
    network: Network, space: str, said: dict[str, Receipt]
) -> None:
    narrower = network.open_sub_space(space, COMPILER, "taby-tib")
    only = say(network, "taby-tib", narrower, "Skyddsvärt", "TLP:CLEAR")
    publish_picture(network, narrower, now_ms(), section("konsekvenser", chosen(only, "cell:el")))
    client = network.client(COMPILER)
    url = make_public(client, narrower)
    outsider = network.client("nacka-tib")
    for path in (url, f"{url.rstrip('/')}.pdf", f"{url.rstrip('/')}.txt", f"/spaces/{narrower}/excerpts/"):
        assert outsider.get(path).status_code == 404
    assert outsider.get(url.replace(narrower, space)).status_code == 404


def test_only_who_compiles_makes_excerpts(network: Network, space: str, said: dict[str, Receipt]) -> None:
    assert network.client("nacka-tib").get(f"/spaces/{space}/pictures/1/excerpt/").status_code == 403
    preview = network.client(RSIB).post(
        f"/spaces/{space}/pictures/1/excerpt/", {"kind": "oppet", "field:rad": "Ja", "preview": "1"}
    )
    assert "Din funktion får välja men inte publicera." in preview.content.decode()
