"""`entraide release`: from a table of persons to rows and tables that expose nobody. Needs no database."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from entraide.commands.voice import lang as lang_option
from entraide.commands.voice import voice_of
from entraide.engines.sentence import gettext_noop

if TYPE_CHECKING:
    from entraide.engines.release.edition import Done
    from entraide.engines.sentence import Sentence, Voice

STOPPED = gettext_noop("Stopped; no output is left. If the ledger was already written, that budget is spent.")
METHODS = ("synthetic", "suppressed", "rounded", "cell-key", "none")


@click.command()
@click.argument("data", metavar="MICRODATA.csv", type=click.Path(path_type=Path))
@click.option("--epsilon", type=float, required=True, help="ε of this edition; 1 is usual, less protects more.")
@click.option("--delta", type=float, default=1e-6, show_default=True, help="δ; well under one over the number of persons.")
@click.option("--k", type=int, default=10, show_default=True, help="Counts below k are withheld; the base when rounding.")
@click.option("--order", type=int, default=3, show_default=True, help="Up to how many columns are combined: 1 to 3.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to make; must not exist.")
@click.option(
    "--schema", type=click.Path(path_type=Path), help="JSON with the public values of each column, written without looking at the data."
)
@click.option("--person", help="Column that tells persons apart; one row of each is used and the column is dropped.")
@click.option(
    "--ledger", type=click.Path(path_type=Path), help="Adds up the editions about these persons; else release-ledger.jsonl beside --out."
)
@click.option("--budget", type=float, help="ε of all editions together, set with the first; without it the first edition is the only one.")
@click.option(
    "--tables",
    type=click.Choice(METHODS),
    default="synthetic",
    show_default=True,
    help="How tables are made; only the first is covered by ε.",
)
@click.option("--table", "asked", multiple=True, help="Columns of a table made from the persons, as a,b,c; may be repeated.")
@click.option(
    "--report/--no-report", default=True, show_default=True, help="Compare with the persons in an internal file (sensitive, 0600)."
)
@click.option("--seed", type=int, help="Test mode, reproducible and UNSAFE: not for release.")
@lang_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def release(data: Path, lang: str, as_json: bool, **told: Any) -> None:
    """Make rows and tables from MICRODATA.csv that can be published: one row per person in, rows of nobody out.

    Differentially private for the person at (ε, δ); the ledger adds up what was told over editions and refuses when the budget is spent.
    Missing values stay missing. Exit code 2 and one sentence when something is refused.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: faster on shared machines, and the same sums every time
    from entraide.engines.release.edition import Order
    from entraide.engines.release.edition import release as run
    from entraide.engines.release.refusal import Refused

    voice = voice_of(lang)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stop from outside tidies up as Ctrl-C does
    try:
        done = run(Order(data=data, voice=voice, **told), on=time.strftime("%Y-%m-%d"), progress=_Progress(voice))
    except Refused as refused:
        _refuse(refused.said(voice), as_json)
    except MemoryError:
        _refuse(voice.translate(gettext_noop("There is not enough memory for this table: release a sample or fewer columns.")), as_json)
    except KeyboardInterrupt:
        click.echo("\n" + voice.translate(STOPPED), err=True)
        raise SystemExit(130) from None
    finally:
        signal.signal(signal.SIGTERM, before)
    _tell(done, told["out"], as_json, voice)


def _refuse(sentence: str, as_json: bool) -> NoReturn:
    click.echo(json.dumps({"refusal": sentence}, ensure_ascii=False) if as_json else sentence, err=not as_json)
    raise SystemExit(2)


def _tell(done: "Done", out: Path, as_json: bool, voice: "Voice") -> None:
    from entraide.engines.release.output import INTERNAL_SENTENCE
    from entraide.engines.sentence import Decimals, say

    standing, facts = done.standing, done.facts
    if facts["unsafe_test_mode"]:
        click.echo(say(gettext_noop("UNSAFE: %(warning)s"), warning=facts["warning"]).said(voice), err=True)
    if as_json:
        ledger = {"editions": standing.editions, "epsilon": standing.epsilon, "budget": standing.budget, "delta": standing.delta}
        told = {"out": str(out), **facts, "ledger": ledger, "internal": str(done.internal) if done.internal else None}
        told |= {"internal_warning": voice.translate(INTERNAL_SENTENCE)} if done.internal else {}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    spent = {"editions": standing.editions, "used": Decimals(standing.epsilon, 3), "budget": f"{standing.budget:g}"}
    made = {"rows": facts["rows"], "out": str(out), "epsilon": f"{facts['epsilon']:g}", "delta": f"{facts['delta']:g}"}
    lines = [
        say(gettext_noop("%(rows)s rows written to %(out)s at ε = %(epsilon)s, δ = %(delta)s."), **made),
        say(gettext_noop("Ledger: editions so far %(editions)s, ε = %(used)s of %(budget)s."), **spent),
    ]
    if done.left_out:
        lines.append(say(gettext_noop("Further rows of the same persons, left out: %(rows)s (not to be published)."), rows=done.left_out))
    if done.internal:
        lines.append(say(gettext_noop("Internal report, as sensitive as the data: %(path)s"), path=str(done.internal)))
    for line in lines:
        click.echo(line.said(voice))


class _Progress:
    """One line on the terminal, redrawn at most ten times a second; nothing where there is no terminal."""

    def __init__(self, voice: "Voice") -> None:
        self._step, self._drawn, self._voice = "", 0.0, voice

    def __call__(self, sentence: "Sentence", share: float) -> None:
        step = sentence.said(self._voice)
        if not sys.stderr.isatty() or (step == self._step and share < 1 and time.monotonic() - self._drawn < 0.1):
            return
        if step != self._step and self._step:
            sys.stderr.write("\n")
        self._step, self._drawn = step, time.monotonic()
        sys.stderr.write(f"\r{step} … {min(share, 1):4.0%}")
        sys.stderr.flush()
