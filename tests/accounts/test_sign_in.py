"""Signing in, and the gate behind it."""

from collections.abc import Callable

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from gemensam.accounts.models import Reopening, Session
from gemensam.accounts.queries import now_ms
from tests.accounts.actions import code, logged, sign_in, signed_in, text, write_password
from tests.accounts.names import SECRET
from tests.network import Network

People = Callable[..., User]
DAY = 24 * 60 * 60


def test_password_and_code_let_in(user: People) -> None:
    user("nacka-tib")
    client = Client()
    assert write_password(client, "nacka-tib").headers["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    assert client.get("/").status_code == 200
    record = logged("login")[0]
    assert (record.organisation, record.account) == ("nacka", str(User.objects.get().pk))
    assert "totp" in record.detail


def test_a_wrong_password_does_not_let_in_and_is_logged(user: People) -> None:
    user("nacka-tib")
    client = Client()
    answer = write_password(client, "nacka-tib", "fel")
    assert answer.status_code == 200
    assert 'role="alert"' in text(answer)
    assert client.get("/").headers["Location"].startswith("/accounts/login/")
    assert [record.organisation for record in logged("login_failed")] == ["nacka"]


def test_an_unknown_name_gets_the_same_answer_and_is_not_kept(user: People) -> None:
    user("nacka-tib")
    wrong = write_password(Client(), "nacka-tib", "fel")
    unknown = write_password(Client(), "mitt-hemliga-ord", "fel")
    assert text(wrong).count("notice danger") == text(unknown).count("notice danger")
    assert logged("login_failed")[-1].account == ""
    assert "mitt-hemliga-ord" not in logged("login_failed")[-1].detail


def test_a_code_of_another_secret_does_not_let_in(user: People) -> None:
    user("nacka-tib")
    client = Client()
    write_password(client, "nacka-tib")
    answer = client.post("/accounts/2fa/authenticate/", {"code": code("KRSXG5CTMVRXEZLU")})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert len(logged("second_factor_failed")) == 1


def test_a_code_works_once(user: People) -> None:
    user("nacka-tib")
    sign_in(Client(), "nacka-tib")
    again = Client()
    assert sign_in(again, "nacka-tib").status_code == 200
    assert "_auth_user_id" not in again.session


def test_a_recovery_code_lets_in_once(user: People) -> None:
    holder = user("nacka-tib")
    spare = holder.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]  # type: ignore[attr-defined]
    for place, expected in enumerate((302, 200)):
        client = Client()
        write_password(client, "nacka-tib")
        answer = client.post("/accounts/2fa/authenticate/", {"code": spare})
        assert answer.status_code == expected, place


def test_five_wrong_passwords_lock_the_name_for_a_while(user: People) -> None:
    user("nacka-tib")
    for _ in range(5):
        write_password(Client(), "nacka-tib", "fel")
    locked = Client()
    answer = write_password(locked, "nacka-tib")
    assert answer.status_code == 200
    assert "_auth_user_id" not in locked.session
    assert len(logged("login_failed")) == 5


def test_who_has_no_second_factor_is_sent_to_set_one_up(user: People) -> None:
    user("nacka-tib", second_factor=False)
    client = Client()
    write_password(client, "nacka-tib")
    for path in ("/", "/spaces/", "/people/", "/account/", "/function/"):
        assert client.get(path).headers["Location"] == "/accounts/2fa/", path
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/api/v1/me").status_code in (401, 404)
    assert client.post("/accounts/logout/").status_code == 302


def test_setting_up_an_app_opens_the_gate(user: People) -> None:
    user("nacka-tib", second_factor=False)
    client = Client()
    write_password(client, "nacka-tib")
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    done = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert done.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert "<code>" in text(client.get("/accounts/2fa/recovery-codes/"))
    assert client.get("/").status_code == 200
    assert [record.action for record in logged("second_factor_added")] == ["second_factor_added"]


def test_changing_a_second_factor_asks_for_the_password_again(user: People) -> None:
    user("nacka-tib")
    client = Client()
    sign_in(client, "nacka-tib")
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    answer = client.get("/accounts/2fa/recovery-codes/generate/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


def test_a_session_from_before_the_second_factor_signs_in_anew(user: People) -> None:
    holder = user("nacka-tib", second_factor=False)
    thief = Client()
    write_password(thief, "nacka-tib")
    TOTP.activate(holder, SECRET)
    assert thief.get("/spaces/").headers["Location"] == "/accounts/login/?next=%2Fspaces%2F"
    assert "_auth_user_id" not in thief.session


def test_a_forgotten_password_is_renewed_by_letter_and_spares_nobody_the_second_factor(user: People) -> None:
    holder = user("nacka-tib")
    User.objects.filter(pk=holder.pk).update(email="tib@nacka.example")
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": email}).headers["Location"]
        for email in ("tib@nacka.example", "nobody@nacka.example")
    )
    assert known == unknown
    assert [letter.to for letter in mail.outbox] == [["tib@nacka.example"]]
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    client = Client()
    form = client.get(link, follow=True)
    renewed = {"password1": "en helt annan mening", "password2": "en helt annan mening"}
    assert client.post(form.redirect_chain[-1][0], renewed).status_code == 302
    assert write_password(client, "nacka-tib").status_code == 200
    answer = write_password(client, "nacka-tib", "en helt annan mening")
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert [record.organisation for record in logged("password_changed")] == ["nacka"]


