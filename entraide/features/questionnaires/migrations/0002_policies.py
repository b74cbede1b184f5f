"""Row policies of questionnaires and replies."""

from django.db import migrations

from entraide.features.questionnaires.policies import SHELVED, UNDER_REPLY, circulated, shelved, under_reply


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial"), ("access", "0001_initial")]
    operations = [
        *(migrations.RunSQL(shelved(table)) for table in SHELVED),
        migrations.RunSQL(circulated()),
        *(migrations.RunSQL(under_reply(table)) for table in UNDER_REPLY),
    ]
