"""A token is seen by its holder, and by the data protection post of the body; a gate takes it up."""

from django.db import migrations

from entraide.kernel.access.migrate import Definer
from entraide.kernel.api import sql


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial"), ("access", "0001_initial"), ("accounts", "0002_policies")]
    operations = [migrations.RunSQL(sql.POLICIES), Definer(*sql.TOKEN_OF)]
