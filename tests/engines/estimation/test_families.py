"""The families beside the stepwise one, the reader of tables, the checks and the command, on tables with known answers."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from entraide.cli import main
from entraide.engines.estimation import Order, study
from entraide.engines.estimation.checks import internal_consistency, linkage
from entraide.engines.estimation.decomposable import average, decomposable
from entraide.engines.estimation.existence import FINE, Verdicts
from entraide.engines.estimation.hierarchical import best_by_bic, family
from entraide.engines.estimation.histories import Histories, read
from entraide.engines.estimation.loglinear import fit
from entraide.engines.estimation.refusal import Refused
from tests.engines.estimation.tables import population, table

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
        ("1,0,54\n0,1,463\n1,1,20\n", "first line must name"),
        ("A,n\n1,4\n", "One list alone"),
        ("A,B,n\n1,0,-3\n", "negative"),
        ("A,B,n\n1,0,2.5\n", "fraction"),
        ("A,B,n\n1,0,2,9\n", "Line 2 has 4 cells"),
        ("A,A,n\n1,0,2\n", "Two columns"),
        ("A,B,n\n1,0,0\n", "no one"),
        ("A,B,n\n0,0,7\n1,1,2\n", "on no list"),
        ("A,B,n\n1,x,7\n", "other things than 0 and 1"),
        ("id,A,B\n1,1,0\n2,1,0\n3,1,1\n", "may count persons or tell them apart: in line 3"),
        ("id,A,B\np,1,0\nq,1,0\nr,1,1\n", "“id” holds other things"),
        ("A,,n\n1,0,2\n1,1,3\n", "A column of 0 and 1 has no name"),
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


@pytest.mark.parametrize(
    "text",
    [
        '"","A","B","howmany"\n"1",1,0,4\n"2",0,1,3\n"3",1,1,2\n',
        "A,B,count,\n1,0,4,\n0,1,3,\n1,1,2,\n",
        "\ufeffA;B;Freq\r\n1;0;4\r\n0;1;3\r\n1;1;2\r\n",
        "n,A,B\n0,1,0\n4,1,0\n3,0,1\n2,1,1\n",
    ],
)
def test_row_names_of_r_empty_last_columns_and_other_spreadsheets_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    got = read(path)
    assert got.names == ("A", "B") and list(got.counts) == [0, 4, 3, 2]


def test_a_list_may_be_called_like_a_count(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A,n,count\n1,0,4\n0,1,3\n1,1,2\n")
    assert read(path).names == ("A", "n") and list(read(path).counts) == [0, 4, 3, 2]


def test_persons_only_on_lists_that_were_not_chosen_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A,B,C,n\n1,0,0,60\n0,1,0,40\n1,1,0,15\n1,1,1,5\n0,0,1,33\n")
    got = read(path, ["A", "B"])
    assert list(got.counts) == [0, 60, 40, 20] and got.left_out == 33
    assert "Left out were 33 persons" in study(got, Order(methods=["stepwise"], bootstrap=0)).methods()
    assert "Left out" not in study(read(path), Order(methods=["stepwise"], bootstrap=0)).methods()
    path.write_text("A,B,C,n\n1,0,0,60\n0,1,0,40\n1,1,0,15\n0,0,0,33\n")
    with pytest.raises(Refused, match="on no list"):
        read(path, ["A", "B"])


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


def test_the_command_speaks_french_and_writes_the_figure_in_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A,B,n\n1,0,6000\n0,1,4000\n1,1,2000\n")
    told = ["estimate", str(path), "--lang", "fr", "--bootstrap", "40", "--out", str(tmp_path / "out")]
    run = CliRunner().invoke(main, told)
    assert run.exit_code == 0
    assert "24\u202f000" in run.stdout and "Avec deux listes, leur indépendance ne peut être vérifiée" in run.stdout
    assert "par la méthode des systèmes multiples" in (tmp_path / "out" / "methods.txt").read_text()
    assert "Toutes les personnes, recensées ou non" in (tmp_path / "out" / "figure.svg").read_text()
    path.write_text("A,n\n1,5\n")
    assert "Une seule liste ne dit rien" in CliRunner().invoke(main, ["estimate", str(path), "--lang", "fr"]).stderr


@pytest.mark.parametrize("shared", [{"110": 1}, {"110": 1, "011": 1}])
def test_an_answer_that_hangs_on_one_or_two_persons_is_no_answer_when_resamples_are_drawn(shared: dict[str, int]) -> None:
    shy = table({"100": 900, "010": 800, "001": 700, **shared})
    family = study(shy, Order(methods=["stepwise"], bootstrap=300)).families[0]
    assert family.estimate is None and family.interval is None
    assert family.refusal is not None and family.refusal.kind == "unstable" and "Merge" in family.refusal.remedy
    plain = study(shy, Order(methods=["stepwise"], bootstrap=0)).families[0]
    assert plain.estimate is not None and plain.interval_kind == "Wald", "the closed form is there for whoever asks for it alone"


@pytest.mark.parametrize("lists", [7, 10])
def test_above_six_lists_a_search_says_that_it_is_one_and_graphs_are_refused(lists: int) -> None:
    many = Histories(tuple("ABCDEFGHIJ"[:lists]), population(3_000, [0.12] * lists, 2))
    bic, graphs = study(many, Order(methods=["bic", "dga"], bootstrap=0)).families
    assert bic.estimate is not None and bic.facts["search"] and "search" in bic.noted()[0]
    assert graphs.refusal is not None and graphs.refusal.kind == "too-large"


def test_the_search_is_repeated_in_every_resample() -> None:
    many = Histories(tuple("ABCDEFG"), population(600, [0.25] * 7, 2, together={(0, 1): 3.0}))
    family = study(many, Order(methods=["bic"], bootstrap=40)).families[0]
    assert family.estimate is not None and family.interval is not None
    assert (family.interval_kind, family.facts["resamples"]) == ("BCa", 40)
    low, high = family.interval
    assert low < family.estimate < high and "repeated in each resample" in family.noted()[0]


@pytest.mark.parametrize(
    ("order", "says"), [(Order(seed=-1), "seed"), (Order(threshold=float("nan")), "threshold"), (Order(bootstrap=-1), "draws")]
)
def test_an_order_that_cannot_be_is_a_sentence(order: Order, says: str) -> None:
    with pytest.raises(Refused, match=says):
        study(table(FOUR), order)


def test_wrong_rates_of_links_are_refused_and_hopeless_ones_do_not_lose_the_study() -> None:
    with pytest.raises(Refused, match="Rates of links"):
        study(table(independent()), Order(methods=["stepwise"], bootstrap=0, links=(1.0, 0.0)))
    thin = table({"100": 90, "010": 80, "001": 70, "110": 3, "011": 3, "101": 3})
    result = study(thin, Order(methods=["stepwise"], bootstrap=0, links=(0.0, 0.9)))
    assert isinstance(result.relinked, Refused) and any("corrected tables have no answer" in each for each in result.assumptions())


@pytest.mark.soak
def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Invented populations of 3,000 on four lists, two of which attract each other: Wald and BCa intervals of 95 %."""
    truth, found = 3_000, {"Wald": 0, "BCa": 0}
    for seed in range(200):
        counts = population(truth, [0.25, 0.3, 0.2, 0.35], seed, together={(0, 1): 2.5})
        for kind, resamples in (("Wald", 0), ("BCa", 200)):
            family = study(Histories(tuple("ABCD"), counts), Order(methods=["stepwise"], bootstrap=resamples, seed=seed)).families[0]
            assert family.interval is not None
            found[kind] += family.interval[0] <= truth <= family.interval[1]
    assert all(0.85 <= hits / 200 <= 1.0 for hits in found.values()), found


@pytest.mark.soak
def test_posterior_intervals_of_averaging_cover_the_truth() -> None:
    hits = 0
    for seed in range(150):
        got = average(Histories(tuple("ABCD"), population(2_000, [0.25, 0.3, 0.2, 0.35], seed, together={(0, 1): 2.5})))
        hits += got.limits[0.025] <= 2_000 <= got.limits[0.975]
    assert hits / 150 >= 0.85
