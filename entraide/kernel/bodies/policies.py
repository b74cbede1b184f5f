"""Row policies of the bodies' tables: whoever signed in may read; only a coordinator writes."""

READERS = "(select app.account()) is not null or (select app.body()) is not null"
WRITERS = "(select app.function()) = 'coordinator'"


def statements(table: str, *, writable: bool) -> list[str]:
    """Policies of one table."""
    out = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy reads on {table} for select using ({READERS})",
    ]
    if writable:
        out += [
            f"create policy adds on {table} for insert with check ({WRITERS})",
            f"create policy changes on {table} for update using ({WRITERS}) with check ({WRITERS})",
        ]
    return out
