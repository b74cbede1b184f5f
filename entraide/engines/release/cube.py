"""A table with its margins, as it is published: which cells there are and how they add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import sparse

from entraide.engines.release.arrays import Codes, Columns, Floats, Ints, count
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _

MOST_CELLS = 5_000
Axes = tuple[int, ...]


@dataclass(frozen=True)
class Cube:
    """Counts over all columns of the asked tables together, and the sets of axes that are published (margins included)."""

    columns: Columns
    counts: Ints
    published: list[Axes]

    def table(self, axes: Axes) -> Ints:
        """The published table over `axes`."""
        return np.asarray(self.counts.sum(axis=tuple(axis for axis in range(self.counts.ndim) if axis not in axes)))

    def flat(self) -> Ints:
        """All published cells in a row, table after table."""
        return np.concatenate([self.table(axes).ravel() for axes in self.published])

    def sums(self) -> "sparse.csr_matrix[np.float64]":
        """The 0/1 matrix (published cells, inner cells) that adds inner cells up to published ones."""
        shape = self.counts.shape
        places = np.indices(shape).reshape(len(shape), -1)
        parts = []
        for axes in self.published:
            size = int(np.prod([shape[axis] for axis in axes]))
            row = np.zeros(self.counts.size, dtype=np.int64)
            for axis in axes:
                row = row * shape[axis] + places[axis]
            parts.append(sparse.csr_matrix((np.ones(row.size), (row, np.arange(row.size))), shape=(size, row.size)))
        return sparse.csr_matrix(sparse.vstack(parts))

    def split(self, flat: Floats) -> dict[Axes, Floats]:
        """What `flat` says, table by table."""
        found, start = {}, 0
        for axes in self.published:
            shape = [self.counts.shape[axis] for axis in axes]
            size = int(np.prod(shape))
            found[axes] = flat[start : start + size].reshape(shape)
            start += size
        return found


def cube(codes: list[Codes], sizes: list[int], tables: Iterable[Columns], order: int) -> Cube:
    """The cube under all asked tables; margins of each table up to `order` columns are published with it."""
    asked = [tuple(dict.fromkeys(table)) for table in tables]
    columns = tuple(sorted({column for table in asked for column in table}))
    if int(np.prod([sizes[column] for column in columns], dtype=float)) > MOST_CELLS:
        why = _("These tables together have more than %(most)s cells, more than can be audited: ask for fewer columns or values.")
        raise Refused(why, most=MOST_CELLS)
    published = {
        tuple(sorted(columns.index(column) for column in part))
        for table in asked
        for length in range(min(order, len(table)) + 1)
        for part in combinations(table, length)
    }
    return Cube(columns, count(codes, columns, sizes), sorted(published, key=lambda axes: (len(axes), axes)))
