"""Sessions with their account in a column of its own; who is signed in stays so."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BEFORE = "django_session"
_INSERT = "INSERT INTO accounts_session (session_key, session_data, expire_date, account_id) VALUES (%s, %s, %s, %s)"


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take over the sessions of accounts that there are, and drop the table of before, where there is one."""
    from gemensam.accounts.sessions import SessionStore

    connection = schema_editor.connection
    if BEFORE not in connection.introspection.table_names():
        return
    accounts = set(apps.get_model("auth", "User").objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data, expire_date FROM django_session")
        for key, data, ends in cursor.fetchall():
            account = int(SessionStore().decode(data).get(SESSION_KEY, 0))
            if account in accounts:
                # As it stands: the model would take an instant as SQLite has it for local time.
                cursor.execute(_INSERT, [key, data, ends, account])
        cursor.execute("DROP TABLE django_session")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("session_data", models.TextField()),
                ("expire_date", models.DateTimeField(db_index=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "accounts_session"},
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
