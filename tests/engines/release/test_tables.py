"""Tables: nobody derives a withheld count from what is told; rounded tables add up; cell keys are the same for the same group.

The attacker is a linear program that sees the published lines and nothing else.
"""

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from entraide.commands.release import release
from entraide.engines.release.cellkey import keys, perturbed
from entraide.engines.release.cellkey import table as noise_table
from entraide.engines.release.cube import Axes, Cube, cube
from entraide.engines.release.randomness import Seeded
from entraide.engines.release.rounding import controlled, rounded, single
from entraide.engines.release.suppress import suppress

K = 5
Told = dict[tuple[Axes, tuple[int, ...]], float]
"""What is published: by table and cell, the count; a withheld cell is not in it."""


def persons(counts: np.ndarray) -> list[np.ndarray]:
    """One code per person and column."""
    return [np.repeat(np.indices(counts.shape)[axis].ravel(), counts.ravel()).astype(np.uint16) for axis in range(counts.ndim)]


def published(made: Cube) -> tuple[Told, list[tuple[Axes, tuple[int, ...]]]]:
    found = suppress(made, K)
    told: Told = {}
    withheld = []
    for axes, hidden in found.hidden.items():
        for at in np.ndindex(*hidden.shape):
            if hidden[at]:
                withheld.append((axes, at))
            else:
                told[axes, at] = float(made.table(axes)[at])
    return told, withheld


def derived(shape: tuple[int, ...], told: Told, axes: Axes, at: tuple[int, ...]) -> tuple[float, float]:
    """All that can be said of one cell: the least and the greatest count over every table that agrees with what is told."""

    def row(axes: Axes, at: tuple[int, ...]) -> np.ndarray:
        mask = np.zeros(shape)
        place: list[slice | int] = [slice(None)] * len(shape)
        for axis, value in zip(axes, at, strict=True):
            place[axis] = value
        mask[tuple(place)] = 1
        return mask.ravel()

    known = np.array([row(*cell) for cell in told]) if told else None
    right = np.array(list(told.values())) if told else None
    low, high = (linprog(sign * row(axes, at), A_eq=known, b_eq=right, bounds=(0, None)) for sign in (1, -1))
    return float(low.fun or 0.0), np.inf if high.fun is None else -float(high.fun)


def attack(counts: np.ndarray, tables: list[tuple[int, ...]], order: int) -> None:
    made = cube(persons(counts), list(counts.shape), tables, order)
    told, withheld = published(made)
    for axes in made.published:
        for at in np.ndindex(*made.table(axes).shape):
            assert not 0 < made.table(axes)[at] < K or (axes, at) in withheld, "a small count is told"
    for axes, at in withheld:
        low, high = derived(counts.shape, told, axes, at)
        true = made.table(axes)[at]
        assert low - 1e-6 <= true <= high + 1e-6
        assert high - low >= (K if 0 < true < K else 1) - 1e-6, (counts.tolist(), axes, at, low, high)


def cells(*shape: int, most: int = 14) -> st.SearchStrategy[np.ndarray]:
    size = int(np.prod(shape))
    some = st.one_of(st.integers(0, most), st.sampled_from([0, 0, 1, 2, 30]))
    return st.lists(some, min_size=size, max_size=size).filter(any).map(lambda row: np.array(row).reshape(shape))


@settings(max_examples=10, deadline=None)
@given(cells(3, 4))
def test_of_a_table_of_two_no_withheld_count_is_derived(counts: np.ndarray) -> None:
    attack(counts, [(0, 1)], 2)


@settings(max_examples=5, deadline=None)
@given(cells(2, 3, 3))
def test_of_a_table_of_three_with_all_its_margins_no_withheld_count_is_derived(counts: np.ndarray) -> None:
    attack(counts, [(0, 1, 2)], 3)


@settings(max_examples=5, deadline=None)
@given(cells(3, 2, 3))
def test_of_two_tables_that_share_a_column_no_withheld_count_is_derived(counts: np.ndarray) -> None:
    attack(counts, [(0, 1), (1, 2)], 2)


@pytest.mark.soak
@settings(max_examples=300, deadline=None)
@given(cells(3, 3, 4), st.sampled_from([[(0, 1, 2)], [(0, 1), (1, 2), (0, 2)], [(0, 1), (2,)]]))
def test_of_many_larger_tables_no_withheld_count_is_derived(counts: np.ndarray, tables: list[tuple[int, ...]]) -> None:
    attack(counts, tables, 3)


def test_what_protects_one_small_cell_is_withheld_too() -> None:
    counts = np.array([[2, 20, 20], [20, 20, 20], [20, 20, 20]])
    found = suppress(cube(persons(counts), [3, 3], [(0, 1)], 2), K)
    assert found.primary >= 1 and found.secondary >= 3, "one hole alone is filled by subtraction"


