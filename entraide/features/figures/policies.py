"""Row policies of figures: a body's readers read what its analysts write; what is published is for everybody."""

READ = "holder = (select app.body()) and (select app.function()) in ('analyst', 'coordinator', 'secretariat', 'data_protection')"
WRITE = "holder = (select app.body()) and (select app.function()) = 'analyst'"


def own(table: str) -> list[str]:
    """Policies of a table that nobody outside the body reads."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy reads on {table} for select using ({READ})",
        f"create policy adds on {table} for insert with check ({WRITE})",
        f"create policy changes on {table} for update using ({WRITE}) with check ({WRITE})",
    ]


FORGETS = [
    """create policy sees_tried on figures_table for select using (
        holder = (select app.body()) and (select app.function()) = 'agent' and state in ('tried', 'discarded'))""",
    """create policy forgets on figures_table for update using (
        holder = (select app.body()) and (select app.function()) = 'agent' and state = 'tried')
        with check (holder = (select app.body()) and (select app.function()) = 'agent' and state = 'discarded' and length(file) = 0)""",
]
"""The body's agent throws away what was tried and never filed, and does nothing else with it."""

STAYS = """
create function app.counted_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a filed cell is never changed' using errcode = 'restrict_violation';
end $$;
create trigger stays before update or delete on figures_cell for each row execute function app.counted_stays();
"""

PUBLISHED = {
    "figures_release": {"sees": f"public or ({READ})", "adds": WRITE, "changes": READ},
    "figures_figure": {"sees": f"public or ({READ})", "adds": WRITE, "changes": READ},
}


def published(table: str) -> list[str]:
    """Policies of a table of which everybody reads what is public."""
    say = PUBLISHED[table]
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy reads on {table} for select using ({say['sees']})",
        f"create policy adds on {table} for insert with check ({say['adds']})",
        f"create policy changes on {table} for update using ({say['changes']}) with check ({say['changes']})",
    ]


def reviews(table: str) -> list[str]:
    """A review is written once, by whoever reviews, and never changed."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy reads on {table} for select using ({READ})",
        f"create policy adds on {table} for insert with check ({READ} and account = (select app.account()))",
    ]


RELEASED = """
create function app.release_stays() returns trigger language plpgsql as $$
declare moving text[] := array['state', 'public', 'published_at', 'withdrawn_at', 'reason'];
begin
  if (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving) then
    raise exception 'a release never changes: make a new version' using errcode = 'restrict_violation';
  end if;
  if old.published_at is not null and new.published_at is distinct from old.published_at then
    raise exception 'a release is published once' using errcode = 'restrict_violation';
  end if;
  if new.published_at is not null and old.published_at is null and (
    select count(distinct account) from figures_review where release_id = new.id and agrees and account <> new.drafter) < 2 then
    raise exception 'a release needs two reviewers who did not draft it' using errcode = 'restrict_violation';
  end if;
  if new.published_at is not null and exists (select from figures_review where release_id = new.id and not agrees)
    and old.published_at is null then
    raise exception 'somebody objects' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger stays before update on figures_release for each row execute function app.release_stays();
create function app.release_begins() returns trigger language plpgsql as $$
begin
  if new.public or new.published_at is not null or new.state <> 'draft' then
    raise exception 'a release begins as a draft' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger begins before insert on figures_release for each row execute function app.release_begins();
create function app.figure_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.public or not exists (select from figures_release where id = new.release_id and state = 'draft') then
      raise exception 'a number joins a draft only' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - 'public') is distinct from (to_jsonb(old) - 'public') then
    raise exception 'a published number never changes' using errcode = 'restrict_violation';
  end if;
  if new.public and not exists (select from figures_release where id = new.release_id and public) then
    raise exception 'a number is published with its release' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger stays before insert or update on figures_figure for each row execute function app.figure_stays();
"""
