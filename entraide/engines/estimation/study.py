"""A study: the families of estimates side by side, what they rest on here, and how it was done. Never one number alone."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from entraide.engines.estimation.bootstrap import Interval, bca, draw
from entraide.engines.estimation.checks import Found, Relinked, Z, internal_consistency, linkage
from entraide.engines.estimation.decomposable import average
from entraide.engines.estimation.existence import FINE, KINDS, refusal
from entraide.engines.estimation.hierarchical import best_by_bic
from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.latent import sample
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.stepwise import THRESHOLD, Chosen, stepwise
from entraide.engines.estimation.subsets import Floats, above, named

METHODS = ("stepwise", "bic", "bic3", "dga", "lcmcr")
TITLES = {
    "stepwise": "Sparse log-linear, stepwise",
    "bic": "Log-linear by BIC, pairs",
    "bic3": "Log-linear by BIC, up to triples",
    "dga": "Decomposable graphs, averaged",
    "lcmcr": "Latent classes",
}
APART = 1.5
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Order:
    """What is asked: methods, resamples (0 for none), seed, threshold of the steps, published behaviour, draws given, rates of links."""

    methods: Sequence[str] = METHODS
    bootstrap: int = 1000
    seed: int = 1
    threshold: float = THRESHOLD
    original: bool = False
    threads: int = 1
    draws: Floats | None = None
    links: tuple[float, float] | None = None


@dataclass
class Family:
    """One family's answer: estimate of all persons, 95 % interval with its kind, terms as A:B; or a refusal. draws: one estimate each."""

    method: str
    estimate: float | None = None
    interval: tuple[float, float] | None = None
    interval_kind: str = ""
    terms: list[str] = field(default_factory=list)
    refusal: Refused | None = None
    draws: list[float | None] | None = None
    draw_terms: list[list[str]] | None = None
    notes: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """As data, with the keys method, estimate, interval, terms, refusal, draws."""
        out = {
            "method": self.method,
            "estimate": self.estimate,
            "interval": list(self.interval) if self.interval else None,
            "interval_kind": self.interval_kind,
            "terms": self.terms,
            "refusal": self.refusal.told() if self.refusal else None,
            "draws": self.draws,
            "notes": self.notes,
            **self.facts,
        }
        if self.draw_terms is not None:
            out["draw_terms"] = self.draw_terms
        return out


@dataclass(frozen=True)
class Study:
    """The families, the checks, what the answer rests on here, and the paragraph on methods."""

    table: Histories
    families: list[Family]
    consistency: list[Found]
    relinked: Relinked | None
    assumptions: list[str]
    methods: str

    @property
    def answered(self) -> list[Family]:
        """The families with an estimate."""
        return [family for family in self.families if family.estimate is not None]


def study(table: Histories, order: Order, progress: Progress | None = None) -> Study:
    """Runs what is asked. A family that has no answer carries its refusal; the others still answer."""
    tell = progress or (lambda _what, _share: None)
    families = []
    for method in order.methods:
        tell(TITLES[method], 0.0)
        family = Family(method)
        try:
            _RUN[method](table, order, family, lambda share, name=TITLES[method]: tell(name, share))  # type: ignore[misc]
        except Refused as refused:
            family.refusal = refused
            family.estimate = family.interval = None
        families.append(family)
    found = internal_consistency(table)
    relinked = linkage(table, *order.links, order.seed) if order.links else None
    return Study(table, families, found, relinked, _assumptions(table, families, found, relinked), _methods(table, families, order))


def _stepwise(table: Histories, order: Order, family: Family, tell: Callable[[float], None]) -> None:
    def choose(counts: Floats) -> Chosen:
        return stepwise(counts, threshold=order.threshold, original=order.original, threads=order.threads)

    got = choose(table.counts[None])
    if order.draws is not None:
        _keep_draws(choose(order.draws), table, family)
    if got.verdict[0] != FINE:
        raise refusal(int(got.verdict[0]), table.counts, got.terms[0][got.terms[0] >= 0], table.names)
    family.terms = [named(pair, table.names) for pair in got.pairs(0)]
    _with_intervals(table, order, family, float(got.estimate[0]), float(got.variance[0]), lambda counts: choose(counts).estimate)