def test_the_attacker_of_these_tests_finds_a_hole_that_is_alone() -> None:
    counts = np.array([[2, 20], [20, 20]])
    made = cube(persons(counts), [2, 2], [(0, 1)], 2)
    told: Told = {(axes, at): float(made.table(axes)[at]) for axes in made.published for at in np.ndindex(*made.table(axes).shape)}
    del told[(0, 1), (0, 0)]
    assert derived((2, 2), told, (0, 1), (0, 0)) == pytest.approx((2, 2))


def test_the_file_that_the_command_writes_withholds_too(tmp_path: Path) -> None:
    file = tmp_path / "persons.csv"
    counts = np.array([[[2, 9], [12, 8]], [[7, 1], [30, 25]], [[11, 14], [3, 22]]])
    columns = ("sex", "age", "form")
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        writer.writerows([f"{name}{code}" for name, code in zip(columns, row, strict=True)] for row in zip(*persons(counts), strict=True))
    told = ["--epsilon", "1", "--k", str(K), "--tables", "suppressed", "--table", "sex,age,form", "--no-report", "--seed", "1"]
    done = CliRunner().invoke(release, [str(file), "--out", str(tmp_path / "out"), *told])
    assert done.exit_code == 0, done.output
    seen: Told = {}
    hidden = []
    with (tmp_path / "out" / "UNSAFE-TEST-tables.csv").open() as opened:
        for line in csv.DictReader(opened):
            pairs = [(columns.index(line[f"column_{n}"]), line[f"value_{n}"]) for n in (1, 2, 3) if line[f"column_{n}"]]
            if any(value == "" for _, value in pairs):  # missing: nobody's is missing here
                continue
            axes, at = tuple(axis for axis, _ in pairs), tuple(int(value[-1]) for _, value in pairs)
            if line["count"]:
                seen[axes, at] = float(line["count"])
            else:
                hidden.append((axes, at, float(line["at_least"]), float(line["at_most"] or "inf")))
    assert hidden
    for axes, at, at_least, at_most in hidden:
        low, high = derived(counts.shape, seen, axes, at)
        assert high - low >= 1 and at_least <= low + 1e-6 and at_most >= high - 1e-6, "the file tells no more than can be derived"


@given(cells(3, 4, most=40), st.sampled_from([3, 5]))
@settings(max_examples=20, deadline=None)
def test_controlled_rounding_goes_to_a_neighbour_and_adds_up(counts: np.ndarray, base: int) -> None:
    made = cube(persons(counts), [3, 4], [(0, 1)], 2)
    tables, additive = rounded(made, base, Seeded(1))
    assert additive
    for axes, table in tables.items():
        assert (table % base == 0).all() and (np.abs(table - made.table(axes)) < base).all()
    assert (tables[0, 1].sum(axis=1) == tables[(0,)]).all() and tables[()] == tables[0, 1].sum()


def test_rounding_is_right_on_average() -> None:
    source, counts = Seeded(3), np.array([[1, 2, 7], [4, 8, 3], [0, 6, 11]])
    made = [controlled(counts, 5, source) for _ in range(600)]
    assert np.abs(np.mean(made, axis=0) - counts).max() < 0.5
    assert abs(float(np.mean([single(np.array([7]), 5, source)[0] for _ in range(2_000)])) - 7) < 0.25


def test_the_same_group_has_the_same_noise_in_every_table() -> None:
    codes = [np.array([0] * 40 + [1] * 60, dtype=np.uint16), np.array([0] * 40 + [1] * 30 + [2] * 30, dtype=np.uint16)]
    found = perturbed(cube(codes, [2, 3], [(0, 1)], 2), codes, [2, 3], keys(100, Seeded(5)), noise_table())
    assert found[(0,)][0] == found[(1,)][0] == found[0, 1][0, 0], "the same forty persons"


def test_cell_keys_leave_zeros_and_make_no_tiny_counts_and_are_right_on_average() -> None:
    noise, moves = noise_table(), np.arange(-5, 6)
    for count, steps in enumerate(noise.steps):
        chances = np.diff(steps, prepend=0.0)
        assert chances.sum() == pytest.approx(1) and float(chances @ moves) == pytest.approx(0, abs=1e-3)
        after = {count + int(move) for move in moves[chances > 1e-9]}
        assert after == {0} if count == 0 else all(result == 0 or result >= 3 for result in after)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_cube_counts_as_counting_by_hand_does(length: int) -> None:
    made = np.random.default_rng(2).integers(0, 3, size=(3, 200)).astype(np.uint16)
    codes = list(made)
    for columns in combinations(range(3), length):
        table = cube(codes, [3, 3, 3], [columns], 3).table(tuple(range(length)))
        for at in np.ndindex(*table.shape):
            same = np.all([codes[column] == value for column, value in zip(columns, at, strict=True)], axis=0)
            assert table[at] == same.sum()
