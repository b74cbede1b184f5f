"""Attackers who compute: linear programs, whole persons (branch and bound), hierarchies, tables that share totals, several editions, "<5".

Each attacker writes down what is told, as numbers and ranges, and everything that he knows adds up; nothing of the engine helps him.
"""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from entraide.engines.release import linked
from entraide.engines.release.cube import cube
from entraide.engines.release.suppress import suppress
from tests.engines.release.test_tables import cells, persons

K = 5
Codes = tuple[str, ...]
TOTAL = "_T"
REGIONS = {"north": ("a", "b"), "south": ("c", "d", "e")}
whole_only = pytest.mark.parametrize("whole", [False, True], ids=["linear program", "whole persons"])


def ends(sums: np.ndarray, low: np.ndarray, high: np.ndarray, cell: int, *, whole: bool) -> tuple[float, float]:
    """The least and the most that `cell` can be: every row of `sums` adds up to nothing, and what is told holds."""
    aim = np.zeros(len(low))
    found = []
    for sign in (1, -1):
        aim[cell] = sign
        made = milp(aim, integrality=np.full(len(low), int(whole)), bounds=Bounds(low, high), constraints=LinearConstraint(sums, 0, 0))
        assert made.status in {0, 3, 4}, made.message  # solved, or without end
        found.append(sign * made.fun if made.status == 0 else sign * -np.inf)
    return found[0], found[1]


@whole_only
@settings(max_examples=25, deadline=None)
@given(inner=st.lists(st.integers(0, 12), min_size=9, max_size=9), bits=st.integers(0, 2**16 - 1), narrow=st.booleans())
def test_what_is_derived_is_what_one_program_over_everything_derives_for_each_end(
    whole: bool, inner: list[int], bits: int, narrow: bool
) -> None:
    """The engine parts the programs and skips those whose answer it has seen; this one does neither."""
    square = np.array(inner, dtype=float).reshape(3, 3)
    counts = np.concatenate([square.ravel(), square.sum(axis=1), square.sum(axis=0), [square.sum()]])
    sums = np.zeros((7, 16))
    for at in range(3):
        sums[at, [3 * at, 3 * at + 1, 3 * at + 2]], sums[at, 9 + at] = 1, -1
        sums[3 + at, [at, 3 + at, 6 + at]], sums[3 + at, 12 + at] = 1, -1
    sums[6, 9:12], sums[6, 15] = 1, -1
    hidden = np.array([bool(bits >> at & 1) for at in range(16)])
    least, most = (np.maximum(counts - 2, 0), counts + 3) if narrow else (np.zeros(16), np.full(16, np.inf))
    table = linked.Linked(counts, sparse.csr_matrix(sums), least, most, np.ones(16), hidden)
    got = linked.intervals(table, hidden, np.arange(16), whole=whole)
    low, high = np.where(hidden, least, counts), np.where(hidden, most, counts)
    wanted = [ends(sums, low, high, at, whole=whole) for at in range(16)]
    assert got[0].tolist() == [np.ceil(each[0] - 1e-6) for each in wanted]
    assert got[1].tolist() == [np.floor(each[1] + 1e-6) for each in wanted]


@dataclass
class Book:
    """Numbers by their codes, and the sums among them."""

    counts: dict[Codes, int]
    parts: list[tuple[Codes, list[Codes]]]
    told: dict[Codes, tuple[float, float]] = field(default_factory=dict)

    @property
    def matrix(self) -> np.ndarray:
        place = {codes: at for at, codes in enumerate(self.counts)}
        made = np.zeros((len(self.parts), len(place)))
        for row, (total, listed) in enumerate(self.parts):
            made[row, place[total]] = -1
            made[row, [place[each] for each in listed]] = 1
        return made

    def protect(self, known: dict[Codes, tuple[float, float]] | None = None, sourced: frozenset[Codes] = frozenset()) -> None:
        """What the engine tells; `known`: told before, `sourced`: known to its source as 1 to 4 only."""
        known, counts = known or {}, np.array(list(self.counts.values()), dtype=float)
        before = [known.get(codes) for codes in self.counts]
        least = np.array([0 if each is None else each[0] for each in before], dtype=float)
        most = np.array([np.inf if each is None else each[1] for each in before])
        fixed = np.array([each is not None for each in before])
        small = np.array([0 < count < K or codes in sourced for codes, count in self.counts.items()]) & ~fixed
        table = linked.Linked(
            counts, sparse.csr_matrix(self.matrix), least, most, np.where(fixed, np.inf, 1 + np.sqrt(counts)), fixed & (least < most)
        )
        hidden = linked.withhold(table, small, K)
        low, high = counts.copy(), counts.copy()
        places = np.flatnonzero(hidden)
        low[places], high[places] = linked.intervals(table, hidden, places)
        self.told = {codes: (low[at], high[at]) for at, codes in enumerate(self.counts)}

    def attack(self, *, whole: bool, known: dict[Codes, tuple[float, float]] | None = None) -> None:
        """Nobody narrows a withheld count to less than was promised: k wide for a small one, never a point."""
        low, high = (np.array(end, dtype=float) for end in zip(*self.told.values(), strict=True))
        for at, (codes, count) in enumerate(self.counts.items()):
            if low[at] == high[at]:
                assert not 0 < count < K or codes in (known or {}), f"{codes} is told"
                continue
            least, most = ends(self.matrix, low, high, at, whole=whole)
            assert least - 1e-6 <= count <= most + 1e-6, f"{codes}: the truth is not in the range"
            if codes not in (known or {}):
                assert most - least >= (K if 0 < count < K else 1) - 1e-6, f"{codes} is {least} to {most}"


