"""A coordinator registers bodies; which ones, and where, is a rule."""

from django.db import migrations

from entraide.kernel.bodies.policies import WRITERS


class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_policies")]
    operations = [
        migrations.RunSQL(
            [f"create policy adds on {table} for insert with check ({WRITERS})" for table in ("bodies_body", "bodies_body_parents")]
        )
    ]
