"""A body's own cases exported and brought back are recognised, however they came to be there; nobody is filed twice."""

import pytest

from entraide.features.cases import erasure, exporting, importing, queries, services
from entraide.features.cases.models import Case, CaseRecord
from entraide.features.cases.tests.browsing import written
from entraide.features.cases.values import Values
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
UNNUMBERED = b"prs_FirstName,prs_SecondName,prs_MobilePhone\r\nZuleika,Testperson,+447700900111\r\nBelinda,Testperson,\r\n"


@pytest.fixture
def worker() -> Acting:
    return world.post(world.body("casa"))


def export(by: Acting, format_: str = "csv", *, contact: bool = True) -> bytes:
    return exporting.export(by=by, cases=queries.listed(), format_=format_, contact=contact)[0]


def outcome(by: Acting, data: bytes, name: str = "a.csv") -> tuple[int, int, tuple[int, ...], int]:
    checked = importing.check(by=by, data=data, filename=name)
    assert checked.reading.ok, [problem.sentence() for problem in checked.reading.problems]
    return len(checked.new), checked.already_here, checked.conflicts, checked.elsewhere


WRITTEN_OTHERWISE: dict[str, Values] = {
    "identity": {"prs_FirstName": "Farida", "prs_Citizenship": ["PT", "NG"], "prs_NumberOfChildren": "2"},
    "contact": {"prs_MobilePhone": "+44 7700 900124"},
    "trafficking": {"vic_MethodsOfControl": ["TakesEarnings", "DebtBondage", "SexualAbuse"]},
    "events": {"hte_Description": "First line.\r\nSecond line."},
}
"""As forms keep it, and a reader of files would not: choices in the order ticked, blanks in numbers, the line breaks of browsers."""


def enter(by: Acting) -> list[Case]:
    return [
        world.case(by),
        world.case(by, person=WRITTEN_OTHERWISE),
        world.case(by, person={"identity": {"prs_FirstName": "Carla"}}),
        world.case(by, age="child", person={}),
    ]


def change(by: Acting, case: Case, group: str, **values: str) -> None:
    held = queries.read(by=by, case=case, groups=[group]).get(group, {})
    row = CaseRecord.objects.filter(case=case, group=group).first()
    services.save_group(by=by, case=case, group=group, given={**held, **values}, seen_version=row.version if row else 0)


@pytest.mark.parametrize("contact", [True, False], ids=["with contact", "without"])
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_cases_entered_by_hand_come_back_as_already_here_and_go_out_equal(worker: Acting, format_: str, contact: bool) -> None:
    enter(worker)
    with acting_as(worker):
        data = export(worker, format_, contact=contact)
        assert outcome(worker, data, f"a.{format_}") == (0, 4, (), 0)
        assert importing.file_rows(by=worker, checked=importing.check(by=worker, data=data, filename=f"a.{format_}")) == []
        assert Case.objects.count() == 4 and export(worker, format_, contact=contact) == data


def test_imported_cases_beside_them_come_back_too_also_where_they_changed(worker: Acting) -> None:
    enter(worker)
    with acting_as(worker):
        for data in (UNNUMBERED, b"CaseNumber,prs_FirstName\r\n7,Dalia\r\n8,Esther\r\n"):
            imported = importing.file_rows(by=worker, checked=importing.check(by=worker, data=data, filename="a.csv"))
            assert outcome(worker, export(worker))[:1] == (0,)
            change(worker, imported[0], "identity", prs_SecondName="Changed")
            change(worker, imported[0], "safe_contact", ent_SafeContactNever="never by letter")
        for contact in (True, False):
            assert outcome(worker, export(worker, contact=contact)) == (0, 8, (), 0)
        assert outcome(worker, UNNUMBERED)[0] == 0, "the file that was brought first is known still"


def test_a_row_that_says_something_else_of_a_case_entered_by_hand_is_a_conflict_and_the_look_is_recorded(worker: Acting) -> None:
    world.case(worker)
    with acting_as(worker):
        data = export(worker)
        assert outcome(worker, data.replace(b"Amara", b"Belinda")) == (0, 0, (2,), 0)
    assert written("cases.compare", outcome="read") == 1


def test_a_colleague_in_no_team_is_told_they_are_here_and_nothing_is_compared(worker: Acting) -> None:
    enter(worker)
    with acting_as(worker):
        data = export(worker)
    with as_steward():
        colleague = world.post(Body.objects.get(pk=worker.body))
    with acting_as(colleague):
        assert outcome(colleague, data) == outcome(colleague, data.replace(b"Amara", b"Belinda")) == (0, 0, (), 4)
    assert written("cases.compare", outcome="read") == 0


def test_another_body_takes_the_file_as_new_once(worker: Acting) -> None:
    enter(worker)
    with acting_as(worker):
        data = export(worker)
    other = world.post(world.body("red"))
    with acting_as(other):
        importing.file_rows(by=other, checked=importing.check(by=other, data=data, filename="a.csv"))
        assert outcome(other, data) == outcome(other, export(other)) == (0, 4, (), 0)


def test_an_erased_person_does_not_come_back_with_an_old_file(worker: Acting) -> None:
    case = world.case(worker)
    with acting_as(worker):
        data = export(worker)
        erasure.erase(by=worker, case=case, requested_by_person=False)
        assert outcome(worker, data) == (0, 1, (), 0)
    with as_steward():
        assert Case.objects.count() == 1