def hierarchy(counts: np.ndarray) -> Book:
    """Countries in regions in the world, each by sex: 8 areas × 3."""
    leaves = [country for listed in REGIONS.values() for country in listed]
    found: dict[Codes, int] = {(area, sex): int(counts[row, column]) for row, area in enumerate(leaves) for column, sex in enumerate("FM")}
    parts: list[tuple[Codes, list[Codes]]] = []
    for sex in "FM":
        for region, listed in REGIONS.items():
            found[region, sex] = sum(found[area, sex] for area in listed)
            parts.append(((region, sex), [(area, sex) for area in listed]))
        found[TOTAL, sex] = sum(found[region, sex] for region in REGIONS)
        parts.append(((TOTAL, sex), [(region, sex) for region in REGIONS]))
    for area in [*leaves, *REGIONS, TOTAL]:
        found[area, TOTAL] = found[area, "F"] + found[area, "M"]
        parts.append(((area, TOTAL), [(area, "F"), (area, "M")]))
    parts.extend(((region, TOTAL), [(area, TOTAL) for area in listed]) for region, listed in REGIONS.items())
    parts.append(((TOTAL, TOTAL), [(region, TOTAL) for region in REGIONS]))
    return Book(found, parts)


def linked_tables(counts: np.ndarray, *names: str) -> Book:
    """Tables of two that share margins, over persons counted by sex, age and form: those named are told."""
    found: dict[Codes, int] = {}
    parts: list[tuple[Codes, list[Codes]]] = []
    axes = {"sex": 0, "age": 1, "form": 2}
    told = [tuple(axes[name] for name in pair.split("×")) for pair in names]
    shown = {part for pair in told for part in (pair, (pair[0],), (pair[1],), ())}
    for part in sorted(shown, key=lambda part: (len(part), part)):
        table = counts.sum(axis=tuple(axis for axis in range(3) if axis not in part))
        for at in np.ndindex(*table.shape):
            told_of = dict(zip(part, at, strict=True))
            found[tuple(str(told_of.get(axis, TOTAL)) for axis in range(3))] = int(table[at])
    for codes in found:
        for axis in range(3):
            listed = [(*codes[:axis], str(value), *codes[axis + 1 :]) for value in range(counts.shape[axis])]
            if codes[axis] == TOTAL and all(each in found for each in listed):
                parts.append((codes, listed))
    return Book(found, parts)


@whole_only
@settings(max_examples=12, deadline=None)
@given(counts=cells(5, 2))
def test_of_countries_regions_and_the_world_no_withheld_count_is_derived(counts: np.ndarray, whole: bool) -> None:
    book = hierarchy(counts)
    book.protect()
    book.attack(whole=whole)


@whole_only
@settings(max_examples=8, deadline=None)
@given(counts=cells(2, 3, 3), told=st.sampled_from([("sex×age", "age×form"), ("sex×age", "age×form", "sex×form")]))
def test_of_tables_that_share_margins_no_withheld_count_is_derived(counts: np.ndarray, told: tuple[str, ...], whole: bool) -> None:
    book = linked_tables(counts, *told)
    book.protect()
    book.attack(whole=whole)


@whole_only
@settings(max_examples=12, deadline=None)
@given(counts=cells(2, 3, 3))
def test_a_second_edition_with_one_more_table_gives_nothing_of_the_first_away(counts: np.ndarray, whole: bool) -> None:
    """What was told stays told: either the new edition is safe beside it, or it is refused."""
    first = linked_tables(counts, "sex×age")
    first.protect()
    second = linked_tables(counts, "sex×age", "age×form")
    try:
        second.protect(known=first.told)
    except linked.Exposed:
        assume(False)
    second.attack(whole=whole, known=first.told)
    for codes, (least, most) in first.told.items():
        told = second.told[codes]
        assert told == (least, most) or (least <= told[0] < told[1] <= most), "what stood as a range became no number"


