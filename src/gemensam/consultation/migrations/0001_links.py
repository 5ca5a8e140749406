from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RemissLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("space", models.CharField(max_length=100)),
                ("remiss", models.CharField(max_length=100)),
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
            ],
            options={
                "db_table": "consultation_link",
                "indexes": [models.Index(fields=["space", "remiss"], name="consultation_link_of")],
            },
        ),
    ]
