"""The chain in SQL: canonical text, sealing, verification; applied by the first migration."""

RIGHTS = """
revoke all on audit_auditseal, audit_unsealed from {web};
revoke update, delete, truncate on audit_auditentry from {web};
grant insert on audit_unsealed to {web};
"""

POLICIES = """
alter table audit_auditentry enable row level security;
alter table audit_auditentry force row level security;
create policy adds on audit_auditentry for insert with check (true);
create policy sees on audit_auditentry for select
    using (holder = (select app.body()) and (select app.function()) = 'data_protection');
create table audit_unsealed (entry uuid primary key);
create function app.audit_is_append_only() returns trigger language plpgsql as $$
begin raise exception 'the audit record is append-only'; end $$;
create trigger append_only before update or delete or truncate on audit_auditentry
    for each statement execute function app.audit_is_append_only();
create trigger append_only before update or delete or truncate on audit_auditseal
    for each statement execute function app.audit_is_append_only();
"""

# Not a definer: a restore makes triggers before it gives rights on functions that others own.
QUEUE = """create function app.audit_queue() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin insert into public.audit_unsealed values (new.id); return null; end $$;
create trigger queue after insert on audit_auditentry for each row execute function app.audit_queue();"""

TEXT = """create function app.audit_text(e audit_auditentry) returns text language sql stable set timezone = 'UTC' as $$
select jsonb_build_array(e.id, to_char(e.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.account, e.post, e.body, e.holder,
    e.side, e.action, e.outcome, e.object_kind, e.object_id, e."case", e.detail)::text $$"""

SEAL = (
    "app.seal_audit(integer)",
    """app.seal_audit(at_most integer) returns integer language plpgsql security definer set search_path = pg_catalog, public as $$
declare e public.audit_auditentry; place bigint; chain bytea; done integer := 0;
begin
    if not pg_try_advisory_xact_lock(7260001) then return 0; end if;
    select position, digest into place, chain from public.audit_auditseal order by position desc limit 1;
    place := coalesce(place, 0); chain := coalesce(chain, '');
    delete from public.audit_unsealed u where exists (select from public.audit_auditseal t where t.entry = u.entry);
    for e in select a.* from public.audit_auditentry a join public.audit_unsealed u on u.entry = a.id order by a.id limit at_most loop
        place := place + 1; done := done + 1;
        chain := sha256(chain || convert_to(app.audit_text(e), 'UTF8'));
        insert into public.audit_auditseal (position, entry, digest, sealed_at) values (place, e.id, chain, clock_timestamp());
        delete from public.audit_unsealed where entry = e.id;
    end loop;
    return done;
end $$""",
)

VERIFY = (
    "app.verify_audit()",
    """app.verify_audit() returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare s public.audit_auditseal; e public.audit_auditentry; chain bytea := ''; expected bigint := 0;
begin
    for s in select * from public.audit_auditseal order by position loop
        expected := expected + 1;
        select * into e from public.audit_auditentry a where a.id = s.entry;
        if e.id is null or s.position <> expected then return expected; end if;
        chain := sha256(chain || convert_to(app.audit_text(e), 'UTF8'));
        if chain <> s.digest then return expected; end if;
    end loop;
    if exists (select from public.audit_unsealed u where not exists (select from public.audit_auditentry a where a.id = u.entry))
        or exists (select from public.audit_auditentry a where not exists (select from public.audit_auditseal t where t.entry = a.id)
        and not exists (select from public.audit_unsealed u where u.entry = a.id))
    then return expected + 1; end if;
    return null;
end $$""",
)

TAIL = (
    "app.audit_tail()",
    """app.audit_tail(out sealed bigint, out unsealed bigint, out head text) language sql stable security definer
set search_path = pg_catalog, public as $$
select coalesce((select max(position) from public.audit_auditseal), 0), (select count(*) from public.audit_unsealed),
    coalesce((select encode(digest, 'hex') from public.audit_auditseal order by position desc limit 1), '') $$""",
)
