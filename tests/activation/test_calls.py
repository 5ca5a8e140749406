"""From the green button to the assessment: commands and full requests."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.activation import commands, sending
from gemensam.activation.commands import Assessed, Pressed
from gemensam.activation.domain.larms import ALERT, ASSESS
from gemensam.activation.posting import Sent
from gemensam.coordination.domain.convening import CONVENES
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.organisations.founding import pins
from tests.ids import new_id
from tests.network import Network

MINUTE = 60_000
SNOW = Pressed("Snöoväder", "snoovader")
TIB, RSIB = "lansstyrelsen-tib", "lansstyrelsen-rsib"


def text_of(answer: Any, *, status: int = 200) -> str:
    """Return a page's text without its tags, in one line."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[-2000:])
    body = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body[body.index("<main") :]))


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def called(network: Network, function: str = "nacka-tib") -> tuple[str, str]:
    """Press the green button; return the incident and the call."""
    receipts = commands.make_call(network.lens(function), SNOW)
    return receipts[0].space, receipts[1].subject


def opened_at(network: Network, at: int) -> str:
    """Return an incident that was opened at an instant (ms UTC)."""
    space = new_id()
    opened = {"space_kind": "incident", "title": "Snöoväder", "pins": pins()}
    network.write(TIB, Draft("space.opened", space, space, opened), now=at)
    return space


def called_at(network: Network, at: int) -> tuple[str, str]:
    """Return an incident in which Nacka called at an instant (ms UTC), and the call."""
    space, call = opened_at(network, at), new_id()
    network.write("nacka-tib", Draft("call.made", space, call, {"type": "snoovader", "words": "Snöoväder"}), now=at)
    return space, call


def state_of(network: Network, space: str) -> SpaceState:
    return network.lens(TIB).state(space)


def larms_of(network: Network, space: str, purpose: str = ALERT) -> list[Thing]:
    return [each for each in state_of(network, space).group("larms") if each.data.purpose == purpose]


def passed_ms() -> int:
    """Return this instant (ms UTC) when it has passed: what is written next stands at a later one."""
    at = now_ms()
    while now_ms() <= at:
        continue
    return at


# Calling --------------------------------------------------------------------------------------------------------


def test_one_commit_opens_the_incident_calls_and_reaches_all_37_members(network: Network) -> None:
    space, call = called(network)
    state = state_of(network, space)
    assert [each.type for each in (state.thing(space), state.thing(call)) if each] == ["space", "call"]
    (larm,), (assess,) = larms_of(network, space), larms_of(network, space, ASSESS)
    assert len(larm.data.members) == 37
    assert all(each.functions for each in larm.data.members)
    assert [each.functions for each in assess.data.members] == [(TIB, RSIB)]
    assert (larm.data.call, larm.data.live, larm.data.mark) == (call, True, "")


def test_any_member_that_takes_alerts_calls_without_anybodys_approval(network: Network) -> None:
    directory = network.lens(TIB).directory
    first = {each.functions[0] for each in larms_of(network, called(network)[0])[0].data.members}
    assert len(first) == 37
    for function in sorted(first)[:5]:
        assert directory.thing(function) is not None
        assert called(network, function)[0]


def test_a_reader_cannot_call_and_nothing_is_opened(network: Network) -> None:
    before = len(network.lens(TIB).spaces())
    with pytest.raises(Refused, match="not_permitted"):
        commands.make_call(network.lens("nacka-lasare"), SNOW)
    assert len(network.lens(TIB).spaces()) == before
    assert client(network, "nacka-lasare").get("/call/").status_code == 403


def test_the_same_press_twice_calls_once(network: Network) -> None:
    lens, sent = network.lens("nacka-tib"), Sent(key="press")
    first = commands.make_call(lens, SNOW, sent=sent)
    second = commands.make_call(lens, SNOW, sent=sent)
    assert [each.digest for each in first] == [each.digest for each in second]
    assert all(each.repeated for each in second)
    assert len(larms_of(network, first[0].space)) == 1


