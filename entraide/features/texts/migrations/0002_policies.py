"""Row policies of texts, and the trigger that keeps a wording as it was written."""

from django.db import migrations

from entraide.features.texts.policies import IMMUTABLE, TABLES, statements


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_initial"), ("access", "0001_initial")]
    operations = [*(migrations.RunSQL(statements(table)) for table in TABLES), migrations.RunSQL(IMMUTABLE)]
