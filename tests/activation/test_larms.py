"""Larm and answers: commands, what is due, links without account, the board, the table, the banner."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.activation import board_page, commands, larm_commands, larm_views, schedule, sending, tokens
from gemensam.activation.ack_views import find_holder
from gemensam.activation.alerting import Alert
from gemensam.activation.commands import Assessed
from gemensam.activation.larm_commands import Reply
from gemensam.activation.tokens import Holder
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft
from gemensam.delivery.gsm7 import size
from gemensam.ledger.append import now_ms
from gemensam.organisations.founding import pins
from gemensam.rosters import commands as rosters
from gemensam.rosters.domain.reading import call_list
from gemensam.web import times
from tests.activation.test_calls import MINUTE, TIB, called, client, larms_of, opened_at, passed_ms, text_of
from tests.ids import new_id
from tests.network import Network
from tests.picture.test_reporting_pages import ask

KONF = Alert(
    "larm_konferens", "Snöoväder", conference_at=1_795_000_000_000, fields={"tel": "08-000 00 00", "kod": "4711"}
)


def sent(network: Network, alert: Alert = KONF, space: str = "") -> tuple[str, str]:
    """Send a larm as Länsstyrelsen's TiB; return the space and the larm."""
    space = space or network.open_incident()
    return space, larm_commands.send_larm(network.lens(TIB), space, alert).subject


def larm(network: Network, space: str, subject: str) -> Thing:
    found = network.lens(TIB).state(space).thing(subject)
    assert found is not None
    return found


def link(space: str, subject: str, function: str = "nacka-tib", organisation: str = "nacka") -> str:
    return f"/k/{tokens.token_for(Holder(space, subject, organisation, function))}/"


def functions_due(at: int, organisation: str = "nacka") -> set[str]:
    return {each.function for each in sending.outgoing(at) if each.organisation == organisation}


# Whom it is for -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "codes", "expected"),
    [
        ("all", (), 37), ("chosen", ("nacka", "taby"), 2), ("group", ("stockholm",), 1), ("area", ("0182",), 2),
        ("level", ("inriktande",), 37),
    ],
)  # fmt: skip
def test_a_larm_is_for_those_who_are_chosen(
    network: Network, target: str, codes: tuple[str, ...], expected: int
) -> None:
    space, subject = sent(network, Alert("signal", "Snöoväder", target, codes))
    assert len(larm(network, space, subject).data.members) == expected


def test_a_level_puts_those_who_represent_it_first(network: Network) -> None:
    space, subject = sent(network, Alert("inriktande", "Snöoväder", "level", ("inriktande",)))
    nacka = next(each for each in larm(network, space, subject).data.members if each.organisation == "nacka")
    assert nacka.functions == ("nacka-stadsdirektor", "nacka-tib", "nacka-sakerhetschef")


