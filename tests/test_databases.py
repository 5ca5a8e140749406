"""The fixtures that other tests stand on."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from tests.databases import Databases
from tests.postgres import MEMORY


def add(model: str) -> None:
    ContentType.objects.create(app_label="test", model=model)


def seen() -> list[str]:
    return sorted(ContentType.objects.filter(app_label="test").values_list("model", flat=True))


def test_a_test_may_open_the_outermost_transaction(database: Path) -> None:
    with transaction.atomic(durable=True):
        add("one")
    assert seen() == ["one"]


def test_nothing_of_another_test_is_there(databases: Databases) -> None:
    with databases.copy():
        add("one")
    with databases.copy():
        assert seen() == []


def test_threads_use_the_same_database(database: Path) -> None:
    def work() -> None:
        add("from a thread")
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen() == ["from a thread"]


def test_the_data_folder_is_the_tests_own(databases: Databases) -> None:
    with databases.copy() as first, databases.copy() as second:
        assert first != second
        assert second == settings.GEMENSAM_DATA
        assert (second / "secret.key").exists()


def test_a_filled_database_is_filled_once_and_copied(database_with: Callable[..., Path]) -> None:
    filled: list[str] = []

    def fill() -> None:
        filled.append("once")
        add("one")

    database_with("filled by the test of the fixtures", fill)
    add("two")
    database_with("filled by the test of the fixtures", fill)
    assert seen() == ["one"]
    assert filled == ["once"]


@pytest.mark.durable
def test_a_durable_database_is_on_a_disk_and_waits_for_it(database: Path) -> None:
    assert not database.is_relative_to(MEMORY)
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync" if connection.vendor == "postgresql" else "PRAGMA synchronous")
        assert cursor.fetchone() in (("on",), (2,))
