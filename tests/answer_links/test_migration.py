"""The rows of the two tables that there were stand in the one that there is, and go back."""

from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gemensam.answer_links.models import AnswerLink

BEFORE = [("picture", "0001_answer_links"), ("consultation", "0001_links")]
NOTHING_YET: dict[str, Any] = {"opened_at": None, "answered_at": None, "revoked_at": None}


def migrated(targets: list[tuple[str, str | None]]) -> Any:
    """Bring the database to those migrations, and return the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state([(app, name) for app, name in targets if name is not None]).apps


def before() -> Any:
    return migrated([*BEFORE, ("answer_links", None)])


def now() -> None:
    migrated(list(MigrationExecutor(connection).loader.graph.leaf_nodes()))


def row(secret: str, **more: Any) -> dict[str, Any]:
    return {
        "sha256": secret * 64, "space": "s", "organisation": "nacka", "label": "Jour", "made_at": 1, "made_by": "7",
        "made_as": "tib", "made_for": "lansstyrelsen", "margin_ms": 2, **NOTHING_YET, **more,
    }  # fmt: skip


REQUESTS = [row("a", request="r1", report="rep", opened_at=3, answered_at=4), row("b", request="r2", report="")]
REMISSES = [row("c", remiss="m1", revoked_at=5), row("d", remiss="m2", answered_at=6)]


def test_the_links_of_both_tables_are_carried_over_and_a_new_one_gets_a_number_of_its_own(database: Path) -> None:
    apps = before()
    requests, remisses = apps.get_model("picture", "AnswerLink"), apps.get_model("consultation", "RemissLink")
    requests.objects.create(**row("0", request="gone", report="")).delete()
    numbers = [requests.objects.create(**each).pk for each in REQUESTS]
    for each in REMISSES:
        remisses.objects.create(**each)
    now()
    told = {each.sha256[0]: each for each in AnswerLink.objects.all()}
    assert [(key, each.about, each.subject, each.answer) for key, each in sorted(told.items())] == [
        ("a", "request", "r1", "rep"), ("b", "request", "r2", ""), ("c", "remiss", "m1", ""), ("d", "remiss", "m2", ""),
    ]  # fmt: skip
    assert [told[key].pk for key in "ab"] == numbers
    times = [(told[key].opened_at, told[key].answered_at, told[key].revoked_at) for key in "abcd"]
    assert times == [(3, 4, None), (None, None, None), (None, None, 5), (None, 6, None)]
    kept = {"space", "organisation", "label", "made_at", "made_by", "made_as", "made_for", "margin_ms"}
    assert {name: getattr(told["d"], name) for name in kept} == {name: row("d")[name] for name in kept}
    new = AnswerLink.objects.create(about="remiss", subject="m3", **row("e"))
    assert new.pk > max(each.pk for each in told.values())
    assert not {"picture_answer_link", "consultation_link"} & set(connection.introspection.table_names())


def test_they_go_back_with_what_has_happened_since(database: Path) -> None:
    AnswerLink.objects.create(about="request", subject="r1", answer="rep", **row("a"))
    AnswerLink.objects.create(about="remiss", subject="m1", **row("b", opened_at=9))
    apps = before()
    requests, remisses = apps.get_model("picture", "AnswerLink"), apps.get_model("consultation", "RemissLink")
    assert list(requests.objects.values_list("sha256", "request", "report")) == [("a" * 64, "r1", "rep")]
    assert list(remisses.objects.values_list("sha256", "remiss", "opened_at")) == [("b" * 64, "m1", 9)]
    assert remisses.objects.create(**row("c", remiss="m2")).pk
    now()
    assert AnswerLink.objects.count() == 3


def test_no_table_with_nothing_in_it_is_any_trouble(database: Path) -> None:
    before()
    now()
    assert AnswerLink.objects.create(about="request", subject="r", **row("a")).pk
