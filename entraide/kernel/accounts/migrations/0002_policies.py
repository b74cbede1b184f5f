"""Posts are seen by their holder and by colleagues; an administrator gives and ends them."""

from django.db import migrations

from entraide.kernel.access.migrate import Definer
from entraide.kernel.accounts import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("access", "0001_initial")]
    operations = [
        migrations.RunSQL(sql.POLICIES),
        Definer(*sql.POSTS_OF),
        Definer(*sql.REACHABLE),
        Definer(*sql.RECIPIENTS_OF_NOTICE),
    ]
