"""Tables: nobody derives a withheld count from the margins; rounded tables add up; the attacker is a linear program."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from entraide.engines.release.cube import cube
from entraide.engines.release.randomness import Seeded
from entraide.engines.release.rounding import controlled
from entraide.engines.release.suppress import suppress

K = 5


def attacked(rows: np.ndarray, columns: np.ndarray, counts: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> tuple[float, float]:
    """The interval that an attacker derives for one cell of a two-way table from everything that is told."""
    shape, size = counts.shape, counts.size
    known, told = [], []
    for index in np.ndindex(shape):
        if not hidden[index]:
            known.append(np.eye(size)[np.ravel_multi_index(index, shape)])
            told.append(counts[index])
    for axis, margin in ((0, columns), (1, rows)):
        for place, total in enumerate(margin):
            if not np.isnan(total):
                mask = np.zeros(shape)
                mask[(slice(None), place) if axis == 0 else (place, slice(None))] = 1
                known.append(mask.ravel())
                told.append(total)
    aim = np.eye(size)[np.ravel_multi_index(cell, shape)]
    right = np.array(told, dtype=np.float64)
    low, high = (linprog(sign * aim, A_eq=np.array(known), b_eq=right, bounds=(0, None)) for sign in (1, -1))
    assert low.fun is not None
    return float(low.fun), -float(high.fun) if high.fun is not None else np.inf


@settings(max_examples=40)
@given(st.lists(st.integers(0, 14), min_size=12, max_size=12))
def test_no_small_count_is_derived_closer_than_k_by_linear_programming(given_counts: list[int]) -> None:
    counts = np.array(given_counts).reshape(3, 4)
    if not counts.sum():
        return
    codes = [np.repeat(np.indices(counts.shape)[axis].ravel(), counts.ravel()).astype(np.uint16) for axis in (0, 1)]
    made = cube(codes, [3, 4], [(0, 1)], 2)
    found = suppress(made, K)
    inner, rows, columns = (next(axes for axes in found.hidden if len(axes) == size and test(axes)) for size, test in (
        (2, lambda axes: True), (1, lambda axes: axes == (0,)), (1, lambda axes: axes == (1,)),
    ))  # fmt: skip
    hidden = found.hidden[inner].reshape(3, 4) > 0
    told_rows = np.where(found.hidden[rows].ravel() > 0, np.nan, counts.sum(axis=1))
    told_columns = np.where(found.hidden[columns].ravel() > 0, np.nan, counts.sum(axis=0))
    for cell in zip(*np.nonzero((counts > 0) & (counts < K)), strict=True):
        assert hidden[cell], "a small count is told"
        low, high = attacked(told_rows, told_columns, counts, hidden, cell)
        assert high - low >= K - 1e-6, (counts, cell, low, high)


@given(st.lists(st.integers(0, 40), min_size=12, max_size=12), st.sampled_from([3, 5]))
@settings(max_examples=60)
def test_controlled_rounding_goes_to_a_neighbour(given_counts: list[int], base: int) -> None:
    counts = np.array(given_counts, dtype=np.int64).reshape(3, 4)
    made = controlled(counts, base, Seeded(1))
    assert ((made % base) == 0).all() and (np.abs(made[:3, :4] - counts) < base).all()


def test_what_protects_one_small_cell_is_withheld_too() -> None:
    counts = np.array([[2, 20, 20], [20, 20, 20], [20, 20, 20]])
    codes = [np.repeat(np.indices(counts.shape)[axis].ravel(), counts.ravel()).astype(np.uint16) for axis in (0, 1)]
    found = suppress(cube(codes, [3, 3], [(0, 1)], 2), K)
    assert found.primary >= 1 and found.secondary >= 3, "one hole alone is filled by subtraction"
