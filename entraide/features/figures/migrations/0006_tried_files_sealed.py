"""Tried files lie sealed, and the body's agent throws them away after their time."""

from django.db import migrations, models

from entraide.features.figures.policies import FORGETS


class Migration(migrations.Migration):
    dependencies = [("figures", "0005_known_counted_again")]
    operations = [
        migrations.AddField("table", "key", models.UUIDField(null=True, help_text="of the sealed file")),
        migrations.AlterField("table", "file", models.BinaryField(default=bytes, help_text="the file while it is only tried, sealed")),
        migrations.RunSQL(FORGETS),
    ]