def test_help_to_judge_reaches_only_those_who_assess_and_can_become_a_call(network: Network) -> None:
    receipts = commands.ask_help(network.lens("nacka-tib"), SNOW)
    space, call = receipts[0].space, receipts[1].subject
    assert larms_of(network, space) == []
    assert len(larms_of(network, space, ASSESS)) == 1
    commands.raise_call(network.lens("nacka-tib"), space, call, SNOW)
    assert len(larms_of(network, space)) == 1
    thing = state_of(network, space).thing(call)
    assert thing is not None
    assert thing.status == "made"


def test_words_with_signs_that_no_sms_holds_stop_no_call(network: Network) -> None:
    receipts = commands.make_call(network.lens("nacka-tib"), Pressed("Olycka – ”okänd” 🚒"))
    (larm,) = larms_of(network, receipts[0].space)
    payload = network.lens(TIB).payloads(receipts[0].space, [larm.data.content])[larm.data.content] or {}
    assert payload["fields"]["handelse"] == 'Olycka - "okänd"'


# Assessing ------------------------------------------------------------------------------------------------------


def test_activating_sets_the_lage_and_reaches_all_with_the_conference_in_one_commit(network: Network) -> None:
    space, call = called(network)
    (first,) = larms_of(network, space)
    given = Assessed("aktiveras", level="verkstallande", conference_at=now_ms() + 30 * MINUTE)
    commands.assess(network.lens(TIB), space, call, given)
    state = state_of(network, space)
    mode = state.latest("modes")
    assert mode is not None
    assert (mode.data.mode, mode.data.level, mode.data.function) == ("aktiverat", "verkstallande", TIB)
    second = larms_of(network, space)[-1]
    assert (second.data.text, second.data.replaces, second.data.names_conference) == (
        "larm_konferens", first.subject, True,
    )  # fmt: skip


@pytest.mark.parametrize("outcome", ["avbojs", "foljs", "en_aktor"])
def test_declining_needs_a_reason_and_reaches_nobody_more(network: Network, outcome: str) -> None:
    space, call = called(network)
    with pytest.raises(Refused, match="reason_missing"):
        commands.assess(network.lens(TIB), space, call, Assessed(outcome))
    commands.assess(network.lens(RSIB), space, call, Assessed(outcome, "Hanteras i linjen"))
    assert len(larms_of(network, space)) == 1
    assert state_of(network, space).latest("modes") is None
    thing = state_of(network, space).thing(call)
    assert thing is not None
    assert (thing.data.outcome.function, thing.status) == (RSIB, "made")


def test_only_the_roles_of_the_list_assess(network: Network) -> None:
    space, call = called(network)
    for function in ("nacka-tib", "kansliet-strateg"):
        with pytest.raises(Refused, match="not_permitted"):
            commands.take_assessment(network.lens(function), space, call)
    with pytest.raises(Refused, match="not_your_step"):
        commands.take_assessment(network.lens("kansliet-samordningschef"), space, call)
    commands.take_assessment(network.lens(TIB), space, call)


def test_an_added_call_is_linked_to_the_incident_that_goes_on(network: Network) -> None:
    going, (space, call) = network.open_incident(), called(network)
    with pytest.raises(Refused, match="incident_missing"):
        commands.assess(network.lens(TIB), space, call, Assessed("laggs_till", "samma"))
    commands.assess(network.lens(TIB), space, call, Assessed("laggs_till", "samma", incident=going))
    (link,) = state_of(network, space).group("incident_links")
    assert (link.data.other, link.data.relation) == (going, "merged")


# The caller's own right ---------------------------------------------------------------------------------------------


def test_the_caller_convenes_itself_after_the_set_time_and_not_before(network: Network) -> None:
    start = now_ms() - 11 * MINUTE
    space, call = called_at(network, start)
    early = Draft("call.convened", space, call, {"conference_at": start})
    with pytest.raises(Refused, match="convene_awaits"):
        network.write("nacka-tib", early, now=start + 9 * MINUTE)
    with pytest.raises(Refused, match="not_owner"):
        commands.convene(network.lens("taby-tib"), space, call, now_ms() + MINUTE)
    commands.convene(network.lens("nacka-tib"), space, call, now_ms() + 30 * MINUTE)
    assert larms_of(network, space)[-1].data.text == "larm_konferens"


