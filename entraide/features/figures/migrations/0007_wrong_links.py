"""An estimate may be asked what wrong links would make of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("figures", "0006_tried_files_sealed")]
    operations = [
        migrations.AddField(
            "estimate",
            "missed_links",
            models.FloatField(default=0, help_text="share of true links that the matching is taken to have missed"),
        ),
        migrations.AddField(
            "estimate", "false_links", models.FloatField(default=0, help_text="share of the links made that is taken to be false")
        ),
        migrations.AddField("estimate", "links", models.JSONField(default=list, help_text="what wrong links would make of the answer")),
    ]
