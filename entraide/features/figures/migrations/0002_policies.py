"""Row policies of tables and cells; a filed cell stays as it is."""

from django.db import migrations

from entraide.features.figures.policies import STAYS, own


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("access", "0001_initial")]
    operations = [*(migrations.RunSQL(own(table)) for table in ("figures_table", "figures_cell")), migrations.RunSQL(STAYS)]
