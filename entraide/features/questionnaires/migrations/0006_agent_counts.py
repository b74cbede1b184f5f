"""The circulating body's agent sees who was asked and who answered, to count them; never an answer."""

from django.db import migrations

from entraide.features.questionnaires.policies import counted


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0005_told_by_the_clock")]
    operations = [migrations.RunSQL(counted())]
