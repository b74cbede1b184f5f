"""Append-only entries, their row policy, and the chain."""

from django.db import migrations

from entraide.kernel.access.migrate import Definer
from entraide.kernel.audit import sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0001_initial")]
    operations = [
        migrations.RunSQL(sql.POLICIES),
        migrations.RunSQL(sql.TEXT),
        migrations.RunSQL(sql.QUEUE),
        Definer(*sql.SEAL),
        Definer(*sql.VERIFY),
        Definer(*sql.TAIL),
    ]