def _keep_draws(got: Chosen, table: Histories, family: Family) -> None:
    family.draws = [None if math.isnan(value) else float(value) for value in got.estimate]
    family.draw_terms = [[named(pair, table.names) for pair in got.pairs(at)] for at in range(len(got.estimate))]
    family.facts["draw_refusals"] = {KINDS[kind]: int((got.verdict == kind).sum()) for kind in KINDS if (got.verdict == kind).any()}


def _by_bic(level: int) -> Callable[[Histories, Order, Family, Callable[[float], None]], None]:
    def run(table: Histories, order: Order, family: Family, tell: Callable[[float], None]) -> None:
        got = best_by_bic(table.counts[None], level)
        if math.isnan(got.estimate[0]):
            raise refusal(1, table.counts, np.array([0, *(1 << each for each in range(len(table.names)))]), table.names)
        family.terms = [named(term, table.names) for term in got.interactions(0)]
        family.facts |= {"bic": float(got.bic[0]), "models": got.compared, "search": got.search}
        if got.search:
            family.notes.append(f"A search over {got.compared} models, not a comparison of all: another may fit better.")
            order = Order(bootstrap=0)
        if order.draws is not None:
            family.draws = [None if math.isnan(value) else float(value) for value in best_by_bic(order.draws, level, tell).estimate]
        _with_intervals(
            table, order, family, float(got.estimate[0]), float(got.variance[0]), lambda counts: best_by_bic(counts, level, tell).estimate
        )

    return run


def _with_intervals(
    table: Histories, order: Order, family: Family, estimate: float, variance: float, estimator: Callable[[Floats], Floats]
) -> None:
    error = math.sqrt(variance) * Z
    undetected = estimate - table.total
    wald = (table.total + undetected * math.exp(-error), table.total + undetected * math.exp(error))
    family.estimate, family.interval, family.interval_kind = estimate, wald, "Wald"
    family.facts["wald"] = list(wald)
    if not order.bootstrap and order.draws is None:
        return
    draws = order.draws if order.draws is not None else draw(table, order.bootstrap, order.seed)
    started = time.perf_counter()
    replicates = estimator(draws) if family.draws is None else np.array([np.nan if each is None else each for each in family.draws])
    took = time.perf_counter() - started
    try:
        got = bca(table, estimate, draws, estimator, replicates=replicates)
    except Refused as refused:
        family.notes.append(f"No bootstrap interval: {refused.why}")
        family.facts["interval_refusal"] = refused.told()
        return
    _use(got, family, len(draws), took)


def _use(got: Interval, family: Family, resamples: int, took: float) -> None:
    low, high = got.limits[0.025], got.limits[0.975]
    family.facts |= {
        "bca": {str(level): limit if math.isfinite(limit) else None for level, limit in got.limits.items()},
        "bias": got.bias,
        "acceleration": got.acceleration,
        "resamples": resamples,
        "resamples_refused": got.refused,
        "resampling_seconds": round(took, 4),
    }
    if math.isfinite(low) and math.isfinite(high):
        family.interval, family.interval_kind = (low, high), "BCa"
    else:
        family.interval, family.interval_kind = None, ""
        family.facts["interval_refusal"] = Refused(
            "unstable", "So many resamples have no answer that the interval has no upper end."
        ).told()
        family.notes.append("The interval has no upper end: too many resamples have no answer.")


def _dga(table: Histories, order: Order, family: Family, tell: Callable[[float], None]) -> None:
    got = average(table)
    family.estimate, family.interval, family.interval_kind = got.median, (got.limits[0.025], got.limits[0.975]), "posterior"
    family.terms = [named(edge, table.names) for edge in got.graphs[0][1]]
    family.facts["models"] = got.compared
    family.facts["mean"] = got.mean
    family.facts["graphs"] = [
        {"probability": share, "edges": [named(edge, table.names) for edge in edges], "median": median}
        for share, edges, median in got.graphs
    ]


def _lcmcr(table: Histories, order: Order, family: Family, tell: Callable[[float], None]) -> None:
    got = sample(table, order.seed, progress=tell)
    family.estimate, family.interval, family.interval_kind = got.median, (got.limits[0.025], got.limits[0.975]), "posterior"
    family.facts |= {"rhat": got.rhat, "effective_sample_size": got.effective, "posterior_draws": got.draws}


