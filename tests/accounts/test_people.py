"""Our people: who may act in which function, and what an administrator may do about it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gemensam.accounts import commands
from gemensam.accounts.models import ApiToken, Appointment, Reopening
from gemensam.accounts.principals import principal_from_token
from gemensam.accounts.provision import create_token, create_user
from gemensam.accounts.queries import has_second_factor, now_ms
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from tests.accounts.actions import logged, signed_in, text
from tests.accounts.names import PASSWORD
from tests.network import Network

People = Callable[..., User]
DAY_MS = 86_400_000


@pytest.fixture
def administrator(user: People) -> Client:
    return signed_in(user("nacka-aktorsadministrator"))


def test_an_administrator_sees_the_own_organisation_only(administrator: Client, user: People) -> None:
    user("nacka-tib")
    user("vaxholm-beredskapssamordnare")
    page = text(administrator.get("/people/"))
    assert "nacka-tib" in page
    assert "vaxholm-beredskapssamordnare" not in page
    assert administrator.get("/people/?organisation=vaxholm").status_code == 403


def test_the_joint_office_sees_each_organisation(user: People) -> None:
    user("vaxholm-beredskapssamordnare")
    page = signed_in(user("kansliet-strateg")).get("/people/?organisation=vaxholm")
    assert "vaxholm-beredskapssamordnare" in text(page)


def test_others_see_nobody(user: People) -> None:
    assert signed_in(user("nacka-tib")).get("/people/").status_code == 403
    assert Client().get("/people/").headers["Location"].startswith("/accounts/login/")


def test_an_account_of_two_organisations_shows_each_its_own_part(administrator: Client, user: People) -> None:
    user("nacka-tib", "vaxholm-kommunchef")
    page = text(administrator.get("/people/"))
    assert "nacka-tib" in page
    assert "kommunchef" not in page


def test_last_sign_in_second_factor_and_disuse_are_shown(administrator: Client, user: People) -> None:
    quiet = user("nacka-tib", second_factor=False)
    long_ago = quiet.date_joined.replace(year=quiet.date_joined.year - 1)
    User.objects.filter(pk=quiet.pk).update(date_joined=long_ago, last_login=long_ago)
    page = text(administrator.get("/people/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "Not used for 90 days" in page
    assert "<strong>No</strong>" in page
    assert str(long_ago.year) in page


def test_an_ended_appointment_ends_the_work_at_once(administrator: Client, user: People) -> None:
    client = signed_in(user("nacka-tib"))
    assert client.get("/").status_code == 200
    appointment = Appointment.objects.get(function="nacka-tib")
    administrator.post(f"/people/appointments/{appointment.pk}/end/")
    assert client.get("/").headers["Location"].startswith("/function/")
    assert 'name="function"' not in text(client.get("/function/"))
    record = logged("permission_changed")[-1]
    assert (record.organisation, record.function) == ("nacka", "nacka-aktorsadministrator")
    assert '"change":"ended"' in record.detail


def test_nobody_ends_the_function_acted_in(administrator: Client) -> None:
    own = Appointment.objects.get(function="nacka-aktorsadministrator")
    assert administrator.post(f"/people/appointments/{own.pk}/end/").status_code == 409
    assert administrator.get("/people/").status_code == 200


def test_appointments_of_other_organisations_are_not_there(administrator: Client, user: People) -> None:
    user("vaxholm-beredskapssamordnare")
    other = Appointment.objects.get(organisation="vaxholm")
    absent = administrator.post("/people/appointments/999999/end/")
    hidden = administrator.post(f"/people/appointments/{other.pk}/end/")
    assert hidden.status_code == absent.status_code == 404
    assert Appointment.objects.get(pk=other.pk).until is None


def test_an_account_is_given_one_more_function(administrator: Client, user: People) -> None:
    user("nacka-tib")
    answer = administrator.post(
        "/people/appoint/", {"username": "nacka-tib", "function": "nacka-lasare", "last_day": "2199-12-31"}
    )
    assert answer.status_code == 302
    given = Appointment.objects.get(user__username="nacka-tib", function="nacka-lasare")
    assert given.until is not None
    assert given.given_by == str(User.objects.get(username="nacka-aktorsadministrator").pk)
    assert "nacka-lasare" in logged("permission_changed")[-1].detail


@pytest.mark.parametrize(
    ("username", "function", "last_day"),
    [
        ("vaxholm-beredskapssamordnare", "nacka-lasare", ""),  # of another organisation
        ("nobody", "nacka-lasare", ""),
        ("nacka-tib", "nacka-tib", ""),  # has it
        ("nacka-tib", "vaxholm-lasare", ""),  # not ours to give
        ("nacka-tib", "nacka-lasare", "2001-01-01"),
    ],
)
def test_what_cannot_be_given_is_told(
    administrator: Client, user: People, username: str, function: str, last_day: str
) -> None:
    user("nacka-tib")
    user("vaxholm-beredskapssamordnare")
    before = Appointment.objects.count()
    fields = {"username": username, "function": function, "last_day": last_day}
    answer = administrator.post("/people/appoint/", fields)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert Appointment.objects.count() == before


def test_an_appointment_that_runs_out_ends_by_itself(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    Appointment.objects.update(until=now_ms() - 1)
    assert client.get("/").status_code == 302


def test_an_administrator_revokes_tokens_of_the_own_organisation(administrator: Client, user: People) -> None:
    user("nacka-tib")
    user("vaxholm-beredskapssamordnare")
    ours = create_token("nacka-tib", label="ours")
    theirs = create_token("vaxholm-beredskapssamordnare", label="theirs")
    assert administrator.post(f"/tokens/{ApiToken.objects.get(label='ours').pk}/revoke/").status_code == 302
    assert administrator.post(f"/tokens/{ApiToken.objects.get(label='theirs').pk}/revoke/").status_code == 404
    assert principal_from_token(ours) is None
    assert principal_from_token(theirs) is not None
    assert len(logged("token_revoked")) == 1


def test_one_revokes_the_own_token(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    raw = create_token("nacka-tib", label="vaktdatorn")
    assert "vaktdatorn" in text(client.get("/account/"))
    client.post(f"/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert principal_from_token(raw) is None
    assert "vaktdatorn" not in text(client.get("/account/"))


def test_a_lost_second_factor_is_removed_by_the_own_administrator_only(administrator: Client, user: People) -> None:
    lost = user("nacka-tib")
    shared = user("nacka-lasare", "vaxholm-lasare")
    assert administrator.post(f"/people/{lost.pk}/second-factor/").status_code == 302
    assert administrator.post(f"/people/{shared.pk}/second-factor/").status_code == 404
    assert administrator.post("/people/ö/second-factor/").status_code == 404
    assert (has_second_factor(lost), has_second_factor(shared)) == (False, True)
    assert [record.organisation for record in logged("second_factor_removed")] == ["nacka"]


def test_an_account_shut_out_is_let_in_again(administrator: Client, user: People) -> None:
    quiet = user("nacka-tib")
    long_ago = quiet.date_joined.replace(year=quiet.date_joined.year - 2)
    User.objects.filter(pk=quiet.pk).update(date_joined=long_ago, last_login=long_ago)
    assert "/allow/" in text(administrator.get("/people/"))
    administrator.post(f"/people/{quiet.pk}/allow/")
    assert Reopening.objects.filter(user=quiet).count() == 1
    assert "/allow/" not in text(administrator.get("/people/"))
    assert len(logged("account_allowed")) == 1


def test_the_list_has_pages(network: Network, administrator: Client) -> None:
    for number in range(55):
        create_user(f"laesare.{number:02}", PASSWORD, ["nacka-lasare"], encoded_password="!")
    first, second = (text(administrator.get(f"/people/?page={page}")) for page in (1, 2))
    assert "laesare.00" in first
    assert "laesare.54" not in first
    assert "laesare.54" in second
    assert text(administrator.get("/people/?page=nonsense")).count("<h1>") == 1


def test_a_failed_change_leaves_no_record(network: Network, user: People) -> None:
    administrator = user("nacka-aktorsadministrator")
    principal = Principal(str(administrator.pk), "nacka", "nacka-aktorsadministrator", frozenset({"administer_own"}))
    before = len(logged("permission_changed"))
    with pytest.raises(Refused, match="already_appointed"):
        commands.appoint(
            principal,
            username="nacka-aktorsadministrator",
            function="nacka-aktorsadministrator",
            until=None,
            now=now_ms(),
        )
    assert len(logged("permission_changed")) == before


def test_names_of_people_have_no_place(network: Network) -> None:
    stored = {field.name for model in (Appointment, ApiToken, Reopening) for field in model._meta.get_fields()}
    assert not {name for name in stored if "personnummer" in name or "first_name" in name or "phone" in name}
    made = create_user("nacka.tib", PASSWORD, ["nacka-tib"])
    assert (made.first_name, made.last_name, made.email) == ("", "", "")
