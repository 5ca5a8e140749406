from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("body", models.BinaryField()),
                ("uploaded_at", models.BigIntegerField()),
                ("uploaded_by", models.CharField(max_length=100)),
                ("status", models.CharField(max_length=12)),
                ("claimed_until", models.BigIntegerField(default=0)),
                ("attempts", models.IntegerField(default=0)),
                ("read_at", models.BigIntegerField(default=0)),
                ("rows", models.TextField(default="")),
                ("answer", models.TextField(default="")),
                ("code", models.CharField(default="", max_length=60)),
                ("facts", models.TextField(default="{}")),
                ("kept_in", models.TextField(default="")),
                ("digest", models.CharField(default="", max_length=64)),
                ("decision", models.TextField(default="")),
            ],
            options={
                "db_table": "governance_incoming_file",
                "indexes": [
                    models.Index(fields=["status", "uploaded_at"], name="governance_incoming_next"),
                    models.Index(fields=["organisation", "uploaded_at"], name="governance_incoming_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "sha256"), name="governance_incoming_once"),
                ],
            },
        ),
    ]
