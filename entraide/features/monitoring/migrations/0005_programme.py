"""The State under visit has a copy of its programme."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import entraide.kernel.base.clock
import entraide.kernel.base.ids
from entraide.features.monitoring.policies import statements


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0004_questionnaires_of_a_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="party",
            field=models.CharField(
                choices=[
                    ("authority", "An authority of the State"),
                    ("ngo", "An NGO or another organisation"),
                    ("shelter", "A shelter or a service for victims"),
                    ("other", "Somebody else"),
                ],
                default="other",
                help_text="decides whether the State is told of it",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="place",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.UUIDField(default=entraide.kernel.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=entraide.kernel.base.clock.now, editable=False)),
                ("holder", models.UUIDField(editable=False)),
                ("audience", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ("open", models.BooleanField(default=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("places", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField()),
                (
                    "evaluation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="monitoring.evaluation"),
                ),
                ("visit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="monitoring.visit")),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(default=entraide.kernel.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=entraide.kernel.base.clock.now, editable=False)),
                ("holder", models.UUIDField(editable=False)),
                ("audience", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ("open", models.BooleanField(default=True)),
                ("on", models.DateField()),
                ("with_whom", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("about", models.CharField(blank=True, max_length=300)),
                (
                    "programme",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="appointments", to="monitoring.programme"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(fields=("visit", "number"), name="programme_version_once"),
        ),
        *(migrations.RunSQL(statement) for statement in statements(roots=["programme"], parts={"appointment": "programme"})),
    ]
