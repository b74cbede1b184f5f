"""Row policies of referrals, and the gate by which the clock finds what is overdue."""

from django.db import migrations

from entraide.kernel.access.migrate import Definer, Protect

OVERDUE = (
    "app.overdue_referrals(timestamptz)",
    """app.overdue_referrals(moment timestamptz) returns table (holder uuid, side text, referral uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
select r.holder, r.side, r.id from public.referrals_outgoingreferral r
where r.state in ('sent', 'queried', 'offered') and r.reply_by <= moment order by r.reply_by limit 1000 $$""",
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("cases", "0002_policies")]
    operations = [
        Protect("OutgoingReferral", parent="case"),
        Protect("IncomingReferral"),
        migrations.RunSQL(
            "alter table referrals_incomingreferral add constraint referrals_incomingreferral_carries "
            "foreign key (case_id, holder, side, audience) references cases_case (id, holder, side, audience) on update cascade"
        ),
        Definer(*OVERDUE),
    ]