def convened(network: Network) -> tuple[str, str]:
    """Let Nacka, whose TiB may not lead, convene; return the incident and the conference."""
    assert "lead" not in network.lens("nacka-tib").principal.permissions
    space, call = called_at(network, now_ms() - 11 * MINUTE)
    commands.convene(network.lens("nacka-tib"), space, call, now_ms() + 30 * MINUTE)
    (conference,) = state_of(network, space).group("conferences")
    return space, conference.subject


def test_the_caller_that_convenes_has_called_a_conference_which_it_leads_itself(network: Network) -> None:
    space, subject = convened(network)
    conference = state_of(network, space).things[subject]
    assert (conference.organisation, conference.data.agenda) == ("nacka", "aktiverat_forsta")
    assert conference.data.starts_at == state_of(network, space).group("calls")[0].data.conference_at
    caller, path = client(network, "nacka-tib"), f"/spaces/{space}/conferences/{subject}/"
    assert "open/" in caller.get(path).content.decode()
    for act, content in (("open/", {}), ("move/", {"point": conference.data.points[0][0]}), ("close/", {})):
        assert caller.post(f"{path}{act}", content).status_code in (302, 204), act
    assert state_of(network, space).things[subject].status == "closed"
    form = {"summary": "Vi höll den själva.", "seen": state_of(network, space).things[subject].last}
    assert caller.post(f"{path}minutes/", form).status_code == 302
    assert state_of(network, space).thing(f"{subject}.minutes") is not None


def test_a_call_gives_nobody_else_the_lead_and_no_other_conference(network: Network) -> None:
    space, subject = convened(network)
    path = f"/spaces/{space}/conferences/{subject}/"
    other = client(network, "taby-tib")
    assert "open/" not in other.get(path).content.decode()
    for act in ("open/", "cancel/", "close/"):
        assert other.post(f"{path}{act}", {"cancel-reason": "nej"}).status_code == 403, act
    assert other.get(f"{path}change/").status_code == 403
    assert client(network, "nacka-aktorsadministrator").post(f"{path}open/").status_code == 403
    assert state_of(network, space).things[subject].status == "called"
    assert client(network, "nacka-tib").get(f"/spaces/{space}/conferences/new/").status_code == 403


@pytest.mark.parametrize(
    ("function", "named", "refused"),
    [
        ("nacka-tib", "", "not_permitted"),  # no reference: to lead is needed as before
        ("nacka-tib", "open", "not_convening"),  # a call that waits for its assessment
        ("taby-tib", "convened", "not_convening"),  # another organisation's call
        ("nacka-tib", "space", "not_convening"),  # a thing that gives no such right
    ],
)
def test_a_conference_is_called_by_right_of_the_own_convened_call_alone(
    network: Network, function: str, named: str, refused: str
) -> None:
    space, _conference = convened(network)
    (call,) = state_of(network, space).group("calls")
    waiting = new_id()
    network.write("nacka-tib", Draft("call.made", space, waiting, {"type": "snoovader", "words": "Mer snö"}))
    about = {"open": waiting, "convened": call.subject, "space": space}.get(named, "")
    refs = (Ref(CONVENES, space, about),) if about else ()
    content = {"agenda": "aktiverat_forsta", "starts_at": now_ms() + MINUTE}
    with pytest.raises(Refused, match=refused):
        network.write(function, Draft("conference.called", space, new_id(), content, refs=refs))
    assert len(state_of(network, space).group("conferences")) == 1


def test_declining_does_not_stop_the_caller_but_an_activation_makes_it_needless(network: Network) -> None:
    start = now_ms() - 11 * MINUTE
    for outcome, refused in (("avbojs", ""), ("aktiveras", "already_activated")):
        space, call = called_at(network, start)
        commands.assess(network.lens(TIB), space, call, Assessed(outcome, "skäl"))
        if refused:
            with pytest.raises(Refused, match=refused):
                commands.convene(network.lens("nacka-tib"), space, call, now_ms() + MINUTE)
        else:
            commands.convene(network.lens("nacka-tib"), space, call, now_ms() + MINUTE)


