"""Comments on minutes until a time, the leader's answers in the next version, and each member's diarienummer."""

import re
from typing import Any

import pytest

from gemensam.coordination import commands, comment_commands
from gemensam.coordination.domain.comments import standing_comments
from gemensam.coordination.domain.minutes import MinutesData, minutes_subject
from gemensam.coordination.domain.registrations import is_date
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from tests.coordination.actions import HOUR, LEADER, agree, opened, phoned_in, thing_of
from tests.coordination.test_pages import client, place, text_of
from tests.documents.reading import squeezed, whole
from tests.network import Network

REGISTRAR = "lansstyrelsen-registrator"


def published(network: Network, until_at: int | None = -1) -> str:
    """A conference with minutes that may be commented on for an hour (-1), until a time, or not (None)."""
    conference, lens = opened(network), network.lens(LEADER)
    commands.close_conference(lens, "standing", conference)
    content = {"summary": "Kort", "comments_until_at": now_ms() + HOUR if until_at == -1 else until_at}
    commands.publish_minutes(lens, "standing", conference, content)
    return conference


def comment(network: Network, conference: str, function: str = "nacka-tib", text: str = "Vi deltog.") -> str:
    return comment_commands.comment_minutes(network.lens(function), "standing", conference, text).digest


def minutes_of(network: Network, conference: str) -> MinutesData:
    data = thing_of(network, "standing", minutes_subject(conference)).data
    assert isinstance(data, MinutesData)
    return data


def test_a_comment_stands_until_it_is_changed_or_taken_back(network: Network) -> None:
    conference = published(network)
    comment(network, conference)
    last = comment(network, conference, text="Vi deltog från 10.05.")
    comment(network, conference, "taby-tib", "Inget att tillägga")
    comment_commands.withdraw_comment(network.lens("taby-tib"), "standing", conference)
    assert [each.digest for each in standing_comments(minutes_of(network, conference).comments)] == [last]


@pytest.mark.parametrize("until_at", [None, 1])
def test_comments_are_taken_only_until_their_time(network: Network, until_at: int | None) -> None:
    conference = published(network, until_at)
    with pytest.raises(Refused, match="comments_closed"):
        comment(network, conference)
    assert "Lämna synpunkt" not in text_of(client(network, "nacka-tib").get(place("standing", conference, "minutes/")))


def test_who_may_not_speak_may_not_comment(network: Network) -> None:
    conference = published(network)
    with pytest.raises(Refused, match="not_permitted"):
        comment(network, conference, "nacka-lasare")
    with pytest.raises(Refused, match="words_missing"):
        comment(network, conference, text=" ")


def test_the_leader_answers_in_the_next_version(network: Network) -> None:
    conference, lens = published(network), network.lens(LEADER)
    digest = comment(network, conference)
    content = {"reason": "Synpunkter", "replies": [{"comment": digest, "reply": "Rättat."}]}
    receipt = commands.publish_minutes(lens, "standing", conference, content)
    payload = network.lens(LEADER).payloads("standing", [receipt.digest])[receipt.digest]
    assert payload is not None
    assert payload["replies"] == [
        {"comment": digest, "reply": "Rättat.", "organisation": "nacka", "name": "Nacka kommun", "text": "Vi deltog."}
    ]
    assert minutes_of(network, conference).comments_until_at == 0
    comments = text_of(client(network, "nacka-tib").get(place("standing", conference, "minutes/")))
    assert "Svar: Rättat." in comments
    printed = squeezed(whole(client(network, LEADER).get(place("standing", conference, "minutes/2.pdf")).content))
    assert "Synpunkterpåförraversionen" in printed
    assert "Rättat." in printed


def test_an_answer_to_a_comment_that_was_changed_meanwhile_is_refused(network: Network) -> None:
    conference = published(network)
    digest = comment(network, conference)
    comment(network, conference, text="Annat")
    content = {"reason": "Synpunkter", "replies": [{"comment": digest, "reply": "Rättat."}]}
    with pytest.raises(Refused, match="comment_moved"):
        commands.publish_minutes(network.lens(LEADER), "standing", conference, content)