def test_too_many_tries_from_one_place_are_told_to_wait(user: People, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    write_password(Client(), "nacka-tib")
    answer = write_password(Client(), "nacka-tib")
    assert answer.status_code == 429
    assert "<h1>" in text(answer)


def test_the_secret_is_not_in_the_database_as_it_is(user: People) -> None:
    holder = user("nacka-tib")
    stored = holder.authenticator_set.get(type="totp").data  # type: ignore[attr-defined]
    assert "JBSWY3DPEHPK3PXP" not in str(stored)


def test_the_gate_is_open_in_a_demonstration_on_this_machine_only(user: People, settings: Settings) -> None:
    settings.GEMENSAM_DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    client = signed_in(user("nacka-tib", second_factor=False))
    assert client.get("/", HTTP_HOST="localhost:8123").status_code == 200
    assert client.get("/", HTTP_HOST="node.example").headers["Location"] == "/accounts/2fa/"
    assert client.get("/", HTTP_HOST="localhost", REMOTE_ADDR="192.0.2.7").headers["Location"] == "/accounts/2fa/"


def test_an_account_with_two_functions_chooses_one(user: People) -> None:
    client = signed_in(user("nacka-tib", "nacka-lasare"))
    assert client.get("/spaces/").headers["Location"] == "/function/?next=%2Fspaces%2F"
    assert "TiB" in text(client.get("/function/"))
    assert client.post("/function/", {"function": "nacka-lasare", "next": "/spaces/"}).headers["Location"] == "/spaces/"
    assert client.get("/spaces/").wsgi_request.principal.function == "nacka-lasare"  # type: ignore[attr-defined]
    assert [record.function for record in logged("function_chosen")] == ["nacka-lasare"]


def test_nobody_chooses_a_function_of_others(user: People) -> None:
    client = signed_in(user("nacka-tib", "nacka-lasare"))
    assert client.post("/function/", {"function": "lansstyrelsen-tib"}).status_code == 404
    assert client.get("/").status_code == 302


def test_choosing_never_leads_to_another_site(user: People) -> None:
    client = signed_in(user("nacka-tib", "nacka-lasare"))
    answer = client.post("/function/", {"function": "nacka-tib", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_changed_password_ends_other_sessions(user: People) -> None:
    holder = user("nacka-tib")
    client = signed_in(holder)
    assert client.get("/").status_code == 200
    holder.set_password("en annan ganska lång mening")
    holder.save()
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_a_deactivated_account_is_out_at_once(user: People) -> None:
    holder = user("nacka-tib")
    client = signed_in(holder)
    User.objects.filter(pk=holder.pk).update(is_active=False)
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_an_account_unused_for_very_long_is_refused_until_let_in_again(user: People) -> None:
    holder = user("nacka-tib")
    long_ago = holder.date_joined.replace(year=holder.date_joined.year - 2)
    User.objects.filter(pk=holder.pk).update(date_joined=long_ago, last_login=long_ago)
    assert write_password(Client(), "nacka-tib").headers["Location"] == "/accounts/inactive/"
    assert [record.organisation for record in logged("login_refused")] == ["nacka"]
    Reopening.objects.create(user=holder, at=now_ms(), by="1")
    assert write_password(Client(), "nacka-tib").headers["Location"] == "/accounts/2fa/authenticate/"


def test_a_session_ends_with_its_time(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    assert client.get("/").status_code == 200
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_signing_out_is_logged_and_ends_the_session(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    client.post("/accounts/logout/")
    assert client.get("/").headers["Location"].startswith("/accounts/login/")
    assert [record.organisation for record in logged("logout")] == ["nacka"]


def test_nobody_signs_up(network: Network) -> None:
    assert Client().get("/accounts/signup/").status_code == 404


def test_pages_of_signing_in_carry_no_script_of_their_own(user: People) -> None:
    user("nacka-tib")
    client = Client()
    pages = [client.get("/accounts/login/")]
    write_password(client, "nacka-tib")
    pages.append(client.get("/accounts/2fa/authenticate/"))
    for page in pages:
        assert "style=" not in text(page)
        assert "onclick" not in text(page)
        for tag in text(page).split("<script")[1:]:
            assert "src=" in tag.split(">")[0] or "application/json" in tag.split(">")[0]