def test_a_withdrawn_call_asks_nobody_any_more(network: Network) -> None:
    space, call = called(network)
    assert {each.function for each in sending.outgoing(now_ms())} >= {TIB}
    commands.withdraw_call(network.lens("nacka-tib"), space, call, "Fel")
    assess = larms_of(network, space, ASSESS)[0]
    assert [each for each in sending.outgoing(now_ms()) if each.id.startswith(assess.subject)] == []


# Pages ----------------------------------------------------------------------------------------------------------


def test_three_interactions_from_the_start_page_and_the_caller_sees_who_is_reached(network: Network) -> None:
    browser = client(network, "nacka-tib")
    start = browser.get("/").content.decode()
    assert 'href="/call/"' in start  # one
    page = browser.get("/call/")
    assert 'name="type" value="snoovader"' in page.content.decode()  # two
    answer = browser.post("/call/", {"type": "snoovader", "act": "call"})  # three
    assert answer.status_code == 302
    board = text_of(browser.get(answer["Location"]))
    assert "0 %" in board
    assert "0 av 37" in board
    assert "Täby" in board


def test_nothing_chosen_is_asked_for_and_nothing_opened(network: Network) -> None:
    browser, before = client(network, "nacka-tib"), len(network.lens(TIB).spaces())
    assert browser.post("/call/", {"act": "call"}).status_code == 422
    assert browser.post("/call/", {"act": "call", "words": "x" * 31}).status_code == 422
    assert browser.post("/call/", {"act": "call", "type": "finns-inte"}).status_code == 422
    assert len(network.lens(TIB).spaces()) == before


def test_the_assessor_finds_the_call_and_activates(network: Network) -> None:
    space, call = called(network)
    browser = client(network, TIB)
    assert f"/spaces/{space}/calls/{call}/" in browser.get("/").content.decode()
    page = text_of(browser.get(f"/spaces/{space}/calls/{call}/"))
    assert "Snöoväder" in page
    url = f"/spaces/{space}/calls/{call}/"
    assert browser.post(url + "take/").status_code == 302
    wrong = browser.post(url + "assess/", {"outcome": "avbojs", "reason": ""})
    assert wrong.status_code == 422
    given = {"outcome": "aktiveras", "level": "verkstallande", "conference_at": "", "alerts": "on"}
    answer = browser.post(url + "assess/", given)
    assert answer.status_code == 302, answer.content.decode()[-500:]
    shown = text_of(browser.get(answer["Location"]))
    assert "Aktiverat läge, Verkställande nivå" in shown
    assert "Aktiverat läge" in browser.get("/").content.decode()
    assert "Aktiverat läge" in browser.get(f"/spaces/{space}/picture/").content.decode()


def test_who_may_not_assess_is_refused_and_sees_no_form(network: Network) -> None:
    space, call = called(network)
    browser = client(network, "taby-tib")
    page = browser.get(f"/spaces/{space}/calls/{call}/").content.decode()
    assert "/assess/" not in page
    for path in ("take/", "assess/"):
        assert browser.post(f"/spaces/{space}/calls/{call}/{path}").status_code == 403
    assert browser.get(f"/spaces/standing/calls/{call}/").status_code == 404
    assert browser.get(f"/spaces/{space}/calls/{space}/").status_code == 404


def test_the_first_conference_is_called_by_coordinations_own_form(network: Network) -> None:
    space, call = called(network)
    commands.assess(network.lens(TIB), space, call, Assessed("aktiveras"))
    browser = client(network, TIB)
    page = browser.get(f"/spaces/{space}/activation/").content.decode()
    form = page[page.index(f'action="/spaces/{space}/conferences/new/"') :]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))
    answer = browser.post(f"/spaces/{space}/conferences/new/", fields)
    assert answer.status_code == 302, answer.content.decode()[-800:]
    shown = text_of(browser.get(f"/spaces/{space}/activation/"))
    assert "minuter efter larmet" in shown
