"""What a State did may be recorded by its own bodies, beside the facts that come with Entraide."""

from django.db import migrations, models

from entraide.features.treaties.policies import ACTS, writing


class Migration(migrations.Migration):
    dependencies = [
        ("treaties", "0002_policies"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="act",
            name="act_once",
        ),
        migrations.AddField(
            model_name="act",
            name="ended_on",
            field=models.DateField(help_text="the first day on which the entry counts no more", null=True),
        ),
        migrations.AddField(
            model_name="act",
            name="holder",
            field=models.UUIDField(
                editable=False, help_text="the body that recorded it; empty for the facts that come with Entraide", null=True
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="recorded_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("holder__isnull", True), models.Q(("kind__in", ["reservation", "declaration", "objection"]), _negated=True)
                ),
                fields=("instrument", "state", "kind", "on"),
                name="act_once",
            ),
        ),
        migrations.RunSQL(writing(ACTS)),
    ]
