"""Lägen: the register with its history, closing with the checklist, own lägen, höjd beredskap, linked incidents."""

import pytest

from gemensam.activation import commands
from gemensam.activation.domain.modes import own_mode_subject
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.organisations.domain.reading import vocabulary
from gemensam.web import times
from tests.activation.test_calls import RSIB, TIB, client, passed_ms, text_of
from tests.activation.test_larms import exercise
from tests.network import Network

UP = {"mode": "aktiverat", "level": "verkstallande", "reason": "Flera kommuner berörs"}
DECISION = {"level": "högsta", "decided_by": "regeringen", "on": "2026-11-20", "source": "Ju2026/1"}


def checks(network: Network, **wrong: dict[str, object]) -> list[dict[str, object]]:
    """Return the whole checklist as done, with some points changed."""
    items = vocabulary(network.lens(TIB).directory, "closing_checklist").items
    return [{"code": each["code"], "is_done": True, "note": "", **wrong.get(each["code"], {})} for each in items]


def test_the_last_word_is_the_lage_and_all_before_it_are_its_history(network: Network) -> None:
    space = network.open_incident()
    for function, level in ((TIB, "verkstallande"), (RSIB, "samordnande"), (TIB, "inriktande"), (TIB, "samordnande")):
        commands.set_mode(network.lens(function), space, {**UP, "level": level})
    state = network.lens(TIB).state(space)
    assert [each.data.level for each in state.group("modes")] == [
        "verkstallande", "samordnande", "inriktande", "samordnande",
    ]  # fmt: skip
    page = text_of(client(network, "nacka-tib").get(f"/spaces/{space}/activation/"))
    assert "Aktiverat läge, Samordnande nivå" in page
    assert "Länsstyrelsen – RSIB" in page
    assert (
        "Aktiverat läge, Samordnande nivå" in client(network, "nacka-tib").get(f"/spaces/{space}/log/").content.decode()
    )


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ({**UP, "reason": " "}, "reason_missing"), ({**UP, "mode": "finns_inte"}, "unknown_mode"),
        ({**UP, "level": "finns_inte"}, "unknown_level"), ({**UP, "mode": "hojd"}, "mode_only_shown"),
    ],
)  # fmt: skip
def test_what_is_no_lage_is_refused(network: Network, content: dict[str, str], refused: str) -> None:
    space = network.open_incident()
    with pytest.raises(Refused, match=refused):
        commands.set_mode(network.lens(TIB), space, content)
    assert network.lens(TIB).state(space).size("modes") == 0


def test_only_the_roles_of_the_list_set_a_lage(network: Network) -> None:
    space = network.open_incident()
    for function, refused in (("nacka-tib", "not_permitted"), ("kansliet-samordningschef", "not_your_step")):
        with pytest.raises(Refused, match=refused):
            commands.set_mode(network.lens(function), space, UP)
    assert client(network, "nacka-tib").get(f"/spaces/{space}/activation/state/").status_code == 403


def test_an_activation_is_ended_with_a_decision_and_every_point_answered(network: Network) -> None:
    space, lens = network.open_incident(), network.lens(TIB)
    commands.set_mode(lens, space, UP)
    down = {"mode": "ordinarie", "reason": "Snön är röjd", "decided_by": "Länsstyrelsens TiB 15.00"}
    for content, refused in (
        ({**down, "decided_by": " ", "checks": checks(network)}, "decided_by_missing"),
        ({**down, "checks": checks(network)[1:]}, "check_unanswered"),
        ({**down, "checks": checks(network, behov={"is_done": False})}, "check_unanswered"),
        ({**down, "checks": [*checks(network), {"code": "x"}]}, "check_unknown"),
    ):
        with pytest.raises(Refused, match=refused):
            commands.set_mode(lens, space, content)
    kept = checks(network, behov={"is_done": False, "note": "Nacka äger det"})
    commands.set_mode(lens, space, {**down, "checks": kept})
    thing = network.lens(TIB).state(space).latest("modes")
    assert thing is not None
    assert (thing.data.mode, thing.data.is_closing) == ("ordinarie", True)
    assert "Nacka äger det" in text_of(client(network, TIB).get(f"/spaces/{space}/activation/"))


def test_the_closing_page_shows_the_checklist_and_keeps_what_was_typed(network: Network) -> None:
    space, browser = network.open_incident(), client(network, TIB)
    commands.set_mode(network.lens(TIB), space, UP)
    url = f"/spaces/{space}/activation/close/"
    assert "Öppna behov har ägare" in text_of(browser.get(url))
    given = {"decided_by": "Länsstyrelsens TiB", "reason": "Klart"}
    wrong = browser.post(url, given)
    assert wrong.status_code == 422
    assert "Länsstyrelsens TiB" in wrong.content.decode()
    done = {f"done_{each['code']}": "on" for each in checks(network)}
    assert browser.post(url, {**given, **done}).status_code == 302


def test_the_region_shows_the_highest_lage_and_no_exercise(network: Network) -> None:
    browser = client(network, "nacka-tib")
    drill = exercise(network)
    commands.set_mode(network.lens(TIB), drill, UP)
    assert "Regionen:" not in text_of(browser.get("/"))
    low, high = network.open_incident("Storm"), network.open_incident("Snöoväder")
    commands.set_mode(network.lens(TIB), low, {**UP, "mode": "signal"})
    commands.set_mode(network.lens(TIB), high, UP)
    assert "Regionen: Aktiverat läge (Snöoväder)" in text_of(browser.get("/"))


