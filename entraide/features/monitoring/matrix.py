"""Obligations by States: what the visible reports of a round find, as rows for a page and as a workbook."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from openpyxl import Workbook

from entraide.engines.htcds import settled
from entraide.features.monitoring.chain.building import RANK, labelled
from entraide.features.monitoring.choices import EditionKind, Result
from entraide.features.monitoring.models import Edition, Evaluation, Finding, Round, Scope
from entraide.kernel.base.countries import country_name

WEIGHT = {Result.MET: 1.0, Result.PARTLY: 0.5, Result.NOT_MET: 0.0}


@dataclass(frozen=True)
class Matrix:
    """States in the order of countries, one row for each obligation; "" where nothing is visible."""

    states: list[tuple[str, str]]
    rows: list[tuple[str, list[str]]]

    def share(self, state: str) -> float | None:
        """How much of what was looked at is met; None where nothing is visible."""
        place = [code for code, _name in self.states].index(state)
        known = [WEIGHT[Result(cells[place])] for _label, cells in self.rows if cells[place] in WEIGHT]
        return sum(known) / len(known) if known else None


def matrix(of: Round, language: str) -> Matrix:
    """The matrix of a round, of the best edition of each report that the reader may see; four queries."""
    evaluations = list(Evaluation.objects.filter(round=of).order_by("place").values_list("pk", "state"))
    best: dict[UUID, tuple[int, UUID]] = {}
    for edition, evaluation, kind in Edition.objects.filter(evaluation__round=of).values_list("pk", "evaluation", "kind"):
        best[evaluation] = min(best.get(evaluation, (9, edition)), (RANK[EditionKind(kind)], edition))
    column = {best[evaluation][1]: at for at, (evaluation, _state) in enumerate(evaluations) if evaluation in best}
    provisions = [row.provision for row in Scope.objects.filter(round=of).select_related("provision__document").order_by("place")]
    cells = {provision.pk: [""] * len(evaluations) for provision in provisions}
    for edition, provision, result in Finding.objects.filter(edition__evaluation__round=of).values_list("edition", "provision", "result"):
        if edition in column and provision in cells:
            cells[provision][column[edition]] = result
    rows = [(label, cells[provision.pk]) for provision, label in labelled(provisions, language)]
    return Matrix([(state, country_name(state)) for _evaluation, state in evaluations], rows)


def workbook(found: Matrix, title: str) -> bytes:
    """The matrix as XLSX; texts that begin like a formula stay texts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Matrix"
    sheet.append([title])
    sheet.append(["", *(name for _code, name in found.states)])
    for label, cells in found.rows:
        sheet.append([label, *(str(Result(cell).label) if cell else "" for cell in cells)])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                cell.data_type = "s"
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["A"].width = 60
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue())
