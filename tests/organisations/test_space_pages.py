"""Opening a space with its readers shown, and the page about each space."""

import re

from gemensam.core.writing import Draft
from gemensam.organisations import domain
from tests.network import Network
from tests.organisations.test_directory_pages import text_of

LEADER = "lansstyrelsen-tib"


def hidden_field(body: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', body)
    assert found is not None, name
    return found.group(1)


def opening(network: Network, **changes: object) -> dict[str, object]:
    """The form of a new space as the page gives it."""
    body = network.client(LEADER).get("/spaces/new/").content.decode()
    fields = {name: hidden_field(body, name) for name in ("space", "seen")}
    return {**fields, "kind": "incident", "title": "Översvämning", "purpose": "", "parent": "", **changes}


def last_of(network: Network, space: str) -> str:
    thing = network.lens(LEADER).state(space).thing(space)
    assert thing is not None
    return thing.last


def space_ids(network: Network, function: str = LEADER) -> set[str]:
    return {info.id for info in network.lens(function).spaces()}


def test_only_those_who_may_open_a_space(network: Network) -> None:
    client = network.client("nacka-tib")
    assert client.get("/spaces/new/").status_code == 403
    before = space_ids(network)
    assert client.post("/spaces/new/", opening(network, step="open")).status_code == 403
    assert space_ids(network) == before


def test_an_incident_is_opened_after_its_readers_have_been_shown(network: Network) -> None:
    client, before = network.client(LEADER), space_ids(network)
    form = opening(network)
    look = client.post("/spaces/new/", {**form, "step": "review"})
    assert look.status_code == 200
    assert "38 aktörer kommer att läsa den" in text_of(look)
    assert "Österåkers kommun" in text_of(look)
    assert space_ids(network) == before
    opened = client.post("/spaces/new/", {**form, "step": "open"})
    assert opened.status_code == 302
    assert opened["Location"] == f"/spaces/{form['space']}/about/"
    assert space_ids(network, "nacka-lasare") - before == {form["space"]}
    thing = network.lens(LEADER).state(str(form["space"])).thing(str(form["space"]))
    assert thing is not None
    assert ("rows", domain.vocabulary(network.lens(LEADER).directory, "rows").digest) in thing.data.pins


def test_pressing_twice_opens_one_space(network: Network) -> None:
    client, before = network.client(LEADER), space_ids(network)
    form = {**opening(network), "step": "open"}
    client.post("/spaces/new/", form)
    again = client.post("/spaces/new/", form)
    assert again.status_code == 409
    assert len(space_ids(network) - before) == 1


def test_a_space_without_a_title_or_of_a_wrong_kind_is_not_opened(network: Network) -> None:
    client, before = network.client(LEADER), space_ids(network)
    for changes in ({"title": ""}, {"kind": "sub"}, {"kind": "directory"}, {"kind": "standing"}, {"title": "x" * 121}):
        assert client.post("/spaces/new/", {**opening(network, **changes), "step": "open"}).status_code == 422
    for space in ("directory", "../etc", "", "x\0y", "standing2"):
        form = {**opening(network), "space": space, "step": "open"}
        assert client.post("/spaces/new/", form).status_code == 400
    assert space_ids(network) == before


def test_readers_that_joined_since_the_list_was_shown_stop_the_opening(network: Network) -> None:
    form = {**opening(network), "step": "open"}
    payload = {"name": "Nytt", "short": "Nytt", "kind": "kommun", "member": True, "insider": True}
    network.write("kansliet-strateg", Draft("organisation.joined", "directory", "nytt", payload))
    refused = network.client(LEADER).post("/spaces/new/", form)
    assert refused.status_code == 409
    assert "Läsarna har ändrats" in text_of(refused)
    assert str(form["space"]) not in space_ids(network)


def test_a_narrower_space_is_read_by_exactly_those_chosen(network: Network) -> None:
    incident = network.open_incident()
    client = network.client(LEADER)
    readers = ["lansstyrelsen/lansstyrelsen-tib", "nacka/*", "taby/taby-tib"]
    form = opening(network, kind="sub", parent=incident, title="Nätfrågor", reader=readers)
    look = text_of(client.post("/spaces/new/", {**form, "step": "review"}))
    assert "3 aktörer kommer att läsa den" in look
    assert "Nacka kommun: alla funktioner" in look
    assert re.search(r"Täby kommun: TiB", look)
    assert client.post("/spaces/new/", {**form, "step": "open"}).status_code == 302
    space = str(form["space"])
    assert space in space_ids(network, "nacka-lasare")
    assert space in space_ids(network, "taby-tib")
    assert space not in space_ids(network, "taby-lasare")
    assert space not in space_ids(network, "huddinge-tib")
    hidden = network.client("huddinge-tib")
    assert hidden.get(f"/spaces/{space}/about/").status_code == 404
    assert space not in hidden.get(f"/spaces/{incident}/about/").content.decode()
    assert "Nätfrågor" in text_of(client.get(f"/spaces/{incident}/about/"))


def test_a_narrower_space_needs_readers_and_its_founder_among_them(network: Network) -> None:
    incident = network.open_incident()
    client, before = network.client(LEADER), space_ids(network)
    empty = opening(network, kind="sub", parent=incident)
    assert client.post("/spaces/new/", {**empty, "step": "review"}).status_code == 422
    without = opening(network, kind="sub", parent=incident, reader=["nacka/*"])
    assert client.post("/spaces/new/", {**without, "step": "open"}).status_code == 422
    odd = opening(network, kind="sub", parent=incident, reader=["nacka", "/", "atlantis/*"])
    assert client.post("/spaces/new/", {**odd, "step": "review"}).status_code == 422
    assert space_ids(network) == before


def test_what_one_cannot_read_one_cannot_open_a_space_within(network: Network) -> None:
    incident = network.open_incident()
    hidden = network.open_sub_space(incident, "nacka-tib")
    client = network.client("lansstyrelsen-rsib")
    assert client.get(f"/spaces/new/?parent={hidden}").status_code == 404
    assert client.get("/spaces/new/?parent=finnsej").status_code == 404
    assert client.get("/spaces/new/?parent=directory").status_code == 422


def test_the_page_about_a_space_says_who_reads_and_by_what_lists(network: Network) -> None:
    incident = network.open_incident()
    page = text_of(network.client("nacka-lasare").get(f"/spaces/{incident}/about/"))
    for words in ("läsrätt hos 38 av 38", "Länsstyrelsen Stockholm", "Statusskala", "Huvud nummer 1", "Publik nyckel"):
        assert words in page
    assert "Avsluta ytan" not in page
    assert network.client("nacka-lasare").get("/spaces/directory/about/").status_code == 200


def test_a_space_is_closed_by_its_keeper_with_a_reason(network: Network) -> None:
    incident = network.open_incident()
    client = network.client(LEADER)
    form = {"reason": "", "seen": last_of(network, incident)}
    assert client.post(f"/spaces/{incident}/about/close/", form).status_code == 422
    assert network.client("kansliet-strateg").post(f"/spaces/{incident}/about/close/", form).status_code == 403
    closed = client.post(f"/spaces/{incident}/about/close/", {**form, "reason": "över"})
    assert closed.status_code == 302
    assert network.lens(LEADER).space(incident).closed
    page = client.get(f"/spaces/{incident}/about/")
    assert "Avslutad" in text_of(page)
    assert client.get(f"/spaces/new/?parent={incident}").status_code == 422


def test_the_standing_space_is_never_closed(network: Network) -> None:
    client = network.client(LEADER)
    form = {"reason": "prov", "seen": last_of(network, "standing")}
    assert client.post("/spaces/standing/about/close/", form).status_code == 409
    assert not network.lens(LEADER).space("standing").closed


def test_readers_are_taken_out_and_read_nothing_from_then_on(network: Network) -> None:
    incident = network.open_incident()
    space = network.open_sub_space(incident, "nacka/*", "taby-tib")
    client = network.client(LEADER)
    form = {"reason": "berörs inte", "seen": last_of(network, space), "reader": "nacka/*"}
    assert client.post(f"/spaces/{space}/about/readers/", {**form, "reader": ""}).status_code == 422
    own = {**form, "reader": "lansstyrelsen/lansstyrelsen-tib"}
    assert client.post(f"/spaces/{space}/about/readers/", own).status_code == 422
    assert client.post(f"/spaces/{space}/about/readers/", form).status_code == 302
    assert space not in space_ids(network, "nacka-tib")
    assert space in space_ids(network, "taby-tib")


def test_a_space_keeps_its_lists_until_its_keeper_chooses_newer_ones(network: Network) -> None:
    incident = network.open_incident()
    rows = domain.vocabulary(network.lens(LEADER).directory, "rows")
    items = [{**item, "name": f"{item['name']} 2"} for item in rows.items]
    payload = {"code": "rows", "name": rows.name, "name_en": rows.name_en, "items": items, "reason": "nytt"}
    network.write("kansliet-strateg", Draft("vocabulary.published", "directory", "rows", payload))
    client = network.client(LEADER)
    assert "version 1 → 2" in text_of(client.get(f"/spaces/{incident}/about/lists/"))
    form = {"list": "rows", "reason": "bättre ord", "seen": last_of(network, incident)}
    assert client.post(f"/spaces/{incident}/about/lists/", form).status_code == 302
    lens = network.lens(LEADER)
    pinned = domain.pinned_vocabulary(lens.directory, lens.state(incident), "rows")
    assert pinned.version == 2
    assert "bättre ord" in text_of(client.get(f"/spaces/{incident}/log/"))
