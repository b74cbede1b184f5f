"""HTCDS files in and out: tried, filed whole or not at all, never twice, and out again as they came in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entraide.engines import htcds
from entraide.features.cases import exporting, importing, queries, runs, services
from entraide.features.cases.models import Case, CaseRecord, ImportRun, SearchToken
from entraide.features.cases.tests.browsing import written
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
FILES = Path(__file__).resolve().parents[3] / "demo" / "files"
GOOD = ["htcds-shelter-intake.csv", "htcds-kobo-screening.xlsx"]
DAMAGED = "htcds-damaged.csv"


@pytest.fixture
def worker() -> Acting:
    return world.post(world.body("casa"))


def check(by: Acting, name: str) -> importing.Checked:
    return importing.check(by=by, data=(FILES / name).read_bytes(), filename=name)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_goes_in_and_comes_out_equal(name: str, worker: Acting) -> None:
    with acting_as(worker):
        checked = check(worker, name)
        assert checked.ok, [str(problem) for problem in checked.reading.problems]
        cases = importing.file_rows(by=worker, checked=checked)
        data, _dialect = exporting.export(by=worker, cases=cases)
        again = importing.check(by=worker, data=data, filename=name)
    assert len(cases) == len(checked.reading.rows) > 5
    if name.endswith(".csv"):
        assert data == (FILES / name).read_bytes()
    assert [row.values for row in again.reading.rows] == [row.values for row in checked.reading.rows]
    assert [row.raw for row in again.reading.rows] == [row.raw for row in checked.reading.rows]


@pytest.mark.parametrize("name", GOOD)
def test_the_same_file_again_makes_no_duplicates(name: str, worker: Acting) -> None:
    with acting_as(worker):
        first = importing.file_rows(by=worker, checked=check(worker, name))
        again = check(worker, name)
        assert (again.new, again.already_here, again.conflicts) == ((), len(first), ())
        assert importing.file_rows(by=worker, checked=again) == []
        assert Case.objects.count() == len(first)


def test_only_as_many_cases_are_fetched_as_are_exported(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "LARGEST", 2)
    with acting_as(worker), CaptureQueriesContext(connection) as asked:
        importing.file_rows(by=worker, checked=check(worker, GOOD[0]))
        exporting.export(by=worker, cases=queries.listed())
    read = [query["sql"] for query in asked if query["sql"].startswith("SELECT") and 'FROM "cases_case"' in query["sql"]]
    assert read[-1].endswith("LIMIT 2")
    assert written("cases.export") == 2


def test_a_damaged_file_imports_nothing_and_says_why_for_each_value(worker: Acting) -> None:
    with acting_as(worker):
        checked = check(worker, DAMAGED)
        assert not checked.ok and len({problem.code for problem in checked.reading.problems}) >= 15
        assert all(problem.sentence() for problem in checked.reading.problems)
        with pytest.raises(Refused):
            importing.file_rows(by=worker, checked=checked)
        assert Case.objects.count() == 0


def test_a_crash_in_the_middle_leaves_nothing(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(done: int, total: int) -> None:
        if done == 4:
            raise RuntimeError

    monkeypatch.setattr(importing, "BATCH", 2)
    with acting_as(worker):
        checked = check(worker, GOOD[0])
        with pytest.raises(RuntimeError):
            importing.file_rows(by=worker, checked=checked, progress=crash)
    with as_steward():
        assert [model.objects.count() for model in (Case, CaseRecord, SearchToken)] == [0, 0, 0]
        assert not AuditEntry.objects.filter(action="cases.import").exists()
    with acting_as(worker):
        assert len(importing.file_rows(by=worker, checked=check(worker, GOOD[0]))) == len(checked.reading.rows)


def test_a_changed_value_comes_out_changed_and_the_rest_as_it_was(worker: Acting) -> None:
    with acting_as(worker):
        cases = importing.file_rows(by=worker, checked=check(worker, GOOD[0]))
        case = cases[0]
        read = queries.read(by=worker, case=case, groups=["identity"])["identity"]
        row = CaseRecord.objects.get(case=case, group="identity")
        services.save_group(by=worker, case=case, group="identity", given={**read, "prs_FirstName": "Changed"}, seen_version=row.version)
        data, _dialect = exporting.export(by=worker, cases=cases)
    before, after = (FILES / GOOD[0]).read_bytes().splitlines(), data.splitlines()
    assert [index for index, (one, two) in enumerate(zip(before, after, strict=True)) if one != two] == [1]
    assert b"Changed" in after[1]


def test_the_same_number_with_other_values_is_a_conflict_and_nothing_is_filed(worker: Acting) -> None:
    head = "CaseNumber,prs_FirstName,prs_SecondName\r\n"
    with acting_as(worker):
        first = importing.check(by=worker, data=(head + "7,Amara,Testperson\r\n").encode(), filename="a.csv")
        importing.file_rows(by=worker, checked=first)
        second = importing.check(by=worker, data=(head + "7,Belinda,Testperson\r\n8,Carla,Testperson\r\n").encode(), filename="a.csv")
        assert second.conflicts == (2,)
        with pytest.raises(Refused):
            importing.file_rows(by=worker, checked=second)
        assert Case.objects.count() == 1


def test_an_imported_person_is_found_by_name_and_lies_sealed(worker: Acting) -> None:
    data = b"prs_FirstName,prs_SecondName,prs_Birthdate\r\nZuleika,Testperson,1999-05-31\r\n"
    with acting_as(worker):
        importing.file_rows(by=worker, checked=importing.check(by=worker, data=data, filename="a.csv"))
        assert queries.find(by=worker, names=["Testperson", "Zuleika"]).count() == 1
    with as_steward():
        kept = str(list(CaseRecord.objects.values_list("coded", "sealed"))) + str(list(Case.objects.values_list("source_id")))
    assert "Zuleika" not in kept and "1999-05-31" not in kept


@pytest.mark.parametrize(("born", "age"), [("1980-01-01", "adult"), ("2020-01-01", "child"), ("", "in_doubt")])
def test_age_follows_the_birth_date_and_is_in_doubt_without_one(born: str, age: str, worker: Acting) -> None:
    data = f"prs_FirstName,prs_Birthdate\r\nAmara,{born}\r\n".encode()
    with acting_as(worker):
        assert importing.file_rows(by=worker, checked=importing.check(by=worker, data=data, filename="a.csv"))[0].age == age


def upload(client: Client, data: bytes, name: str = "cases.csv") -> str:
    answer = client.post(reverse("cases:imports"), {"file": SimpleUploadedFile(name, data)}, follow=True)
    return answer.content.decode()


def test_the_page_tries_files_and_imports_once(worker: Acting) -> None:
    client = world.client_of(worker)
    assert "The file can be imported" in upload(client, (FILES / GOOD[0]).read_bytes())
    with acting_as(worker):
        run = ImportRun.objects.get()
    for _press in range(2):
        client.post(reverse("cases:import_confirm", args=[run.pk]))
    with acting_as(worker):
        assert Case.objects.count() == ImportRun.objects.get().created_cases > 5
        assert ImportRun.objects.get().sealed == {}


def test_the_page_names_row_column_and_reason(worker: Acting) -> None:
    page = upload(world.client_of(worker), (FILES / DAMAGED).read_bytes(), DAMAGED)
    assert reverse("cases:imports") in page and "Try another file" in page
    assert "Nothing can be imported yet" in page and "This day is not in the calendar." in page
    assert written("cases.read_import", outcome="read") == 1, "rejected values are shown, and that is a reading"
    assert "import_confirm" not in page and "/file/" not in page


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.csv", "The file is empty."),
        (b"MZ\x90\x00\x03", "a.exe", "cannot be read"),
        (b"\xff\xfe\x00", "a.csv", "cannot be read"),
        ("prs_FirstName\r\nA\u202ebla\r\n".encode(), "a.csv", "changes the direction of writing"),
        (b"prs_FirstName,prs_Birthdate\r\nAmara,1850-01-01\r\n", "a.csv", "Dates before 1900 are not taken"),
    ],
    ids=["empty", "program", "encoding", "direction", "date"],
)
def test_bad_files_get_a_sentence(data: bytes, name: str, sentence: str, worker: Acting) -> None:
    assert sentence in upload(world.client_of(worker), data, name)


def test_a_giant_file_is_refused_before_it_is_read(worker: Acting) -> None:
    assert "larger than 10 MB" in upload(world.client_of(worker), b"x" * (10 * 1024 * 1024 + 1))


def test_a_file_name_is_neither_kept_nor_shown(worker: Acting) -> None:
    page = upload(world.client_of(worker), (FILES / GOOD[0]).read_bytes(), "Amara Secretname <script>.csv")
    with as_steward():
        kept = str(list(ImportRun.objects.values())) + str(list(AuditEntry.objects.values("detail")))
    assert "Secretname" not in page and "Secretname" not in kept


def test_the_problems_of_a_file_are_narrowed_to_one_reason_without_a_word_of_the_file_in_the_address(worker: Acting) -> None:
    client = world.client_of(worker)
    upload(client, (FILES / DAMAGED).read_bytes())
    with acting_as(worker):
        address = reverse("cases:import_run", args=[ImportRun.objects.get().pk])
        problems = runs.look(by=worker, run=ImportRun.objects.get()).problems
    some = [place for place in problems if place.code == problems[0].code]
    assert 0 < len(some) < len(problems)
    narrowed = client.get(address, {"reason": problems[0].code})
    assert len(narrowed.context["page"].object_list) == len(some)
    offered = {code for name in ("reason", "field") for code, _word in narrowed.context["filter"].fields[name].choices}
    assert offered <= {"", *htcds.SENTENCES, *htcds.FIELDS}


def test_a_tried_file_is_nobody_else_s(worker: Acting) -> None:
    upload(world.client_of(worker), (FILES / GOOD[0]).read_bytes())
    with acting_as(worker):
        run = ImportRun.objects.get().pk
    stranger = world.client_of(world.post(world.body("red")))
    for name in ("cases:import_run", "cases:import_confirm", "cases:import_discard"):
        assert stranger.post(reverse(name, args=[run])).status_code == 404


def test_an_export_is_a_reading_of_every_case_in_it(worker: Acting) -> None:
    case = world.case(worker)
    answer = world.client_of(worker).post(reverse("cases:export"), {"format": "csv", "understood": "on"})
    assert b"Amara" in answer.content and b"weekday mornings" not in answer.content
    with as_steward():
        assert AuditEntry.objects.filter(action="cases.export", case=case.pk, outcome="read").count() == 1
    colleague = world.client_of(world.post(world.body("red")))
    assert b"Amara" not in colleague.post(reverse("cases:export"), {"format": "csv", "understood": "on"}).content


def test_a_telephone_number_leaves_in_a_file_without_its_rules_only_where_somebody_ticked_it() -> None:
    worker = world.post(world.body())
    ruled, bare = world.case(worker), world.case(worker, person={"contact": {"prs_MobilePhone": "+447700900999"}})
    browser, asked = world.client_of(worker), {"format": "csv", "understood": "on"}
    held_back = browser.post(reverse("cases:export"), asked).content.decode()
    assert "Amara" in held_back and "+447700900123" not in held_back and "+447700900999" in held_back
    ticked = browser.post(reverse("cases:export"), asked | {"contact": "on"}).content.decode()
    assert "+447700900123" in ticked
    with as_steward():
        told = AuditEntry.objects.filter(action="cases.export", case=ruled.pk).order_by("id").values_list("detail__groups", flat=True)
        assert ["contact" in groups for groups in told] == [False, True]
        assert AuditEntry.objects.filter(action="cases.export", case=bare.pk).count() == 2


def test_the_number_of_statements_does_not_grow_with_the_cases_exported(django_assert_max_num_queries: Any) -> None:
    worker = world.post(world.body())
    for _number in range(12):
        world.case(worker)
    with acting_as(worker), django_assert_max_num_queries(8):
        exporting.export(by=worker, cases=Case.objects.all())
