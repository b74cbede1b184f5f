"""Migration operations that put a row policy on a table and tie a child's audience to its parent's."""

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SEES = "side = (select app.side()) and audience && (select app.principals())"
HOLDS = "holder = (select app.body()) and " + SEES


class Protect(Operation):
    """Forces the standard policy on a model's table: its audience sees it, its holder's audience writes it, nobody deletes it.

    parent: name of the foreign key from which holder, side and audience are carried (composite key, ON UPDATE CASCADE).
    deletable: the holder's audience may also delete rows (search tokens, ticked boxes; never facts).
    """

    reversible = False
    reduces_to_sql = True

    def __init__(self, model_name: str, *, parent: str = "", deletable: bool = False) -> None:
        self.model_name, self.parent, self.deletable = model_name, parent, deletable

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Policies are not part of Django's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Writes the policies and keys."""
        model = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        for statement in self._policies(table) + (self._child(model, table) if self.parent else self._root(table)):
            schema_editor.execute(statement)

    def _policies(self, table: str) -> list[str]:
        statements = [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy sees on {table} for select using ({SEES})",
            f"create policy adds on {table} for insert with check ({HOLDS})",
            f"create policy changes on {table} for update using ({HOLDS}) with check ({HOLDS})",
            f"alter table {table} add constraint {table}_carried unique (id, holder, side, audience)",
        ]
        if self.deletable:
            statements.append(f"create policy deletes on {table} for delete using ({HOLDS})")
        return statements

    def _root(self, table: str) -> list[str]:
        return [
            f"create index {table}_audience on {table} using gin (audience)",
            f"alter table {table} add constraint {table}_side foreign key (holder, side) references bodies_body (id, side)",
        ]

    def _child(self, model: Any, table: str) -> list[str]:  # a historical model class
        field = model._meta.get_field(self.parent)
        parent = field.related_model._meta.db_table
        return [
            f"alter table {table} add constraint {table}_carries foreign key ({field.column}, holder, side, audience) "
            f"references {parent} (id, holder, side, audience) on update cascade",
        ]

    def describe(self) -> str:
        """For the migration's listing."""
        return f"Protects {self.model_name} by row policies"


def role(name: str) -> str:
    """The quoted name of one of the database's three roles: owner, web or steward."""
    return '"' + settings.ENTRAIDE_ROLES[name].replace('"', '""') + '"'


class Definer(Operation):
    """Creates a function that runs as the steward, or replaces it: one of the few narrow gates past the row policies."""

    reversible = False
    reduces_to_sql = True

    def __init__(self, signature: str, body: str) -> None:
        self.signature, self.body = signature, body

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Functions are not part of Django's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The steward creates it and owns it; who may call it stands in `grants.py`."""
        schema_editor.execute(f"set local role {role('steward')}")
        schema_editor.execute(f"create or replace function {self.body}")
        schema_editor.execute("reset role")

    def describe(self) -> str:
        """For the migration's listing."""
        return f"Creates {self.signature} for the steward"
