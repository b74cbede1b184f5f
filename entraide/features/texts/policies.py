"""Row policies of texts: published for everybody, drafts for the body that keeps them; what is written stays as it was written."""

TABLES = ("texts_document", "texts_version", "texts_provision", "texts_wording", "texts_heading")
DRAFTED = ("texts_version", "texts_wording", "texts_heading")
MINE = "holder = (select app.body()) and (select app.function()) = 'secretariat'"


def statements(table: str) -> list[str]:
    """Policies of one table."""
    out = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy reads on {table} for select using (published or holder = (select app.body()))",
        f"create policy adds on {table} for insert with check ({MINE})",
        f"create policy changes on {table} for update using ({MINE}) with check ({MINE})",
    ]
    if table in DRAFTED:
        out.append(f"create policy deletes on {table} for delete using (not published and {MINE})")
    return out


IMMUTABLE = """
create function app.wording_stays() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'published') is distinct from (to_jsonb(old) - 'published') or (old.published and not new.published) then
    raise exception 'a wording is never changed: make a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger stays before update on texts_wording for each row execute function app.wording_stays();
create trigger stays before update on texts_heading for each row execute function app.wording_stays();
"""

SETTLED = """
create function app.version_stays() returns trigger language plpgsql as $$
begin
  if old.published and new is distinct from old then
    raise exception 'a published version never changes: make a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger stays before update on texts_version for each row execute function app.version_stays();
create trigger stays before update on texts_provision for each row execute function app.wording_stays();
"""
