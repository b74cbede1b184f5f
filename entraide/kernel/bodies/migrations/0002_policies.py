"""Whoever signed in reads bodies; only a coordinator writes vettings and seats."""

from django.db import migrations

from entraide.kernel.bodies.policies import statements

TABLES = {"bodies_body": False, "bodies_body_parents": False, "bodies_seat": True, "bodies_vetting": True}


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(statements(table, writable=writable)) for table, writable in TABLES.items()]
