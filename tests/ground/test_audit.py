"""The record of what was done: with the change, after the rollback, never altered unnoticed."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from entraide.features.cases import services
from entraide.features.cases.models import Note
from entraide.features.referrals.tests.scenes import scene
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.audit import queries
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.audit.services import record, seal
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Acting:
    return world.post(world.body("casa"))


def entries(**wanted: object) -> int:
    with as_steward():
        return AuditEntry.objects.filter(**wanted).count()


def test_a_change_and_its_entry_stand_or_fall_together(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.case(worker)

    def broken(**_facts: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", broken)
    with acting_as(worker):
        with pytest.raises(RuntimeError):
            services.write_note(by=worker, case=case, text="never kept")
        assert Note.objects.count() == 0


def test_a_reading_is_written_down_with_who_what_and_when(worker: Acting) -> None:
    from entraide.features.cases import queries as cases

    case = world.case(worker)
    with acting_as(worker):
        cases.read(by=worker, case=case, groups=["identity"])
    with as_steward():
        entry = AuditEntry.objects.filter(outcome=Outcome.READ, action="cases.read").get()
    assert (entry.post, entry.body, entry.case, entry.detail) == (worker.post, worker.body, case.pk, {"groups": ["identity"]})


def test_entries_hold_no_content(worker: Acting) -> None:
    case = world.case(worker)
    with acting_as(worker):
        services.write_note(by=worker, case=case, text="Amara said so")
    with as_steward(), connection.cursor() as cursor:
        cursor.execute("select string_agg(row_to_json(a)::text, ' ') from audit_auditentry a")
        text = cursor.fetchone()[0]
    assert not any(word in text for word in ("Amara", "Testperson", "1999-05-04", "447700900123", "morning"))


@pytest.mark.parametrize(
    "statement", ["update audit_auditentry set action = 'x'", "delete from audit_auditentry", "truncate audit_auditentry cascade"]
)
def test_nobody_alters_entries_not_even_the_steward(statement: str, worker: Acting) -> None:
    world.case(worker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(DatabaseError), as_steward(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["audit_auditseal", "audit_unsealed"])
def test_web_has_no_right_on_the_chain_itself(table: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select * from {table}")


def test_sealing_chains_what_waits_and_the_tail_is_shown(worker: Acting) -> None:
    world.case(worker)
    waiting = queries.tail()
    assert waiting.sealed == 0 and waiting.unsealed > 0 and waiting.head == ""
    assert seal() == waiting.unsealed
    assert (queries.tail().sealed, queries.tail().unsealed) == (waiting.unsealed, 0)
    assert queries.first_broken() is None
    head = queries.tail().head
    record(by=worker, action="test")
    seal()
    assert queries.tail().head != head and queries.first_broken() is None


def test_sealing_goes_on_in_steps(worker: Acting) -> None:
    for _ in range(7):
        record(by=worker, action="test")
    assert [seal(3), seal(3), seal(3), seal(3)] == [3, 3, 1, 0]
    assert queries.first_broken() is None


@pytest.fixture
def committed(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Ten sealed entries, and an administrator who can do what no role of ours can."""
    with transaction.atomic():
        for _ in range(10):
            record(by=None, action="test")
        seal()
    with psycopg.connect(os.environ["ENTRAIDE_TEST_ADMIN_URL"], dbname=settings.DATABASES["default"]["NAME"], autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        yield admin


@pytest.mark.parametrize(
    ("tampering", "position"),
    [
        ("update audit_auditentry set action = 'other' where id = (select entry from audit_auditseal where position = 4)", 4),
        ("update audit_auditentry set detail = '{\"a\": 1}' where id = (select entry from audit_auditseal where position = 1)", 1),
        ("delete from audit_auditentry where id = (select entry from audit_auditseal where position = 7)", 7),
        ("delete from audit_auditseal where position = 5", 5),
        ("update audit_auditseal set digest = sha256('x') where position = 9", 9),
        (
            "insert into audit_auditentry (id, created_at, side, action, outcome, object_kind, detail) "
            "values (gen_random_uuid(), now(), '', 'x', 'done', '', '{}')",
            11,
        ),
    ],
    ids=["changed", "detail", "entry removed", "seal removed", "digest", "slipped in"],
)
def test_tampering_is_found_at_its_place(committed: psycopg.Connection, tampering: str, position: int) -> None:
    assert queries.first_broken() is None
    committed.execute(tampering)
    assert queries.first_broken() == position


def test_an_entry_removed_before_it_was_sealed_is_missed(committed: psycopg.Connection) -> None:
    with transaction.atomic():
        record(by=None, action="not yet sealed")
    committed.execute("delete from audit_auditentry where action = 'not yet sealed'")
    assert queries.first_broken() == 11


def test_an_entry_queued_a_second_time_stops_no_sealer_and_is_sealed_once(committed: psycopg.Connection) -> None:
    committed.execute("insert into audit_unsealed select entry from audit_auditseal where position = 3")
    with transaction.atomic():
        record(by=None, action="test")
        assert seal() == 1 and queries.tail().unsealed == 0
    assert queries.first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_refused_work_is_kept_after_the_rollback() -> None:
    """A real request: a case was opened and written down before the agreement turned out to have run out."""
    with transaction.atomic():
        told = scene(days=1)
        told.send(told.draft(reply_by=clock.now() + timedelta(days=9)))
        address = reverse("referrals:incoming_move", args=[told.theirs.pk, "accept"])
    intake = told.intake
    with clock.at(clock.now() + timedelta(days=3)):
        assert world.client_of(intake).post(address).status_code == 403
    with transaction.atomic():
        assert entries(action="cases.open", body=intake.body) == 0 and entries(action="referrals.accept") == 0
        refused = {
            "action": "referrals:incoming_move",
            "outcome": Outcome.REFUSED,
            "post": intake.post,
            "detail": {"code": "agreement_over"},
        }
        assert entries(**refused) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain() -> None:
    with transaction.atomic():
        for _ in range(200):
            record(by=None, action="test")

    def sealed() -> int:
        try:
            with transaction.atomic():
                return seal(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: sealed(), range(40)))
    while (more := sealed()) > 0:
        counts.append(more)
    assert sum(counts) == 200 and queries.first_broken() is None
