"""Row policies of monitoring."""

from django.db import migrations

from entraide.features.monitoring.policies import statements


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(statement) for statement in statements()]
