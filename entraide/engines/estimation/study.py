"""A study: the families of estimates side by side, what they rest on here, and how it was done. Never one number alone."""

import math
import time
from collections.abc import Callable

import numpy as np

from entraide.engines.estimation.answers import TITLES, Family, Order, Study
from entraide.engines.estimation.bootstrap import Interval, bca, check_number, draw, unstable
from entraide.engines.estimation.checks import Found, Relinked, Z, check_rates, internal_consistency, linkage
from entraide.engines.estimation.decomposable import average
from entraide.engines.estimation.existence import FINE, KINDS, refusal
from entraide.engines.estimation.hierarchical import EXHAUSTIVE, Best, best_by_bic
from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.latent import sample
from entraide.engines.estimation.refusal import Refused, refuse_wide
from entraide.engines.estimation.stepwise import Chosen, stepwise
from entraide.engines.estimation.subsets import Floats, named
from entraide.engines.estimation.words import assumptions, methods
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

Progress = Callable[[str, float], None]
Tell = Callable[[float], None]
Choosing = Callable[[Floats], Chosen | Best]


def study(table: Histories, order: Order, progress: Progress | None = None) -> Study:
    """Runs what is asked. A family that has no answer carries its refusal; the others still answer.

    Raises Refused where the order itself is wrong (threshold, seed, rates of links, number of draws), before anything is estimated.
    """
    tell = progress or (lambda _what, _share: None)
    _check(order)
    families = []
    for method in order.methods:
        tell(TITLES[method], 0.0)
        family = Family(method)
        try:
            _RUN[method](table, order, family, lambda share, name=TITLES[method]: tell(name, share))  # type: ignore[misc]
        except Refused as refused:
            family.refusal = refused
            family.estimate = family.interval = None
            family.interval_kind = ""
        families.append(family)
    return compiled(table, order, families, internal_consistency(table), _relinked(table, order))


def compiled(
    table: Histories, order: Order, families: list[Family], consistency: list[Found], relinked: Relinked | Refused | None
) -> Study:
    """The study of answers that are there already, with what they rest on and how they were made."""
    rests_on = assumptions(table, families, consistency, relinked)
    return Study(table, families, consistency, relinked, rests_on, methods(table, families, order))


def _check(order: Order) -> None:
    check_number(order.bootstrap)
    check_rates(*order.links or (0.0, 0.0))
    if not 0 < order.threshold < 1:
        raise Refused("input", _("The threshold is between 0 and 1."))
    if order.seed < 0:
        raise Refused("input", _("The seed is a whole number, zero or more."))


def _relinked(table: Histories, order: Order) -> Relinked | Refused | None:
    try:
        return linkage(table, *order.links, order.seed) if order.links else None
    except Refused as refused:
        return refused


def _stepwise(table: Histories, order: Order, family: Family, tell: Tell) -> None:
    def choose(counts: Floats) -> Chosen:
        many = tell if len(counts) > 1 else None
        return stepwise(counts, threshold=order.threshold, original=order.original, threads=order.threads, progress=many)

    got = choose(table.counts[None])
    replicates = _given(order, family, choose, table)
    if got.verdict[0] != FINE:
        raise refusal(int(got.verdict[0]), table.counts, got.terms[0][got.terms[0] >= 0], table.names)
    if order.draws is not None:
        verdicts = choose(order.draws).verdict if np.isnan(replicates).any() else np.zeros(1)
        family.facts["draw_refusals"] = {KINDS[kind]: int((verdicts == kind).sum()) for kind in KINDS if (verdicts == kind).any()}
    _answer(table, order, family, got, choose, replicates)


def _by_bic(level: int) -> Callable[[Histories, Order, Family, Tell], None]:
    def run(table: Histories, order: Order, family: Family, tell: Tell) -> None:
        def choose(counts: Floats) -> Best:
            return best_by_bic(counts, level, tell if len(counts) > 1 else None, threads=order.threads)

        got = best_by_bic(table.counts[None], level)
        family.facts |= {"models": got.compared, "search": got.search}
        replicates = _given(order, family, choose, table)
        if math.isnan(got.estimate[0]):
            raise refusal(1, table.counts, np.array([0, *(1 << each for each in range(len(table.names)))]), table.names)
        family.facts["bic"] = float(got.bic[0])
        if got.search:
            family.notes.append(say(SEARCHED, models=got.compared, most=EXHAUSTIVE))
        _answer(table, order, family, got, choose, replicates)

    return run


