from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_extracts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Held",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("space", models.TextField()),
                ("position", models.BigIntegerField()),
                ("salt", models.CharField(max_length=64)),
                ("body", models.TextField()),
            ],
            options={
                "db_table": "ledger_quarantine",
                "constraints": [
                    models.UniqueConstraint(fields=("space", "position"), name="ledger_quarantine_position")
                ],
            },
        ),
    ]