@pytest.mark.parametrize(
    ("alert", "refused"),
    [
        (Alert("signal", "x", "chosen", ("finns-inte",)), "target_unknown"),
        (Alert("signal", "x", "group", ("norr",)), "target_empty"),
        (Alert("signal", "x", "annat"), "target_unknown"),
        (Alert("finns_inte", "x"), "unknown_text"),
        (Alert("prov", "x"), "text_not_here"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_nothing_is_written(network: Network, alert: Alert, refused: str) -> None:
    space = network.open_incident()
    with pytest.raises(Refused, match=refused):
        sent(network, alert, space)
    assert network.lens(TIB).state(space).size("larms") == 0


def test_the_number_of_the_conference_is_never_cut(network: Network) -> None:
    space = network.open_incident()
    dial_in = {"primary": "08-465 004 00", "code": "4711 471 12", "reserve": ""}
    content = {"agenda": "aktiverat_forsta", "starts_at": now_ms() + MINUTE, "dial_in": dial_in}
    network.write(TIB, Draft("conference.called", space, new_id(), content))
    browser = client(network, TIB)
    form = {"text": "larm_konferens", "words": "Ras", "target": "all", "tel": "08-465 004 00"}
    assert 'value="08-46500400"' in browser.get(f"/spaces/{space}/larm/new/").content.decode()
    assert browser.post(f"/spaces/{space}/larm/new/", form).status_code == 302
    (found,) = larms_of(network, space)
    told = network.lens(TIB).payloads(space, [found.data.content])[found.data.content]
    assert told is not None and told["fields"]["tel"] == "08-46500400"
    assert browser.post(f"/spaces/{space}/larm/new/", {**form, "tel": "+46 8 465 004 00 12"}).status_code == 422


def test_fields_written_past_the_form_are_held_to_their_lengths(network: Network) -> None:
    space = network.open_incident()
    for fields, refused in (({"handelse": "x" * 31}, "alert_field_long"), ({"annat": "x"}, "alert_field_unknown")):
        draft = Draft("larm.sent", space, new_id(), {"text": "signal", "fields": fields})
        with pytest.raises(Refused, match=refused):
            network.write(TIB, draft)


# What is due ----------------------------------------------------------------------------------------------------


def test_the_first_of_each_list_is_reached_at_once_by_every_channel_and_the_next_after_five_minutes(
    network: Network,
) -> None:
    space, subject = sent(network)
    start = larm(network, space, subject).data.sent_at
    first = [each for each in sending.outgoing(start) if each.organisation == "nacka"]
    assert {(each.function, each.channel) for each in first} == {
        ("nacka-tib", channel) for channel in ("sms", "push", "email", "voice")
    }
    assert len({each.organisation for each in sending.outgoing(start)}) == 37
    assert functions_due(start + 5 * MINUTE - 1) == {"nacka-tib"}
    assert functions_due(start + 5 * MINUTE) == {"nacka-tib", "nacka-sakerhetschef"}
    assert functions_due(start + 240 * MINUTE) == set()


def test_every_message_fits_and_holds_the_link_of_its_own_function(network: Network) -> None:
    space, subject = sent(network)
    found = list(sending.outgoing(larm(network, space, subject).data.sent_at + 12 * MINUTE))
    assert len({each.id for each in found}) == len(found)
    links = {each.function: each.words.link for each in found}
    assert len(set(links.values())) == len(links)
    for each in found:
        assert size(each.words.sms).is_single
        assert "Snöoväder" in each.words.sms
        assert "4711" in each.words.sms


def test_an_answer_stops_what_was_still_to_come_for_that_member_alone(network: Network) -> None:
    space, subject = sent(network)
    larm_commands.answer_larm(network.lens("nacka-tib"), space, subject, Reply("1"))
    later = larm(network, space, subject).data.sent_at + 10 * MINUTE
    assert functions_due(later) == set()
    assert functions_due(later, "taby") != set()


@pytest.mark.parametrize("act", ["cancel", "end", "replace"])
def test_nobody_is_reached_by_a_larm_that_is_over(network: Network, act: str) -> None:
    space, subject = sent(network)
    lens = network.lens(TIB)
    match act:
        case "cancel":
            larm_commands.cancel_larm(lens, space, subject, "Fel händelse")
        case "end":
            larm_commands.end_larm(lens, space, subject)
        case _:
            sent(network, Alert("signal", "Snöoväder", replaces=subject), space)
    assert [each for each in sending.outgoing(now_ms() + MINUTE) if each.id.startswith(subject)] == []


def exercise(network: Network) -> str:
    space = new_id()
    payload = {"space_kind": "exercise", "title": "Övning", "pins": pins()}
    network.write(TIB, Draft("space.opened", space, space, payload))
    return space


def test_an_exercise_reaches_no_live_channel_however_it_is_asked_for(network: Network) -> None:
    space = exercise(network)
    _, subject = sent(network, Alert("ovning", "Snöoväder", conference_at=1, live=True), space)
    data = larm(network, space, subject).data
    assert (data.live, data.mark) == (False, "ÖVNING")
    draft = Draft("larm.sent", space, new_id(), {"text": "ovning", "live": True, "mark": "", "members": []})
    network.write(TIB, draft)
    assert list(sending.outgoing(now_ms())) == []
    for text in ("larm_konferens", "signal", "prov"):
        with pytest.raises(Refused, match="text_not_here"):
            network.write(TIB, Draft("larm.sent", space, new_id(), {"text": text}))


@pytest.mark.parametrize("live", [False, True])
def test_a_provlarm_goes_out_only_where_it_says_so_and_is_marked(network: Network, live: bool) -> None:
    _, subject = sent(network, Alert("prov", "Prov", live=live), "standing")
    assert larm(network, "standing", subject).data.mark == "PROV"
    found = list(sending.outgoing(now_ms()))
    assert bool(found) == live
    assert all(each.mark == "PROV" and each.words.sms.startswith("PROV PROV") for each in found)


def test_a_draft_cannot_bring_its_own_members_marks_or_pace(network: Network) -> None:
    space = network.open_incident()
    forged = {
        "text": "signal", "members": [{"organisation": "nacka", "functions": ["taby-tib"]}], "mark": "PROV",
        "pace": {"escalate": 1}, "texts": {"sms": "annat"}, "answers": ["9"],
    }  # fmt: skip
    (receipt,) = network.write(TIB, Draft("larm.sent", space, new_id(), forged))
    data = larm(network, space, receipt.subject).data
    assert (len(data.members), data.mark, data.pace.escalate, data.codes) == (37, "", 5 * MINUTE, ("1",))


# Answers ----------------------------------------------------------------------------------------------------------


def test_an_answer_is_the_functions_own_and_a_colleague_says_that_it_came_by_telephone(network: Network) -> None:
    space, subject = sent(network)
    colleague = network.lens("nacka-rapportor")
    with pytest.raises(Refused, match="not_your_function"):
        network.write("nacka-rapportor", Draft("larm.answered", space, subject, {"function": "nacka-tib", "code": "1"},
                                               via="app"))  # fmt: skip
    for via in ("sms", "lank", "voice", "push"):
        draft = Draft("larm.answered", space, subject, {"function": "nacka-tib", "code": "1"}, via=via)
        with pytest.raises(Refused, match="unknown_via"):
            network.write("nacka-tib", draft)
    larm_commands.enter_answer(colleague, space, subject, Reply("1", function="nacka-tib", organisation="nacka"))
    (answer,) = larm(network, space, subject).data.answers
    assert (answer.function, answer.via, answer.takes_part) == ("nacka-tib", "telefon", True)


def test_who_may_enter_for_others_does_and_who_may_not_is_refused(network: Network) -> None:
    space, subject = sent(network)
    told = Reply("1", function="taby-tib", organisation="taby")
    with pytest.raises(Refused, match="not_permitted"):
        larm_commands.enter_answer(network.lens("nacka-tib"), space, subject, told)
    larm_commands.enter_answer(network.lens(TIB), space, subject, told)
    (answer,) = larm(network, space, subject).data.answers
    assert (answer.organisation, answer.by_organisation) == ("taby", "lansstyrelsen")


@pytest.mark.parametrize(
    ("code", "refused"), [("9", "unknown_answer"), ("", "unknown_answer"), ("2", "unknown_answer")]
)
def test_an_answer_that_was_not_offered_is_refused(network: Network, code: str, refused: str) -> None:
    space, subject = sent(network, Alert("signal", "Snöoväder"))
    with pytest.raises(Refused, match="unknown_answer"):
        larm_commands.answer_larm(network.lens("nacka-tib"), space, subject, Reply(code))


def test_the_joint_office_is_no_member_and_is_not_alerted(network: Network) -> None:
    space, subject = sent(network)
    with pytest.raises(Refused, match="not_alerted"):
        larm_commands.answer_larm(network.lens("kansliet-strateg"), space, subject, Reply("1"))


def test_acknowledging_a_larm_without_conference_is_not_taking_part(network: Network) -> None:
    space, subject = sent(network, Alert("signal", "Snöoväder"))
    larm_commands.answer_larm(network.lens("nacka-tib"), space, subject, Reply("1"))
    (answer,) = larm(network, space, subject).data.answers
    assert (answer.acknowledges, answer.takes_part) == (True, False)


def test_an_answer_by_channel_is_taken_once_however_often_it_is_told(network: Network) -> None:
    space, subject = sent(network)
    about = " ".join(Holder(space, subject, "nacka", "nacka-tib"))
    for _ in range(3):
        told = sending.take_answer(about, Reply("2", via="sms"), key="sms:42")
    assert "Kvitterar, deltar senare" in told
    assert size(told).is_single
    (answer,) = larm(network, space, subject).data.answers
    assert (answer.via, answer.code) == ("sms", "2")
    assert "1, 2 eller 3" in sending.take_answer(about, Reply("hej", via="sms"), key="sms:43")
    assert len(larm(network, space, subject).data.answers) == 1


def test_the_result_is_kept_and_stands_by_itself(network: Network) -> None:
    space, subject = sent(network, Alert("signal", "Snöoväder", "chosen", ("nacka", "taby")))
    larm_commands.answer_larm(network.lens("nacka-tib"), space, subject, Reply("1"))
    receipt = larm_commands.end_larm(network.lens(TIB), space, subject)
    kept = network.lens(TIB).payloads(space, [receipt.digest])[receipt.digest] or {}
    assert (kept["percent"], kept["target_percent"], kept["target_at"]) == (50, 90, 0)
    assert {each["organisation"]: bool(each["acknowledged_at"]) for each in kept["outcomes"]} == {
        "nacka": True, "taby": False,
    }  # fmt: skip
    with pytest.raises(Refused, match="larm_over"):
        larm_commands.answer_larm(network.lens("taby-tib"), space, subject, Reply("1"))


# The link ---------------------------------------------------------------------------------------------------------


def test_a_link_answers_without_account_and_the_answer_can_be_changed(network: Network) -> None:
    space, subject = sent(network)
    phone, url = Client(headers={"accept-language": "sv"}), link(space, subject)
    page = text_of(phone.get(url))
    assert "Larm med konferens: Snöoväder" in page
    assert "08-000 00 00" in page
    assert "Nacka – TiB" in page
    assert "Kvitterar och deltar" in text_of(phone.post(url, {"code": "1"}))
    phone.post(url, {"code": "1"})
    assert len(larm(network, space, subject).data.answers) == 1
    phone.post(url, {"code": "3"})
    first, second = larm(network, space, subject).data.answers
    assert (first.via, first.code, second.code, second.hands_on) == ("lank", "1", "3", True)


def test_a_scanner_that_looks_at_every_link_changes_nothing(network: Network) -> None:
    space, subject = sent(network)
    before = network.lens(TIB).state(space).position
    for method in ("get", "head"):
        assert getattr(Client(), method)(link(space, subject)).status_code == 200
    assert network.lens(TIB).state(space).position == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_link_takes_no_other_method(network: Network, method: str) -> None:
    space, subject = sent(network)
    assert getattr(Client(), method)(link(space, subject)).status_code == 405


def test_a_link_tells_nothing_on_and_is_kept_by_nobody(network: Network) -> None:
    answer = Client().get(link(*sent(network)))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert "sessionid" not in answer.cookies


def test_a_word_that_is_no_link_is_dead_and_so_is_one_for_another_larm(network: Network) -> None:
    space, subject = sent(network)
    good = link(space, subject)
    for word in ("x", "A" * 12, good[3:-1][::-1], good[3:-2], good[3:-1].swapcase(), "%00"):
        assert Client().get(f"/k/{word}/").status_code == 404
    assert Client().post(link(space, subject, "taby-tib"), {"code": "1"}).status_code == 404
    assert larm(network, space, subject).data.answers == ()


def test_guesses_are_slowed_down(network: Network) -> None:
    sent(network)
    answers = [Client().get(f"/k/gissning{number}xx/").status_code for number in range(40)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_link_ends_with_its_larm(network: Network) -> None:
    space, subject = sent(network)
    url, data = link(space, subject), larm(network, space, subject).data
    assert find_holder(url[3:-1], data.ends_at - 1) is not None
    assert find_holder(url[3:-1], data.ends_at) is None
    larm_commands.cancel_larm(network.lens(TIB), space, subject, "Fel")
    assert Client().get(url).status_code == 404
    assert Client().post(url, {"code": "1"}).status_code == 404


def test_a_link_leads_on_to_the_larm_that_took_the_others_place(network: Network) -> None:
    space, call = called(network)
    (first,) = larms_of(network, space)
    url = link(space, first.subject)
    commands.assess(network.lens(TIB), space, call, Assessed("aktiveras", conference_at=now_ms() + MINUTE))
    Client().post(url, {"code": "1"})
    first, second = larms_of(network, space)
    assert (len(first.data.answers), len(second.data.answers)) == (0, 1)


@pytest.mark.parametrize("given", [{"code": "9"}, {}, {"code": "1", "from_at": "snart"}, {"code": "\0"}])
def test_bad_input_by_link_is_told_and_changes_nothing(network: Network, given: dict[str, str]) -> None:
    space, subject = sent(network)
    assert Client().post(link(space, subject), given).status_code in (400, 422)
    assert larm(network, space, subject).data.answers == ()


def test_two_data_folders_make_different_links(network: Network, tmp_path: Any, settings: Any) -> None:
    holder = Holder("s", "l", "nacka", "nacka-tib")
    first = tokens.token_for(holder)
    settings.GEMENSAM_DATA = tmp_path
    assert tokens.token_for(holder) != first
    assert len(first) == 12
    assert (tmp_path / tokens.KEY_FILE).stat().st_mode & 0o077 == 0


# Pages ------------------------------------------------------------------------------------------------------------


def test_the_banner_is_for_the_reached_function_until_it_has_answered(network: Network) -> None:
    space, subject = sent(network)
    browser = client(network, "nacka-tib")
    page = browser.get("/larm/banner/").content.decode()
    assert "Larm med konferens: Snöoväder" in page
    assert "Kvitterar och deltar" in page
    assert 'data-live-src="/larm/banner/"' in browser.get("/directory/").content.decode()
    for other in ("nacka-lasare", "kansliet-strateg"):
        assert client(network, other).get("/larm/banner/").content.decode().strip() == ""
    answer = browser.post(f"/spaces/{space}/larm/{subject}/answer/", {"code": "1", "next": "/directory/"})
    assert answer["Location"] == "/directory/"
    assert browser.get("/larm/banner/").content.decode().strip() == ""


def test_the_board_shows_who_when_how_and_what_is_tried(network: Network) -> None:
    space, subject = sent(network)
    larm_commands.answer_for(Holder(space, subject, "nacka", "nacka-tib"), Reply("1", via="sms"))
    page = text_of(client(network, TIB).get(f"/spaces/{space}/larm/{subject}/"))
    assert re.search(r"Nacka Kvitterat \d\d\.\d\d TiB: Kvitterar och deltar via sms", page)
    assert "1 av 37 har kvitterat" in page
    assert re.search(r"Täby Inget svar ännu nu \S+ .*?därefter", page)
    wall = text_of(client(network, TIB).get(f"/spaces/{space}/larm/{subject}/wall/"))
    assert "1 av 37 har kvitterat" in wall
    part = client(network, "taby-tib").get(f"/spaces/{space}/larm/{subject}/board/").content.decode()
    assert "1 av 37 har kvitterat" in re.sub(r"\s+", " ", part)


def test_a_board_is_drawn_once_for_all_who_read_it_whatever_they_may_do(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    space, subject = sent(network)
    drawn: list[str] = []

    def counted(page: Any, *rest: Any) -> dict[str, Any]:
        drawn.append(page.lens.principal.function)
        return board_page.board_context(page, *rest)

    monkeypatch.setattr(larm_views, "board_context", counted)
    monkeypatch.setattr(board_page, "DRAWN_EVERY_MS", 10**12)  # so that the clock does not part the readers
    readers = ("nacka-tib", TIB, "kansliet-strateg", "taby-aktorsadministrator")
    rights = {network.lens(each).rights for each in readers}
    path = f"/spaces/{space}/larm/{subject}/board/"
    boards = {client(network, each).get(path).content for each in readers}
    assert len(boards) == len(drawn) == 1 < len(rights)
    larm_commands.answer_larm(network.lens("nacka-tib"), space, subject, Reply("1"))
    assert b"board-line acknowledged" in client(network, TIB).get(path).content
    english = network.client(TIB, headers={"accept-language": "en"})
    assert english.get(path).content != client(network, TIB).get(path).content


def test_the_board_of_the_past_is_as_it_was(network: Network) -> None:
    space, subject = sent(network)
    before = passed_ms()
    larm_commands.answer_for(Holder(space, subject, "nacka", "nacka-tib"), Reply("1", via="sms", at=before - 1))
    then = text_of(client(network, TIB).get(f"/spaces/{space}/larm/{subject}/?knew_at={times.iso_moment(before)}"
                                            .replace("+", "%2B")))  # fmt: skip
    assert "0 av 37 har kvitterat" in then
    assert "Avsluta och spara" not in then


def test_an_unreached_member_is_shown_with_what_was_tried_and_where_to_ring(network: Network) -> None:
    at = now_ms() - 30 * MINUTE
    space = opened_at(network, at)
    draft = Draft("larm.sent", space, new_id(), {"text": "larm_forsta", "fields": {"handelse": "Snö"}})
    (receipt,) = network.write(TIB, draft, now=at)
    page = text_of(client(network, TIB).get(f"/spaces/{space}/larm/{receipt.subject}/"))
    assert "Till 90 %: försenad 10 min mål 20 min" in page
    assert re.search(r"Nacka Ej nådd försökt: TiB .*? säkerhetschef .*? stadsdirektör .*? ring: ", page)


def test_a_table_of_the_result_is_marked_on_every_line(network: Network) -> None:
    _, subject = sent(network, Alert("prov", "Prov", live=False), "standing")
    answer = client(network, TIB).get(f"/spaces/standing/larm/{subject}/table.csv")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert "PROV" in lines[0]
    assert "PROV" in answer["Content-Disposition"].upper()
    assert len(lines) == 2 + 37
    assert all(line.startswith("PROV;") for line in lines[2:])


def test_a_provlarm_is_marked_on_every_page_and_in_the_log(network: Network) -> None:
    browser = client(network, TIB)
    answer = browser.post("/larm/provlarm/", {"chosen": ["nacka", "taby"]})
    assert answer.status_code == 302
    for path in (answer["Location"], answer["Location"] + "wall/", "/larm/statistics/", "/larm/provlarm/",
                 "/spaces/standing/log/"):  # fmt: skip
        assert "PROV" in text_of(browser.get(path)), path
    assert "PROV" in client(network, "nacka-tib").get("/larm/banner/").content.decode()
    assert "PROV" in text_of(client(network, "nacka-tib").get("/"))
    subject = answer["Location"].split("/")[-2]
    assert "PROV" in text_of(Client(headers={"accept-language": "sv"}).get(link("standing", subject)))


def test_a_larm_is_sent_and_followed_through_by_its_pages(network: Network) -> None:
    space, browser = network.open_incident(), client(network, TIB)
    form = {
        "text": "kallelse",
        "words": "Snöoväder",
        "target": "chosen",
        "chosen": ["nacka"],
        "tel": "08-1",
        "kod": "1",
    }
    assert browser.post(f"/spaces/{space}/larm/new/", {**form, "chosen": []}).status_code == 422
    assert browser.get(f"/spaces/{space}/larm/new/").status_code == 200
    where = browser.post(f"/spaces/{space}/larm/new/", form)["Location"]
    entered = {"function": "nacka-tib", "code": "2", "from_at": "16.30"}
    assert browser.post(where + "entered/", entered).status_code == 302
    assert browser.post(where + "follow-up/", {"note": "Konferensen flyttad"}).status_code == 302
    page = text_of(browser.get(where))
    assert "Konferensen flyttad" in page
    assert "per telefon, infört av kollega (Länsstyrelsen)" in page
    assert "100 %" in page
    assert browser.post(where + "end/").status_code == 302
    assert "Avslutat" in text_of(browser.get(f"/spaces/{space}/activation/"))


def test_another_organisation_does_not_stop_a_larm(network: Network) -> None:
    space, subject = sent(network)
    for act, given in (("end", {}), ("cancel", {"reason": "x"}), ("follow-up", {"note": "x"})):
        client(network, "nacka-tib").post(f"/spaces/{space}/larm/{subject}/{act}/", given)
    thing = larm(network, space, subject)
    assert (thing.status, thing.data.follow_ups) == ("sent", ())


def test_the_statistics_say_how_fast_each_member_answers(network: Network) -> None:
    space, subject = sent(network, Alert("signal", "Snöoväder", "chosen", ("nacka", "taby")))
    larm_commands.answer_larm(network.lens("nacka-tib"), space, subject, Reply("1"))
    browser = client(network, TIB)
    page = text_of(browser.get("/larm/statistics/"))
    assert re.search(r"Nacka 1 1 \d+ 0 –", page)
    assert re.search(r"Täby 1 0 – 0 –", page)
    lines = b"".join(browser.get("/larm/statistics.csv")).decode("utf-8-sig").splitlines()
    assert len(lines) == 3


def test_the_statistics_say_how_much_each_was_asked_in_the_year_and_in_an_event(network: Network) -> None:
    space, _subject = sent(network, Alert("signal", "Snöoväder", "chosen", ("nacka",)))
    other = network.open_incident("Ras")
    ask(network, other, "nacka", "taby", questions=["el", "vag"])
    browser = client(network, TIB)
    year = text_of(browser.get("/larm/statistics/"))
    assert re.search(r"Nacka 1 0 – 2 –", year) and re.search(r"Täby 0 0 – 2 –", year)
    event = text_of(browser.get(f"/larm/statistics/?space={space}"))
    assert "Snöoväder" in event and re.search(r"Nacka 1 0 – 0 –", event) and "Täby" not in event
    assert re.search(r"Täby 0 0 – 2 –", text_of(browser.get(f"/larm/statistics/?space={other}")))
    lines = b"".join(browser.get("/larm/statistics/members.csv")).decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines[2:]] == ["Nacka", "Täby"] and lines[2].split(";")[4] == "2"
    assert browser.get("/larm/statistics/?space=nothing").status_code == 404


def test_a_narrower_circle_is_in_nobody_elses_statistics(network: Network) -> None:
    space = network.open_incident()
    hidden = network.open_sub_space(space, "taby/*", "nacka-tib")
    stranger = client(network, "solna-tib")
    assert stranger.get(f"/larm/statistics/?space={hidden}").status_code == 404
    assert stranger.get(f"/larm/statistics/members.csv?space={hidden}").status_code == 404


def test_that_a_larm_was_followed_up_stands_in_lists_statistics_and_table(network: Network) -> None:
    space, subject = sent(network)
    browser = client(network, TIB)
    assert "uppföljt" not in text_of(browser.get(f"/spaces/{space}/activation/"))
    for note in ("Vi är igång.", "Ny tid 10.00."):
        larm_commands.follow_up(network.lens(TIB), space, subject, note)
    assert "uppföljt 2 gånger" in text_of(browser.get(f"/spaces/{space}/activation/"))
    assert "2 gånger" in text_of(browser.get("/larm/statistics/"))
    lines = b"".join(browser.get("/larm/statistics.csv")).decode("utf-8-sig").splitlines()
    assert lines[-1].split(";")[-1].strip('"') == "2"


# By itself ----------------------------------------------------------------------------------------------------------

ITEM = {"weekday": 2, "week_of_month": 1, "time": "10:00", "on": True, "live": False, "organisation": "kansliet"}


def _schedule(network: Network, **item: Any) -> None:
    items = [{"code": "manad", "order": 1, "name": "Prov", "name_en": "Test", **ITEM, **item}]
    payload = {"code": "provlarm_schedule", "name": "Prov", "name_en": "Test", "items": items, "reason": "prov"}
    draft = Draft("vocabulary.published", "directory", "provlarm_schedule", payload)
    network.write("kansliet-systemforvaltare", draft)


def test_a_schedule_is_read_by_the_local_calendar_across_both_changes_of_the_clock() -> None:
    every_sunday = {**ITEM, "weekday": 7, "week_of_month": 0}
    for at, next_at in (
        ("2026-03-28T12:00", "2026-03-29T10:00"), ("2026-10-24T12:00", "2026-10-25T10:00"),
        ("2026-10-25T09:59", "2026-10-25T10:00"), ("2026-10-25T10:00", "2026-11-01T10:00"),
    ):  # fmt: skip
        assert schedule.next_time(every_sunday, times.parse(at)) == times.parse(next_at)
    assert schedule.next_time(ITEM, times.parse("2026-11-10T12:00")) == times.parse("2026-12-01T10:00")
    assert schedule.last_time(ITEM, times.parse("2026-12-01T10:00")) == times.parse("2026-12-01T10:00")
    assert schedule.last_time(ITEM, times.parse("2026-12-01T09:59")) == times.parse("2026-11-03T10:00")


def test_the_scheduled_provlarm_goes_once_and_not_when_it_is_too_late(network: Network) -> None:
    now = now_ms()
    here = times.local(now)
    _schedule(network, weekday=here.isoweekday(), week_of_month=0, time=f"{here:%H:%M}")
    for _ in range(3):
        schedule.send_what_is_scheduled(now)
    (thing,) = network.lens(TIB).state("standing").group("larms")
    assert (thing.organisation, thing.data.mark, thing.data.live) == ("kansliet", "PROV", False)
    at = thing.data.scheduled_at
    draft = Draft("larm.sent", "standing", new_id(), {"text": "prov", "scheduled_at": at})
    with pytest.raises(Refused, match="sent_already"):
        network.write("kansliet-strateg", draft)
    _schedule(network, weekday=here.isoweekday(), week_of_month=0, time=f"{times.local(now - 40 * MINUTE):%H:%M}")
    schedule.send_what_is_scheduled(now)
    assert network.lens(TIB).state("standing").size("larms") == 1


def test_the_joint_office_is_told_that_no_provlarm_goes_by_itself_until_it_has_decided(network: Network) -> None:
    office, hint = client(network, "kansliet-systemforvaltare"), "Inget provlarm går av sig självt"
    assert hint in text_of(office.get("/"))
    assert hint not in text_of(client(network, TIB).get("/"))
    _schedule(network, on=True)
    assert hint not in text_of(office.get("/"))
    _schedule(network, on=False)
    assert hint in text_of(office.get("/"))
    confirmed = Draft("vocabulary.confirmed", "directory", "provlarm_schedule", {"items": []})
    network.write("kansliet-systemforvaltare", confirmed)
    assert hint not in text_of(office.get("/"))


def test_what_is_over_is_ended_with_its_result_once(network: Network) -> None:
    at = now_ms() - 300 * MINUTE
    space = opened_at(network, at)
    (receipt,) = network.write(TIB, Draft("larm.sent", space, new_id(), {"text": "larm_forsta"}), now=at)
    for _ in range(2):
        schedule.end_what_is_over(now_ms())
    thing = larm(network, space, receipt.subject)
    assert thing.status == "ended"
    assert len(network.lens(TIB).history(space, receipt.subject)) == 2


def test_an_edited_text_that_does_not_fit_is_refused_in_the_list(network: Network) -> None:
    from gemensam.organisations.domain.reading import vocabulary

    version = vocabulary(network.lens(TIB).directory, "alert_texts")
    items = [{**each, "sms": each["sms"] + " och mer"} if each["code"] == "larm_konferens" else each
             for each in version.items]  # fmt: skip
    payload = {"code": "alert_texts", "name": "Larmtexter", "name_en": "Alert texts", "items": items, "reason": "prov"}
    with pytest.raises(Refused, match="alert_text_long"):
        network.write("kansliet-systemforvaltare", Draft("vocabulary.published", "directory", "alert_texts", payload))
    fields = vocabulary(network.lens(TIB).directory, "alert_fields")
    longer = [{**each, "length": 40} if each["code"] == "handelse" else each for each in fields.items]
    payload = {"code": "alert_fields", "name": "Fält", "name_en": "Fields", "items": longer, "reason": "prov"}
    with pytest.raises(Refused, match="alert_text_long"):
        network.write("kansliet-systemforvaltare", Draft("vocabulary.published", "directory", "alert_fields", payload))


@pytest.mark.parametrize(
    ("text", "urgent", "waits"),
    [("signal", False, True), ("signal", True, False), ("larm_forsta", False, False), ("kallelse", False, True)],
)
def test_only_an_alert_wakes_in_a_quiet_night(network: Network, text: str, urgent: bool, waits: bool) -> None:
    night = times.parse("2026-12-01T02:00")
    space = opened_at(network, night)
    draft = Draft("larm.sent", space, new_id(), {"text": text, "urgent": urgent, "fields": {"handelse": "Snö"}})
    (receipt,) = network.write(TIB, draft, now=night)
    begins_at = larm(network, space, receipt.subject).data.begins_at
    assert begins_at == (times.parse("2026-12-01T06:00") if waits else night)
    assert bool(list(sending.outgoing(night + MINUTE))) == (not waits)
    assert bool(list(sending.outgoing(times.parse("2026-12-01T06:01")))) or not waits


# With the rosters ---------------------------------------------------------------------------------------------------


def test_a_list_that_somebody_answered_by_a_live_larm_has_been_tested(network: Network) -> None:
    for live, is_tested in ((False, False), (True, True)):
        _, subject = sent(network, Alert("prov", "Prov", "chosen", ("nacka", "taby"), live=live), "standing")
        larm_commands.answer_larm(network.lens("nacka-tib"), "standing", subject, Reply("1"))
        schedule.note_what_was_tested(now_ms())
        lens = network.lens(TIB)
        lists = {each: call_list(lens.directory, lens.state("rosters"), each) for each in ("nacka", "taby")}
        assert (bool(lists["nacka"].tested_at), bool(lists["taby"].tested_at)) == (is_tested, False)


def test_who_covers_for_a_member_answers_for_it_in_the_program(network: Network) -> None:
    span = {"from_at": now_ms() - MINUTE, "until_at": now_ms() + 60 * MINUTE}
    asked = rosters.ask_cover(network.lens("nacka-aktorsadministrator"), {"by": "taby", **span})
    rosters.answer_cover(network.lens("taby-aktorsadministrator"), asked.subject, "", accepts=True)
    space, subject = sent(network, Alert("signal", "Snöoväder", "chosen", ("nacka",)))
    (member,) = larm(network, space, subject).data.members
    assert (member.functions[0], "nacka-tib" in member.functions) == ("taby-tib", True)
    browser = client(network, "taby-tib")
    assert "Snöoväder" in browser.get("/larm/banner/").content.decode()
    browser.post(f"/spaces/{space}/larm/{subject}/answer/", {"code": "1"})
    (answer,) = larm(network, space, subject).data.answers
    assert (answer.organisation, answer.function, answer.via) == ("nacka", "taby-tib", "app")
    assert "1 av 1 har kvitterat" in text_of(browser.get(f"/spaces/{space}/larm/{subject}/"))
