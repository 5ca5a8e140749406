from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("answer_links", "0001_one_table")]

    operations = [
        migrations.AddField(model_name="answerlink", name="in_letter", field=models.BooleanField(default=False)),
    ]
