"""Row policies of treaties: everybody reads; a coordinator or secretariat writes what its own body records."""

FACTS = ("treaties_instrument",)
ACTS = "treaties_act"
RECORDED = ("treaties_authority", "treaties_law", "treaties_step", "treaties_evidence")
MINE = "holder = (select app.body()) and (select app.function()) in ('coordinator', 'secretariat')"


def statements(table: str) -> list[str]:
    """Policies of one table."""
    out = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy reads on {table} for select using (true)",
    ]
    return out + writing(table) if table in RECORDED else out


def writing(table: str) -> list[str]:
    """Policies by which a body writes its own entries."""
    return [
        f"create policy adds on {table} for insert with check ({MINE})",
        f"create policy changes on {table} for update using ({MINE}) with check ({MINE})",
    ]
