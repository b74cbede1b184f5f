"""Invented and published tables. The published ones are read from a folder beside the project, where it is, and not copied."""

import csv
from pathlib import Path

import numpy as np
import pytest

from entraide.engines.estimation.histories import Histories, read, read_draws
from entraide.engines.estimation.subsets import Floats

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "mse"
SETS = ("UKdat_5", "Western", "Kosovo")
beside = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published tables are not beside the project")


def published(name: str) -> Histories:
    return read(PUBLISHED / f"{name}.csv")


def draws(name: str) -> tuple[Floats, Floats]:
    """Its draws and the estimate published for each."""
    counts = read_draws(PUBLISHED / f"bootcounts_{name}_seed1234_1000.csv", len(published(name).names))
    with (PUBLISHED / f"bootreps_{name}_1000.csv").open() as file:
        return counts, np.array([float(row[0]) for row in list(csv.reader(file))[1:]])


def table(counts: dict[str, int], names: str = "ABCDEFGHIJ") -> Histories:
    """From histories as digits: {"10": 4} is four persons on A only."""
    lists = len(next(iter(counts)))
    out = np.zeros(1 << lists)
    for history, number in counts.items():
        out[sum(int(digit) << at for at, digit in enumerate(history))] += number
    return Histories(tuple(names[:lists]), out)
