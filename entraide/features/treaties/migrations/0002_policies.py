"""Row policies of treaties."""

from django.db import migrations

from entraide.features.treaties.policies import ACTS, FACTS, RECORDED, statements


class Migration(migrations.Migration):
    dependencies = [("treaties", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(statements(table)) for table in (*FACTS, ACTS, *RECORDED)]
