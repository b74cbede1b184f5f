"""Row policies of questionnaires; every one reads only its own row.

Questionnaires: drafts for the body that writes them, published for everybody and changed by nobody. Replies: whoever stands among the
readers reads, whoever stands among the writers writes. An organisation's reply never has a State among its readers.
"""

from entraide.kernel.access.principals import EVERYBODY

SHELVED = tuple(f"questionnaires_{name}" for name in ("questionnaire", "section", "question", "binding"))
UNDER_REPLY = tuple(f"questionnaires_{name}" for name in ("answer", "past", "instance", "assignment", "attachment"))
ASKS = "holder = (select app.body()) and (select app.function()) = 'secretariat'"
READS = f"readers && ((select app.principals()) || '{{{EVERYBODY}}}'::uuid[])"
WRITES = "writers && (select app.principals())"
MINE = "holder = (select app.body())"
FOCAL = f"{MINE} and (select app.function()) = 'focal_point'"
CIRCULATES = "circulator = (select app.body()) and (select app.function()) = 'secretariat' and state in ('sent', 'returned', 'superseded')"


def shelved(table: str) -> list[str]:
    """Policies of the structure of questionnaires."""
    return [
        *_forced(table),
        f"create policy reads on {table} for select using (published or {MINE})",
        f"create policy adds on {table} for insert with check (not published and {ASKS})",
        f"create policy changes on {table} for update using (not published and {ASKS}) with check ({ASKS})",
        f"create policy deletes on {table} for delete using (not published and {ASKS})",
    ]


def circulated() -> list[str]:
    """Policies of circulations, addressees and replies, and the keys by which days and readers are carried."""
    circulation, addressee, reply = (f"questionnaires_{name}" for name in ("circulation", "addressee", "reply"))
    return [
        *_forced(circulation),
        f"create policy reads on {circulation} for select using ((select app.body()) is not null)",
        f"create policy adds on {circulation} for insert with check ({ASKS})",
        f"create policy changes on {circulation} for update using ({ASKS}) with check ({ASKS})",
        *_forced(addressee),
        f"create policy reads on {addressee} for select using ({READS})",
        f"create policy adds on {addressee} for insert with check ({ASKS})",
        f"create policy changes on {addressee} for update using ({ASKS}) with check ({ASKS})",
        f"alter table {addressee} add constraint {addressee}_due unique (id, due)",
        *_forced(reply),
        f"create policy reads on {reply} for select using ({READS})",
        f"create policy adds on {reply} for insert with check ({FOCAL})",
        f"create policy changes on {reply} for update using ({FOCAL} or {CIRCULATES}) with check ({FOCAL} or {CIRCULATES})",
        f"create index {reply}_readers on {reply} using gin (readers)",
        f"create index {addressee}_readers on {addressee} using gin (readers)",
        f"alter table {reply} add constraint {reply}_carried unique (id, holder, readers, writers)",
        f"alter table {reply} add constraint {reply}_due foreign key (addressee_id, due) "
        f"references {addressee} (id, due) on update cascade",
    ]


def under_reply(table: str) -> list[str]:
    """Policies of what hangs under a reply; nothing there is ever deleted."""
    return [
        *_forced(table),
        f"create policy reads on {table} for select using ({READS})",
        f"create policy adds on {table} for insert with check ({WRITES})",
        f"create policy changes on {table} for update using ({WRITES}) with check ({WRITES})",
        f"alter table {table} add constraint {table}_carries foreign key (reply_id, holder, readers, writers) "
        "references questionnaires_reply (id, holder, readers, writers) on update cascade",
    ]


def at_home() -> list[str]:
    """What never was part of what is sent: how an answer came about, who was asked to write it, files that were taken away again.

    It stays with the answering body, and with whoever writes for it while they write; the circulating body reads what was sent.
    """
    own = f"{READS} and ({MINE} or {WRITES})"
    seen = {"past": own, "assignment": own, "attachment": f"{READS} and (removed_at is null or {MINE} or {WRITES})"}
    return [
        statement
        for name, sees in seen.items()
        for statement in (
            f"drop policy reads on questionnaires_{name}",
            f"create policy reads on questionnaires_{name} for select using ({sees})",
        )
    ]


def withdrawn() -> list[str]:
    """That a reply was withdrawn is for everybody; whoever circulates says it, and nobody changes it."""
    table = "questionnaires_withdrawal"
    return [
        *_forced(table),
        f"create policy reads on {table} for select using (true)",
        f"create policy adds on {table} for insert with check ({ASKS})",
    ]


def counted() -> list[str]:
    """The circulating body's agent counts whom it asked and who answered; the answers themselves stay closed to it."""
    agent = "(select app.function()) = 'agent'"
    sent = "circulator = (select app.body()) and state in ('sent', 'returned', 'superseded')"
    return [
        f"create policy counts on questionnaires_addressee for select using ({MINE} and {agent})",
        f"create policy counts on questionnaires_reply for select using ({sent} and {agent})",
    ]


def _forced(table: str) -> list[str]:
    return [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
