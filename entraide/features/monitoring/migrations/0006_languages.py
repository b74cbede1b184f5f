"""A report is written in several languages, and says where one has not followed."""

import django.contrib.postgres.fields
from django.db import migrations, models

import entraide.features.monitoring.models.mechanisms


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0005_programme"),
    ]

    operations = [
        migrations.AddField(
            model_name="mechanism",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3),
                default=entraide.features.monitoring.models.mechanisms.both,
                help_text="ISO 639 codes: in which its reports are written",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="paragraph",
            name="behind",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3),
                default=list,
                help_text="languages in which the text has not followed a change",
                size=None,
            ),
        ),
    ]
