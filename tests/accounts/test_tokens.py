"""API tokens, and the principal of a request or a raw connection."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from gemensam.accounts.models import ApiToken, Appointment
from gemensam.accounts.principals import principal_for, principal_for_scope, principal_from_token, token_digest
from gemensam.accounts.provision import create_token, create_user
from gemensam.accounts.queries import now_ms
from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from tests.accounts.actions import logged, signed_in
from tests.network import Network

People = Callable[..., User]
HOUR = 3_600_000


@pytest.fixture
def token(user: People) -> str:
    user("nacka-tib")
    return create_token("nacka-tib", label="reporting program")


def _scope(**headers: str) -> dict[str, Any]:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "headers": pairs, "client": ("192.0.2.7", 1)}


def test_a_token_acts_in_its_function(token: str) -> None:
    principal = principal_from_token(token)
    assert principal is not None
    assert (principal.organisation, principal.function) == ("nacka", "nacka-tib")
    assert "report" in principal.permissions


def test_only_the_digest_of_a_token_is_kept(token: str) -> None:
    kept = ApiToken.objects.get()
    assert kept.sha256 == token_digest(token)
    assert token not in str(ApiToken.objects.values())
    assert logged("token_created")[0].subject == str(kept.pk)


@pytest.mark.parametrize("wrong", ["", "gmn_", "nonsense", "gmn_" + "A" * 43, "ö\ud800"])
def test_what_is_no_token_is_nobody(token: str, wrong: str) -> None:
    assert principal_from_token(wrong) is None
    assert principal_from_token(token + wrong + "x") is None


def test_a_token_ends_when_it_is_revoked_or_expires(token: str) -> None:
    at = now_ms()
    ApiToken.objects.update(expires_at=at + HOUR)
    assert principal_from_token(token, at) is not None
    assert principal_from_token(token, at + HOUR) is None
    ApiToken.objects.update(expires_at=None, revoked_at=at)
    assert principal_from_token(token, at) is None


def test_a_token_ends_with_the_appointment(token: str) -> None:
    Appointment.objects.update(until=now_ms())
    assert principal_from_token(token) is None


def test_a_token_ends_when_the_function_is_retired(network: Network, token: str) -> None:
    draft = Draft("function.retired", DIRECTORY, "nacka-tib", {"reason": "omorganisation"})
    network.write("nacka-aktorsadministrator", draft)
    assert principal_from_token(token) is None


def test_a_token_ends_when_the_account_is_shut(token: str) -> None:
    User.objects.update(is_active=False)
    assert principal_from_token(token) is None


def test_a_token_needs_no_second_factor(network: Network) -> None:
    create_user("program", "en ganska lång mening", ["nacka-tib"])
    raw = create_token("program", label="x")
    answer = Client().get("/spaces/", HTTP_AUTHORIZATION=f"Bearer {raw}")
    assert answer.status_code == 200


def test_a_wrong_token_is_not_saved_by_a_good_session(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    answer = client.get("/spaces/", HTTP_AUTHORIZATION="Bearer gmn_wrong")
    assert answer.status_code in (302, 401, 403)
    assert answer.wsgi_request.principal is None  # type: ignore[attr-defined]


def test_a_token_costs_one_query_and_notes_its_use_once_a_minute(token: str) -> None:
    request = RequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert principal_for(request) is not None
    used_at = ApiToken.objects.get().last_used_at
    assert used_at is not None
    with CaptureQueriesContext(connection) as queries:
        assert principal_for(request) is not None
    assert len([query for query in queries if "accounts_" in query["sql"]]) == 1
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]


def test_a_session_costs_one_query(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    with CaptureQueriesContext(connection) as queries:
        client.get("/static/none")
    tables = ("auth_user", "accounts_")
    assert len([query for query in queries if any(table in query["sql"] for table in tables)]) <= 1


def test_a_raw_connection_is_known_by_its_cookie_or_its_token(user: People, token: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    value = signed_in(User.objects.get()).cookies[name].value
    assert principal_for_scope(_scope(cookie=f"a=b; {name}={value}", host="localhost")) is not None
    assert principal_for_scope(_scope(authorization=f"Bearer {token}")) is not None
    assert principal_for_scope(_scope(cookie=f"{name}=forged")) is None
    assert principal_for_scope(_scope()) is None


def test_a_token_is_for_a_function_that_the_account_has(user: People) -> None:
    user("nacka-tib", "nacka-lasare")
    with pytest.raises(Refused, match="not_appointed"):
        create_token("nacka-tib", "lansstyrelsen-tib", label="x")
    with pytest.raises(Refused, match="function_not_chosen"):
        create_token("nacka-tib", label="x")
    with pytest.raises(Refused, match="unknown_account"):
        create_token("nobody", label="x")


def test_an_account_is_made_only_with_a_good_name_password_and_functions(network: Network) -> None:
    for username, password, function, code in (
        ("19121212-1212", "en ganska lång mening", "nacka-tib", "username_is_personnummer"),
        ("ab", "en ganska lång mening", "nacka-tib", "username_wrong"),
        ("nacka tib", "en ganska lång mening", "nacka-tib", "username_wrong"),
        ("nacka.tib", "kort", "nacka-tib", "password_weak"),
        ("nacka.tib", "en ganska lång mening", "nacka-kung", "unknown_function"),
    ):
        with pytest.raises(Refused, match=code):
            create_user(username, password, [function])
    assert not User.objects.exists()


def test_two_accounts_never_share_a_name(user: People) -> None:
    user("nacka-tib")
    with pytest.raises(Refused, match="username_taken"):
        create_user("Nacka-TiB", "en ganska lång mening", ["nacka-lasare"])
