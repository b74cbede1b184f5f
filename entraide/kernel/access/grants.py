"""The rights of web and steward, in one place: given after every migration and after every restore."""

from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper

from entraide.kernel.access.migrate import role


def give(using: str, *, more: str = "") -> None:
    """Lets web call the functions it needs and the steward those of row policies; then runs `more`, with {web} and {steward} filled in.

    Rights on tables come from default privileges, set when the database was prepared. Definer functions belong to the steward, who
    alone can let others call them.
    """
    web, steward = role("web"), role("steward")
    with connections[using].cursor() as cursor:
        cursor.execute(f"grant execute on all functions in schema public to {web}")
        for name in _functions(cursor, "owner"):
            cursor.execute(f"grant execute on function {name} to {web}, {steward}")
        if more:
            cursor.execute(more.format(web=web, steward=steward))
        definers = _functions(cursor, "steward")
        cursor.execute(f"set role {steward}")
        for name in definers:
            cursor.execute(f"grant execute on function {name} to {web}")
        cursor.execute("reset role")


def _functions(cursor: CursorWrapper, owner: str) -> list[str]:
    cursor.execute(
        "select p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner "
        "where p.pronamespace = 'app'::regnamespace and r.rolname = %s",
        [settings.ENTRAIDE_ROLES[owner]],
    )
    return [row[0] for row in cursor.fetchall()]
