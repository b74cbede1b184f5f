from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_sessions_ended"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="zone",
            field=models.CharField(blank=True, default="", help_text="IANA name; empty: by the country of the post", max_length=64),
        ),
    ]
