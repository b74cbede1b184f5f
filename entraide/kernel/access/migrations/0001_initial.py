"""The functions by which row policies learn for whom a transaction acts."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SETTINGS = {
    "account": ("uuid", "nullif(current_setting('app.account', true), '')::uuid"),
    "post": ("uuid", "nullif(current_setting('app.post', true), '')::uuid"),
    "body": ("uuid", "nullif(current_setting('app.body', true), '')::uuid"),
    "side": ("text", "nullif(current_setting('app.side', true), '')"),
    "function": ("text", "nullif(current_setting('app.function', true), '')"),
    "principals": ("uuid[]", "coalesce(nullif(current_setting('app.principals', true), ''), '{}')::uuid[]"),
}


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, (kind, expression) in SETTINGS.items():
        schema_editor.execute(f"create function app.{name}() returns {kind} language sql stable parallel safe as $$ select {expression} $$")


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(create, elidable=False)]