_RUN = {"stepwise": _stepwise, "bic": _by_bic(2), "bic3": _by_bic(3), "dga": _dga, "lcmcr": _lcmcr}


def figure_of(number: float) -> str:
    """A count of persons for reading."""
    return f"{round(number):,}"


def _assumptions(table: Histories, families: list[Family], found: list[Found], relinked: Relinked | None) -> list[str]:
    answers = sorted((family.estimate, TITLES[family.method]) for family in families if family.estimate is not None)
    out = []
    if len(answers) > 1 and answers[-1][0] > APART * answers[0][0]:
        out.append(
            f"The choice of model matters most here: “{answers[0][1]}” gives {figure_of(answers[0][0])}, "
            f"“{answers[-1][1]}” {figure_of(answers[-1][0])}. Do not publish one of them alone."
        )
    elif len(answers) > 1:
        out.append(f"The families agree within a factor of {answers[-1][0] / answers[0][0]:.2f}; what they all assume stands below.")
    own = above(table.counts)
    lists = len(table.names)
    overlaps = sorted((own[1 << i | 1 << j], f"{table.names[i]} and {table.names[j]}") for i in range(lists) for j in range(i + 1, lists))
    thin = [f"{pair} ({number:.0f})" for number, pair in overlaps if number < 5]
    if thin:
        more = f" and {len(thin) - 4} more" if len(thin) > 4 else ""
        out.append(
            f"Few persons are on both lists of a pair: {', '.join(thin[:4])}{more}. "
            "The answer hangs on these few and on how they were matched."
        )
    tried = [each for each in found if not math.isnan(each.estimate)]
    missed = [each.name for each in tried if not each.hit]
    if missed:
        out.append(
            f"Asked for the size of a list that is known, the method misses {', '.join(missed)} ({len(missed)} of {len(tried)} tried)."
        )
    elif tried:
        out.append(f"Asked for the size of a list that is known, the method finds it for all {len(tried)} lists tried.")
    if lists == 2:
        out.append(
            "With two lists their independence cannot be tested: if being on one makes the other likelier, the true number is greater."
        )
    if relinked:
        out.append(
            f"If {relinked.missed:.0%} of true links were missed and {relinked.false:.0%} of those made are false, "
            f"the stepwise answer lies between {figure_of(relinked.low)} and {figure_of(relinked.high)}."
        )
    else:
        out.append("Every person is taken to be recognised on every list; give rates of missed and false links to see what that changes.")
    out.append(
        "The lists cover one population in one place and period: nobody enters or leaves it in between, and every person could be listed."
    )
    return out


def _methods(table: Histories, families: list[Family], order: Order) -> str:
    parts = [
        f"The number of persons on none of the lists {', '.join(table.names)} was estimated by multiple systems estimation from "
        f"{figure_of(table.total)} persons on at least one list."
    ]
    said = {
        "stepwise": f"sparse log-linear models, pairs chosen stepwise at p < {order.threshold:g} (Chan, Silverman and Vincent 2021), "
        "existence and identifiability checked (Fienberg and Rinaldo 2012)"
        + (", as published without checking the model of main effects" if order.original else ""),
        "bic": "the hierarchical log-linear model with interactions of pairs of least BIC",
        "bic3": "the hierarchical log-linear model with interactions of up to three lists of least BIC",
        "dga": "averaging over decomposable graphs with a hyper-Dirichlet prior (Madigan and York 1997)",
        "lcmcr": "a Dirichlet process mixture of latent classes (Manrique-Vallier 2016)",
    }
    used = [said[family.method] for family in families]
    first = used[0][0].upper() + used[0][1:]
    parts.append("; ".join([first, *used[1:]]) + ".")
    if any("bca" in family.facts for family in families):
        drawn = next(family.facts["resamples"] for family in families if "bca" in family.facts)
        source = "given" if order.draws is not None else f"multinomial, seed {order.seed}"
        parts.append(f"Intervals are 95 % BCa from {drawn:,} resamples ({source}), the whole choice of model repeated in each.")
    without = [TITLES[family.method] for family in families if family.refusal]
    if without:
        parts.append(f"No figure is given for: {', '.join(without)}, for the reasons stated.")
    return " ".join(parts)
