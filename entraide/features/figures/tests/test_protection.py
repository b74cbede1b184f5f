"""What is told against somebody who computes: no small count can be worked out from all that is told together."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from entraide.engines.release.arrays import Floats
from entraide.features.figures.protection import Line, protect
from entraide.kernel.base.figures import Column

SEX, AGE, FORM = Column("sex", ("F", "M", "_U")), Column("age", ("Y0T17", "Y_GE18")), Column("form", ("SEX", "LAB", "OTH"))
CITIZENSHIP = Column("citizenship")
K = 5
Cells = dict[tuple[str, str, str, str], int]
NAMES = ("sex", "age", "form", "citizenship")


def raw(cells: Cells) -> list[tuple[tuple[Column, ...], Counter[tuple[str, ...]]]]:
    what, where = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for (sex, age, form, country), count in cells.items():
        what[sex, age, form] += count
        where[(country,)] += count
    return [((SEX, AGE, FORM), what), ((CITIZENSHIP,), where)]


def worlds(lines: list[Line]) -> tuple[list[tuple[str, ...]], Floats, Floats]:
    """What an attacker writes down: every table of persons by all columns at once that fits all that is told."""
    named = sorted({line.codes["citizenship"] for line in lines if "citizenship" in line.codes} | {"_O"})
    inner: list[tuple[str, ...]] = list(product(SEX.values, AGE.values, FORM.values, named))
    rows, sums = [], []
    for line in lines:
        if line.low == line.high:
            rows.append([all(codes[NAMES.index(name)] == code for name, code in line.codes.items()) for codes in inner])
            sums.append(line.low)
    return inner, np.array(rows, dtype=float), np.array(sums, dtype=float)


cells_of = st.dictionaries(
    st.tuples(st.sampled_from(SEX.values), st.sampled_from(AGE.values), st.sampled_from(FORM.values), st.sampled_from(["NG", "RO", "VN"])),
    st.integers(0, 14), max_size=16,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(cells_of)
def test_an_attacker_with_a_linear_program_cannot_narrow_a_small_count_below_k(cells: Cells) -> None:
    lines = protect(raw(cells), K)
    inner, known, told = worlds(lines)
    total = sum(cells.values())
    if total < K:
        assert [(line.low, line.high, dict(line.codes)) for line in lines] == [(0, K - 1 if total else 0, {})]
        return
    named = {line.codes["citizenship"] for line in lines if "citizenship" in line.codes} - {"_O"}
    for line in lines:
        truth = sum(count for codes, count in cells.items() if counts_in(line, codes, named))
        assert line.low <= truth <= line.high, "the range holds the truth"
        if line.low < line.high and 0 < truth < K:  # what is withheld only to protect it may be known more closely
            assert line.high - line.low >= K
            aim = np.array([all(codes[NAMES.index(name)] == code for name, code in line.codes.items()) for codes in inner], dtype=float)
            least, most = (float(linprog(sign * aim, A_eq=known, b_eq=told).fun or 0) * sign for sign in (1, -1))
            assert most - least >= K - 1e-6, f"{line} is known as {least} to {most}"


def counts_in(line: Line, codes: tuple[str, ...], named: set[str]) -> bool:
    """Whether persons of these codes are counted in a line; rarer countries stand together as `_O`."""
    said = (*codes[:3], codes[3] if codes[3] in named else "_O")
    return all(said[NAMES.index(name)] == code for name, code in line.codes.items())


@settings(max_examples=40, deadline=None)
@given(cells_of)
def test_no_number_told_is_a_small_count_of_persons(cells: Cells) -> None:
    assert not [line for line in protect(raw(cells), K) if line.low == line.high and 0 < line.low < K]


def test_groups_of_different_persons_are_a_fault_and_no_table() -> None:
    with pytest.raises(ValueError, match="different persons"):
        protect([((SEX,), Counter({("F",): 9})), ((AGE,), Counter({("Y0T17",): 8}))], K)


def test_a_country_of_fewer_than_k_is_not_named() -> None:
    lines = protect([((CITIZENSHIP,), Counter({("NG",): 9, ("TV",): 1, ("NR",): 5}))], K)
    assert {line.codes["citizenship"] for line in lines if line.codes} <= {"NG", "NR", "_O"}
