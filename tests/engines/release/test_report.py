"""The internal report says what is true, the attack finds what leaks, and what was paid for is what was measured."""

import csv
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from entraide.engines.release import measure, price, read, synthesize
from entraide.engines.release.arrays import Codes
from entraide.engines.release.attack import bound, membership
from entraide.engines.release.compare import compare
from entraide.engines.release.consistent import agree
from entraide.engines.release.ctdc import VARIABLES, shaped
from entraide.engines.release.domains import admit
from entraide.engines.release.output import write_dictionary
from entraide.engines.release.randomness import Secret, Seeded
from entraide.engines.release.synthesis import DOMAIN, PAIRS


def rows(seed: int, amount: int = 900, columns: int = 4, size: int = 4) -> list[Codes]:
    return list(np.random.default_rng(seed).integers(0, size, size=(columns, amount)).astype(np.uint16))


def test_the_comparison_is_what_counting_by_hand_finds() -> None:
    original, released, sizes, k = rows(1, 60, 3, 3), rows(2, 50, 3, 3), [3, 3, 3], 4
    for line in compare(original, released, sizes, k=k):
        kept, has, shows, both, rare, rare_shown = [], 0, 0, 0, 0, 0
        for columns in combinations(range(3), line.length):
            true, made = ([tuple(int(table[c][row]) for c in columns) for row in range(len(table[0]))] for table in (original, released))
            every = set(true) | set(made)
            kept.append(1 - 0.5 * sum(abs(true.count(one) / 60 - made.count(one) / 50) for one in every))
            has, shows, both = has + len(set(true)), shows + len(set(made)), both + len(set(true) & set(made))
            few = {one for one in set(true) if true.count(one) < k}
            rare, rare_shown = rare + len(few), rare_shown + len(few & set(made))
        assert line.mass_kept == pytest.approx(np.mean(kept)) and line.mass_kept_worst == pytest.approx(min(kept))
        assert (line.combinations, line.rare) == (has, rare)
        assert line.preserved == pytest.approx(both / has) and line.fabricated == pytest.approx((shows - both) / shows)
        assert line.rare_preserved == pytest.approx(rare_shown / max(1, rare))


def test_the_attack_finds_a_release_of_the_persons_themselves() -> None:
    original = rows(3, 900, 8, 6)
    found = membership(original, [6] * 8, lambda members: members, epsilon=1.0, delta=1e-6, draw=np.random.default_rng(1))
    assert found is not None and found.rows == 300
    assert found.advantage == found.by_closest > 0.9 > found.bound, "rows as they are give members away"
    assert found.by_pairs > 2 * found.chance


def test_the_attack_gains_no_more_than_luck_from_what_does_not_depend_on_them() -> None:
    original, other = rows(3, 900, 8, 6), rows(99, 300, 8, 6)
    found = membership(original, [6] * 8, lambda _members: other, epsilon=1.0, delta=1e-6, draw=np.random.default_rng(1))
    assert found is not None and abs(found.advantage) < 2 * found.chance


def test_an_attack_on_too_few_says_nothing_and_the_bound_is_that_of_the_mechanism() -> None:
    assert membership(rows(3, 300), [4] * 4, lambda members: members, epsilon=1.0, delta=0.0, draw=np.random.default_rng(1)) is None
    assert bound(1.0, 0.0) == pytest.approx((exp(1) - 1) / (exp(1) + 1))
    assert bound(0.0001, 1e-6) < 1e-4 and bound(100.0, 0.0) == 1.0


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    file, draw = tmp_path / "persons.csv", np.random.default_rng(4)
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["sex", "age", "form", "origin"])
        for _ in range(3_000):
            sex = draw.choice(["F", "M", ""], p=[0.6, 0.3, 0.1])
            form = draw.choice(["sexual", "labour"], p=[0.8, 0.2] if sex == "F" else [0.1, 0.9])
            writer.writerow([sex, draw.choice(["child", "adult"]), form, draw.choice(list("ABC"))])
    return file


def test_what_is_measured_costs_what_was_paid_and_no_more(persons: Path) -> None:
    data, cost, source = read(persons), price(1.0, 1e-6, public=False), Seeded(3)
    domain = admit(data, None, cost.rho * DOMAIN, cost.domain_delta, source)
    assert len(data.names) * Fraction(1, 2 * domain.variance) <= cost.rho * DOMAIN
    measured = measure.pairs(domain.codes, domain.sizes, cost.rho * PAIRS, source)
    spent = sum((Fraction(1, 2 * one.variance) for one in measured), Fraction(0))
    assert 0.9 * cost.rho * PAIRS < spent <= cost.rho * PAIRS


def test_all_tables_agree_with_each_other_after_the_noise(persons: Path) -> None:
    data, cost, source = read(persons), price(1.0, 1e-6, public=False), Seeded(3)
    domain = admit(data, None, cost.rho * DOMAIN, cost.domain_delta, source)
    targets = agree(domain, measure.pairs(domain.codes, domain.sizes, cost.rho * PAIRS, source))
    assert all(share.sum() == pytest.approx(1) and share.min() >= 0 for share in targets.singles)
    for (a, b), table in targets.pairs.items():
        assert table.min() >= 0
        assert table.sum(axis=1) == pytest.approx(targets.singles[a], abs=1e-6)
        assert table.sum(axis=0) == pytest.approx(targets.singles[b], abs=1e-6)


