"""An entry that is queued twice stops no sealer; one that is removed before it was sealed is missed."""

from django.db import migrations

from entraide.kernel.access.migrate import Definer
from entraide.kernel.audit import sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [Definer(*sql.SEAL), Definer(*sql.VERIFY)]
