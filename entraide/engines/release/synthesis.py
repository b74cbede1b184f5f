"""From persons to rows of nobody: noisy counts, made consistent, then rows that keep them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from entraide.engines.release import consistent, measure
from entraide.engines.release.arrays import Codes, Columns, Progress, quiet
from entraide.engines.release.budget import rho_of, variance_for
from entraide.engines.release.chains import Chains, Model
from entraide.engines.release.domains import Domain, Schema, admit, check_schema
from entraide.engines.release.microdata import Microdata
from entraide.engines.release.randomness import Source, generator
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

MOST_WIDTH = 1_500  # admitted values of all columns together
BLOCK = 100_000  # rows made at a time
TRIPLES = 12
DOMAIN_DELTA = 20  # a twentieth of δ lets values in, when no schema is given
DOMAIN, PAIRS, CHOICE, THREES = Fraction(6, 100), Fraction(82, 100), Fraction(2, 100), Fraction(10, 100)
SMALL, MIDDLE = 5_000, 20_000
SCHEDULE = ((SMALL, 40, 0.12, 0.06, 3.0), (MIDDLE, 12, 0.06, 0.03, 5.0))  # rows, rounds, first and last step, depth of what never occurs
AFTER_THREES, LAST = 6, 4


@dataclass(frozen=True)
class Price:
    """What one edition costs: ε at δ, the part of δ that lets values in, and ρ for the rest."""

    epsilon: float
    delta: float
    domain_delta: float
    rho: Fraction


@dataclass(frozen=True)
class Synthetic:
    """Rows that keep the noisy tables, block by block, with what was measured."""

    names: list[str]
    values: list[list[str]]
    rows: int
    triples: list[Columns]
    deviations: tuple[float, float]  # smallest and largest standard deviation of a pair's counts
    blocks: Iterator[list[Codes]]


def price(epsilon: float, delta: float, *, public: bool) -> Price:
    """The zCDP budget for (ε, δ)."""
    domain_delta = 0.0 if public else delta / DOMAIN_DELTA
    return Price(epsilon, delta, domain_delta, rho_of(epsilon, delta - domain_delta))


def precheck(data: Microdata, schema: Schema | None) -> None:
    """Refuses what could only be refused after the budget was spent. Sees the data, so its sentence is for whoever holds them."""
    if schema is not None:
        check_schema(data, schema)
    width = sum(len(schema[name]) for name in data.names) if schema is not None else sum(data.sizes) + len(data.names)
    if width > MOST_WIDTH:
        why = _("The columns have %(width)s values together and at most %(most)s can be protected: group values or leave columns out.")
        raise Refused(why, width=width, most=MOST_WIDTH)


def synthesize(
    data: Microdata, cost: Price, source: Source, *, schema: Schema | None = None, order: int = 3, progress: Progress = quiet
) -> Synthetic:
    """(ε, δ)-differentially private rows for adding or removing one person (one row); `order` 3 also measures the useful triples.

    Memory: about 4 bytes × (values of all columns) × 100,000. Source: select-measure-generate, McKenna et al. 2021; see the modules.
    """
    precheck(data, schema)
    threes = order >= 3 and len(data.names) >= 3
    pairs_share = PAIRS if threes else PAIRS + CHOICE + THREES
    domain = admit(data, schema, cost.rho * DOMAIN, cost.domain_delta, source)
    measured = measure.pairs(domain.codes, domain.sizes, cost.rho * pairs_share, source, progress)
    targets = consistent.agree(domain, measured)
    spread = [one.variance**0.5 for one in measured]
    made = Synthetic(domain.names, domain.values, targets.rows, [], (min(spread), max(spread)), iter(()))
    if not targets.rows:
        return made
    model = Model(domain.sizes, targets)
    chains = _fit(model, generator(source), progress)
    if threes:
        made = replace(made, triples=_add_triples(model, chains, domain, cost.rho, source))
        for _ in range(AFTER_THREES if model.triples else 0):
            chains.walk(0.04, 5.0)
    return replace(made, blocks=_blocks(model, chains, targets.rows, progress))


def _fit(model: Model, draw: np.random.Generator, progress: Progress) -> Chains:
    chains = Chains.start(model, SMALL, draw)
    for amount, rounds, first, last, depth in SCHEDULE:
        chains = chains.resized(amount)
        for turn in range(rounds):
            chains.walk(first + (last - first) * turn / (rounds - 1), depth)
            progress(say(_("Fitting %(rows)s rows"), rows=amount), (turn + 1) / rounds)
    return chains


def _add_triples(model: Model, chains: Chains, domain: Domain, rho: Fraction, source: Source) -> list[Columns]:
    variance = variance_for(rho * THREES / TRIPLES)
    made = list(chains.rows)
    chosen = measure.useful_triples(
        domain.codes, domain.sizes, made, model.targets.rows, amount=TRIPLES, rho=rho * CHOICE, variance=variance, source=source
    )
    for columns in chosen:
        model.add_triple(columns, consistent.triple(measure.table(domain.codes, columns, domain.sizes, variance, source), model.targets))
    return chosen


def _blocks(model: Model, chains: Chains, rows: int, progress: Progress) -> Iterator[list[Codes]]:
    """As many rows as were counted, in blocks; each block is corrected until it keeps the tables by itself."""
    done = 0
    block = min(BLOCK, max(1_000, 60_000_000 // len(model.field)))
    while done < rows:
        amount = min(block, rows - done)
        moving = chains.resized(max(amount, SMALL))
        for turn in range(LAST):
            moving.walk(0.05 - 0.02 * turn / (LAST - 1), 10.0)
            progress(say(_("Making rows")), (done + amount * (turn + 1) / LAST) / rows)
        yield [np.ascontiguousarray(column[:amount]) for column in moving.rows]
        done += amount
