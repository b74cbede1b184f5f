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


STAYS = """
create function app.counted_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a filed cell is never changed' using errcode = 'restrict_violation';
end $$;
create trigger stays before update or delete on figures_cell for each row execute function app.counted_stays();
"""
