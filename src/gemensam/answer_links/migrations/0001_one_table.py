"""One table for the answer links of requests and of remisses, with what stands in the table of each.

Links of requests keep their numbers, and those of remisses are numbered after them: what the local log says of an
earlier link of a remiss names it by its earlier number, together with the space and the remiss.
"""

from collections.abc import Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import migrations, models

KEPT = (
    "sha256", "space", "organisation", "label", "made_at", "made_by", "made_as", "made_for", "margin_ms", "opened_at",
    "answered_at", "revoked_at",
)  # fmt: skip


def gather(apps: Any, editor: Any) -> None:
    """Carry the rows of both tables over."""
    one, requests, remisses = _models(apps)
    found = requests.objects.order_by("pk")
    _fill(editor, one, (one(pk=row.pk, about="request", subject=row.request, answer=row.report, **_kept(row))
                        for row in found))  # fmt: skip
    found = remisses.objects.order_by("pk")
    _fill(editor, one, (one(about="remiss", subject=row.remiss, **_kept(row)) for row in found))


def part(apps: Any, editor: Any) -> None:
    """Carry the rows back, with their numbers."""
    one, requests, remisses = _models(apps)
    found = one.objects.filter(about="request")
    _fill(editor, requests, (requests(pk=row.pk, request=row.subject, report=row.answer, **_kept(row))
                             for row in found))  # fmt: skip
    found = one.objects.filter(about="remiss")
    _fill(editor, remisses, (remisses(pk=row.pk, remiss=row.subject, **_kept(row)) for row in found))


def _models(apps: Any) -> tuple[Any, Any, Any]:
    named = (("answer_links", "AnswerLink"), ("picture", "AnswerLink"), ("consultation", "RemissLink"))
    one, requests, remisses = (apps.get_model(*each) for each in named)
    return one, requests, remisses


def _kept(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}


def _fill(editor: Any, model: Any, rows: Iterable[Any]) -> None:
    """Write the rows; then let PostgreSQL count on from the last number, which it has not given itself."""
    model.objects.bulk_create(rows, batch_size=500)
    for statement in editor.connection.ops.sequence_reset_sql(no_style(), [model]):
        editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("picture", "0001_answer_links"), ("consultation", "0001_links")]

    operations = [
        migrations.CreateModel(
            name="AnswerLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("about", models.CharField(max_length=20)),
                ("space", models.CharField(max_length=100)),
                ("subject", models.CharField(max_length=100)),
                ("organisation", models.CharField(max_length=100)),
                ("label", models.CharField(max_length=80)),
                ("made_at", models.BigIntegerField()),
                ("made_by", models.CharField(max_length=40)),
                ("made_as", models.CharField(max_length=100)),
                ("made_for", models.CharField(max_length=100)),
                ("margin_ms", models.BigIntegerField()),
                ("opened_at", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.BigIntegerField(blank=True, null=True)),
                ("revoked_at", models.BigIntegerField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "db_table": "answer_link",
                "indexes": [models.Index(fields=["space", "subject"], name="answer_link_of")],
            },
        ),
        migrations.RunPython(gather, part),
    ]
