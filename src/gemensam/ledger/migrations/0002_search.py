"""The full-text table, which Django's models cannot describe."""

from typing import Any

from django.db import migrations

from gemensam.ledger.search_tables import CREATE


def create(apps: Any, schema_editor: Any) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE ledger_search")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
