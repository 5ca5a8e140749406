"""Answer links stand in the table of `answer_links`, which has taken over the rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("picture", "0001_answer_links"), ("answer_links", "0001_one_table")]

    operations = [migrations.DeleteModel(name="AnswerLink")]
