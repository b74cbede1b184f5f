"""What is published stays in the database too: its version as a whole, and the address of each provision."""

from django.db import migrations

from entraide.features.texts.policies import SETTLED


class Migration(migrations.Migration):
    dependencies = [
        ("texts", "0003_summaries"),
    ]

    operations = [
        migrations.RunSQL(
            SETTLED,
            """
            drop trigger stays on texts_provision;
            drop trigger stays on texts_version;
            drop function app.version_stays();
            """,
        ),
    ]
