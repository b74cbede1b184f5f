"""Row policies of tokens, and the gate by which a token is taken up before anybody acts."""

POLICIES = """
alter table api_token enable row level security;
alter table api_token force row level security;
create policy reads on api_token for select
    using (account = (select app.account()) or (body = (select app.body()) and (select app.function()) = 'data_protection'));
create policy adds on api_token for insert
    with check (account = (select app.account()) and post_id = (select app.post()) and body = (select app.body()));
create policy changes on api_token for update
    using (account = (select app.account())) with check (account = (select app.account()));
"""

TOKEN_OF = (
    "app.token_of(bytea)",
    """app.token_of(given bytea) returns table (token uuid, account uuid, post uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  update public.api_token t set last_used_on = current_date
    where t.digest = given and t.revoked_at is null and t.until > current_date and t.last_used_on is distinct from current_date;
  return query select t.id, t.account, t.post_id from public.api_token t
    where t.digest = given and t.revoked_at is null and t.until > current_date;
end $$""",
)
