"""An older backup, restored: whoever was erased since can be neither read nor found; everybody else can."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from psycopg import sql

from entraide.features.cases import erasure, services, values
from entraide.features.cases.models import Case
from entraide.kernel.access.context import acting_as
from entraide.kernel.vault import services as vault
from entraide.launch.backup import BackupFailed, dump, restore
from entraide.launch.binaries import tools
from entraide.launch.roles import prepare
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def restored() -> Iterator[str]:
    """The address of an empty database beside the test's own, prepared as `entraide demo` prepares it."""
    name = f"{settings.DATABASES['default']['NAME']}_restored"
    roles = settings.ENTRAIDE_ROLES
    with psycopg.connect(os.environ["ENTRAIDE_TEST_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(
            sql.SQL("create database {} owner {} template template0").format(sql.Identifier(name), sql.Identifier(roles["owner"]))
        )
    with psycopg.connect(os.environ["ENTRAIDE_TEST_ADMIN_URL"], dbname=name, autocommit=True) as admin:
        prepare(admin, roles=roles["owner"].removesuffix("_owner"))
    url = urlsplit(os.environ["ENTRAIDE_OWNER_URL"])._replace(path=f"/{name}").geturl()
    yield url
    with psycopg.connect(os.environ["ENTRAIDE_TEST_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def own_url() -> str:
    return urlsplit(os.environ["ENTRAIDE_OWNER_URL"])._replace(path=f"/{settings.DATABASES['default']['NAME']}").geturl()


def entraide(*arguments: str, owner_url: str) -> str:
    """The command line, as an operator runs it."""
    environment = {**os.environ, "ENTRAIDE_OWNER_URL": owner_url, "ENTRAIDE_KEYS": settings.ENTRAIDE_KEYS}
    done = subprocess.run([sys.executable, "-m", "entraide.cli", *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def steward(url: str) -> psycopg.Connection:
    connection = psycopg.connect(url)
    connection.execute(f'set role "{settings.ENTRAIDE_ROLES["steward"]}"')
    return connection


def test_a_restored_backup_neither_reads_nor_finds_the_erased(restored: str, tmp_path: Path) -> None:
    file = tmp_path / "older.dump"
    other = {"identity": {**world.IDENTITY, "prs_FirstName": "Belinda", "prs_Birthdate": "1988-01-02"}}
    with transaction.atomic():
        worker = world.post(world.body("casa"))
        gone, kept = world.case(worker), world.case(worker, person=other)
        with acting_as(worker):
            services.write_note(by=worker, case=gone, text="went to the sea")
    entraide("backup", str(file), owner_url=own_url())
    assert file.stat().st_mode & 0o077 == 0
    with transaction.atomic(), acting_as(worker):
        erasure.erase(by=worker, case=Case.objects.get(pk=gone.pk), requested_by_person=True)

    told = entraide("restore", str(file), owner_url=restored)

    assert "1 persons can be found again, 1 erased since" in told
    key = vault.search_key(worker.body)
    of_gone = [token.value for token in values.tokens_of(key, world.IDENTITY)]
    of_kept = [token.value for token in values.tokens_of(key, other["identity"])]
    with steward(restored) as database:
        found = "select distinct case_id from cases_searchtoken where value = any(%s)"
        assert database.execute(found, [of_kept]).fetchall() == [(kept.pk,)]
        assert (gone.pk,) not in database.execute(found, [of_gone]).fetchall()
        back = database.execute("select key, erased_on from cases_case where id = %s", [gone.pk]).fetchone()
        assert back is not None and back[1] is not None
        left = "select count(*) from cases_caserecord where case_id = %s and (sealed <> '{}' or coded <> '{}')"
        assert database.execute(left, [gone.pk]).fetchone() == (0,)
        assert database.execute("select count(*) from cases_note where sealed <> '{}'").fetchone() == (0,)
        read = 'select "case" from audit_auditentry where action = %s and outcome = %s and holder = %s'
        assert database.execute(read, ["cases.index_again", "read", worker.body]).fetchall() == [(kept.pk,)]
    with pytest.raises(vault.KeyGone):
        vault.store().fetch(back[0])


def test_the_backup_itself_holds_no_token_and_nothing_that_opens_without_the_key(restored: str, tmp_path: Path) -> None:
    """Somebody who restores the file by hand, beside our command, has the older rows and can open none of the erased."""
    file = tmp_path / "older.dump"
    with transaction.atomic():
        worker = world.post(world.body("casa"))
        case = world.case(worker)
    entraide("backup", str(file), owner_url=own_url())
    with transaction.atomic(), acting_as(worker):
        erasure.erase(by=worker, case=Case.objects.get(pk=case.pk), requested_by_person=True)
    restore(restored, bin_=tools(), source=file)
    with steward(restored) as database:
        rows = database.execute("select sealed from cases_caserecord where case_id = %s and sealed <> '{}'", [case.pk]).fetchall()
        everything = database.execute("select string_agg(sealed::text || coded::text, ' ') from cases_caserecord").fetchone()
        assert rows and everything is not None and "Amara" not in everything[0] and "1999" not in everything[0]
        assert database.execute("select count(*) from cases_searchtoken").fetchone() == (0,)
    with pytest.raises(vault.KeyGone):
        vault.store().fetch(case.key)


def test_row_policies_and_the_chain_come_back_with_the_backup(restored: str, tmp_path: Path) -> None:
    with transaction.atomic():
        world.case(world.post(world.body("casa")))
    entraide("backup", str(tmp_path / "a.dump"), owner_url=own_url())
    entraide("restore", str(tmp_path / "a.dump"), owner_url=restored)
    with psycopg.connect(restored) as owner:
        assert owner.execute("select count(*) from cases_case").fetchone() == (0,), "forced policies hold for the owner too"
    with steward(restored) as database:
        assert database.execute("select count(*) from cases_case").fetchone() == (1,)
    with psycopg.connect(restored) as owner:
        owner.execute(f'set role "{settings.ENTRAIDE_ROLES["web"]}"')
        assert owner.execute("select app.verify_audit()").fetchone() == (None,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("delete from audit_auditentry")


def test_a_backup_that_fails_leaves_the_older_one_alone(tmp_path: Path) -> None:
    target = tmp_path / "kept.dump"
    target.write_text("older")
    with pytest.raises(BackupFailed):
        dump(own_url().replace("entraide_test_owner", "nobody_here"), steward="nobody", bin_=tools(), target=target)
    assert target.read_text() == "older"


def test_a_search_ignores_hits_whose_key_is_gone() -> None:
    with transaction.atomic():
        worker = world.post(world.body("casa"))
        case = world.case(worker)
    with transaction.atomic(), acting_as(worker):
        tokens = values.tokens_of(vault.search_key(worker.body), world.IDENTITY)
        assert values.find_cases(worker.body, tokens) == {case.pk}
        vault.destroy(case.key)
        assert values.find_cases(worker.body, tokens) == set()
