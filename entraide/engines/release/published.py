"""Tables as lines of a file: columns and values, the count, and the interval where it is withheld."""

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np

from entraide.engines.release import cellkey, rounding, suppress
from entraide.engines.release.arrays import Codes, Columns, Floats, Progress, count, quiet
from entraide.engines.release.cube import Axes, Cube, cube
from entraide.engines.release.randomness import Source
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import Sentence, say
from entraide.engines.sentence import gettext_noop as _

SYNTHETIC, SUPPRESSED, ROUNDED, CELL_KEY, NONE = "synthetic", "suppressed", "rounded", "cell-key", "none"
METHODS = (SYNTHETIC, SUPPRESSED, ROUNDED, CELL_KEY, NONE)
HEAD = ("column_1", "value_1", "column_2", "value_2", "column_3", "value_3", "count", "at_least", "at_most")
Line = list[str]
SAID = {
    SYNTHETIC: _("Counted from the synthetic rows. A combination that is not listed has a count from 0 to %(less)s; that is not zero."),
    SUPPRESSED: _(
        "Counted from the persons; counts from 1 to %(less)s and others that would give them away are withheld. An empty count is the "
        "interval beside it, which is all that can be derived; it is never zero for certain. The ε of the rows does not cover these tables."
    ),
    ROUNDED: _(
        "Counted from the persons and rounded at random to multiples of %(k)s, right on average. %(adding)s The ε of the rows does not "
        "cover these tables."
    ),
    CELL_KEY: _(
        "Counted from the persons with small noise that is the same wherever the same group appears; sums differ slightly. The ε of the "
        "rows does not cover these tables."
    ),
}


def said(method: str, k: int, adding: Sentence | None = None) -> Sentence | None:
    """The sentence that explains tables made by `method`; none where there are none."""
    return say(SAID[method], k=k, less=k - 1, adding=adding) if method in SAID else None


def from_rows(
    names: list[str], values: list[list[str]], codes: list[Codes], *, k: int, order: int, progress: Progress = quiet
) -> Iterator[Line]:
    """All combinations of up to `order` columns with counts of at least `k`."""
    sizes = [len(one) for one in values]
    wanted = [columns for length in range(1, min(order, len(names)) + 1) for columns in combinations(range(len(names)), length)]
    for done, columns in enumerate(wanted):
        table = count(codes, columns, sizes)
        for cell in np.argwhere(table >= k).tolist():
            number = str(table[tuple(cell)])
            yield [*_labels(names, values, columns, cell), number, number, number]
        progress(say(_("Writing tables")), (done + 1) / len(wanted))


def _labels(names: list[str], values: list[list[str]], columns: Columns, cell: Iterable[int]) -> Line:
    told = [text for column, value in zip(columns, cell, strict=True) for text in (names[column], values[column][value])]
    return told + [""] * (6 - len(told))


def from_persons(
    names: list[str], values: list[list[str]], codes: list[Codes], asked: list[Columns], method: str, *, k: int, order: int, source: Source,
    progress: Progress = quiet,
) -> tuple[list[Line], Sentence | None]:  # fmt: skip
    """The asked tables with their margins, protected by `method`; and the sentence that explains them."""
    if not asked:
        raise Refused(_("Name the tables to make from the persons, for example --table sex,age (several times if need be)."))
    sizes = [len(one) for one in values]
    made = cube(codes, sizes, asked, order)
    additive = True
    if method == SUPPRESSED:
        withheld = suppress.suppress(made, k, progress)
        low, high = withheld.at_least, withheld.at_most
    elif method == ROUNDED:
        tables, additive = rounding.rounded(made, k, source)
        low = high = {axes: table.astype(np.float64) for axes, table in tables.items()}
    else:
        moved = cellkey.perturbed(made, codes, sizes, cellkey.keys(len(codes[0]), source), cellkey.table())
        low = high = {axes: table.astype(np.float64) for axes, table in moved.items()}
    adding = say(_("They add up.") if additive else _("They do not add up exactly."))
    return list(_lines(names, values, made, low, high)), said(method, k, adding)


def _lines(names: list[str], values: list[list[str]], made: Cube, low: dict[Axes, Floats], high: dict[Axes, Floats]) -> Iterator[Line]:
    for axes in made.published:
        columns = tuple(made.columns[axis] for axis in axes)
        for cell in np.ndindex(*low[axes].shape):
            least, most = low[axes][cell], high[axes][cell]
            shown = [f"{least:.0f}", f"{most:.0f}" if np.isfinite(most) else ""]
            yield [*_labels(names, values, columns, cell), shown[0] if least == most else "", *shown]
