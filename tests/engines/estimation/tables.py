"""Published tables and what was published of them, as facts; and makers of invented ones.

UKdat_5: persons recorded as potential victims of trafficking by local authorities, NGOs, police and National Crime Agency, government
bodies and the general public, United Kingdom 2013 (Silverman 2014, Home Office; five lists as in Chan, Silverman & Vincent 2021).
Western: victims of trafficking known in one site in the west of the United States (Farrell and others 2019; as in Chan and others 2021).
Kosovo: killings on four lists, March to June 1999 (Ball, Betts, Scheuren, Dudukovic & Asher 2002).
The results are those of SparseMSE 2.0.1 at threshold 0.02: of each table, and of a few multinomial resamples of it. All thousand
resamples of each are checked where their files lie: ENTRAIDE_REFERENCES names the folder; otherwise shared/data/mse beside the project.
"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from entraide.engines.estimation.histories import Histories, read_draws
from entraide.engines.estimation.subsets import Floats

REFERENCES = Path(os.environ.get("ENTRAIDE_REFERENCES", Path(__file__).parents[4] / "shared" / "data" / "mse"))
SETS = ("UKdat_5", "Western", "Kosovo")
beside = pytest.mark.skipif(not REFERENCES.is_dir(), reason="the thousand published resamples are not here: set ENTRAIDE_REFERENCES")

NAMES = {
    "UKdat_5": ("LA", "NG", "PFNCA", "GO", "GP"),
    "Western": ("A", "B", "C", "D", "E"),
    "Kosovo": ("EXH", "ABA", "OSCE", "HRW"),
}
HISTORIES = {
    "UKdat_5": "10000 01000 00100 00010 00001 11000 10100 10010 01100 01010 01001 00110 00101 00011 11100 11010 01110 11110",
    "Western": "10000 01000 00100 00010 00001 10100 10010 10001 01100 01010 00011 10101 01110",
    "Kosovo": "1000 0100 1100 0010 1010 0110 1110 0001 1001 0101 1101 0011 1011 0111 1111",
}
COUNTS = {
    "UKdat_5": [54, 463, 995, 695, 316, 15, 19, 3, 62, 19, 1, 76, 11, 8, 1, 1, 4, 1],
    "Western": [52, 90, 114, 45, 21, 4, 2, 5, 6, 1, 3, 1, 1],
    "Kosovo": [1131, 845, 177, 936, 228, 217, 181, 306, 106, 31, 18, 123, 42, 32, 27],
}
CHOSEN = {
    "UKdat_5": ["LA:NG", "NG:GP", "PFNCA:GP", "LA:PFNCA", "GO:GP", "NG:GO"],
    "Western": ["A:E"],
    "Kosovo": ["ABA:OSCE", "OSCE:HRW", "EXH:OSCE", "EXH:ABA", "EXH:HRW"],
}
# main effects alone, stepwise, Wald 95 %, BCa 95 % from the thousand resamples
PUBLISHED = {
    "UKdat_5": (13444.13, 11312.99, (9884, 13027), (8785, 14701)),
    "Western": (2007.1, 2483.38, (1657, 3830), (1293, 3672)),
    "Kosovo": (7394.6, 14341.66, (12541, 16540), (12484, 16623)),
}
RESAMPLES = {
    "UKdat_5": [
        ([50, 473, 1003, 695, 318, 12, 22, 2, 61, 14, 0, 72, 7, 11, 0, 1, 2, 1], 11907.6674010637),
        ([50, 466, 1020, 700, 312, 16, 17, 3, 54, 15, 1, 65, 10, 9, 1, 0, 5, 0], 12745.4323128522),
        ([52, 461, 968, 701, 320, 14, 23, 2, 57, 23, 0, 86, 16, 12, 0, 1, 6, 2], 11461.5096333506),
        ([59, 466, 982, 695, 308, 19, 21, 2, 64, 23, 1, 78, 12, 10, 2, 0, 2, 0], 11243.0616708518),
        ([46, 496, 947, 706, 315, 13, 24, 2, 58, 16, 3, 91, 14, 8, 1, 1, 3, 0], 25640.8943324954),
    ],
    "Western": [
        ([48, 88, 121, 46, 18, 6, 1, 4, 5, 0, 5, 1, 2], 2649.31190592017),
        ([55, 83, 115, 40, 24, 4, 2, 6, 6, 2, 6, 1, 1], 2642.74740179235),
        ([53, 92, 116, 43, 21, 3, 1, 5, 5, 2, 3, 1, 0], 3683.78371996355),
        ([40, 94, 127, 42, 18, 3, 3, 9, 5, 0, 1, 2, 1], 2860.08153778881),
        ([54, 87, 115, 41, 23, 6, 1, 5, 7, 0, 4, 1, 1], 2645.31168343077),
    ],
    "Kosovo": [
        ([1103, 864, 172, 962, 213, 207, 187, 310, 111, 33, 15, 136, 33, 32, 22], 14598.1547956445),
        ([1126, 820, 181, 998, 227, 207, 176, 274, 104, 31, 21, 118, 42, 36, 39], 14543.2416095706),
        ([1115, 838, 169, 981, 245, 230, 175, 299, 94, 31, 22, 101, 38, 29, 33], 14702.7585557176),
        ([1099, 842, 153, 962, 243, 229, 205, 295, 108, 33, 12, 117, 45, 28, 29], 15160.9016937528),
        ([1122, 879, 179, 930, 217, 233, 202, 301, 96, 32, 19, 100, 33, 30, 27], 15388.7141683442),
    ],
}


def published(name: str) -> Histories:
    return Histories(NAMES[name], _counts(name, COUNTS[name]))


def resamples(name: str) -> tuple[Floats, Floats]:
    """A few resamples (B, 2**t) and the estimate published for each."""
    return np.array([_counts(name, row) for row, _ in RESAMPLES[name]]), np.array([estimate for _, estimate in RESAMPLES[name]])


def thousand(name: str) -> tuple[Floats, Floats]:
    """All thousand of them, from the files."""
    counts = read_draws(REFERENCES / f"bootcounts_{name}_seed1234_1000.csv", len(NAMES[name]))
    with (REFERENCES / f"bootreps_{name}_1000.csv").open() as file:
        return counts, np.array([float(row[0]) for row in list(csv.reader(file))[1:]])


def _counts(name: str, row: list[int]) -> Floats:
    out = np.zeros(1 << len(NAMES[name]))
    for history, number in zip(HISTORIES[name].split(), row, strict=True):
        out[cell(history)] = number
    return out


def cell(history: str) -> int:
    """The cell of a history: "101" is on the first and the third list."""
    return sum(int(digit) << at for at, digit in enumerate(history))


def table(counts: dict[str, int], names: str = "ABCDEFGHIJ") -> Histories:
    """From histories as digits: {"10": 4} is four persons on A only."""
    lists = len(next(iter(counts)))
    out = np.zeros(1 << lists)
    for history, number in counts.items():
        out[cell(history)] += number
    return Histories(tuple(names[:lists]), out)


def population(persons: int, rates: list[float], seed: int, *, together: dict[tuple[int, int], float] | None = None) -> Floats:
    """The counts (2**t,) of an invented population on lists with these rates; a pair's odds ratio is multiplied by `together`."""
    lists = len(rates)
    odds = np.array([rate / (1 - rate) for rate in rates])
    weight = np.ones(1 << lists)
    for at in range(1 << lists):
        weight[at] = np.prod([odds[bit] for bit in range(lists) if at >> bit & 1])
        weight[at] *= np.prod([times for (a, b), times in (together or {}).items() if at >> a & 1 and at >> b & 1])
    counts = np.random.default_rng(seed).multinomial(persons, weight / weight.sum()).astype(float)
    counts[0] = 0
    return counts
