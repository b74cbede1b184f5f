"""`entraide estimate`: how many persons are on no list. Needs no database."""

import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from entraide.commands.voice import lang as lang_option
from entraide.commands.voice import voice_of
from entraide.engines.sentence import gettext_noop

if TYPE_CHECKING:
    from entraide.engines.estimation import Family, Refused, Study, Voice


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
@lang_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def estimate(
    table: Path, lists: str, count: str, method: str, draws: Path | None, out: Path | None, lang: str, as_json: bool, **told: Any
) -> None:
    """Estimate from TABLE.csv how many persons there are, on the lists or on none.

    TABLE.csv has one 0/1 column per list and a count, or one row per person. Where no figure can be believed, none is given: a sentence
    says why and what would help, and the exit code is 2.

    \b
    Keys of --json, of the first family; all of them stand under "families". Where nothing could be read only the first six.
      method, estimate, interval, terms, refusal, draws: null where there is none; draws has one estimate for each of --draws.
      interval_kind: BCa, Wald or posterior; notes: sentences; interval_refusal: why there is no interval.
      draw_terms, draw_refusals: terms of each draw; how many draws were refused, by kind.
      wald, bca, bias, acceleration: the Wald interval; BCa limits by level, z0 and a.
      resamples, resamples_refused, resampling_seconds: how many, how many without an answer, how long.
      models, search, bic, graphs: how many models, whether not all were compared, the least BIC, the likeliest graphs.
      rhat, effective_sample_size, posterior_draws: of the chains of latent classes.
    Once, beside them:
      families, persons, lists: every family; persons on the lists; names of the lists.
      consistency, linkage: each list taken as a known population; what --links would change.
      assumptions, methods: sentences; seconds, machine: of this run.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: faster on small matrices, and the same sums every time
    from entraide.engines.estimation import Order, Refused, read, read_draws, study

    started, voice = time.perf_counter(), voice_of(lang)
    try:
        histories = read(table, [name.strip() for name in lists.split(",") if name.strip()], count)
        order = Order(
            methods={"all": ("stepwise", "bic", "bic3", "dga", "lcmcr"), "bic": ("bic", "bic3")}.get(method, (method,)),
            draws=read_draws(draws, len(histories.names)) if draws else None,
            **{name: value for name, value in told.items() if value is not None and value != ()},
        )
        result = study(histories, order, _Progress())
        if out:
            _write(result, out, voice)
    except Refused as refused:
        _refuse(refused, method, as_json, voice)
    except MemoryError:
        _refuse(
            Refused("too-large", gettext_noop("There is not enough memory for this table."), gettext_noop("Use fewer lists or draws.")),
            method,
            as_json,
            voice,
        )
    except KeyboardInterrupt:
        click.echo("\n" + voice.translate(gettext_noop("Stopped; nothing is written.")), err=True)
        raise SystemExit(130) from None
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {order.threads} used"
    if as_json:
        _tell_json(result, voice, time.perf_counter() - started, machine)
    else:
        _tell(result, voice, time.perf_counter() - started, machine)
    if not result.answered:
        raise SystemExit(2)


def _refuse(refused: "Refused", method: str, as_json: bool, voice: "Voice") -> NoReturn:
    if as_json:
        empty: dict[str, Any] = {
            "method": method,
            "estimate": None,
            "interval": None,
            "terms": [],
            "refusal": refused.told(voice),
            "draws": None,
        }
        click.echo(json.dumps(empty, ensure_ascii=False))
    else:
        click.echo(refused.said(voice), err=True)
    raise SystemExit(2)


def _write(result: "Study", out: Path, voice: "Voice") -> None:
    from entraide.engines.estimation import Refused, as_png, as_svg, as_table

    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "figure.svg").write_text(as_svg(result, voice), encoding="utf-8")
        (out / "figure.png").write_bytes(as_png(result, voice))
        (out / "table.csv").write_text(as_table(result, voice), encoding="utf-8")
        text = "\n\n".join([result.methods(voice), *result.assumptions(voice)])
        (out / "methods.txt").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused("input", gettext_noop("The folder cannot be written: %(error)s."), error=error.strerror or "") from None


def _tell_json(result: "Study", voice: "Voice", seconds: float, machine: str) -> None:
    from entraide.engines.estimation import Refused

    relinked = result.relinked
    told = result.families[0].told(voice) | {
        "families": [family.told(voice) for family in result.families],
        "persons": result.table.total,
        "lists": list(result.table.names),
        "consistency": [
            {"list": each.name, "size": each.size, "estimate": None if each.estimate != each.estimate else each.estimate, "hit": each.hit}
            for each in result.consistency
        ],
        "linkage": {"refusal": relinked.told(voice)} if isinstance(relinked, Refused) else vars(relinked) if relinked else None,
        "assumptions": result.assumptions(voice),
        "methods": result.methods(voice),
        "seconds": round(seconds, 3),
        "machine": machine,
    }
    click.echo(json.dumps(told, ensure_ascii=False))


def _tell(result: "Study", voice: "Voice", seconds: float, machine: str) -> None:
    from entraide.engines.estimation import Sentence

    def said(template: str, **values: object) -> str:
        return Sentence(template, values).said(voice)

    click.echo(said(gettext_noop("%(persons)s persons on the lists %(lists)s."), persons=result.table.total, lists=result.table.names))
    click.echo()
    for family in result.families:
        for line in _family(family, voice):
            click.echo(line)
    click.echo("\n" + said(gettext_noop("What this rests on:")))
    for sentence in result.assumptions(voice):
        click.echo(f"  - {sentence}")
    click.echo("\n" + said(gettext_noop("Methods: %(methods)s"), methods=result.methods(voice)))
    click.echo(f"\n{seconds:.1f} s ({machine}).")


def _family(family: "Family", voice: "Voice") -> Iterator[str]:
    from entraide.engines.estimation import TITLES

    title = voice.translate(TITLES[family.method])
    if family.refusal:
        yield f"{title}: {voice.translate(gettext_noop('no figure.'))}"
        yield f"    {family.refusal.said(voice)}"
        return
    assert family.estimate is not None
    interval = f"  [{' – '.join(voice.whole(limit) for limit in family.interval)}; 95 % {family.interval_kind}]" if family.interval else ""
    yield f"{title}: {voice.whole(family.estimate)}{interval}"
    if family.terms:
        yield f"    {', '.join(family.terms)}"
    for note in family.noted(voice):
        yield f"    {note}"
    if "resampling_seconds" in family.facts:
        yield f"    {family.facts['resamples']:,} × {family.facts['resampling_seconds']:.2f} s"


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
