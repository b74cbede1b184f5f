"""Who opened this: shown to the data protection post of the holder, and to nobody else."""

import csv
from io import StringIO
from uuid import UUID

import pytest
from django.urls import reverse

from entraide.features.cases import queries as cases
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def casa() -> Body:
    return world.body("casa", name="Casa Aurora")


def opened_by(worker: Acting) -> str:
    case = world.case(worker)
    with acting_as(worker):
        cases.read(by=worker, case=case, groups=["identity", "contact"])
    return str(case.pk)


def test_every_reading_is_listed_with_who_which_case_and_when(casa: Body) -> None:
    worker = world.post(casa, name="Ines Worker")
    case = opened_by(worker)
    officer = world.client_of(world.post(casa, "data_protection"))
    page = officer.get(reverse("record:openings")).content.decode()
    with acting_as(worker):
        reference = cases.get(UUID(case)).reference
    assert "Ines Worker" in page and f">{reference}<" in page and f">{case}<" not in page and "Read what is recorded of the person" in page
    assert "Identity: name, birth date, gender, citizenship; Telephone" in page, "the groups of fields that were read"
    assert "Amara" not in page and "Testperson" not in page
    other = opened_by(worker)
    narrowed = officer.get(reverse("record:openings"), {"case": reference.lower(), "outcome": ""}).content.decode()
    assert case in narrowed and other not in narrowed
    assert "Your body has no case with this reference" in officer.get(reverse("record:openings"), {"case": "ZZZ-ZZZZ"}).content.decode()


def test_another_body_s_data_protection_post_sees_none_of_it(casa: Body) -> None:
    case = opened_by(world.post(casa))
    elsewhere = world.client_of(world.post(world.body("red"), "data_protection"))
    assert case not in elsewhere.get(reverse("record:openings")).content.decode()
    with as_steward():
        reference = Case.objects.get(pk=case).reference
    told = elsewhere.get(reverse("record:openings"), {"case": reference}).content.decode()
    assert "Your body has no case with this reference" in told, "as for one that nobody has"


@pytest.mark.parametrize("function", ["case_worker", "administrator", "coordinator", "investigator"])
@pytest.mark.parametrize("name", ["record:openings", "record:export"])
def test_other_functions_are_refused_with_a_sentence(function: str, name: str, casa: Body) -> None:
    answer = world.client_of(world.post(casa, function)).get(reverse(name))
    assert answer.status_code == 403 and "The post you act for does not include this" in answer.content.decode()


def test_the_export_has_the_rows_of_the_list_and_is_itself_recorded(casa: Body) -> None:
    worker = world.post(casa, name="=cmd()")
    case = opened_by(worker)
    other = opened_by(worker)
    officer = world.client_of(world.post(casa, "data_protection"))
    answer = officer.get(reverse("record:export"), {"case": case})
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert all(row[5] == case for row in rows[1:]) and len(rows) > 1 and other not in answer.content.decode()
    assert rows[1][1].startswith("'="), "a name that begins like a formula is made harmless"
    with as_steward():
        assert AuditEntry.objects.filter(action="record.export").count() == 1


def test_refusals_are_listed_too(casa: Body) -> None:
    world.client_of(world.post(casa, "administrator")).get("/cases/")
    page = world.client_of(world.post(casa, "data_protection")).get(reverse("record:openings"), {"outcome": "refused"}).content.decode()
    assert "A page of cases" in page and "cases:list" not in page


def test_a_filter_that_is_nonsense_shows_a_sentence_and_not_an_error(casa: Body) -> None:
    answer = world.client_of(world.post(casa, "data_protection")).get(
        reverse("record:openings"), {"case": "x", "since_day": "99", "page": "-3"}
    )
    assert answer.status_code == 200
