"""When a reply first came: after its last day it is taken all the same, and marked as late."""

from django.db import migrations, models

FIRST = """
update questionnaires_reply r set first_sent_on = (
  select min(e.sent_at)::date from questionnaires_reply e where e.addressee_id = r.addressee_id and e.edition <= r.edition)
where r.sent_at is not null
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0006_agent_counts")]
    operations = [
        migrations.AddField(
            model_name="reply",
            name="first_sent_on",
            field=models.DateField(help_text="of the first edition: a correction makes no reply late", null=True),
        ),
        migrations.RunSQL("alter table questionnaires_reply no force row level security"),
        migrations.RunSQL(FIRST),
        migrations.RunSQL("set constraints all immediate"),
        migrations.RunSQL("alter table questionnaires_reply force row level security"),
    ]
