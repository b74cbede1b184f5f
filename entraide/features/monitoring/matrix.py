"""Obligations by States: what the visible reports of a round find, as rows for a page and as a workbook."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from entraide.engines.htcds import settled
from entraide.features.monitoring import queries
from entraide.features.monitoring.chain.building import RANK, labelled
from entraide.features.monitoring.choices import EditionKind, Result
from entraide.features.monitoring.models import Edition, Evaluation, Finding, Round
from entraide.kernel.base.countries import country_name

WEIGHT = {Result.MET: 1.0, Result.PARTLY: 0.5, Result.NOT_MET: 0.0}


@dataclass(frozen=True)
class Matrix:
    """States in the order of countries, one row for each obligation; "" where nothing is visible."""

    states: list[tuple[str, str]]
    rows: list[tuple[str, list[str]]]
    clusters: list[str]
    """Of each row; empty words where the mechanism has none."""

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
    scope = [row for _cluster, inside in queries.scope(of) for row in inside]
    cells = {row.provision_id: [""] * len(evaluations) for row in scope}
    for edition, provision, result in Finding.objects.filter(edition__evaluation__round=of).values_list("edition", "provision", "result"):
        if edition in column and provision in cells:
            cells[provision][column[edition]] = result
    rows = [(label, cells[provision.pk]) for provision, label in labelled([row.provision for row in scope], language)]
    states = [(state, country_name(state)) for _evaluation, state in evaluations]
    return Matrix(states, rows, [of.mechanism.cluster_name(row.cluster) for row in scope])


def workbook(found: Matrix, title: str) -> bytes:
    """The matrix as XLSX; texts that begin like a formula stay texts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Matrix"
    clusters = any(found.clusters)
    lines = [[title], ["", *([str(_("Cluster"))] if clusters else []), *(name for _code, name in found.states)]]
    for (label, cells), cluster in zip(found.rows, found.clusters, strict=True):
        lines.append([label, *([cluster] if clusters else []), *(str(Result(cell).label) if cell else "" for cell in cells)])
    for words in lines:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", word) for word in words])
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                cell.data_type = "s"
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["A"].width = 60
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue())
