"""`python -m bench.release [--no-peers]`: `entraide release` and its peers on one table of 100,000 × 20, at the same ε and δ."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.peers import generated
from entraide.engines.release.arrays import Codes
from entraide.engines.release.compare import METRIC, Kept, compare

ROOT = Path(__file__).resolve().parent.parent
ROWS, SEED, EPSILON, DELTA = 100_000, 7, 1.0, 1e-6
PEERS = ROOT / "var" / "peers" / "bin" / "python"


@dataclass(frozen=True)
class Run:
    """One maker of rows: its file, seconds of processor time and on the clock, and peak memory, start to end."""

    name: str
    seconds: float
    clock: float
    megabytes: int
    made: Path


def main() -> None:
    """Prints the generator, δ, the metric and one line per maker."""
    codes = generated.table(ROWS, SEED)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        generated.write(table, codes)
        _say(f"bench.peers.generated, seed {SEED}: {ROWS:,} × {codes.shape[1]}, pairs of up to 120 cells, values missing")
        _say(f"ε = {EPSILON}, δ = {DELTA}; {os.cpu_count()} cores")
        _say(METRIC)
        _say(f"{'':34}{'cpu s':>8}{'clock':>8}{'MB':>7}{'pairs':>8}{'worst':>8}{'fabricated':>12}{'preserved':>11}{'triples':>9}")
        for run in _runs(table):
            _line(run, _kept(codes, run.made))


def _runs(table: Path) -> Iterator[Run]:
    """Ours with a public schema (as MST assumes), ours without, ours with everything; then the peers."""
    schema = table.with_name("schema.json")
    values = {name: [f"v{value}" for value in range(1, size)] for name, size in zip(generated.names(), generated.SIZES, strict=True)}
    schema.write_text(json.dumps({"columns": values}))
    bare = ["--no-report", "--tables", "none"]
    yield _ours("entraide, values declared", table, [*bare, "--schema", str(schema)])
    yield _ours("entraide, values by noisy count", table, bare)
    yield _ours("  the same with tables and report", table, [])
    if "--no-peers" not in sys.argv:
        yield _peer("smartnoise-synth 1.0.8 MST", "mst", table)
        yield _peer("pac-synth 0.0.8", "pac", table)


def _ours(name: str, table: Path, more: list[str]) -> Run:
    out = table.with_name("out" + str(time.monotonic_ns()))
    told = [sys.executable, "-m", "entraide.cli", "release", str(table), "--epsilon", str(EPSILON), "--delta", str(DELTA)]
    seconds, clock, megabytes = _timed([*told, "--out", str(out), "--ledger", f"{out}.ledger", *more])
    return Run(name, seconds, clock, megabytes, out / "synthetic.csv")


def _peer(name: str, which: str, table: Path) -> Run:
    subprocess.run(["sh", str(ROOT / "bench" / "peers" / "setup.sh")], check=True)  # noqa: S607
    made = table.with_name(f"{which}.csv")
    told = [str(PEERS), "-W", "ignore", str(ROOT / "bench" / "peers" / "run.py"), which, str(table), str(made), str(EPSILON), str(DELTA)]
    return Run(name, *_timed(told), made)


def _timed(told: list[str]) -> tuple[float, float, int]:
    """Processor and wall-clock seconds and peak megabytes of a process, start to end; one thread, whoever made it."""
    begun = time.perf_counter()
    alone = os.environ | {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "RAYON")}
    process = subprocess.Popen(told, stdout=subprocess.DEVNULL, cwd=ROOT, env=alone)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{told[1:4]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss // 1024


def _kept(original: generated.Codes, made: Path) -> list[Kept]:
    """Both tables in the same codes; what the original never says, as “(rare)”, is a value of its own and counts as an error."""
    sizes = [size + 1 for size in generated.SIZES]
    with made.open(newline="", encoding="utf-8") as stream:
        columns = list(zip(*list(csv.reader(stream))[1:], strict=True))
    released: list[Codes] = []
    for column, size in zip(columns, generated.SIZES, strict=True):
        place = {"": 0} | {f"v{value}": value for value in range(1, size)}
        released.append(np.array([place.get(value, size) for value in column], dtype=np.uint16))
    return compare([column.astype(np.uint16) for column in original.T], released, sizes, k=10)


def _line(run: Run, kept: list[Kept]) -> None:
    two, three = kept[1], kept[2]
    shares = f"{two.mass_kept:>8.3f}{two.mass_kept_worst:>8.3f}{two.fabricated:>12.3f}{two.preserved:>11.3f}{three.mass_kept:>9.3f}"
    _say(f"{run.name:34}{run.seconds:>8.1f}{run.clock:>8.1f}{run.megabytes:>7}{shares}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
