"""What an answer said while it was written is read by nobody but those who wrote it."""

from django.db import migrations

from entraide.features.questionnaires.policies import at_home


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_answering_bodies")]
    operations = [migrations.RunSQL(at_home())]
