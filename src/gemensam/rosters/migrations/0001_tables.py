from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("function", models.CharField(max_length=100)),
                ("made_at", models.BigIntegerField()),
                ("made_by", models.CharField(max_length=40)),
                ("made_as", models.CharField(max_length=100)),
                ("made_for", models.CharField(max_length=100)),
                ("revoked_at", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "db_table": "rosters_calendar_link",
                "indexes": [models.Index(fields=["made_for", "function"], name="rosters_calendar_link_of")],
            },
        ),
    ]
