"""The gate by which one learns which bodies have somebody who answers questionnaires: bodies, never people."""

from django.db import migrations

from entraide.kernel.access.migrate import Definer

ANSWERING = (
    "app.answering_bodies()",
    """app.answering_bodies() returns table (body uuid, function text)
language sql stable security definer set search_path = pg_catalog, public as $$
select distinct p.body_id, p.function from public.accounts_post p join public.accounts_account a on a.id = p.account_id
where p.function in ('focal_point', 'respondent') and a.is_active
  and p.since <= current_date and (p.until is null or p.until > current_date) $$""",
)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_policies"), ("accounts", "0004_alter_post_function")]
    operations = [Definer(*ANSWERING)]
