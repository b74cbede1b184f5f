"""The families beside the stepwise one, the reader of tables, the checks and the command, on tables with known answers."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from entraide.cli import main
from entraide.engines.estimation.checks import internal_consistency, linkage
from entraide.engines.estimation.decomposable import average, decomposable
from entraide.engines.estimation.existence import FINE, Verdicts
from entraide.engines.estimation.hierarchical import best_by_bic, family
from entraide.engines.estimation.histories import read
from entraide.engines.estimation.latent import agreement
from entraide.engines.estimation.loglinear import fit
from entraide.engines.estimation.refusal import Refused
from tests.engines.estimation.tables import table

FOUR = {
    "1000": 90,
    "0100": 70,
    "0010": 120,
    "0001": 40,
    "1100": 25,
    "1010": 14,
    "0110": 9,
    "0011": 8,
    "1001": 6,
    "0101": 3,
    "1110": 4,
    "1111": 1,
}


def independent(total: int = 4000) -> dict[str, int]:
    """Three independent lists with rates 0.3, 0.4, 0.5: expected counts, so that every family must answer about the total."""
    out = {}
    for cell in range(1, 8):
        share = 1.0
        for bit, rate in enumerate((0.3, 0.4, 0.5)):
            share *= rate if cell >> bit & 1 else 1 - rate
        out["".join(str(cell >> bit & 1) for bit in range(3))] = round(total * share)
    return out


@pytest.mark.parametrize("order", [2, 3])
def test_the_least_bic_is_the_least_of_all_models_also_in_resamples(order: int) -> None:
    given = table(FOUR)
    cells = given.counts / given.total
    draws = np.random.default_rng(3).multinomial(int(given.total), cells, size=12).astype(float)
    got = best_by_bic(draws, order)
    every = family(4, order)
    models = every.rows(every.codes)
    for at, draw in enumerate(draws):
        fits = fit(draw[None], models)
        bic = fits.deviance + (models >= 0).sum(axis=1) * np.log(draw.sum())
        fine = Verdicts()(draw[None], models) == FINE
        assert got.bic[at] == pytest.approx(bic[fine].min(), rel=1e-6)


def test_there_are_as_many_decomposable_graphs_as_known() -> None:
    assert [len(decomposable(lists)) for lists in range(1, 6)] == [1, 2, 8, 61, 822]


def test_averaging_finds_independent_lists() -> None:
    got = average(table(independent()))
    assert got.limits[0.025] < 4000 < got.limits[0.975]
    assert got.median == pytest.approx(4000, rel=0.03)


def test_chains_that_stay_apart_are_noticed() -> None:
    draws = np.random.default_rng(5).normal(size=(2000, 4))
    assert agreement(draws)[0] < 1.01
    assert agreement(draws)[1] > 6000
    assert agreement(draws + np.arange(4) * 3)[0] > 1.5


def test_a_list_of_known_size_is_found_among_independent_lists() -> None:
    assert all(found.hit for found in internal_consistency(table(independent())))


def test_missed_links_lower_and_false_links_raise_the_answer() -> None:
    given = table(independent())
    nothing = linkage(given, 0.0, 0.0, 1, trials=5)
    assert nothing.low == nothing.high
    assert linkage(given, 0.2, 0.0, 1, trials=30).median < nothing.median < linkage(given, 0.0, 0.2, 1, trials=30).median


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("A,n\n1,4\n", "One list alone"),
        ("A,B,n\n1,0,-3\n", "negative"),
        ("A,B,n\n1,0,2.5\n", "fraction"),
        ("A,B,n\n1,0,2,9\n", "Line 2 has 4 cells"),
        ("A,A,n\n1,0,2\n", "Two columns"),
        ("A,B,n\n1,0,0\n", "no one"),
        ("A,B,n\n0,0,7\n1,1,2\n", "on no list"),
        ("A,B,n\n1,x,7\n", "other things than 0 and 1"),
        (",".join(f"L{at}" for at in range(40)) + ",n\n" + "1," * 40 + "3\n", "40 lists"),
    ],
)
def test_a_bad_table_is_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(Refused, match=says):
        read(path)


def test_order_of_columns_zero_rows_split_rows_and_rows_per_person_change_nothing(tmp_path: Path) -> None:
    def of(text: str) -> list[float]:
        path = tmp_path / "t.csv"
        path.write_text(text)
        return list(read(path, ["A", "B"]).counts)

    assert of("A,B,n\n1,0,1000000000\n0,1,3\n1,1,2\n") == [0, 1e9, 3, 2]
    plain = of("A,B,n\n1,0,4\n0,1,3\n1,1,2\n")
    assert plain == [0, 4, 3, 2]
    assert of('"n","B","A"\n1,0,1\n3,0,1\n3,1,0\n2,1,1\n0,0,0\n') == plain
    assert of("A,B\n" + "1,0\n" * 4 + "0,1\n" * 3 + "1,1\n" * 2) == plain


def test_the_command_answers_or_refuses_with_both_in_json(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A,B,n\n1,0,60\n0,1,40\n1,1,20\n")
    draws = tmp_path / "d.csv"
    draws.write_text('"10","01","11"\n55,41,24\n60,40,20\n58,45,17\n63,38,0\n')
    run = CliRunner().invoke(main, ["estimate", str(path), "--draws", str(draws), "--json", "--out", str(tmp_path / "out")])
    told = json.loads(run.stdout)
    assert run.exit_code == 0
    assert told["estimate"] == pytest.approx(240)
    assert told["draws"][:2] == [pytest.approx(79 * 65 / 24), pytest.approx(240)]
    assert told["draws"][3] is None, "no one on both lists: no number"
    assert (tmp_path / "out" / "figure.png").read_bytes().startswith(b"\x89PNG")
    path.write_text("A,B,n\n1,0,60\n0,1,40\n")
    run = CliRunner().invoke(main, ["estimate", str(path), "--json"])
    told = json.loads(run.stdout)
    assert run.exit_code == 2
    assert told["estimate"] is None
    assert "No one on the list" in told["refusal"]["why"]
