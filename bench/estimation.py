"""`python -m bench.estimation`: a thousand resamples, the whole choice of model repeated in each, beside what R needs; one core.

R's seconds are those published for SparseMSE 2.0.1 under R 4.2 (user seconds on one core of a shared machine of two). Ours are user
seconds of this process, several times: on a shared machine the least is the least disturbed. The resamples are drawn here, seed 1.
"""

import os

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"  # before numpy is imported

import platform
import resource
import statistics
import sys
from pathlib import Path

import numpy as np

from entraide.engines.estimation import draw, stepwise
from tests.engines.estimation.tables import published

R_SECONDS = {"UKdat_5": 148.0, "Western": 53.0, "Kosovo": 61.0}
RESAMPLES, RUNS = 1000, 7


def main() -> None:
    """Prints one line per table."""
    _say(f"{_machine()}; Python {platform.python_version()}, numpy {np.__version__}; one thread")
    _say(f"{RESAMPLES:,} resamples, full reselection, user seconds of {RUNS} runs\n")
    _say(f"{'':10}{'R':>8}{'least':>9}{'median':>9}{'times faster':>15}{'refused':>9}")
    for name, theirs in R_SECONDS.items():
        table = published(name)
        draws = draw(table, RESAMPLES, seed=1)
        seconds, refused = zip(*(_timed(draws) for _ in range(RUNS)), strict=True)
        least, middle = min(seconds), statistics.median(seconds)
        _say(f"{name:10}{theirs:>7.0f}s{least:>8.3f}s{middle:>8.3f}s{theirs / least:>9.0f} ({theirs / middle:.0f}){refused[0]:>7}")
    _say(f"\nPeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _timed(draws: np.ndarray) -> tuple[float, int]:
    """User seconds of one call, with nothing remembered from the one before; and how many resamples have no answer."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    answers = stepwise(draws)
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before, int(np.isnan(answers.estimate).sum())


def _machine() -> str:
    told = Path("/proc/cpuinfo")
    names = [line.split(":")[1].strip() for line in told.read_text().splitlines() if line.startswith("model name")] if told.exists() else []
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} cores"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
