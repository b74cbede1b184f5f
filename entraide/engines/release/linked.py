"""What may be told of numbers that add up to each other: margins, hierarchies and tables that share totals are one list with sums.

For each small number a program looks for the cheapest way in which the table could be another one: that number larger by k, all sums
still right, no count negative, every count whole. Whatever moves on that way is withheld too. The true table and the other then look
alike to every attacker, also to one who knows that persons come in whole numbers, so the interval he can derive is at least k wide.
Kelly, Golden, Assad 1992; Fischetti, Salazar 2000. The linear relaxation answers first; where its answer is not whole, branch and bound.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse.csgraph import connected_components

from entraide.engines.release.arrays import Bools, Floats, Ints, Progress, quiet
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

NEARLY = 1e-6
LONGEST = 30.0  # seconds for one program
OUT_OF_TIME = 1  # as scipy says it
WITHHELD, UNTOLD = 1e-4, 1e-6  # price of moving what is withheld already, and what nobody publishes
Sums: TypeAlias = "sparse.csr_matrix[np.float64]"


@dataclass(frozen=True)
class Linked:
    """A list of counts, each (cells,), and the sums among them, (sums, cells): every row of `sums` times the counts is zero.

    `least` and `most`: what everybody knows of a count that is not told. `price` of withholding it: infinite where it is known already.
    `untold`: nobody publishes it, or only as the range from `least` to `most`; then `counts` holds any number that fits the sums.
    `longest`: seconds that one program may take; what is not answered by then raises `Unanswered`.
    """

    counts: Floats
    sums: Sums
    least: Floats
    most: Floats
    price: Floats
    untold: Bools
    longest: float = LONGEST


class Exposed(Refused):
    """No other table exists in which this count is larger by k: it would be worked out whatever is withheld."""

    def __init__(self, cell: int) -> None:
        super().__init__(_("The table could not be protected: fewer columns or fewer values per column will help."))
        self.cell = cell


class Unanswered(Refused):
    """A program took too long: nobody knows whether the table is safe."""

    def __init__(self) -> None:
        super().__init__(_("The table could not be checked in time: fewer columns or fewer values per column will help."))


def withhold(table: Linked, small: Bools, k: int, progress: Progress = quiet) -> Bools:
    """The counts to withhold: the `small` ones and as many others as it takes. (cells,) Raises `Exposed` where nothing helps."""
    hidden = table.untold | small
    safe = np.zeros(len(small), dtype=np.bool_)
    for done, cell in enumerate(order := np.flatnonzero(small)[np.argsort(table.counts[small], kind="stable")[::-1]]):
        if not safe[cell]:
            moves = _other_table(table, hidden, int(cell), k)
            hidden |= np.abs(moves) > NEARLY
            safe |= np.abs(moves) >= k - NEARLY
        progress(say(_("Withholding")), (done + 1) / len(order))
    return hidden


def _other_table(table: Linked, hidden: Bools, cell: int, k: int) -> Floats:
    """How every count moves in the cheapest other table in which `cell` is larger by k. Unknowns: each count up, each count down."""
    fixed = ~hidden & np.isinf(table.price)
    price = np.where(hidden, np.minimum(table.price, WITHHELD), np.where(fixed, 0, table.price))
    up, down = (np.where(fixed, 0, room) for room in (table.most - table.counts, table.counts - table.least))
    if up[cell] < k:
        raise Exposed(cell)
    lowest, highest = np.zeros(2 * len(up)), np.concatenate([up, down])
    lowest[cell] = highest[cell] = k
    highest[len(up) + cell] = 0
    both: Sums = sparse.csr_matrix(sparse.hstack([table.sums, -table.sums]))
    answer = _solved(np.concatenate([price, price]), both, lowest, highest, whole=False, longest=table.longest)
    if answer.x is not None and np.abs(answer.x - np.rint(answer.x)).max() > NEARLY:
        answer = _solved(np.concatenate([price, price]), both, lowest, highest, whole=True, longest=table.longest)
    if answer.x is None:
        raise Exposed(cell)
    more, less = np.split(np.asarray(answer.x), 2)
    return np.asarray(more - less)


def intervals(
    table: Linked, hidden: Bools, cells: "np.typing.NDArray[np.intp]", *, whole: bool = False, progress: Progress = quiet
) -> tuple[Floats, Floats]:
    """What anybody can derive of these counts from those that are not hidden; `whole`: also from their being whole. (len(cells),) each"""
    lowest, highest = np.where(hidden, table.least, table.counts), np.where(hidden, table.most, table.counts)
    low, high = lowest[cells], highest[cells]
    group = _hanging(table.sums, lowest < highest)
    seen: dict[int, _Seen] = {}
    for place, cell in enumerate(cells.tolist()):
        if (number := int(group[cell])) >= 0:
            if number not in seen:
                seen[number] = _Seen(table, np.flatnonzero(group == number), lowest, highest, whole)
            low[place], high[place] = seen[number].ends(cell)
        progress(say(_("Auditing")), (place + 1) / len(cells))
    return low, high


def _hanging(sums: Sums, free: Bools) -> Ints:
    """Which counts that are not known hang together by sums: the number of the group; -1 for what is known or in no sum. (cells,)"""
    loose = sparse.coo_matrix(sums)
    real = (loose.data != 0) & free[loose.col]
    row, cell = loose.row[real].astype(np.int64), loose.col[real].astype(np.int64)
    ends = (np.concatenate([cell, len(free) + row]), np.concatenate([len(free) + row, cell]))
    graph = sparse.coo_matrix((np.ones(len(ends[0])), ends), shape=(sum(sums.shape),) * 2)
    label = connected_components(graph, directed=False)[1][: len(free)]
    return np.where(np.isin(np.arange(len(free)), cell), label, -1).astype(np.int64)


class _Seen:
    """Counts that hang together: one program for each end, unless the answer to an earlier one reached that end as far as it can go."""

    def __init__(self, table: Linked, cells: "np.typing.NDArray[np.intp]", lowest: Floats, highest: Floats, whole: bool) -> None:
        mine = sparse.csc_matrix(table.sums)[:, cells].tocsr()
        rows = np.flatnonzero(np.diff(mine.indptr))
        known = lowest.copy()
        known[cells] = 0
        self.sums, self.rest, self.whole, self.longest = (
            mine[rows],
            -np.asarray(table.sums[rows] @ known, dtype=np.float64),
            whole,
            table.longest,
        )
        self.place = {cell: place for place, cell in enumerate(cells.tolist())}
        self.lowest, self.highest = lowest[cells], highest[cells]
        self.least, self.most = self.highest.copy(), self.lowest.copy()

    def ends(self, cell: int) -> tuple[float, float]:
        """The least and the most that this count can be."""
        at = self.place[cell]
        low = self.lowest[at] if self.least[at] <= self.lowest[at] + NEARLY else self._end(at, 1)
        high = self.highest[at] if self.most[at] >= self.highest[at] - NEARLY else -self._end(at, -1)
        return float(low), float(high)

    def _end(self, at: int, sign: int) -> float:
        aim = np.zeros(len(self.lowest))
        aim[at] = sign
        answer = _solved(aim, self.sums, self.lowest, self.highest, whole=self.whole, longest=self.longest, totals=self.rest)
        if answer.x is not None:
            self.least, self.most = np.minimum(self.least, answer.x), np.maximum(self.most, answer.x)
        if answer.status == 0 and answer.fun is not None:
            return float(np.ceil(answer.fun - NEARLY))
        return float(self.lowest[at] if sign == 1 else -self.highest[at])


def fitting(sums: Sums, least: Floats, most: Floats, longest: float = LONGEST) -> Floats | None:
    """Whole counts between `least` and `most` that fit the sums; None where there are none."""
    answer = _solved(np.zeros(len(least)), sums, least, most, whole=True, longest=longest)
    return None if answer.x is None else np.rint(np.asarray(answer.x))


def _solved(
    costs: Floats, sums: Sums, lowest: Floats, highest: Floats, *, whole: bool, longest: float, totals: Floats | float = 0
) -> OptimizeResult:
    some = [LinearConstraint(sums, totals, totals)] if sums.shape[0] else []
    answer = milp(
        costs,
        integrality=np.full(len(costs), int(whole)),
        bounds=Bounds(lowest, highest),
        constraints=some,
        options={"time_limit": longest},
    )
    if answer.status == OUT_OF_TIME:
        raise Unanswered
    return answer
