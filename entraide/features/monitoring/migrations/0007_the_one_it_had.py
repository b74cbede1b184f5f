"""The questionnaire a round had comes along, with whom it asked and until when; foreign keys are checked while their rows can be seen."""

from django.db import migrations

SEEN = (
    "monitoring_round", "monitoring_roundquestionnaire", "questionnaires_circulation", "questionnaires_addressee",
    "questionnaires_questionnaire",
)  # fmt: skip
KEPT = """
insert into monitoring_roundquestionnaire (id, created_at, holder, audience, round_id, circulation_id, questionnaire_id, titles, capacities, cluster, due)
select gen_random_uuid(), r.created_at, r.holder, r.audience, r.id, c.id, c.questionnaire_id, c.titles,
       coalesce((select array_agg(distinct a.capacity) from questionnaires_addressee a where a.circulation_id = c.id), array['state']), '', c.due
from monitoring_round r join questionnaires_circulation c on c.id = r.circulation_id
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_languages"), ("questionnaires", "0006_agent_counts")]

    operations = [
        *(migrations.RunSQL(f"alter table {table} no force row level security") for table in SEEN),
        migrations.RunSQL(KEPT),
        migrations.RunSQL("set constraints all immediate"),
        *(migrations.RunSQL(f"alter table {table} force row level security") for table in SEEN),
        migrations.RemoveField(model_name="round", name="circulation"),
    ]