SEARCHED = _(
    "A forward search over %(models)s models, not a comparison of all, which is made up to %(most)s lists: another model may fit "
    "better. The search is repeated in each resample."
)


def _given(order: Order, family: Family, choose: Choosing, table: Histories) -> Floats:
    """One estimate for each draw that was given, whatever the table itself answers; empty where none was."""
    if order.draws is None:
        return np.zeros(0)
    started = time.perf_counter()
    got = choose(order.draws)
    family.facts["resampling_seconds"] = round(time.perf_counter() - started, 4)
    family.draws = [None if math.isnan(value) else float(value) for value in got.estimate]
    family.draw_terms = [[named(term, table.names) for term in got.interactions(at)] for at in range(len(got.estimate))]
    return got.estimate


def _answer(table: Histories, order: Order, family: Family, got: Chosen | Best, choose: Choosing, replicates: Floats) -> None:
    """The estimate, with the interval that was asked for; none where our own resamples show that it hangs on a few."""
    undetected, error = float(got.undetected[0]), math.sqrt(float(got.variance[0])) * Z
    family.terms = [named(term, table.names) for term in got.interactions(0)]
    wald = (table.total + undetected * math.exp(-error), table.total + undetected * math.exp(error))
    if not order.original:
        refuse_wide(*wald)
    draws = order.draws
    if draws is None and order.bootstrap:
        draws = draw(table, order.bootstrap, order.seed)
        started = time.perf_counter()
        replicates = choose(draws).estimate
        family.facts["resampling_seconds"] = round(time.perf_counter() - started, 4)
        family.facts["resamples_refused"] = int(np.isnan(replicates).sum())
        if np.isnan(replicates).sum() * 2 >= len(replicates):
            raise unstable(replicates)
    family.estimate, family.interval, family.interval_kind = float(got.estimate[0]), wald, "Wald"
    family.facts["wald"] = list(wald)
    if draws is not None:
        _bca(table, family, draws, lambda counts: choose(counts).estimate, replicates)
    if order.draws is None and family.interval_refusal and family.interval_refusal.kind == "unstable":
        raise family.interval_refusal


def _bca(table: Histories, family: Family, draws: Floats, estimator: Callable[[Floats], Floats], replicates: Floats) -> None:
    assert family.estimate is not None
    try:
        got = bca(table, family.estimate, draws, estimator, replicates=replicates)
    except Refused as refused:
        family.interval_refusal = refused
        return
    _use(got, family)


def _use(got: Interval, family: Family) -> None:
    low, high = got.limits[0.025], got.limits[0.975]
    family.facts |= {
        "bca": {str(level): limit if math.isfinite(limit) else None for level, limit in got.limits.items()},
        "bias": got.bias,
        "acceleration": got.acceleration,
        "resamples": len(got.replicates),
        "resamples_refused": got.refused,
    }
    if math.isfinite(low) and math.isfinite(high):
        family.interval, family.interval_kind = (low, high), "BCa"
        return
    family.interval, family.interval_kind = None, ""
    family.interval_refusal = Refused(
        "unstable",
        _("So many resamples have no answer that the interval has no upper end."),
        _("Merge the lists that overlap least, or drop one of them."),
    )


def _dga(table: Histories, order: Order, family: Family, tell: Tell) -> None:
    got = average(table)
    family.estimate, family.interval, family.interval_kind = got.median, (got.limits[0.025], got.limits[0.975]), "posterior"
    family.terms = [named(edge, table.names) for edge in got.graphs[0][1]]
    family.facts |= {
        "models": got.compared,
        "graphs": [
            {"probability": share, "edges": [named(edge, table.names) for edge in edges], "median": median}
            for share, edges, median in got.graphs
        ],
    }


def _lcmcr(table: Histories, order: Order, family: Family, tell: Tell) -> None:
    got = sample(table, order.seed, progress=tell)
    family.estimate, family.interval, family.interval_kind = got.median, (got.limits[0.025], got.limits[0.975]), "posterior"
    family.facts |= {"rhat": got.rhat, "effective_sample_size": got.effective, "posterior_draws": got.draws}


_RUN = {"stepwise": _stepwise, "bic": _by_bic(2), "bic3": _by_bic(3), "dga": _dga, "lcmcr": _lcmcr}
