"""One edition from beginning to end: read, check everything, spend, release, compare.

Nothing that can be refused is left for after the budget is spent, but for a crash and for the operator who stops.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from entraide.engines.release import attack, budget, compare, ctdc, output, published
from entraide.engines.release.arrays import Codes, Columns, Progress, quiet
from entraide.engines.release.domains import Schema, parse_schema
from entraide.engines.release.ledger import Entry, Standing, spend
from entraide.engines.release.microdata import Microdata, read
from entraide.engines.release.randomness import Secret, Seeded, Source, generator
from entraide.engines.release.refusal import Refused
from entraide.engines.release.synthesis import Price, Synthetic, precheck, price, synthesize
from entraide.engines.sentence import ENGLISH, Sentence, Voice, say
from entraide.engines.sentence import gettext_noop as _

MECHANISM = _(
    "Discrete Gaussian noise (Canonne, Kamath, Steinke 2020; this implementation awaits outside review) on all tables of one and two "
    "columns and on tables of three chosen by the exponential mechanism; tables made consistent; rows drawn from the model of greatest "
    "entropy that keeps them."
)
DECLARED = _("the values of each column are declared public by a schema; the names of the columns are public")
ADMITTED = _("values were admitted by noisy counts; all others are (rare); the names of the columns are public")
UNIT = _("the person: one row, added or removed")
MISSING = _("an own value, kept as an empty cell")


@dataclass(frozen=True)
class Order:
    """What is asked for. epsilon, delta: of this edition; k: counts below it are withheld, or the base of rounding; voice: of sentences."""

    data: Path
    out: Path
    epsilon: float
    delta: float
    k: int = 10
    order: int = 3
    seed: int | None = None
    schema: Path | None = None
    ledger: Path | None = None
    budget: float | None = None
    person: str | None = None
    tables: str = published.SYNTHETIC
    asked: tuple[str, ...] = ()
    report: bool = True
    voice: Voice = ENGLISH


@dataclass(frozen=True)
class Done:
    """What came out: the public facts, the ledger's standing, where the internal report lies, and how many rows of persons who had one
    already were left out (not public).
    """

    facts: dict[str, object]
    standing: Standing
    internal: Path | None
    left_out: int = 0


@dataclass(frozen=True)
class _Work:
    """What the steps share."""

    order: Order
    data: Microdata
    schema: Schema | None
    cost: Price
    source: Source
    progress: Progress


def release(order: Order, *, on: str, progress: Progress = quiet) -> Done:
    """Makes the edition dated `on` (ISO). Raises Refused before anything is spent or written, whenever that can be known."""
    _check(order)
    schema = parse_schema(_text(order.schema)) if order.schema else None
    data = read(order.data, person=order.person, progress=progress)
    precheck(data, schema)
    source: Source = Secret() if order.seed is None else Seeded(order.seed)
    cost = price(order.epsilon, order.delta, public=schema is not None)
    work = _Work(order, data, schema, cost, source, progress)
    lines, said = _tables_from_persons(work)
    entry = Entry(order.out.name, on, cost, order.tables, source.unsafe)
    standing = spend(ledger_of(order), entry, order.budget)
    with output.folder(order.out) as beside:
        made, codes, facts = _public(work, beside, lines, said)
        compared = _internal(work, made, codes) if order.report else None
    if compared:
        output.write_json(internal_of(order), compared, private=True)
    return Done(facts, standing, internal_of(order) if compared else None, data.left_out)


def ledger_of(order: Order) -> Path:
    """The ledger: as named, or beside the output."""
    return order.ledger or order.out.parent / "release-ledger.jsonl"


def internal_of(order: Order) -> Path:
    """The internal report lies beside the output, never in it."""
    return order.out.with_name(f"{order.out.name}.INTERNAL.json")


def _check(order: Order) -> None:
    budget.check(order.epsilon, order.delta)
    if order.k < 1:
        raise Refused(_("--k must be at least 1: counts below k are withheld; 10 is usual."))
    if order.order not in (1, 2, 3):
        raise Refused(_("--order must be 1, 2 or 3: how many columns are combined."))
    if order.budget is not None and not 0 < order.budget < 1000:
        raise Refused(_("--budget must be a number above 0: the ε of all editions together."))
    if order.seed is not None and order.seed < 0:
        raise Refused(_("--seed must not be negative."))
    output.free(order.out)
    if order.report and internal_of(order).exists():
        raise Refused(_("An internal report of that name exists already. Choose another place for the output."))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refused(_("The schema cannot be read as a UTF-8 file.")) from None


def _tables_from_persons(work: _Work) -> tuple[list[published.Line], Sentence | None]:
    """Made before the budget is spent, because they may be refused; written after."""
    order, data = work.order, work.data
    if order.tables in (published.SYNTHETIC, published.NONE):
        return [], published.said(order.tables, order.k)
    asked = [_columns(data.names, one) for one in order.asked]
    return published.from_persons(
        data.names, data.values, data.codes, asked, order.tables, k=order.k, order=order.order, source=work.source, progress=work.progress
    )


def _columns(names: list[str], asked: str) -> Columns:
    wanted = [name.strip() for name in asked.split(",")]
    if not set(wanted) <= set(names) or not 1 <= len(set(wanted)) <= 3:
        raise Refused(_("--table takes one to three names of columns, separated by commas."))
    return tuple(dict.fromkeys(names.index(name) for name in wanted))


def _public(
    work: _Work, beside: Path, lines: Sequence[published.Line], said: Sentence | None
) -> tuple[Synthetic, list[Codes], dict[str, object]]:
    """Everything that may be published."""
    order, mark = work.order, output.UNSAFE if work.source.unsafe else ""
    made = synthesize(work.data, work.cost, work.source, schema=work.schema, order=order.order, progress=work.progress)
    codes = output.write_rows(beside / f"{mark}synthetic.csv", made.names, made.values, made.blocks)
    public = work.schema is not None
    output.write_dictionary(beside / f"{mark}dictionary.csv", made.names, made.values, public=public, voice=order.voice)
    if order.tables != published.NONE:
        counted = published.from_rows(made.names, made.values, codes, k=order.k, order=order.order, progress=work.progress)
        output.write_lines(beside / f"{mark}tables.csv", published.HEAD, counted if order.tables == published.SYNTHETIC else lines)
    filled = output.write_ctdc(beside / f"{mark}ctdc.csv", made.names, made.values, codes)
    facts = _facts(work, made, said, filled)
    output.write_json(beside / f"{mark}release.json", facts)
    return made, codes, facts


def _facts(work: _Work, made: Synthetic, said: Sentence | None, filled: list[str]) -> dict[str, object]:
    order, cost = work.order, work.cost
    domain = DECLARED if work.schema is not None else ADMITTED
    tell = order.voice.translate
    facts: dict[str, object] = {
        "edition": order.out.name, "rows": made.rows, "columns": made.names, "epsilon": cost.epsilon, "delta": cost.delta,
        "rho": float(cost.rho), "unit": tell(UNIT), "mechanism": tell(MECHANISM),
        "domain": tell(domain), "deviation_of_pairs": [round(one, 1) for one in made.deviations],
        "triples_measured": [[made.names[column] for column in columns] for columns in made.triples],
        "missing": tell(MISSING), "k": order.k, "order": order.order, "tables": order.tables,
        "about_tables": said.said(order.voice) if said else "",
        "ctdc": {"filled": filled, "of": len(ctdc.VARIABLES), "verified": ctdc.VERIFIED} if filled else None,
        "unsafe_test_mode": work.source.unsafe,
    }  # fmt: skip
    return facts | ({"warning": tell(output.UNSAFE_SENTENCE)} if work.source.unsafe else {})


def _internal(work: _Work, made: Synthetic, codes: list[Codes]) -> dict[str, object]:
    """The comparison with the persons, for its holder only (0600)."""
    order = work.order
    persons = compare.recoded(work.data.values, work.data.codes, made.values)
    sizes = [len(values) + 1 for values in made.values]
    kept = compare.compare(persons, codes, sizes, k=order.k, order=order.order, progress=work.progress)
    return {
        "warning": order.voice.translate(output.INTERNAL_SENTENCE), "edition": order.out.name, "unsafe_test_mode": work.source.unsafe,
        "metric": order.voice.translate(compare.METRIC),
        "rows_of_persons": work.data.rows, "further_rows_of_the_same_persons_left_out": work.data.left_out,
        "by_length": compare.as_facts(kept), "membership_attack": _attacked(work, persons, sizes, made),
    }  # fmt: skip


def _attacked(work: _Work, persons: list[Codes], sizes: list[int], made: Synthetic) -> dict[str, object] | None:
    """A shadow release of part of the persons at the same price, attacked; never published."""
    draw = generator(work.source)
    cost = price(work.order.epsilon, work.order.delta, public=True)

    def shadow(rows: list[Codes]) -> list[Codes]:
        values = [[str(code) if code else "" for code in range(size)] for size in sizes]
        some = replace(work.data, names=made.names, values=values, codes=rows)
        schema = dict(zip(made.names, values, strict=True))
        blocks = list(synthesize(some, cost, work.source, schema=schema, order=2, progress=quiet).blocks)
        return [np.concatenate([block[column] for block in blocks]) if blocks else rows[0][:0] for column in range(len(sizes))]

    step = say(_("Attacking a shadow release"))
    work.progress(step, 0.0)
    answer = attack.membership(persons, sizes, shadow, epsilon=work.order.epsilon, delta=work.order.delta, draw=draw)
    work.progress(step, 1.0)
    return None if answer is None else {name: round(value, 4) for name, value in asdict(answer).items()}
