"""When a link does not hold: nobody is to learn why (R85)."""

import pytest
from django.test import Client

from gemensam.accounts.models import Appointment
from gemensam.answer_links.models import AnswerLink
from gemensam.picture import commands
from gemensam.web import times
from tests.answer_links.acting import MARGIN, dead, later, make
from tests.network import Network
from tests.picture.test_reporting_pages import ASKER, HOUR, page, position, post


def test_wrong_expired_and_revoked_links_look_the_same(
    network: Network, space: str, request_id: str, asker: Client, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoked, old = make(asker, space, request_id), make(asker, space, request_id, **{"link-margin": "0"})
    wrong = dead(stranger, "/answer/no-such-link/")
    number = AnswerLink.objects.earliest("pk").pk
    post(asker, f"/spaces/{space}/requests/{request_id}/links/{number}/revoke/", {})
    assert dead(stranger, revoked) == wrong
    assert page(stranger, old)
    later(monkeypatch, HOUR + 1_000)
    assert dead(stranger, old) == dead(stranger, "/answer/no-such-link/") != ""
    assert position(network, space) == 2  # the space and the request: nobody has written an answer


def test_a_link_outlives_the_deadline_by_its_margin_and_follows_a_deadline_that_is_moved(
    network: Network, space: str, request_id: str, link: str, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, HOUR + MARGIN - 60_000)
    assert "overdue" in page(stranger, link)
    lens = network.lens(ASKER)
    content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": ["nacka"]}
    commands.change_request(lens, space, request_id, content)
    later(monkeypatch, MARGIN)
    assert page(stranger, link)


@pytest.mark.parametrize("change", ["withdrawn", "closed", "not asked", "maker left", "maker gone"])
def test_a_link_holds_no_longer_than_what_it_stands_on(
    network: Network, space: str, request_id: str, link: str, stranger: Client, change: str
) -> None:
    lens = network.lens(ASKER)
    if change == "withdrawn":
        commands.withdraw_request(lens, space, request_id, "Behövs inte.")
    elif change == "closed":
        from gemensam.core.writing import Draft

        network.write(ASKER, Draft("space.closed", space, space, {"reason": "Slut."}))
    elif change == "not asked":
        content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": ["vaxholm"]}
        commands.change_request(lens, space, request_id, content)
    elif change == "maker left":
        Appointment.objects.filter(function=ASKER).update(until=times.now() - 1)
    else:
        from django.contrib.auth.models import User

        User.objects.update(is_active=False)
    assert dead(stranger, link) == page(stranger, "/answer/no-such-link/", 404)


def test_somebody_who_tries_links_has_to_wait(link: str, stranger: Client) -> None:
    answers = [stranger.get(f"/answer/try-{number}/").status_code for number in range(32)]
    assert answers[:30] == [404] * 30 and answers[-1] == 429
    assert stranger.get(link).status_code == 200  # one that holds is not refused for the tries of others
