"""Counting one's own files: who may, over which, how often; and that nothing more comes out than what is told."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from entraide.features.cases.models import Case
from entraide.features.cases.values import Values
from entraide.features.figures import counting
from entraide.features.figures.models import Cell, Table
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.access.sides import Kind
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
YEAR, PERSONS = 2025, "cases.persons"
FORCED: Values = {"vic_TypeOfExploitation": ["ForcedLabour"]}
WOMAN: dict[str, Values] = {"identity": {"prs_Gender": "Feminine", "prs_Citizenship": ["NG"]}, "trafficking": FORCED}
MAN: dict[str, Values] = {"identity": {"prs_Gender": "Masculine", "prs_Citizenship": ["RO"]}, "trafficking": FORCED}


@pytest.fixture
def home() -> Body:
    return world.body("casa", country="PT")


@pytest.fixture
def analyst(home: Body) -> Acting:
    return world.post(home, "analyst")


def filed(home: Body, *, women: int = 0, men: int = 0, year: int = YEAR) -> None:
    """Cases of this year, opened by a case worker."""
    worker = world.post(home)
    with clock.at(datetime(year, 6, 1, tzinfo=UTC)):
        for number in range(women + men):
            world.case(worker, person=WOMAN if number < women else MAN)


def counted(analyst: Acting, *, tally: str = PERSONS, year: int = YEAR) -> Table:
    with acting_as(analyst):
        return counting.count(by=analyst, tally=tally, year=year)


def told(analyst: Acting, table: Table, **codes: str) -> tuple[int, int]:
    wanted = {"sex": "_T", "age": "_T", "form": "_T", "citizenship": "_T", "category": "_T"} | codes
    with acting_as(analyst):
        cell = Cell.objects.get(table=table, **wanted)
    return ends(cell)


def ends(cell: Cell) -> tuple[int, int]:
    assert cell.high is not None
    return int(cell.low), int(cell.high)


def test_a_year_is_counted_and_written_down(home: Body, analyst: Acting) -> None:
    filed(home, women=12, men=7)
    table = counted(analyst)
    assert told(analyst, table) == (19, 19)
    assert told(analyst, table, sex="F") == (12, 12) and told(analyst, table, sex="M", form="LAB") == (7, 7)
    assert told(analyst, table, citizenship="NG") == (12, 12)
    with as_steward():
        entry = AuditEntry.objects.get(action="figures.count")
    assert entry.object_id == table.pk and entry.detail == {"tally": PERSONS, "year": YEAR}


def test_one_person_is_in_no_number(home: Body, analyst: Acting) -> None:
    filed(home, women=12, men=1)
    table = counted(analyst)
    assert told(analyst, table) == (13, 13)
    low, high = told(analyst, table, sex="M")
    assert low == 0 and high >= 5
    low, high = told(analyst, table, sex="F")
    assert high - low >= 5, "otherwise the total less the women gives the man"
    with acting_as(analyst):
        assert not Cell.objects.filter(table=table, citizenship="RO").exists(), "that somebody is from there is not told"


def test_of_fewer_than_the_smallest_number_only_that_is_told(home: Body, analyst: Acting) -> None:
    filed(home, women=4)
    table = counted(analyst)
    with acting_as(analyst):
        assert [ends(cell) for cell in Cell.objects.filter(table=table)] == [(0, 4)]


def test_a_year_without_a_file_is_zero(home: Body, analyst: Acting) -> None:
    table = counted(analyst)
    with acting_as(analyst):
        assert [ends(cell) for cell in Cell.objects.filter(table=table)] == [(0, 0)]


def test_two_counts_before_and_after_one_case_cannot_be_had(home: Body, analyst: Acting) -> None:
    """The differencing attack: the second count is refused, and what is entered late is in no year that has been counted."""
    filed(home, women=12)
    table = counted(analyst)
    filed(home, women=1)
    with acting_as(analyst), pytest.raises(Refused, match="counted"):
        counting.count(by=analyst, tally=PERSONS, year=YEAR)
    assert told(analyst, table) == (12, 12)
    with acting_as(analyst), transaction.atomic(), pytest.raises(DatabaseError, match="never changed"):
        Cell.objects.filter(table=table).update(low=13)


def test_a_late_entry_counts_in_the_year_in_which_it_is_entered(home: Body, analyst: Acting) -> None:
    worker = world.post(home)
    with clock.at(datetime(2025, 3, 1, tzinfo=UTC)), acting_as(worker):
        case = world.case(worker, person=WOMAN)
    with as_steward():
        Case.objects.filter(pk=case.pk).update(opened_on="2024-11-01")
    assert told(analyst, counted(analyst, year=2024)) == (0, 0)
    assert told(analyst, counted(analyst, year=2025)) == (0, 4)


def test_a_year_that_is_not_over_is_not_counted(analyst: Acting) -> None:
    with acting_as(analyst), pytest.raises(Refused, match="not_over"):
        counting.count(by=analyst, tally=PERSONS, year=clock.today().year)


def test_the_other_side_and_other_bodies_are_in_no_count(home: Body, analyst: Acting) -> None:
    filed(home, women=6)
    police = world.body("police", kind=Kind.LAW_ENFORCEMENT, country="PT")
    filed(police, men=9)
    filed(world.body("elsewhere", country="PT"), women=20)
    assert told(analyst, counted(analyst)) == (6, 6)
    officer = world.post(police, "analyst")
    assert told(officer, counted(officer)) == (9, 9)


def test_the_analyst_sees_no_file_before_and_after_counting(home: Body, analyst: Acting) -> None:
    filed(home, women=6)
    with acting_as(analyst):
        assert Case.objects.count() == 0
        counting.count(by=analyst, tally=PERSONS, year=YEAR)
        assert Case.objects.count() == 0


@pytest.mark.parametrize("function", ["case_worker", "coordinator", "data_protection", "administrator", "investigator"])
def test_only_an_analyst_counts(home: Body, function: str) -> None:
    other = world.post(home, function)
    with acting_as(other), pytest.raises(Refused, match="function"):
        counting.count(by=other, tally=PERSONS, year=YEAR)
    assert world.client_of(other).get(reverse("figures:count")).status_code == 403


def test_without_its_entry_in_the_record_nothing_is_counted(home: Body, analyst: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_facts: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(counting, "record", broken)
    with acting_as(analyst), pytest.raises(RuntimeError):
        counting.count(by=analyst, tally=PERSONS, year=YEAR)
    with as_steward():
        assert not Table.objects.exists() and not Cell.objects.exists()


def test_a_stranger_finds_no_table_and_a_case_worker_of_the_body_is_told_why(home: Body, analyst: Acting) -> None:
    table = counted(analyst)
    url = reverse("figures:table", args=[table.pk])
    assert world.client_of(analyst).get(url).status_code == 200
    assert world.client_of(world.post(home, "coordinator")).get(url).status_code == 200
    assert world.client_of(world.post(home)).get(url).status_code == 403
    stranger = world.client_of(world.post(world.body("elsewhere"), "analyst"))
    assert stranger.get(url).status_code == 404
    assert stranger.get(url).content == stranger.get(reverse("figures:table", args=[uuid4()])).content


def test_counting_from_the_page_and_its_file(home: Body, analyst: Acting) -> None:
    filed(home, women=12, men=1)
    client = world.client_of(analyst)
    answer = client.post(reverse("figures:count"), {"tally": PERSONS, "year": str(YEAR)}, follow=True)
    assert answer.status_code == 200 and "0 to" in answer.content.decode()
    with acting_as(analyst):
        table = Table.objects.get()
    lines = client.get(reverse("figures:table_file", args=[table.pk])).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("indicator,area,year,sex") and lines[1] == "entraide.assisted,PT,2025,_T,_T,_T,_T,_T,13,13,13,"
    again = client.post(reverse("figures:count"), {"tally": PERSONS, "year": str(YEAR)})
    assert again.status_code == 403 and "never counted again" in again.content.decode()


def test_referrals_are_counted_by_what_became_of_them(home: Body, analyst: Acting) -> None:
    assert told(analyst, counted(analyst, tally="referrals.sent", year=2024)) == (0, 0)
