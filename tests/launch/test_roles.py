"""Owner, web and steward: who may what in a database, on our own server and on somebody else's."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from entraide.launch.postgres import Server, borrow
from entraide.launch.roles import CannotProvision, Urls, provision


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("roles")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENTRAIDE_SERVER_HOME", str(folder / "server"))
        patch.setenv("ENTRAIDE_STATE", str(folder / "state"))
        for parent in [folder, *folder.parents]:
            if os.geteuid() == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        running = borrow(folder / "state", durable=False)
        yield running
        running.release()


@pytest.fixture(scope="module")
def urls(server: Server) -> Urls:
    provision(server.url(), database="one")
    return provision(server.url(), database="one")


def test_preparing_twice_is_harmless_and_passwords_stay(server: Server, urls: Urls) -> None:
    assert provision(server.url(), database="one") == urls


def test_the_owner_makes_tables_and_web_uses_them(urls: Urls) -> None:
    with psycopg.connect(urls.owner) as owner:
        owner.execute("create table thing (n int); alter table thing enable row level security; alter table thing force row level security")
        owner.execute("create function secret() returns int language sql as 'select 1'")
    with psycopg.connect(urls.web) as web:
        assert web.execute("select count(*) from thing").fetchone() == (0,)
    for statement in (
        "create table mine (n int)",
        "create schema mine",
        "drop table thing",
        "set role one_steward",
        "set role one_owner",
        "select secret()",
    ):
        with psycopg.connect(urls.web) as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement)


def test_the_owner_may_become_steward_and_web_and_inherits_neither(urls: Urls) -> None:
    with psycopg.connect(urls.owner) as owner:
        found = owner.execute("select rolbypassrls, rolcanlogin from pg_roles where rolname = 'one_steward'").fetchone()
        assert found == (True, False)
        for role in ("one_steward", "one_web"):
            owner.execute(f"set role {role}")
            owner.execute("reset role")
        assert owner.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user").fetchone() == (False, False)


def test_two_databases_on_one_server_do_not_meet(server: Server, urls: Urls) -> None:
    other = provision(server.url(), database="two")
    assert other.roles != urls.roles
    with psycopg.connect(urls.web) as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("set role two_owner")


def test_an_administrator_who_is_no_superuser_is_enough_when_allowed(server: Server) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("create role helper login createdb createrole bypassrls password 'x'")
    parts = server.url().split("@")[1]
    address = f"postgresql://helper:x@{parts}"
    made = provision(address, database="three")
    with psycopg.connect(made.web) as web:
        assert web.execute("select current_user").fetchone() == ("three_web",)


def test_a_user_without_the_rights_is_told_what_to_ask_for(server: Server) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("create role weak login password 'x'")
    with pytest.raises(CannotProvision, match="createrole bypassrls"):
        provision(f"postgresql://weak:x@{server.url().split('@')[1]}", database="four")


def test_a_server_that_does_not_answer_gives_a_sentence() -> None:
    with pytest.raises(CannotProvision, match="does not answer"):
        provision("postgresql://nobody:x@127.0.0.1:9/none", database="five")