def test_one_person_moves_the_scores_of_triples_by_one_at_most() -> None:
    made, sizes = rows(8, 200), [4] * 4
    for seed in range(20):
        some = rows(seed, 150)
        more = [np.append(column, np.uint16(seed % 4)) for column in some]
        for columns in combinations(range(4), 3):
            scores = [measure._wrong(table, made, columns, sizes, 150) for table in (some, more)]
            assert abs(scores[0] - scores[1]) <= 1


def test_without_a_seed_chance_comes_from_the_operating_system_and_never_twice_alike(persons: Path) -> None:
    data = read(persons)
    made = [synthesize(data, price(1.0, 1e-6, public=False), Secret(), order=2) for _ in range(2)]
    blocks = [np.concatenate(next(iter(one.blocks))) for one in made]
    assert not Secret.unsafe and Seeded.unsafe
    assert len(blocks[0]) != len(blocks[1]) or (blocks[0] != blocks[1]).any()


def test_the_shape_of_ctdc_has_27_variables_and_what_is_not_told_stays_empty() -> None:
    assert len(VARIABLES) == len({variable.name for variable in VARIABLES}) == 27
    names = ["prs_Gender", "vic_AgeWhenTrafficked", "vic_TypeOfExploitation", "vic_MethodsOfControl", "prs_Citizenship"]
    given = [("Feminine", "16", "SexualExploitation;ForcedLabour", "DebtBondage", "PH"), ("", "", "", "", "")]
    told, nothing = (dict(zip([variable.name for variable in VARIABLES], row, strict=True)) for row in shaped(names, given))
    assert (told["gender"], told["ageBroad"], told["citizenship"]) == ("Woman", "9--17", "PH")
    assert told["isSexualExploit"] == told["isForcedLabour"] == told["meansDebtBondageEarnings"] == "1"
    assert told["isOtherExploit"] == "" and told["traffickMonths"] == ""
    assert set(nothing.values()) == {""}, "not told is not no"


def test_the_dictionary_explains_every_value(tmp_path: Path) -> None:
    write_dictionary(tmp_path / "d.csv", ["sex", "age"], [["", "F", "(rare)"], ["", "child"]], public=False)
    with (tmp_path / "d.csv").open() as opened:
        lines = list(csv.DictReader(opened))
    wanted = [("sex", ""), ("sex", "F"), ("sex", "(rare)"), ("age", ""), ("age", "child")]
    assert [(line["column"], line["value"]) for line in lines] == wanted
    assert all(line["meaning"] for line in lines) and "missing" in lines[0]["meaning"]


def test_the_advantage_that_is_printed_is_the_one_that_another_reckoning_finds(persons: Path) -> None:
    """Another implementation of both attacks: dictionaries and loops, fed with the very rows of the run."""
    seen: dict[str, list[Row]] = {}
    made = read(persons)
    sizes = [len(values) for values in made.values]

    def shadow(rows: list[Codes]) -> list[Codes]:
        cost = price(2.0, 1e-6, public=True)
        values = [[str(code) for code in range(size)] for size in sizes]
        some = replace(made, values=values, codes=rows)
        blocks = list(synthesize(some, cost, Seeded(7), schema=dict(zip(made.names, values, strict=True)), order=2).blocks)
        released = [np.concatenate([block[column] for block in blocks]) for column in range(len(sizes))]
        seen["members"], seen["released"] = as_rows(rows), as_rows(released)
        return released

    found = membership(made.codes, sizes, shadow, epsilon=2.0, delta=1e-6, draw=np.random.default_rng(5))
    assert found is not None
    order = np.random.default_rng(5).permutation(made.rows)
    everybody = as_rows(made.codes)
    members, others, outside = ([everybody[at] for at in part] for part in np.split(order, [found.rows, 2 * found.rows]))
    assert members == seen["members"]
    pairs = list(combinations(range(len(sizes)), 2))
    often = {pair: [Counter(tuple(row[c] for c in pair) for row in rows) for rows in (seen["released"], outside)] for pair in pairs}

    def likelihood(row: Row) -> float:
        total = 0.0
        for pair, (ours, theirs) in often.items():
            values = tuple(row[column] for column in pair)
            total += log((ours[values] + 0.5) / len(seen["released"])) - log((theirs[values] + 0.5) / len(outside))
        return total

    def nearest(row: Row) -> float:
        return max(sum(a == b for a, b in zip(row, other, strict=True)) for other in set(seen["released"]))

    gains = [gained([way(row) for row in members], [way(row) for row in others]) for way in (likelihood, nearest)]
    assert (found.by_pairs, found.by_closest) == pytest.approx(gains) and found.advantage == pytest.approx(max(gains))


Row = tuple[int, ...]


def as_rows(columns: list[Codes]) -> list[Row]:
    return list(zip(*(column.tolist() for column in columns), strict=True))


def gained(members: list[float], others: list[float]) -> float:
    """Share of members above the threshold less share of others above it; the threshold is the best of 97 on the first halves."""
    half, rest = len(members) // 2, len(others) // 2
    ranked = sorted(members[:half] + others[:rest])
    best, gain = 0.0, -2.0
    for percent in range(2, 99):
        place = percent / 100 * (len(ranked) - 1)
        below = ranked[int(place)]
        one = below + (ranked[min(int(place) + 1, len(ranked) - 1)] - below) * (place - int(place))
        here = share(members[:half], one) - share(others[:rest], one)
        if here > gain + 1e-12:
            best, gain = one, here
    return share(members[half:], best) - share(others[rest:], best)


def share(scores: list[float], threshold: float) -> float:
    return sum(score > threshold for score in scores) / len(scores)
