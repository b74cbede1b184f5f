"""A reply may be withdrawn from publication; that it was is for everybody."""

import django.db.models.deletion
from django.db import migrations, models

import entraide.kernel.base.clock
import entraide.kernel.base.ids
from entraide.features.questionnaires.policies import withdrawn


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0007_first_sent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.UUIDField(default=entraide.kernel.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=entraide.kernel.base.clock.now, editable=False)),
                ("holder", models.UUIDField(editable=False, help_text="the circulating body")),
                ("published_at", models.DateTimeField(help_text="as it had been published")),
                ("withdrawn_at", models.DateTimeField(default=entraide.kernel.base.clock.now)),
                (
                    "reply",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="questionnaires.reply",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunSQL(withdrawn()),
    ]