def test_a_comment_from_the_page_to_the_leaders_form(network: Network) -> None:
    conference = published(network)
    url = place("standing", conference, "minutes/")
    nacka, leader = client(network, "nacka-tib"), client(network, LEADER)
    assert nacka.post(f"{url}comment/", {"text": ""}).status_code == 422
    assert nacka.post(f"{url}comment/", {"text": "Ring 19121212-1212"}).status_code == 422
    assert nacka.post(f"{url}comment/", {"text": "Vi deltog."})["Location"] == f"{url}#comments"
    assert "Ändra vår synpunkt" in text_of(nacka.get(url))
    page = leader.get(url).content.decode()
    field = re.search(r'name="(reply_[0-9a-f]+)"', page)
    assert field is not None
    kept = {field[1]: "Vi tittar", "reason": "x", "seen": "", "comments_until_at": "i morgon 10.00"}
    assert leader.post(f"{url}draft/", kept).status_code == 204
    again = leader.get(url).content.decode()
    assert "Vi tittar" in again
    assert "i morgon 10.00" in again
    given = {field[1]: "Rättat.", "reason": "Synpunkt från Nacka", "summary": "Kort", "comments_until_at": ""}
    assert leader.post(url, given).status_code == 302
    assert "Svar: Rättat." in text_of(nacka.get(url))
    assert "Rättat." in text_of(nacka.get(f"{url}2/"))
    nacka.post(f"{url}comment/", {"withdraw": "1"})
    assert 'id="comments"' not in nacka.get(url).content.decode()
    assert "Vi deltog." in text_of(nacka.get(f"{url}2/"))


# Diarienummer ---------------------------------------------------------------------------------------------------


def registered(network: Network, subject: str, function: str = REGISTRAR, **given: Any) -> None:
    content = {"number": "452-1234-2026", "status": "drawn_up", "on": "2026-11-29", **given}
    comment_commands.register(network.lens(function), "standing", subject, content)


def test_each_member_has_its_own_number(network: Network) -> None:
    subject = minutes_subject(published(network))
    registered(network, subject)
    registered(network, subject, "nacka-tib", number="KS 2026/55", status="received")
    registered(network, subject, number="452-1235-2026")
    page = text_of(client(network, "taby-tib").get(f"/spaces/standing/registrations/{subject}/"))
    assert "452-1235-2026 Upprättad 2026-11-29" in page
    assert "KS 2026/55 Inkommen 2026-11-29" in page
    assert "452-1234" not in page
    minutes = text_of(client(network, "taby-tib").get(f"/spaces/standing/conferences/{subject[:-8]}/minutes/"))
    assert "Nacka KS 2026/55 inkommen 2026-11-29" in minutes


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"number": " "}, "registration_number"), ({"status": "x"}, "registration_number"),
        ({"on": "29/11"}, "registration_date"), ({"on": "2026-02-30"}, "registration_date"),
        ({"number": "x" * 61}, "text_too_long"),
    ],
)  # fmt: skip
def test_what_is_no_registration_is_refused(network: Network, given: dict[str, str], code: str) -> None:
    subject = minutes_subject(published(network))
    with pytest.raises(Refused, match=code):
        registered(network, subject, **given)


def test_only_records_of_the_space_are_registered_and_only_in_ones_own_name(network: Network) -> None:
    conference = published(network)
    with pytest.raises(Refused, match="not_registrable"):
        registered(network, conference)
    with pytest.raises(Refused, match="not_permitted"):
        registered(network, minutes_subject(conference), "nacka-lasare")
    assert client(network, "nacka-tib").get(f"/spaces/standing/registrations/{conference}/").status_code == 404


def test_the_registrar_registers_corrects_and_takes_back_on_a_page(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka")
    registrar, url = client(network, REGISTRAR), f"/spaces/standing/registrations/{agreement}/"
    form = registrar.get(url).content.decode()
    assert '<option value="drawn_up" selected>' in form
    assert '<option value="received" selected>' in client(network, "nacka-tib").get(url).content.decode()
    wrong = registrar.post(url, {"number": "1", "status": "drawn_up", "on": "i går"})
    assert "Skriv datumet som 2026-11-29." in text_of(wrong, status=422)
    assert registrar.post(url, {"number": "452-9", "status": "drawn_up", "on": "2026-11-29"}).status_code == 302
    assert "452-9" in text_of(client(network, "nacka-tib").get(f"/spaces/standing/agreements/{agreement}/"))
    assert "452-9" in text_of(client(network, LEADER).get("/spaces/standing/log/"))
    registrar.post(f"{url}withdraw/", {"reason": ""})
    assert "452-9" in text_of(registrar.get(url))
    registrar.post(f"{url}withdraw/", {"reason": "Dubbelt"})
    assert "Ingen har diariefört detta än." in text_of(registrar.get(url))
    assert "Our registration" not in text_of(client(network, "nacka-lasare").get(url))
    assert (
        "<form"
        not in client(network, "nacka-lasare").get(url).content.decode().partition("<main")[2].partition("</main>")[0]
    )


@pytest.mark.parametrize(("text", "sound"), [("2026-11-29", True), ("20261129", False), ("", False), ("x", False)])
def test_what_is_a_date(text: str, sound: bool) -> None:
    assert is_date(text) == sound


def test_a_comment_may_be_phoned_in(network: Network) -> None:
    conference = published(network)
    sent = phoned_in("vaxholm")
    comment_commands.comment_minutes(network.lens(LEADER), "standing", conference, "Rätta tiden", sent=sent)
    found = standing_comments(minutes_of(network, conference).comments)
    assert [each.organisation for each in found] == ["vaxholm"]
