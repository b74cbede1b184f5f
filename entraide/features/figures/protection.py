"""From raw counts to what may be told: small cells and what would give them away become intervals.

The groups of a tally count the same persons, so what is told of one could help to work out another. They share no column, only the
total. Where the total is told, whatever one group adds to the other is the total that everybody has already: a table of both that fits
exists for every way to fill either (the transportation problem), so that each group is protected by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from entraide.engines.release.cube import Axes, Cube
from entraide.engines.release.refusal import Refused
from entraide.engines.release.suppress import Withheld, suppress
from entraide.features.figures.codes import OTHER
from entraide.kernel.base.figures import Column, Counts

ORDER = 2
"""Columns that are told in combination at most."""


@dataclass(frozen=True)
class Line:
    """A number to tell: its codes by dimension (those left out are totals), what everybody may know of it, its own indicator if any."""

    low: int
    high: int
    codes: Mapping[str, str] = field(default_factory=dict)
    indicator: str = ""


def protect(groups: Sequence[tuple[Sequence[Column], Counts]], k: int) -> list[Line]:
    """What may be told of counts of persons. Below `k` persons in all, only that; a group that cannot be protected is left out whole."""
    totals = {sum(counts.values()) for _columns, counts in groups}
    if len(totals) != 1:
        raise ValueError("the groups of a tally count different persons")
    total = totals.pop()
    if total < k:
        return [Line(0, k - 1 if total else 0)]
    told = [Line(total, total)]
    for columns, counts in groups:
        told += _group(columns, counts, k)
    return told


def _group(columns: Sequence[Column], counts: Counts, k: int) -> list[Line]:
    values = [column.values or _countries(counts, place, k) for place, column in enumerate(columns)]
    cube = np.zeros([len(each) for each in values], dtype=np.int64)
    for codes, count in counts.items():
        cube[tuple(each.index(code if code in each else OTHER) for each, code in zip(values, codes, strict=True))] += count
    axes = range(len(columns))
    published: list[Axes] = [part for length in range(min(ORDER, len(columns)) + 1) for part in combinations(axes, length)]
    try:
        withheld = suppress(Cube(tuple(axes), cube, published), k)
    except Refused:
        return []
    if withheld.hidden[()]:  # the other groups tell the total
        return []
    return list(_lines(columns, values, withheld, published[1:]))


def _countries(counts: Counts, place: int, k: int) -> tuple[str, ...]:
    """Countries of at least `k` persons by themselves, all rarer ones together: that somebody comes from one of them is not told."""
    sums: dict[str, int] = {}
    for codes, count in counts.items():
        sums[codes[place]] = sums.get(codes[place], 0) + count
    return (*sorted(code for code, count in sums.items() if count >= k and code != OTHER), OTHER)


def _lines(columns: Sequence[Column], values: list[tuple[str, ...]], withheld: Withheld, published: list[Axes]) -> Iterator[Line]:
    for axes in published:
        low, high = withheld.at_least[axes], withheld.at_most[axes]
        for cell in np.ndindex(*low.shape):
            codes = {columns[axis].name: values[axis][code] for axis, code in zip(axes, cell, strict=True)}
            yield Line(int(low[cell]), int(high[cell]), codes, columns[0].indicator)
