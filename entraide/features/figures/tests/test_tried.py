"""A tried file waits sealed for a week: then it is thrown away with its key; what was filed stays."""

import json

import pytest
from django.db import connection, transaction

from entraide.engines.tables import Asked
from entraide.features.figures import importing, tasks
from entraide.features.figures.models import Cell, Table
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.access.rules import Refused
from entraide.kernel.access.sides import Side
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.vault import services as vault
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = b"Country,Year,Value\nPT,2021,4711\nPT,2022,Amara Testperson\n"


@pytest.fixture
def analyst() -> Acting:
    with transaction.atomic():
        return world.post(world.body("rapporteur", country="PT"), "analyst")


def tried(by: Acting) -> Table:
    with transaction.atomic(), acting_as(by):
        return importing.try_file(by=by, data=SECRET, name="t.csv", title="T", source="Test", already_public=False, asked=Asked())


def now() -> Table:
    with as_steward():
        return Table.objects.get()


def clock_strikes() -> list[dict[str, str]]:
    """Runs the job that waits for the week to pass, and returns what it carried."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = 'figures.forget_table' returning args::text")
        carried = [json.loads(args) for (args,) in cursor.fetchall()]
    for args in carried:
        tasks.forget_table(**args)
    return carried


def test_the_file_lies_sealed_and_its_job_waits_a_week(analyst: Acting) -> None:
    table = tried(analyst)
    kept = bytes(now().file)
    assert kept and b"4711" not in kept and b"Testperson" not in kept
    assert "Testperson" not in json.dumps(now().report) and "4711" not in json.dumps(now().report), "what was found lies sealed too"
    assert importing.found_in(table)["unplaced"][0][2] == "Amara Testperson" and importing.found_in(table)["placed_low"] == 4711
    with connection.cursor() as cursor:
        cursor.execute(
            "select extract(epoch from scheduled_at - now()) / 86400 from procrastinate_jobs where task_name like '%forget_table'"
        )
        assert round(cursor.fetchone()[0]) == importing.KEPT.days


def test_after_its_time_it_is_thrown_away_with_its_key_and_that_is_written_down(analyst: Acting) -> None:
    table = tried(analyst)
    key = table.key
    assert key and set(clock_strikes()[0]) == {"body", "side", "table"}, "a job carries ids, never content"
    assert (now().state, bytes(now().file), now().report) == ("discarded", b"", {}) and not vault.living([key])
    with as_steward():
        assert AuditEntry.objects.filter(action="figures.forget_table", object_id=table.pk).count() == 1


def test_what_was_filed_in_time_stays_and_its_file_is_gone_with_its_key(analyst: Acting) -> None:
    table = tried(analyst)
    with transaction.atomic(), acting_as(analyst):
        importing.file_table(by=analyst, table=table, seen=True)
    assert table.key and not vault.living([table.key])
    assert now().report["unplaced"] and "Testperson" not in json.dumps(now().report), "where something was left out and why, not what"
    clock_strikes()
    with transaction.atomic(), acting_as(analyst):
        assert Table.objects.get().state == "filed" and int(Cell.objects.get().low) == 4711


def test_thrown_away_by_hand_the_key_goes_too(analyst: Acting) -> None:
    table = tried(analyst)
    with transaction.atomic(), acting_as(analyst):
        importing.discard(by=analyst, table=table)
    assert table.key and not vault.living([table.key])
    clock_strikes()
    with as_steward():
        assert not AuditEntry.objects.filter(action="figures.forget_table").exists()


def test_where_the_key_is_lost_filing_says_what_to_do(analyst: Acting) -> None:
    table = tried(analyst)
    assert table.key
    vault.destroy(table.key)
    with transaction.atomic(), acting_as(analyst), pytest.raises(Refused, match="gone"):
        importing.file_table(by=analyst, table=table, seen=True)


def test_the_agent_of_another_body_throws_nothing_away(analyst: Acting) -> None:
    table = tried(analyst)
    with transaction.atomic():
        other = world.body("elsewhere")
    tasks.forget_table(body=str(other.pk), side=str(other.side), table=str(table.pk))
    assert now().state == "tried"


def test_the_agent_can_do_nothing_with_a_tried_file_but_throw_it_away(analyst: Acting) -> None:
    tried(analyst)
    agent = agent_of(analyst.body, Side(analyst.side))
    for change in ({"title": "x"}, {"state": "filed"}, {"state": "discarded"}):
        with pytest.raises(Exception, match="row-level security"), transaction.atomic(), acting_as(agent):
            Table.objects.update(**change)
