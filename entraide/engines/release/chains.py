"""Rows that walk: each value is drawn again given the others of its row, under a model of pairs and chosen triples.

The model is the one of greatest entropy that keeps the measured tables: P(row) is proportional to exp(Σ field + Σ coupling of pairs + Σ
coupling of triples). Rows are resampled column by column (Geman, Geman 1984); the couplings follow the difference between wanted and
present tables while the rows go on (persistent chains: Younes 1989, Tieleman 2008). All this happens after the noise and costs no
privacy.
"""

from itertools import pairwise

import numpy as np

from entraide.engines.release.arrays import Bools, Columns, Floats, Ints, Singles, index
from entraide.engines.release.consistent import Targets

STEEPEST = 2.0  # of a single correction, in logarithms
Rows = np.ndarray[tuple[int, int], np.dtype[np.uint16]]


class Model:
    """Couplings in one square matrix over all values of all columns, and tables for triples (wanted shares, coupling)."""

    def __init__(self, sizes: list[int], targets: Targets) -> None:
        self.sizes, self.targets = sizes, targets
        self.triples: dict[Columns, tuple[Floats, Singles]] = {}
        starts = np.concatenate([[0], np.cumsum(sizes)])
        self.blocks = [slice(int(start), int(end)) for start, end in pairwise(starts)]
        width = int(starts[-1])
        self.coupling: Singles = np.zeros((width, width), dtype=np.float32)
        self.singles = np.concatenate(self.targets.singles)
        self.field: Singles = np.log(np.maximum(self.singles, 1e-6)).astype(np.float32)
        self.wanted = np.zeros((width, width))
        self.between = np.zeros((width, width), dtype=np.bool_)
        for (a, b), shares in self.targets.pairs.items():
            self.wanted[self.blocks[a], self.blocks[b]] = shares
            self.wanted[self.blocks[b], self.blocks[a]] = shares.T
            self.between[self.blocks[a], self.blocks[b]] = self.between[self.blocks[b], self.blocks[a]] = True
        self.never: Bools = self.between & (self.wanted == 0)

    def forbid(self, depth: float) -> None:
        """Pairs of values that nobody has become at least as unlikely as exp(-depth)."""
        self.coupling[self.never] = np.minimum(self.coupling[self.never], -depth)

    def add_triple(self, columns: Columns, shares: Floats) -> None:
        """A table of three to keep from now on."""
        self.triples[columns] = (shares, np.zeros(shares.shape, dtype=np.float32))


class Chains:
    """`amount` rows in motion: `rows` (columns, amount) and their indicators `marks` (values, amount)."""

    def __init__(self, model: Model, rows: Rows, draw: np.random.Generator) -> None:
        self.model, self.rows, self.draw = model, rows, draw
        self.marks: Singles = np.empty((len(model.field), rows.shape[1]), dtype=np.float32)
        for column in range(len(model.sizes)):
            self._mark(column)

    @classmethod
    def start(cls, model: Model, amount: int, draw: np.random.Generator) -> "Chains":
        """Rows whose columns are independent."""
        rows = np.stack([draw.choice(len(one), size=amount, p=one) for one in model.targets.singles]).astype(np.uint16)
        return cls(model, rows, draw)

    def resized(self, amount: int) -> "Chains":
        """The same rows repeated, or some of them."""
        order = self.draw.permutation(self.rows.shape[1])
        return Chains(self.model, self.rows[:, np.resize(order, amount)], self.draw)

    def walk(self, step: float, depth: float) -> None:
        """Draws every value once more, then moves the model towards its targets by `step`."""
        self.model.forbid(depth)
        for column in self.draw.permutation(len(self.model.sizes)).tolist():
            self._redraw(column)
        self._learn(step)

    def _redraw(self, column: int) -> None:
        """P(value | rest) for all rows at once, then one uniform number per row against the running sums."""
        model, size = self.model, self.model.sizes[column]
        block = model.blocks[column]
        weight = model.coupling[block] @ self.marks
        weight += model.field[block, None]
        self._add_triples(column, weight)
        weight -= weight.max(axis=0)
        np.exp(weight, out=weight)
        for value in range(1, size):
            weight[value] += weight[value - 1]
        mark = self.draw.random(weight.shape[1], dtype=np.float32)
        mark *= weight[-1]
        drawn = self.rows[column]
        drawn[:] = 0
        for value in range(size - 1):
            drawn += weight[value] <= mark
        self._mark(column)

    def _add_triples(self, column: int, weight: Singles) -> None:
        for columns, (_shares, coupling) in self.model.triples.items():
            if column in columns:
                place = columns.index(column)
                others = [other for other in columns if other != column]
                turned = np.moveaxis(coupling, place, 0).reshape(coupling.shape[place], -1)
                weight += turned[:, self.rows[others[0]].astype(np.intp) * self.model.sizes[others[1]] + self.rows[others[1]]]

    def _mark(self, column: int) -> None:
        start = self.model.blocks[column].start
        for value in range(self.model.sizes[column]):
            np.equal(self.rows[column], value, out=self.marks[start + value], casting="unsafe")

    def _learn(self, step: float) -> None:
        model, amount = self.model, self.rows.shape[1]
        present = (self.marks @ self.marks.T).astype(np.float64) / amount
        least = 1 / amount
        change = np.clip(np.log((model.wanted + least) / (present + least)), -STEEPEST, STEEPEST)
        model.coupling += (step * change * model.between).astype(np.float32)
        model.field += (step * np.log((model.singles + least) / (present.diagonal() + least))).astype(np.float32)
        for columns, (shares, coupling) in model.triples.items():
            there = np.bincount(self._cells(columns), minlength=shares.size).reshape(shares.shape) / amount
            coupling += (step * np.clip(np.log((shares + least) / (there + least)), -STEEPEST, STEEPEST)).astype(np.float32)

    def _cells(self, columns: Columns) -> Ints:
        return index(list(self.rows), columns, self.model.sizes)
