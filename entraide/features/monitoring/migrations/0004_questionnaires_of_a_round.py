"""A round asks several questionnaires; 0007 brings along the one it had."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import entraide.kernel.base.clock
import entraide.kernel.base.ids
from entraide.features.monitoring.policies import deletable, statements


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_questions_and_annex"), ("questionnaires", "0006_agent_counts")]

    operations = [
        migrations.CreateModel(
            name="RoundQuestionnaire",
            fields=[
                (
                    "id",
                    models.UUIDField(default=entraide.kernel.base.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=entraide.kernel.base.clock.now, editable=False)),
                ("holder", models.UUIDField(editable=False)),
                ("audience", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ("titles", models.JSONField(help_text="of the circulation")),
                (
                    "capacities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=[("state", "State"), ("ngo", "Non-governmental organisation")], max_length=8),
                        help_text="as what bodies are asked",
                        size=None,
                    ),
                ),
                ("cluster", models.CharField(blank=True, help_text="of the mechanism; empty: about the whole round", max_length=20)),
                ("due", models.DateField(help_text="the last day to answer")),
                (
                    "circulation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.circulation"),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.questionnaire"),
                ),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="questionnaires", to="monitoring.round"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["round", "circulation"], name="asked_once_in_a_round"),
                    models.CheckConstraint(condition=models.Q(("capacities", []), _negated=True), name="a_round_asks_somebody"),
                ]
            },
        ),
        *(migrations.RunSQL(statement) for statement in statements(["roundquestionnaire"])),
        migrations.RunSQL(deletable("roundquestionnaire")),
    ]
