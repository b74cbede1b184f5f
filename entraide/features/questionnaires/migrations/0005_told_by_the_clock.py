"""The clock tells who must answer or write a week before the last day, the day before, and the day after; told once each."""

from django.db import migrations, models

from entraide.kernel.access.migrate import Definer

STAGE = "case when day > {due} then {due} + 1 when day >= {due} - 1 then {due} - 1 else {due} - 7 end"
DUE = "day between {due} - 7 and {due} + 14 and {row}.created_at < %s and coalesce({row}.told_on < %s, true)"


def _is_due(row: str, due: str) -> str:
    stage = STAGE.format(due=due)
    return DUE.format(row=row, due=due) % (stage, stage)


TELL = (
    "app.tell_of_questionnaires(date)",
    f"""app.tell_of_questionnaires(day date) returns setof uuid
language sql volatile security definer set search_path = pg_catalog, public as $$
with asked as (
  update public.questionnaires_addressee a set told_on = day
  where {_is_due("a", "a.due")} and not exists (
    select from public.questionnaires_reply r where r.addressee_id = a.id and r.state in ('sent', 'returned'))
  returning a.body_id, a.holder, day > a.due as late
), parts as (
  update public.questionnaires_assignment g set told_on = day from public.questionnaires_reply r
  where r.id = g.reply_id and r.state = 'drafting' and g.done_at is null and g.ended_at is null
    and {_is_due("g", "coalesce(g.due, r.due)")}
  returning g.body_id, g.post
)
select p.id from public.accounts_post p join asked on p.body_id = asked.body_id and p.function = 'focal_point'
union select p.id from public.accounts_post p join asked on asked.late and p.body_id = asked.holder and p.function = 'secretariat'
union select p.id from public.accounts_post p join parts on p.body_id = parts.body_id
  and (p.id = parts.post or parts.post is null and p.function in ('focal_point', 'respondent')) $$""",  # noqa: S608 - of our own words
)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_drafts_stay_at_home"), ("accounts", "0004_alter_post_function")]
    operations = [
        migrations.AddField(
            model_name="addressee",
            name="told_on",
            field=models.DateField(null=True, help_text="when the clock last told whoever must answer"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="told_on",
            field=models.DateField(null=True, help_text="when the clock last told whoever writes it"),
        ),
        Definer(*TELL),
    ]