def test_the_lage_of_the_past_is_shown_at_its_moment(network: Network) -> None:
    space = network.open_incident()
    commands.set_mode(network.lens(TIB), space, UP)
    then = passed_ms()
    commands.set_mode(network.lens(TIB), space, {**UP, "level": "inriktande"})
    path = f"/spaces/{space}/activation/?knew_at={times.iso_moment(then)}".replace("+", "%2B")
    page = text_of(client(network, TIB).get(path))
    assert "Aktiverat läge, Verkställande nivå" in page
    assert "Inriktande" not in page


# Own lägen and höjd beredskap -----------------------------------------------------------------------------------


def test_each_member_says_its_own_lage_in_its_own_words(network: Network) -> None:
    browser = client(network, "region-stockholm-tib")
    assert "stabsläge" in text_of(browser.get("/modes/"))
    assert browser.post("/modes/own/", {"words": "förstärkningsläge", "note": "Fler läkare inne"}).status_code == 302
    page = text_of(client(network, "nacka-tib").get("/modes/"))
    assert "Region Stockholm förstärkningsläge Fler läkare inne" in page
    draft = Draft("own_mode.set", "standing", own_mode_subject("taby"), {"words": "stabsläge"})
    with pytest.raises(Refused, match="own_mode_subject"):
        network.write("nacka-tib", draft)
    assert client(network, "nacka-lasare").post("/modes/own/", {"words": "x"}).status_code == 403


def test_heightened_alert_is_shown_only_on_a_recorded_decision_with_date_and_source(network: Network) -> None:
    reader = client(network, "nacka-lasare")
    assert "säkerhetsskyddsklassificerade" not in text_of(reader.get("/modes/"))
    for content, refused in (
        ({**DECISION, "source": " "}, "words_missing"), ({**DECISION, "on": "igår"}, "bad_date"),
        ({**DECISION, "on": "2026-13-01"}, "bad_date"), ({**DECISION, "decided_by": ""}, "words_missing"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=refused):
            commands.record_heightened(network.lens(TIB), content)
    with pytest.raises(Refused, match="not_permitted"):
        commands.record_heightened(network.lens("nacka-tib"), DECISION)
    (receipt,) = commands.record_heightened(network.lens(TIB), DECISION)
    assert "säkerhetsskyddsklassificerade" in text_of(reader.get("/modes/"))
    assert "Höjd beredskap: högsta" in text_of(reader.get("/"))
    with pytest.raises(Refused, match="heightened_already"):
        commands.record_heightened(network.lens(TIB), DECISION)
    browser = client(network, TIB)
    assert (
        browser.post(f"/modes/heightened/{receipt.subject}/lift/", {**DECISION, "on": "2026-11-21"}).status_code == 302
    )
    assert "Höjd beredskap" not in text_of(reader.get("/"))


# Linked incidents -------------------------------------------------------------------------------------------------


def test_two_incidents_are_linked_and_each_keeps_its_own_history(network: Network) -> None:
    one, other = network.open_incident("Storm"), network.open_incident("Elavbrott")
    before = network.lens(TIB).state(other).position
    browser = client(network, TIB)
    given = {"other": other, "relation": "merged", "reason": "Samma händelse"}
    assert browser.post(f"/spaces/{one}/activation/link/", given).status_code == 302
    assert network.lens(TIB).state(other).position == before
    assert "fortsätter i Elavbrott" in browser.get(f"/spaces/{one}/picture/").content.decode()
    assert "Storm" in text_of(browser.get(f"/spaces/{other}/activation/"))
    with pytest.raises(Refused, match="linked_already"):
        commands.link_incident(network.lens(TIB), one, other, {"relation": "same", "reason": "x"})
    (link,) = network.lens(TIB).state(one).group("incident_links")
    assert browser.post(f"/spaces/{one}/activation/link/{link.subject}/withdraw/", {"reason": "Fel"}).status_code == 302
    assert network.lens(TIB).state(one).size("incident_links") == 0


def test_an_exercise_is_never_linked_with_reality_nor_an_incident_with_itself(network: Network) -> None:
    one, drill = network.open_incident(), exercise(network)
    for other, refused in ((drill, "exercise_apart"), (one, "incident_itself")):
        with pytest.raises(Refused, match=refused):
            commands.link_incident(network.lens(TIB), one, other, {"relation": "same", "reason": "x"})


def test_a_narrower_circle_cannot_be_named_by_a_link(network: Network) -> None:
    one = network.open_incident()
    narrow = network.open_sub_space(one, "nacka/*")
    with pytest.raises(Refused, match="reference_not_wider"):
        commands.link_incident(network.lens(TIB), one, narrow, {"relation": "same", "reason": "x"})


# First information --------------------------------------------------------------------------------------------------


def test_first_information_is_an_act_of_its_own_before_any_assessment(network: Network) -> None:
    space, browser = network.open_incident(), client(network, "nacka-tib")
    url = f"/spaces/{space}/activation/information/"
    assert browser.post(url, {"information-note": ""}).status_code == 422
    assert browser.post(url, {"information-note": "Strömmen är borta i Saltsjöbaden"}).status_code == 302
    assert "Strömmen är borta" in text_of(client(network, "taby-lasare").get(f"/spaces/{space}/activation/"))
    (thing,) = network.lens(TIB).state(space).group("information")
    client(network, "taby-tib").post(f"{url}{thing.subject}/withdraw/", {"reason": "x"})
    assert network.lens(TIB).state(space).size("information") == 1
    assert browser.post(f"{url}{thing.subject}/withdraw/", {"reason": "Fel plats"}).status_code == 302
    assert network.lens(TIB).state(space).size("information") == 0
