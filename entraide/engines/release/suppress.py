"""Withholds small cells, and as many others as it takes that subtraction does not bring them back.

For each small cell a linear program looks for the cheapest way in which the table could be another one: the small cell larger by k, all
sums still right, no count negative. Whatever moves on that way is withheld too. The true table and the other then look alike to every
attacker, so the interval he can derive is at least k wide. Kelly, Golden, Assad 1992; Fischetti, Salazar 2000 (the linear relaxation
used as heuristic).
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from entraide.engines.release.arrays import Bools, Floats, Progress, quiet
from entraide.engines.release.cube import Axes, Cube
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

NEARLY = 1e-6
Sums: TypeAlias = "sparse.csr_matrix[np.float64]"


@dataclass(frozen=True)
class Withheld:
    """Per published table, the counts with withheld cells as the interval that everybody could derive (bounds are equal elsewhere)."""

    at_least: dict[Axes, Floats]
    at_most: dict[Axes, Floats]
    hidden: dict[Axes, Floats]  # 1 where withheld
    primary: int
    secondary: int


def suppress(cube: Cube, k: int, progress: Progress = quiet) -> Withheld:
    """Counts from 1 to k-1 and what protects them are withheld; zeros are told. The intervals are at least k wide."""
    counts, sums = cube.flat(), cube.sums()
    small = (counts > 0) & (counts < k)
    hidden = small.copy()
    safe = np.zeros(len(counts), dtype=np.bool_)
    for done, cell in enumerate(order := np.flatnonzero(small)[np.argsort(counts[small], kind="stable")[::-1]]):
        if not safe[cell]:
            moves = _other_table(cube, sums, counts.astype(np.float64), hidden, int(cell), k)
            hidden |= np.abs(moves) > NEARLY
            safe |= np.abs(moves) >= k - NEARLY
        progress(say(_("Withholding")), (done + 1) / len(order))
    low, high = intervals(sums, counts.astype(np.float64), hidden, progress)
    parts = [cube.split(values) for values in (low, high, hidden.astype(np.float64))]
    return Withheld(parts[0], parts[1], parts[2], int(small.sum()), int(hidden.sum() - small.sum()))


def _other_table(cube: Cube, sums: Sums, counts: Floats, hidden: Bools, cell: int, k: int) -> Floats:
    """How every published cell moves in the cheapest other table in which `cell` is larger by k. (published cells,)

    Unknowns: inner cells up and down, published cells up and down; published = sums · inner. Withheld cells move for nothing.
    """
    published, inner = sums.shape
    identity = sparse.identity(published, format="csr")
    equal = sparse.hstack([sums, -sums, -identity, identity], format="csr")
    price = np.where(hidden, 1e-4, 1 + np.sqrt(counts))
    price[0] = 1 + 10 * counts[0] if not hidden[0] else price[0]  # the grand total goes last
    lowest = np.zeros(2 * (inner + published))
    highest = np.concatenate([np.full(inner, np.inf), cube.counts.ravel(), np.full(published, np.inf), counts])
    lowest[2 * inner + cell] = highest[2 * inner + cell] = k
    highest[2 * inner + published + cell] = 0
    costs = np.concatenate([np.full(2 * inner, 1e-6), price, price])
    answer = _program(costs, equal, np.zeros(published), lowest, highest)
    if answer.x is None:
        raise Refused(_("The table could not be protected: fewer columns or fewer values per column will help."))
    up, down = np.split(answer.x[2 * inner :], 2)
    return np.asarray(up - down)


def intervals(sums: Sums, counts: Floats, hidden: Bools, progress: Progress = quiet) -> tuple[Floats, Floats]:
    """What anybody can derive by linear programming about each published cell, from those that are not hidden."""
    low, high = counts.copy(), counts.copy()
    known = sums[np.flatnonzero(~hidden)]
    told = counts[~hidden]
    cells = np.flatnonzero(hidden)
    for done, cell in enumerate(cells.tolist()):
        aim = sums[cell].toarray().ravel()
        low[cell] = np.ceil(_extreme(aim, known, told) - NEARLY)
        high[cell] = np.floor(-_extreme(-aim, known, told) + NEARLY)
        progress(say(_("Auditing")), (done + 1) / len(cells))
    return low, high


def _extreme(aim: Floats, known: Sums, told: Floats) -> float:
    answer = _program(aim, known, told, np.zeros(len(aim)), np.full(len(aim), np.inf))
    return float(answer.fun) if answer.status == 0 else -np.inf


def _program(costs: Floats, equal: Sums, right: Floats, lowest: Floats, highest: Floats) -> Any:
    """scipy's answer; its stubs do not know that bounds may be an array."""
    some = {"A_eq": equal, "b_eq": right} if len(right) else {}
    return linprog(costs, bounds=np.column_stack([lowest, highest]), method="highs", **some)  # type: ignore[call-overload]