@whole_only
@settings(max_examples=12, deadline=None)
@given(counts=cells(5, 2), places=st.sets(st.integers(0, 9), min_size=1, max_size=3))
def test_ranges_of_the_source_are_protected_whatever_is_behind_them(counts: np.ndarray, places: set[int], whole: bool) -> None:
    """The table says "<5" where somebody counted 1 to 4: protected from another filling that fits, the true one is protected too."""
    for place in places:
        counts[place // 2, place % 2] = 1 + place % 4
    book = hierarchy(counts)
    leaves = [codes for codes in book.counts if codes[0] in "abcde" and codes[1] in "FM"]
    sourced = frozenset(leaves[place] for place in places)
    low, high = (np.array([bound if codes in sourced else count for codes, count in book.counts.items()], dtype=float) for bound in (1, 4))
    other = linked.fitting(sparse.csr_matrix(book.matrix), low, high)
    assert other is not None
    truth, book.counts = book.counts, dict(zip(book.counts, other.astype(int).tolist(), strict=True))
    book.protect(sourced=sourced)
    book.counts = truth
    book.attack(whole=whole)


@whole_only
@settings(max_examples=6, deadline=None)
@given(counts=cells(3, 3, 3))
def test_of_a_cube_with_all_its_margins_no_withheld_count_is_derived(counts: np.ndarray, whole: bool) -> None:
    attack_cube(counts, [(0, 1, 2)], whole=whole)


def attack_cube(counts: np.ndarray, tables: list[tuple[int, ...]], *, whole: bool) -> None:
    """Every table of persons by all columns that fits the counts told."""
    made = cube(persons(counts), list(counts.shape), tables, 3)
    found, inner = suppress(made, K), list(np.ndindex(*counts.shape))
    rows, truth, hidden = [], [], []
    for axes, held in found.hidden.items():
        for at in np.ndindex(*held.shape):
            rows.append([float(all(codes[axis] == value for axis, value in zip(axes, at, strict=True))) for codes in inner])
            truth.append(int(made.table(axes)[at]))
            hidden.append(bool(held[at]))
    seen, told = np.array(rows), np.where(hidden, np.inf, truth)
    sums = np.hstack([seen, -np.eye(len(rows))])
    low = np.concatenate([np.zeros(len(inner)), np.where(hidden, 0, truth)])
    high = np.concatenate([np.full(len(inner), np.inf), told])
    for row in np.flatnonzero(hidden):
        least, most = ends(sums, low, high, len(inner) + int(row), whole=whole)
        assert least - 1e-6 <= truth[row] <= most + 1e-6
        assert most - least >= (K if 0 < truth[row] < K else 1) - 1e-6, (counts.tolist(), row, least, most)


def test_the_attacker_of_these_tests_finds_what_only_whole_persons_give_away() -> None:
    """Of a + b = 1, b + c = 1 and a + c at most 1: half persons leave b between a half and one, whole ones only one."""
    sums = np.array([[1, 1, 0, -1, 0, 0], [0, 1, 1, 0, -1, 0], [1, 0, 1, 0, 0, -1]], dtype=float)
    low, high = np.array([0, 0, 0, 1, 1, 0], dtype=float), np.array([9, 9, 9, 1, 1, 1], dtype=float)
    assert ends(sums, low, high, 1, whole=False) == pytest.approx((0.5, 1)) and ends(sums, low, high, 1, whole=True) == (1, 1)


def test_where_all_else_is_known_already_it_is_refused_and_says_which_count() -> None:
    book = Book({("F",): 9, ("M",): 3, (TOTAL,): 12}, [((TOTAL,), [("F",), ("M",)])])
    with pytest.raises(linked.Exposed) as refusal:
        book.protect(known={("F",): (9, 9), (TOTAL,): (12, 12)})
    assert refusal.value.cell == 1


@pytest.mark.soak
@whole_only
@settings(max_examples=60, deadline=None)
@given(counts=cells(4, 4, 4), tables=st.sampled_from([[(0, 1, 2)], [(0, 1), (1, 2), (0, 2)]]))
def test_of_larger_cubes_no_withheld_count_is_derived(counts: np.ndarray, tables: list[tuple[int, ...]], whole: bool) -> None:
    attack_cube(counts, tables, whole=whole)


@pytest.mark.soak
@whole_only
@settings(max_examples=40, deadline=None)
@given(counts=cells(2, 4, 5))
def test_of_larger_tables_that_share_margins_no_withheld_count_is_derived(counts: np.ndarray, whole: bool) -> None:
    book = linked_tables(counts, "sex×age", "age×form", "sex×form")
    book.protect()
    book.attack(whole=whole)
