"""Budgets: ε and ρ are exact enough to err on one side only; the ledger is safe against crashes, two processes and subtraction."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from entraide.engines.release.budget import epsilon_of, rho_of, variance_for
from entraide.engines.release.ledger import Entry, spend
from entraide.engines.release.measure import shares
from entraide.engines.release.refusal import Refused
from entraide.engines.release.synthesis import CHOICE, DOMAIN, PAIRS, THREES, Price


def entry(name: str, epsilon: float = 1.0, tables: str = "synthetic", domain_delta: float = 0.0) -> Entry:
    delta = 1e-6
    return Entry(name, "2026-01-01", Price(epsilon, delta, domain_delta, rho_of(epsilon, delta - domain_delta)), tables, False)


@given(st.floats(0.01, 20), st.sampled_from([1e-9, 1e-6, 1e-3]))
def test_rho_never_costs_more_than_epsilon_and_wastes_little(epsilon: float, delta: float) -> None:
    rho = rho_of(epsilon, delta)
    assert epsilon_of(rho, delta) <= epsilon < epsilon_of(rho + Fraction(1, 2**20), delta)
    assert epsilon_of(rho, delta) <= float(rho) + 2 * sqrt(float(rho) * log(1 / delta)) + 1e-9, "no worse than Bun and Steinke's bound"


@given(st.fractions(Fraction(1, 10**9), 5))
def test_the_noise_is_never_smaller_than_paid_for(rho: Fraction) -> None:
    assert Fraction(1, 2 * variance_for(rho)) <= rho


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=60), st.fractions(Fraction(1, 1000), 1))
def test_the_shares_of_all_tables_are_the_whole_and_no_more(cells: list[int], rho: Fraction) -> None:
    assert sum(shares(cells, rho)) == rho
    assert DOMAIN + PAIRS + CHOICE + THREES == 1


def test_what_editions_told_adds_up_as_rho_and_is_refused_when_it_is_too_much(tmp_path: Path) -> None:
    ledger = tmp_path / "l.jsonl"
    first = spend(ledger, entry("a"), 2.0)
    second = spend(ledger, entry("b"), None)
    assert first.epsilon < 1.0001 and first.epsilon < second.epsilon < 2
    assert second.epsilon == pytest.approx(epsilon_of(2 * rho_of(1.0, 1e-6), 1e-6))
    before = ledger.read_bytes()
    with pytest.raises(Refused, match="budget is spent"):
        spend(ledger, entry("c", 1.5), None)
    assert ledger.read_bytes() == before, "a refusal writes nothing"


def test_without_a_budget_the_first_edition_is_the_only_one(tmp_path: Path) -> None:
    spend(tmp_path / "l", entry("a"), None)
    with pytest.raises(Refused, match="budget is spent"):
        spend(tmp_path / "l", entry("b", 0.01), None)


def test_the_parts_of_delta_that_let_values_in_add_up_too(tmp_path: Path) -> None:
    spend(tmp_path / "l", entry("a", 0.1, domain_delta=6e-7), 50.0)
    with pytest.raises(Refused, match="budget is spent"):
        spend(tmp_path / "l", entry("b", 0.1, domain_delta=6e-7), None)


def test_a_budget_cannot_be_raised_afterwards(tmp_path: Path) -> None:
    spend(tmp_path / "l", entry("a"), 1.0)
    with pytest.raises(Refused, match="cannot change"):
        spend(tmp_path / "l", entry("b"), 100.0)


@pytest.mark.parametrize("tables", ["suppressed", "rounded", "cell-key"])
def test_a_second_edition_of_tables_from_persons_is_refused_because_of_subtraction(tables: str, tmp_path: Path) -> None:
    spend(tmp_path / "l", entry("a", tables="suppressed"), 50.0)
    with pytest.raises(Refused, match="subtracting"):
        spend(tmp_path / "l", entry("b", tables=tables), None)
    spend(tmp_path / "l", entry("c", tables="synthetic"), None)


def test_of_many_at_once_only_as_many_pass_as_the_budget_holds(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.engines.release.test_budget import entry; "
        "from entraide.engines.release.ledger import spend; from entraide.engines.release.refusal import Refused\n"
        "try: spend(Path(sys.argv[1]), entry(sys.argv[2]), 2.0); print('passed')\n"
        "except Refused: print('refused')"
    )
    ledger = tmp_path / "l.jsonl"

    def one(number: int) -> str:
        told = [sys.executable, "-c", program, str(ledger), str(number)]
        return subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(one, range(6)))
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    allowed = next(n for n in range(9) if epsilon_of((n + 1) * rho_of(1.0, 1e-6), 1e-6) > 2)
    assert outcomes.count("passed") == allowed == len(lines) - 1


def test_a_ledger_with_any_one_character_changed_is_not_believed(tmp_path: Path) -> None:
    ledger = tmp_path / "l.jsonl"
    spend(ledger, entry("a"), 50.0)
    spend(ledger, entry("b"), None)
    (tmp_path / "l.jsonl.lock").write_text("")  # the chain alone is tried here
    whole = ledger.read_text().rstrip("\n")
    for at, letter in enumerate(whole):
        ledger.write_text(whole[:at] + ("x" if letter != "x" else "y") + whole[at + 1 :] + "\n")
        with pytest.raises(Refused, match="changed or damaged"):
            spend(ledger, entry("c"), None)


@pytest.mark.parametrize("older", ["missing", "one edition less", "another", "not text", "a list"])
def test_a_ledger_that_does_not_end_where_it_ended_last_is_not_believed(tmp_path: Path, older: str) -> None:
    ledger = tmp_path / "l.jsonl"
    spend(ledger, entry("a"), 2.0)
    before = ledger.read_text()
    spend(ledger, entry("b"), None)
    after = ledger.read_text()
    spend(tmp_path / "other", entry("a"), 2.0)
    contents = {"one edition less": before.encode(), "another": (tmp_path / "other").read_bytes(), "not text": b"\xff", "a list": b"[1]\n"}
    ledger.unlink() if older == "missing" else ledger.write_bytes(contents[older])
    with pytest.raises(Refused, match=r"older copy|changed or damaged"):
        spend(ledger, entry("c", 0.01), None)
    ledger.write_text(after)
    assert spend(ledger, entry("c", 0.01), None).editions == 3, "the one that was here last is believed again"


def test_a_crash_between_ledger_and_mark_leaves_a_ledger_that_goes_on(tmp_path: Path) -> None:
    ledger, mark = tmp_path / "l.jsonl", tmp_path / "l.jsonl.lock"
    spend(ledger, entry("a", 0.5), 5.0)
    known = mark.read_bytes()
    spend(ledger, entry("b", 0.5), None)
    mark.write_bytes(known)
    assert spend(ledger, entry("c", 0.5), None).editions == 3


@given(st.floats(0.02, 10), st.sampled_from([1e-12, 1e-9, 1e-6, 1e-3]))
def test_epsilon_covers_the_exact_privacy_loss_of_gaussian_noise(epsilon: float, delta: float) -> None:
    """Balle & Wang 2018: a Gaussian of this ρ gives exactly this δ at ε; ours must promise no more than that, and not much less."""
    rho = float(rho_of(epsilon, delta))
    noise = sqrt(1 / (2 * rho))
    exact = norm.cdf(1 / (2 * noise) - epsilon * noise) - exp(epsilon) * norm.cdf(-1 / (2 * noise) - epsilon * noise)
    assert exact <= delta
    looser = noise / 1.3
    assert norm.cdf(1 / (2 * looser) - epsilon * looser) - exp(epsilon) * norm.cdf(-1 / (2 * looser) - epsilon * looser) > delta


@pytest.mark.parametrize(("rho", "delta"), [(0.001, 1e-9), (0.02, 1e-6), (0.5, 1e-6), (3.0, 1e-3)])
def test_epsilon_is_the_least_over_all_renyi_orders(rho: float, delta: float) -> None:
    orders = 1 + np.geomspace(1e-4, 1e5, 400_001)
    every = rho * orders + np.log1p(-1 / orders) - (log(delta) + np.log(orders)) / (orders - 1)
    assert epsilon_of(Fraction(rho), delta) == pytest.approx(every.min(), rel=1e-6)
