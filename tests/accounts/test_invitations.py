"""Invitations: one link, one account, one organisation."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from gemensam.accounts.models import Appointment, Invitation
from gemensam.accounts.queries import now_ms
from tests.accounts.actions import logged, signed_in, text
from tests.accounts.names import PASSWORD

People = Callable[..., User]
NEW = {"username": "Ny.Tib", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def administrator(user: People) -> Client:
    return signed_in(user("nacka-aktorsadministrator"))


def _invite(client: Client, function: str = "nacka-tib", **more: str) -> Any:
    return client.post("/people/invite/", {"email": "tib@nacka.example", "function": function, **more})


def _link(answer: Any) -> str:
    found = re.search(r"/invitation/[\w-]+/", text(answer))
    assert found is not None
    return found[0]


def test_an_invited_person_makes_an_account_in_the_function(administrator: Client) -> None:
    link = _link(_invite(administrator))
    assert Client().get(link).status_code == 200
    made = Client().post(link, NEW)
    assert made.headers["Location"] == "/accounts/login/"
    appointment = Appointment.objects.get(user__username="ny.tib")
    assert (appointment.function, appointment.organisation) == ("nacka-tib", "nacka")
    assert [record.function for record in logged("permission_changed")][-1] == "nacka-aktorsadministrator"
    assert '"change":"appointed"' in logged("permission_changed")[-1].detail


def test_the_letter_holds_the_link_and_the_address_is_forgotten_afterwards(administrator: Client) -> None:
    link = _link(_invite(administrator))
    assert mail.outbox[0].to == ["tib@nacka.example"]
    assert link in mail.outbox[0].body
    assert Invitation.objects.get().email == "tib@nacka.example"
    Client().post(link, NEW)
    assert Invitation.objects.get().email == ""


def test_the_link_is_kept_nowhere(administrator: Client) -> None:
    answer = _invite(administrator)
    secret = _link(answer).split("/")[2]
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in str(list(Invitation.objects.values()))
    assert secret not in str([record.detail for record in logged("invitation_sent")])


def test_looking_does_not_use_the_link_up(administrator: Client) -> None:
    link = _link(_invite(administrator))
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code in (200, 405)
    assert Client().post(link, NEW).status_code == 302


def test_a_link_works_once(administrator: Client) -> None:
    link = _link(_invite(administrator))
    Client().post(link, NEW)
    again = Client().post(link, {**NEW, "username": "annan"})
    assert again.status_code == 410
    assert "invitation_used" in text(again)
    assert not User.objects.filter(username="annan").exists()


def test_an_old_link_is_refused(administrator: Client) -> None:
    link = _link(_invite(administrator))
    Invitation.objects.update(expires_at=now_ms())
    assert Client().get(link).status_code == 410
    assert Client().post(link, NEW).status_code == 410
    assert not User.objects.filter(username="ny.tib").exists()


def test_a_tampered_link_is_refused(administrator: Client) -> None:
    link = _link(_invite(administrator))
    for wrong in (link[:-2] + "/", "/invitation/x/", link.replace("/invitation/", "/invitation/A")):
        assert Client().post(wrong, NEW).status_code == 404
    assert User.objects.count() == 1


def test_a_withdrawn_link_is_refused(administrator: Client) -> None:
    link = _link(_invite(administrator))
    administrator.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw/")
    answer = Client().post(link, NEW)
    assert answer.status_code == 410
    assert "invitation_withdrawn" in text(answer)


def test_a_link_dies_with_the_right_of_who_made_it(administrator: Client) -> None:
    link = _link(_invite(administrator))
    Appointment.objects.update(until=now_ms())
    assert Client().post(link, NEW).status_code == 410
    assert not User.objects.filter(username="ny.tib").exists()


def test_an_administrator_invites_to_the_own_organisation_only(administrator: Client) -> None:
    answer = _invite(administrator, "lansstyrelsen-tib")
    assert answer.status_code == 422  # not among the choices
    assert _invite(administrator, "lansstyrelsen-tib", organisation="lansstyrelsen").status_code == 403
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_others_invite_nobody(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    assert client.get("/people/invite/").status_code == 403
    assert _invite(client).status_code == 403
    assert not Invitation.objects.exists()


def test_the_joint_office_invites_to_any_organisation(user: People) -> None:
    client = signed_in(user("kansliet-strateg"))
    link = _link(_invite(client, "vaxholm-beredskapssamordnare", organisation="vaxholm"))
    Client().post(link, NEW)
    assert Appointment.objects.get(user__username="ny.tib").organisation == "vaxholm"
    assert [record.organisation for record in logged("invitation_sent")] == ["vaxholm"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"again": "något annat helt"}, "again"),
        ({"password": "kort", "again": "kort"}, "password"),
        ({"username": "8112189876"}, "username"),
        ({"username": "nacka-aktorsadministrator"}, "username"),
    ],
)
def test_a_poor_name_or_password_is_told_and_keeps_the_link(
    administrator: Client, changed: dict[str, str], told: str
) -> None:
    link = _link(_invite(administrator))
    answer = Client().post(link, {**NEW, **changed})
    assert answer.status_code == 422
    assert f"id_{told}-error" in text(answer)
    assert PASSWORD not in text(answer)
    assert Client().post(link, NEW).status_code == 302


def test_a_mail_server_that_refuses_is_told(administrator: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.GEMENSAM_MAIL = "localhost", 1, True
    answer = _invite(administrator)
    assert "notice warning" in text(answer)
    assert Client().get(_link(answer)).status_code == 200
