"""Sessions: the column of their account only finds rows, and what is signed decides; what was there is carried over."""

import importlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gemensam.accounts.models import Session
from gemensam.accounts.sessions import forget_ended
from tests.accounts.actions import signed_in
from tests.network import Network

pytestmark = pytest.mark.database

People = Callable[..., User]


def test_a_session_names_its_account(user: People) -> None:
    account = user("nacka-tib")
    signed_in(account)
    assert list(Session.objects.values_list("account", flat=True)) == [account.pk]


def test_a_page_that_is_known_asks_once_who_it_is_for_and_what_has_moved(network: Network, user: People) -> None:
    path = f"/spaces/{network.open_incident()}/log/"
    client = signed_in(user("nacka-tib"))
    tag = client.get(path)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert len(queries) == 1


def test_a_row_that_names_another_account_gives_nobody_a_function(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    assert client.get("/").status_code == 200
    Session.objects.update(account=user("taby-tib"))
    assert client.get("/").status_code == 403


def test_a_session_that_somebody_has_written_himself_lets_nobody_in(user: People) -> None:
    client = signed_in(user("nacka-tib"))
    text = Session.objects.get().session_data
    Session.objects.update(session_data=text[:-4] + "AAAA")
    assert client.get("/").status_code == 302


def test_an_account_that_is_removed_takes_its_sessions_along(user: People) -> None:
    account = user("nacka-tib")
    client = signed_in(account)
    account.delete()
    assert not Session.objects.exists()
    assert client.get("/").status_code == 302


def test_who_was_signed_in_before_the_column_came_is_still(user: People) -> None:
    account, gone = user("nacka-tib"), user("taby-tib")
    client, other = signed_in(account), signed_in(gone)
    ends = Session.objects.get(account=account).expire_date
    _as_before()
    gone.delete()
    with connection.schema_editor() as editor:
        importlib.import_module("gemensam.accounts.migrations.0002_session").carry_over(apps, editor)
    assert list(Session.objects.values_list("account", "expire_date")) == [(account.pk, ends)]
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert "django_session" not in connection.introspection.table_names()


def test_a_session_that_has_ended_is_removed_and_one_that_has_not_stays(user: People) -> None:
    account = user("nacka-tib")
    client, _other = signed_in(account), signed_in(account)
    Session.objects.exclude(session_key=client.session.session_key).update(expire_date=timezone.now())
    forget_ended(0)
    assert [row.session_key for row in Session.objects.all()] == [client.session.session_key]
    forget_ended(0)
    assert client.get("/").status_code == 200


def test_a_stranger_has_a_session_of_nobody(database: object) -> None:
    client = Client()
    session = client.session
    session["seen"] = "words"
    session.save()
    assert Session.objects.get().account is None
    assert SESSION_KEY not in client.session


def _as_before() -> None:
    """Put the sessions into the table that Django's own application has for them."""
    ends = "timestamptz" if connection.vendor == "postgresql" else "datetime"
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data, expire_date FROM accounts_session")
        rows = cursor.fetchall()
        Session.objects.all().delete()
        cursor.execute(
            f"CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text, expire_date {ends})"
        )
        for row in rows:
            cursor.execute("INSERT INTO django_session VALUES (%s, %s, %s)", row)
