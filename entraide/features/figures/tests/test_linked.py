"""What wrong links would make of an estimate: asked for on the form, shown as a picture with its table, in both languages and as a file."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from entraide.engines import estimation as engine
from entraide.features.figures import estimating
from entraide.features.figures.models import Estimate
from entraide.kernel.access.context import Acting, acting_as
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)
FILE = b"a,b,c,count\n1,0,0,120\n0,1,0,90\n0,0,1,70\n1,1,0,30\n1,0,1,25\n0,1,1,20\n1,1,1,8\n"
GIVEN = {"title": "Lists", "source": "Test", "area": "PT", "year": "2025", "methods": ["stepwise", "dga"], "resamples": "0"}


@pytest.fixture
def analyst() -> Acting:
    with transaction.atomic():
        return world.post(world.body("rapporteur", country="PT"), "analyst")


def worked(by: Acting, **more: str) -> tuple[Client, Estimate]:
    client = world.client_of(by)
    client.post(reverse("figures:order_estimate"), GIVEN | more | {"file": SimpleUploadedFile("x.csv", FILE)})
    with transaction.atomic(), acting_as(by):
        estimate = Estimate.objects.get()
    estimating.Run(by, estimate.pk, 0).work()
    with transaction.atomic(), acting_as(by):
        return client, Estimate.objects.get()


def test_missed_and_false_links_are_shown_one_by_one_and_together(analyst: Acting) -> None:
    client, estimate = worked(analyst, missed="5", false="2")
    lines = {(each["missed"], each["false"]): each for each in estimate.links}
    assert list(lines) == [(0, 0), (0.05, 0), (0, 0.02), (0.05, 0.02)]
    alone = next(each["estimate"] for each in estimate.families if each["method"] == "stepwise")
    assert lines[0, 0]["median"] == pytest.approx(alone), "as matched it is the stepwise answer"
    assert lines[0.05, 0]["median"] < alone < lines[0, 0.02]["median"], "missed links make it too large, false ones too small"
    again = engine.linkage(engine.read_bytes(FILE), 0.05, 0.02, 1)
    assert lines[0.05, 0.02]["low"] == pytest.approx(again.low) and lines[0.05, 0.02]["high"] == pytest.approx(again.high)
    page = client.get(reverse("figures:estimate", args=[estimate.pk])).content.decode()
    assert "Assumed: 5 % of the persons who are on two lists were not recognised, and 2 % of the links" in page
    for label in ("As matched", "5 % of links missed", "2 % of links false", "Both"):
        assert page.count(label) >= 2, f"{label}: in the picture and in the table"
    assert "If 5 % of true links were missed and 2 % of those made are false, the stepwise answer lies between" in page


def test_the_same_in_french(analyst: Acting) -> None:
    client, estimate = worked(analyst, missed="5")
    client.cookies["django_language"] = "fr"
    page = client.get(reverse("figures:estimate", args=[estimate.pk]), headers={"accept-language": "fr"}).content.decode()
    assert "Si des liens étaient erronés" in page and "5\u00a0% de liens manqués" in page and "Tel que rapproché" in page


def test_the_table_is_to_be_had_as_a_file(analyst: Acting) -> None:
    client, estimate = worked(analyst, missed="5", false="2")
    text = client.get(reverse("figures:links_file", args=[estimate.pk, "csv"])).content.decode("utf-8-sig").splitlines()
    assert text[0] == "missed_links,false_links,low,middle,high,refusal" and len(text) == 5 and text[4].startswith("0.05,0.02,")
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("figures:links_file", args=[estimate.pk, "xlsx"])).content))
    rows = list(book.worksheets[0].values)
    assert [str(cell) for cell in rows[0]] == text[0].split(",") and rows[2][0] == 0.05 and isinstance(rows[2][3], float)
    stranger = world.client_of(world.post(world.body(), "analyst"))
    assert stranger.get(reverse("figures:links_file", args=[estimate.pk, "csv"])).status_code == 404
    assert client.get(reverse("figures:links_file", args=[estimate.pk, "pdf"])).status_code == 404


def test_without_rates_nothing_of_it_is_done_or_shown(analyst: Acting) -> None:
    client, estimate = worked(analyst)
    assert estimate.links == []
    assert "If links were wrong" not in client.get(reverse("figures:estimate", args=[estimate.pk])).content.decode()
    assert client.get(reverse("figures:links_file", args=[estimate.pk, "csv"])).status_code == 404


@pytest.mark.parametrize("wrong", ["-1", "51", "many"])
def test_rates_that_cannot_be_are_said_on_the_form(analyst: Acting, wrong: str) -> None:
    client = world.client_of(analyst)
    answer = client.post(reverse("figures:order_estimate"), GIVEN | {"missed": wrong, "file": SimpleUploadedFile("x.csv", FILE)})
    assert answer.status_code == 200 and "govuk-error-message" in answer.content.decode()
    with transaction.atomic(), acting_as(analyst):
        assert not Estimate.objects.exists()
