"""Append-only entries, their row policy, and the chain."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from entraide.kernel.access.migrate import Definer, role
from entraide.kernel.audit import sql


def policies(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(sql.POLICIES.format(web=role("web"), steward=role("steward")))
    schema_editor.execute(sql.TEXT.format(steward=role("steward")))


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0001_initial")]
    operations = [
        migrations.RunPython(policies),
        Definer(*sql.QUEUE),
        migrations.RunSQL(sql.TRIGGER),
        Definer(*sql.SEAL),
        Definer(*sql.VERIFY),
        Definer(*sql.TAIL),
    ]
