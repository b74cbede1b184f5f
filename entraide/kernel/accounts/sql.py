"""Row policies of posts, and the gates by which a post is taken up and a recipient is found reachable."""

POLICIES = """
alter table accounts_post enable row level security;
alter table accounts_post force row level security;
create policy reads on accounts_post for select
    using (account_id = (select app.account()) or body_id = (select app.body()));
create policy adds on accounts_post for insert
    with check (body_id = (select app.body()) and (select app.function()) = 'administrator');
create policy changes on accounts_post for update
    using (body_id = (select app.body()) and (select app.function()) = 'administrator')
    with check (body_id = (select app.body()) and (select app.function()) = 'administrator');
"""

POSTS_OF = (
    "app.posts_of(uuid)",
    """app.posts_of(who uuid) returns table (post uuid, function text, body uuid, side text, kind text, country text, names jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
select p.id, p.function, b.id, b.side, b.kind, b.country, b.names
from public.accounts_post p join public.bodies_body b on b.id = p.body_id join public.accounts_account a on a.id = p.account_id
where p.account_id = who and a.is_active and p.since <= current_date and (p.until is null or p.until > current_date)
order by p.since, p.id $$""",
)

REACHABLE = (
    "app.reachable_bodies()",
    """app.reachable_bodies() returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
select distinct p.body_id from public.accounts_post p join public.accounts_account a on a.id = p.account_id
where p.function in ('intake', 'coordinator', 'investigator', 'embassy_officer') and a.is_active
  and p.since <= current_date and (p.until is null or p.until > current_date) $$""",
)

RECIPIENTS_OF_NOTICE = (
    "app.addresses_of(uuid[])",
    """app.addresses_of(audience uuid[]) returns table (email text, language text)
language sql stable security definer set search_path = pg_catalog, public as $$
select distinct a.email, a.language from public.accounts_post p join public.accounts_account a on a.id = p.account_id
where (p.id = any(audience) or p.circle = any(audience))
  and a.is_active and p.since <= current_date and (p.until is null or p.until > current_date) $$""",
)

# What a person agreed to, and whom colleagues let into a team, went by the side on which the body stood. Rows that it holds are tied to
# the side by their own key; whoever works there or may receive from others is seen to here.
SIDE_KEPT = """
create function app.side_is_kept() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
    if new.side <> old.side and (exists (select from accounts_post where body_id = old.id)
        or exists (select from bodies_vetting where body_id = old.id or by_body_id = old.id))
    then raise exception 'this body keeps its side' using errcode = 'check_violation', constraint = 'body_keeps_its_side'; end if;
    return new;
end $$;
create trigger side_is_kept before update of side on bodies_body for each row execute function app.side_is_kept();
"""
