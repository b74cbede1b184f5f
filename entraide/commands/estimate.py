"""`entraide estimate`: how many persons are on no list. Needs no database."""

import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from entraide.engines.estimation import Refused, Study


@click.command()
@click.argument("table", metavar="TABLE.csv", type=click.Path(path_type=Path))
@click.option("--lists", default="", help="The columns that are lists, as a,b,c; all 0/1 columns otherwise.")
@click.option("--count", default="", help="The column with the number of persons; without one, each row is a person.")
@click.option(
    "--method",
    type=click.Choice(["stepwise", "bic", "dga", "lcmcr", "all"]),
    default="stepwise",
    show_default=True,
    help="Which family; all shows them side by side.",
)
@click.option("--bootstrap", type=int, default=1000, show_default=True, help="Resamples for the interval; 0 gives the Wald interval.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the resamples and of the chains.")
@click.option("--threshold", type=float, default=0.02, show_default=True, help="Of the stepwise choice.")
@click.option("--draws", type=click.Path(path_type=Path), help="Resamples to use: a header of histories such as 10100, one row each.")
@click.option("--links", nargs=2, type=float, metavar="MISSED FALSE", help="Shares of missed and of false links, to see what they change.")
@click.option("--original", is_flag=True, help="As published: the model of main effects is not checked. Not for publication.")
@click.option("--threads", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="A folder for figure.svg, figure.png, table.csv, methods.txt."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def estimate(table: Path, lists: str, count: str, method: str, draws: Path | None, out: Path | None, as_json: bool, **told: Any) -> None:
    """Estimate from TABLE.csv how many persons there are, on the lists or on none.

    TABLE.csv has one 0/1 column per list and a count, or one row per person. Where no figure can be believed, none is given: a sentence
    says why and what would help, and the exit code is 2.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: faster on small matrices, and the same sums every time
    from entraide.engines.estimation import Order, Refused, read, read_draws, study

    started = time.perf_counter()
    try:
        histories = read(table, [name.strip() for name in lists.split(",") if name.strip()], count)
        order = Order(
            methods={"all": ("stepwise", "bic", "bic3", "dga", "lcmcr"), "bic": ("bic", "bic3")}.get(method, (method,)),
            draws=read_draws(draws, len(histories.names)) if draws else None,
            **{name: value for name, value in told.items() if value is not None and value != ()},
        )
        if not 0 < order.threshold < 1:
            raise Refused("input", "The threshold is between 0 and 1.")
        result = study(histories, order, _Progress())
        if out:
            _write(result, out)
    except Refused as refused:
        _refuse(refused, method, as_json)
    except MemoryError:
        _refuse(Refused("too-large", "There is not enough memory for this table.", "Use fewer lists or draws."), method, as_json)
    except KeyboardInterrupt:
        click.echo("\nStopped; nothing is written.", err=True)
        raise SystemExit(130) from None
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {order.threads} used"
    _tell(result, as_json, time.perf_counter() - started, machine)
    if not result.answered:
        raise SystemExit(2)


def _refuse(refused: "Refused", method: str, as_json: bool) -> NoReturn:
    if as_json:
        empty: dict[str, Any] = {
            "method": method,
            "estimate": None,
            "interval": None,
            "terms": [],
            "refusal": refused.told(),
            "draws": None,
        }
        click.echo(json.dumps(empty, ensure_ascii=False))
    else:
        click.echo(str(refused), err=True)
    raise SystemExit(2)


def _write(result: "Study", out: Path) -> None:
    from entraide.engines.estimation import Refused, as_png, as_svg, as_table

    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "figure.svg").write_text(as_svg(result), encoding="utf-8")
        (out / "figure.png").write_bytes(as_png(result))
        (out / "table.csv").write_text(as_table(result), encoding="utf-8")
        (out / "methods.txt").write_text("\n\n".join([result.methods, *result.assumptions]) + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused("input", f"The folder cannot be written: {error.strerror}.") from None


def _tell(result: "Study", as_json: bool, seconds: float, machine: str) -> None:
    from entraide.engines.estimation import TITLES

    first = result.families[0]
    if as_json:
        told = first.told() | {
            "families": [family.told() for family in result.families],
            "persons": result.table.total,
            "lists": list(result.table.names),
            "consistency": [
                {
                    "list": each.name,
                    "size": each.size,
                    "estimate": None if each.estimate != each.estimate else each.estimate,
                    "hit": each.hit,
                }
                for each in result.consistency
            ],
            "linkage": vars(result.relinked) if result.relinked else None,
            "assumptions": result.assumptions,
            "methods": result.methods,
            "seconds": round(seconds, 3),
            "machine": machine,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{result.table.total:,.0f} persons on the lists {', '.join(result.table.names)}.\n")
    for family in result.families:
        title = TITLES[family.method]
        if family.refusal:
            click.echo(f"{title}: no figure.\n    {family.refusal}")
            continue
        assert family.estimate is not None
        interval = f"  [{family.interval[0]:,.0f} to {family.interval[1]:,.0f}, 95 % {family.interval_kind}]" if family.interval else ""
        click.echo(f"{title}: {family.estimate:,.0f}{interval}")
        if family.terms:
            click.echo(f"    {', '.join(family.terms)}")
        for note in family.notes:
            click.echo(f"    {note}")
        if "resampling_seconds" in family.facts:
            click.echo(f"    {family.facts['resamples']:,} resamples in {family.facts['resampling_seconds']:.2f} s")
    click.echo("\nWhat this rests on:")
    for sentence in result.assumptions:
        click.echo(f"  - {sentence}")
    click.echo(f"\nMethods: {result.methods}\n\n{seconds:.1f} s ({machine}).")


class _Progress:
    """One line on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, what: str, share: float) -> None:
        now = time.monotonic()
        if self._shown and (share == 0 or now - self._last > 0.2):
            self._last = now
            click.echo(f"\r\x1b[K{what} {share:.0%}", nl=False, err=True)
            if share >= 1:
                click.echo("\r\x1b[K", nl=False, err=True)
