"""A body that has posts or was ever vetted keeps its side."""

from django.db import migrations

from entraide.kernel.accounts import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_account_zone"), ("bodies", "0004_side_follows_kind")]
    operations = [migrations.RunSQL(sql.SIDE_KEPT)]
