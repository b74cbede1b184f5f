"""The three roles of a database: owner migrates, web serves and owns nothing, steward (no login) passes the row policies."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from entraide.launch.paths import state_dir

OLDEST = 170_000
EXTENSIONS = ("btree_gist", "unaccent", "pg_trgm")


class CannotProvision(SystemExit):
    """The server cannot be prepared; the sentence says why and what would help."""


@dataclass(frozen=True)
class Urls:
    """How owner, web and administrator reach a database; `roles` is the prefix of its roles' names."""

    owner: str
    web: str
    admin: str
    roles: str


def _address(admin_url: str, database: str, user: str = "", password: str = "") -> str:
    parts = urlsplit(admin_url)
    if not user:
        return parts._replace(path=f"/{quote(database)}").geturl()
    place = parts.netloc.rsplit("@", 1)[-1]
    return parts._replace(netloc=f"{quote(user)}:{quote(password)}@{place}", path=f"/{quote(database)}").geturl()


def provision(admin_url: str, *, database: str | None = None) -> Urls:
    """Makes database, roles, privileges and extensions where missing; harmless when repeated."""
    name = database or urlsplit(admin_url).path.lstrip("/") or "entraide"
    try:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            _check(admin)
            passwords = _passwords(admin_url, name)
            _make_roles(admin, name, passwords)
            if admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
                admin.execute(
                    sql.SQL("create database {} owner {} encoding 'UTF8' template template0").format(
                        sql.Identifier(name), sql.Identifier(f"{name}_owner")
                    )
                )
        with psycopg.connect(_address(admin_url, name), autocommit=True) as admin:
            prepare(admin, roles=name)
    except psycopg.errors.InsufficientPrivilege as error:
        raise CannotProvision(_too_weak(admin_url, error)) from None
    except psycopg.OperationalError as error:
        raise CannotProvision(f"The database server does not answer: {str(error).splitlines()[0]}") from None
    owner, web = (_address(admin_url, name, f"{name}_{role}", passwords[role]) for role in ("owner", "web"))
    return Urls(owner, web, _address(admin_url, name), name)


def _check(admin: psycopg.Connection) -> None:
    if admin.info.server_version < OLDEST:
        raise CannotProvision(f"Entraide needs PostgreSQL 17 or newer; this server is version {admin.info.server_version // 10_000}.")
    encoding = admin.execute("show server_encoding").fetchone()
    if encoding is None or encoding[0] != "UTF8":
        raise CannotProvision("Entraide needs a database in the encoding UTF8.")


def _passwords(admin_url: str, name: str) -> dict[str, str]:
    """Kept beside the other secrets, one pair for each server and database."""
    path = state_dir() / "database.json"
    try:
        kept = dict(json.loads(path.read_text()))
    except (FileNotFoundError, ValueError):
        kept = {}
    parts = urlsplit(admin_url)
    key = f"{parts.hostname}:{name}" if parts.username != "entraide_admin" else name
    if key not in kept:
        kept[key] = {role: secrets.token_urlsafe(24) for role in ("owner", "web")}
        _write(path, json.dumps(kept))
    return dict(kept[key])


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(text)
    part.replace(path)


def _make_roles(admin: psycopg.Connection, name: str, passwords: dict[str, str]) -> None:
    for role, option in (("owner", "login"), ("web", "login"), ("steward", "nologin bypassrls")):
        full = sql.Identifier(f"{name}_{role}")
        if admin.execute("select 1 from pg_roles where rolname = %s", [f"{name}_{role}"]).fetchone() is None:
            admin.execute(sql.SQL("create role {} " + option).format(full))
        if role in passwords:
            admin.execute(sql.SQL("alter role {} password {}").format(full, sql.Literal(passwords[role])))
    owner = sql.Identifier(f"{name}_owner")
    for role in ("steward", "web"):
        admin.execute(sql.SQL("grant {} to {} with inherit false, set true").format(sql.Identifier(f"{name}_{role}"), owner))
    admin.execute(sql.SQL("grant {} to current_user with set true").format(owner))


def prepare(admin: psycopg.Connection, *, roles: str) -> None:
    """Extensions, schemas and default privileges of the connected database, for the roles of this prefix."""
    for extension in EXTENSIONS:
        admin.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
    statements = (
        "alter schema public owner to {owner}",
        "revoke all on schema public from public",
        "grant usage on schema public to {web}, {steward}",
        "create schema if not exists app authorization {owner}",
        "grant usage on schema app to {web}, {steward}",
        "grant create on schema app to {steward}",  # it owns the definer functions there
        "alter default privileges for role {owner} revoke execute on functions from public",
        "alter default privileges for role {owner} grant select, insert, update, delete on tables to {web}",
        "alter default privileges for role {owner} grant usage on sequences to {web}",
        "alter default privileges for role {owner} grant all on tables to {steward}",
        "alter default privileges for role {owner} grant all on sequences to {steward}",
    )
    names = {role: sql.Identifier(f"{roles}_{role}") for role in ("owner", "web", "steward")}
    for statement in statements:
        admin.execute(sql.SQL(statement).format(**names))


def _too_weak(admin_url: str, error: psycopg.Error) -> str:
    user = urlsplit(admin_url).username or "this user"
    reason = str(error).splitlines()[0]
    return (
        f"{user} may not prepare the database ({reason}). A superuser can allow it once:\n"
        f'  alter role "{user}" createdb createrole bypassrls;'
    )
