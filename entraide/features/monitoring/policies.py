"""Row policies of monitoring: a row's audience sees it, its holder's body writes it, and what has left the house is closed."""

from collections.abc import Collection, Iterable, Mapping

from entraide.kernel.access.principals import EVERYBODY

SHARED = ("mechanism", "round", "scope", "evaluation", "reviewer", "interest", "draw", "reply", "assessment", "roundquestionnaire")
ROOTS = ("visit", "edition", "comments", "consent", "decision", "plan", "programme")
PARTS = {
    "meeting": "visit", "paragraph": "edition", "finding": "edition", "evidence": "edition", "recommendation": "edition",
    "comment": "comments", "decisionon": "decision", "measure": "plan", "partner": "plan", "answers": "plan", "milestone": "plan",
    "step": "plan", "appointment": "programme",
}  # fmt: skip
"""{part: root}: a part carries holder, audience and openness of its root."""

READERS = f"""
create function app.readers() returns uuid[] language sql stable parallel safe as $$ select app.principals() || '{EVERYBODY}'::uuid $$
"""
SEES = "audience && (select app.readers())"
WRITERS = "('secretariat', 'evaluator', 'focal_point', 'agent')"
MINE = f"holder = (select app.body()) and (select app.function()) in {WRITERS} and {SEES}"


def _policies(table: str, mine: str) -> list[str]:
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy sees on {table} for select using ({SEES})",
        f"create policy adds on {table} for insert with check ({mine})",
        f"create policy changes on {table} for update using ({mine}) with check ({mine})",
    ]


def deletable(name: str, mine: str = MINE) -> str:
    """Whoever writes a row may also take it back."""
    return f"create policy deletes on monitoring_{name} for delete using ({mine})"


def _indexed(name: str) -> str:
    return f"create index monitoring_{name}_audience on monitoring_{name} using gin (audience)"


def statements(shared: Iterable[str] = (), roots: Collection[str] = (), parts: Mapping[str, str] = {}) -> list[str]:
    """What protects these tables. A migration names its own: these lists grow."""
    out: list[str] = []
    for name in (*shared, *roots):
        out += [*_policies(f"monitoring_{name}", MINE), _indexed(name)]
    for name in roots:
        out.append(f"alter table monitoring_{name} add constraint monitoring_{name}_carried unique (id, holder, audience, open)")
    for name, root in parts.items():
        table = f"monitoring_{name}"
        out += [
            *_policies(table, f"{MINE} and open"),
            deletable(name, f"{MINE} and open"),
            f"alter table {table} add constraint {table}_carries foreign key ({root}_id, holder, audience, open) "
            f"references monitoring_{root} (id, holder, audience, open) on update cascade on delete cascade",
        ]
    return out
