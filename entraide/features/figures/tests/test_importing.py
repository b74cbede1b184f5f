"""A table in a file: tried, filed whole or not at all, never twice, with everything that has no place beside it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from entraide.engines.tables import Asked
from entraide.features.figures import importing
from entraide.features.figures.models import Cell, Table
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
TABLE = "Pays;2019;2020*;2021\nFrance;1.234;2.345;..\nCôte d’Ivoire;<5;12 (a);-3\n".encode("cp1252")
SAME = b'Country,Year,Value\nFRA,2019,"1,234"\nFRA,2020,2345\nCIV,2019,1-4\nCIV,2020,12\n'


@pytest.fixture
def analyst() -> Acting:
    return world.post(world.body("rapporteur", country="PT"), "analyst")


def tried(by: Acting, data: bytes = TABLE) -> Table:
    with acting_as(by):
        return importing.try_file(by=by, data=data, name="t.csv", title="Victims", source="Test", already_public=True, asked=Asked())


def test_a_trial_files_nothing_and_tells_the_sums(analyst: Acting) -> None:
    table = tried(analyst)
    with acting_as(analyst):
        assert not Cell.objects.exists()
    report = importing.found_in(table)
    assert (report["placed"], report["placed_low"], report["seen_low"], report["not_known"]) == (4, 3592, 3592, 1)
    assert [(row, column, reason) for row, column, _text, reason, *_rest in report["unplaced"]] == [(3, "2021", "negative")]


def test_filing_needs_a_look_at_what_has_no_place_and_files_every_unit(analyst: Acting) -> None:
    table = tried(analyst)
    with acting_as(analyst):
        with pytest.raises(Refused, match="unseen"):
            importing.file_table(by=analyst, table=table, seen=False)
        importing.file_table(by=analyst, table=table, seen=True)
        cells = {(cell.area, cell.year): (int(cell.low), int(cell.high or 0)) for cell in Cell.objects.all()}
        assert cells == {("FR", 2019): (1234, 1234), ("FR", 2020): (2345, 2345), ("CI", 2019): (1, 4), ("CI", 2020): (12, 12)}
        assert bytes(Table.objects.get().file) == b"", "the file is not kept once it is filed"
    with as_steward():
        assert set(AuditEntry.objects.values_list("action", flat=True)) == {"figures.try_table", "figures.file_table"}


def test_the_same_table_written_otherwise_is_not_filed_twice(analyst: Acting) -> None:
    first, second = tried(analyst), tried(analyst, SAME)
    assert first.digest == second.digest
    with acting_as(analyst):
        importing.file_table(by=analyst, table=first, seen=True)
        assert importing.filed_twin(second) == first
        with pytest.raises(Refused, match="twice"):
            importing.file_table(by=analyst, table=second, seen=True)
        assert Cell.objects.count() == 4


def test_another_body_may_file_the_same_table(analyst: Acting) -> None:
    other = world.post(world.body("other"), "analyst")
    for by in (analyst, other):
        table = tried(by)
        with acting_as(by):
            importing.file_table(by=by, table=table, seen=True)
            assert Table.objects.count() == 1


def test_if_the_record_fails_nothing_is_filed(analyst: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tried(analyst)

    def broken(**_facts: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(importing, "record", broken)
    with acting_as(analyst):
        with pytest.raises(RuntimeError):
            importing.file_table(by=analyst, table=table, seen=True)
        assert not Cell.objects.exists() and Table.objects.get().state == "tried"


def test_a_tried_file_is_thrown_away_with_its_content(analyst: Acting) -> None:
    table = tried(analyst)
    with acting_as(analyst):
        importing.discard(by=analyst, table=table)
        assert (bytes(Table.objects.get().file), Table.objects.get().report) == (b"", {})
        with pytest.raises(Refused, match="wrong_state"):
            importing.file_table(by=analyst, table=table, seen=True)


def sent(client: Client, data: bytes, name: str = "table.csv") -> HttpResponse:
    given = {"file": SimpleUploadedFile(name, data), "title": "Victims", "source": "Test", "indicator": "tip.victims"}
    answer: HttpResponse = client.post(reverse("figures:bring"), given, follow=True)  # type: ignore[assignment]  # followed
    return answer


def test_from_the_page_a_file_is_tried_and_filed(analyst: Acting) -> None:
    client = world.client_of(analyst)
    shown = sent(client, TABLE).content.decode()
    assert "A count cannot be negative." in shown and "3,592" in shown
    with acting_as(analyst):
        table = Table.objects.get()
    url = reverse("figures:file_table", args=[table.pk])
    assert client.post(url, {}).status_code == 403
    for _press in range(2):
        answer = client.post(url, {"seen": "on"}, follow=True)
        assert answer.status_code == 200 and "1 to 4" in answer.content.decode()
    assert "A count cannot be negative." in answer.content.decode(), "what has no place stays beside the table"


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"", "The file is empty."), (b"hello", "No head of a table"), (b"PK\x03\x04x", "cannot be opened")]
)
def test_a_file_that_is_no_table_is_refused_on_its_page(analyst: Acting, data: bytes, sentence: str) -> None:
    answer = sent(world.client_of(analyst), data, "<b>x</b>.csv")
    assert answer.status_code == 200 and sentence in answer.content.decode() and "<b>x</b>" not in answer.content.decode()
    with acting_as(analyst):
        assert not Table.objects.exists()


def test_a_stranger_finds_nothing_and_a_reader_of_the_body_may_not_file(analyst: Acting) -> None:
    table = tried(analyst)
    with acting_as(analyst):
        home = table.holder
    with as_steward():
        from entraide.kernel.bodies.models import Body

        body = Body.objects.get(pk=home)
    for name in ("tried", "file_table", "discard_table"):
        url = reverse(f"figures:{name}", args=[table.pk])
        stranger, reader = world.client_of(world.post(world.body(), "analyst")), world.client_of(world.post(body, "coordinator"))
        assert stranger.post(url, {"seen": "on"}).status_code == 404
        assert reader.post(url, {"seen": "on"}).status_code == 403
