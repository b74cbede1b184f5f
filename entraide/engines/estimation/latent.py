"""Latent classes (Manrique-Vallier 2016): persons fall in classes, within a class the lists are independent; a Dirichlet process mixture.

Prior on N proportional to 1/N, lists' rates uniform, concentration Gamma(1/4, 1/4), at most ten classes, as in the author's LCMCR. One
Gibbs chain alone stays for very long near the answer it met first. So each chain is a ladder (parallel tempering, Geyer 1991): its lowest
rung sees the table, every higher one a smaller table of the same shape and roams more freely; neighbours exchange their states with the
probability that leaves every rung's posterior what it is. With N and the classes of the persons summed out a state θ answers for a table
n with Π (p_w / (1 - p_∅))^n_w, p_w the chance of history w. Nothing is printed where the chains do not meet (split R-hat of log
undetected above 1.1) or say too little.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused, refuse_wide
from entraide.engines.estimation.subsets import Floats, Ints
from entraide.engines.sentence import Decimals
from entraide.engines.sentence import gettext_noop as _

CLASSES = 10
CHAINS = 4
AGREE, ENOUGH = 1.1, 100.0  # R-hat and effective sample size without which nothing is printed
CONTENT = (1.03, 300.0)  # with which sampling ends early
ROUND, MOST_ROUNDS = 1_000, 40  # steps
FEWEST, STEP, MOST_RUNGS = 50, 1.3, 40  # persons on the highest rung; from rung to rung
FARTHEST = 1e15  # persons: beyond it the undetected are not followed
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Sampled:
    """Posterior of all persons: median, limits by level, with R-hat and effective sample size of the log of the undetected."""

    median: float
    limits: dict[float, float]
    rhat: float
    effective: float
    draws: int


def sample(
    table: Histories,
    seed: int,
    *,
    rounds: int = MOST_ROUNDS,
    levels: tuple[float, ...] = (0.025, 0.975),
    progress: Progress | None = None,
) -> Sampled:
    """Samples the posterior; refuses where the chains have not met."""
    table.refuse_unshared()
    trace = undetected(table, seed, rounds=rounds, progress=progress)
    rhat, effective = agreement(np.log(trace + 0.5))
    if rhat > AGREE or effective < ENOUGH:
        raise Refused(
            "unstable",
            _("The chains of the latent class model do not agree (R-hat %(rhat)s, effective sample size %(effective)s)."),
            _("Merge the lists that overlap least, or rely on the other families."),
            rhat=Decimals(rhat, 2),
            effective=effective,
        )
    everyone = table.total + trace.ravel()
    refuse_wide(*(float(np.quantile(everyone, level)) for level in (0.025, 0.975)))
    limits = {level: float(np.quantile(everyone, level)) for level in levels}
    return Sampled(float(np.median(everyone)), limits, rhat, effective, trace.size)


def undetected(table: Histories, seed: int, *, rounds: int = MOST_ROUNDS, progress: Progress | None = None) -> Floats:
    """Draws of the number on no list (steps, chains), the first half of all steps left out as burn-in.

    Ends when the chains agree well, or after `rounds` of 1,000 steps. The same seed gives the same draws.
    """
    ladders = _Ladders(table, np.random.default_rng(seed))
    trace = np.empty((0, CHAINS))
    for turn in range(rounds):
        trace = np.concatenate([trace, [ladders.step() for _ in range(ROUND)]])
        if progress:
            progress((turn + 1) / (rounds + 1))
        rhat, effective = agreement(np.log(trace[len(trace) // 2 :] + 0.5))
        if turn and rhat <= CONTENT[0] and effective >= CONTENT[1]:
            break
    if progress:
        progress(1.0)
    return trace[len(trace) // 2 :]


def rungs(total: float) -> int:
    """How many tables a ladder has, so that neighbours exchange often enough."""
    return min(MOST_RUNGS, 1 + max(0, int(np.ceil(np.log(total / FEWEST) / np.log(STEP)))))


class _Ladders:
    """All rungs of all chains at once; row chain * rungs + rung, rung 0 the table itself."""

    def __init__(self, table: Histories, rng: np.random.Generator) -> None:
        self.rng = rng
        cells, lists, self.rungs = np.nonzero(table.counts)[0], len(table.names), rungs(table.total)
        self.on = (cells[:, None] >> np.arange(lists)[None, :] & 1).astype(np.float64)
        smaller = np.geomspace(1, min(1.0, FEWEST / table.total), self.rungs)
        self.counts: Ints = np.tile(np.rint(table.counts[cells] * smaller[:, None]).astype(np.int64), (CHAINS, 1))
        self.totals = np.maximum(1, self.counts.sum(axis=1))
        size = len(self.counts)
        self.rate = rng.beta(1, 1, size=(size, CLASSES, lists))
        self.share = rng.dirichlet(np.ones(CLASSES), size=size)
        self.concentration = np.ones(size)
        self.turn = 0

    def step(self) -> Floats:
        """Exchanges neighbours, then draws every rung anew given its table; the undetected of each chain's lowest rung (chains,)."""
        self.rate = np.clip(self.rate, 1e-9, 1 - 1e-9)
        none = self.share * np.prod(1 - self.rate, axis=2)
        log = np.log(self.share + 1e-300)[:, None, :] + self.on @ np.log(self.rate).transpose(0, 2, 1)
        log += (1 - self.on) @ np.log1p(-self.rate).transpose(0, 2, 1)
        top = log.max(axis=2, keepdims=True)
        chance = np.exp(log - top)
        found = np.maximum(1 - none.sum(axis=1), self.totals / FARTHEST)
        self._exchange(np.log(chance.sum(axis=2)) + top[..., 0] - np.log(found)[:, None], chance, none, found)
        missing = self.rng.negative_binomial(self.totals, found)
        self._redraw(chance / chance.sum(axis=2, keepdims=True), none / none.sum(axis=1, keepdims=True), missing)
        return np.asarray(missing[:: self.rungs], dtype=np.float64)

    def _exchange(self, log: Floats, *derived: Floats) -> None:
        """Metropolis: rungs a, b swap with probability min(1, L_a(θ_b) L_b(θ_a) / L_a(θ_a) L_b(θ_b)); even and odd pairs by turns."""
        first = np.arange(self.turn % 2, self.rungs - 1, 2)
        self.turn += 1
        a = (np.arange(CHAINS)[:, None] * self.rungs + first).ravel()
        gain = ((self.counts[a] - self.counts[a + 1]) * (log[a + 1] - log[a])).sum(axis=1)
        a = a[np.log(self.rng.random(len(a))) < gain]
        for state in (self.rate, self.share, self.concentration, *derived):
            state[a], state[a + 1] = state[a + 1].copy(), state[a].copy()

    def _redraw(self, chance: Floats, none: Floats, missing: Ints) -> None:
        """Gibbs: classes of the persons, then rates, sticks and concentration given the classes."""
        held = self.rng.multinomial(self.counts, chance)
        size = held.sum(axis=1) + self.rng.multinomial(missing, none)
        listed = np.einsum("rwk,wj->rkj", held, self.on)
        self.rate = self.rng.beta(1 + listed, 1 + size[:, :, None] - listed)
        after = np.cumsum(size[:, ::-1], axis=1)[:, ::-1] - size
        self._concentrate(size[:, :-1], after[:, :-1])
        stick = np.minimum(self.rng.beta(1.0 + size[:, :-1], self.concentration[:, None] + after[:, :-1]), 1 - 1e-15)
        left = np.cumprod(np.column_stack([np.ones(len(size)), 1 - stick]), axis=1)
        self.share = left * np.column_stack([stick, np.ones(len(size))])

    def _concentrate(self, size: Ints, after: Ints) -> None:
        """Metropolis on the logarithm of the concentration, the sticks summed out: given them it would hardly move."""
        tried = self.concentration * np.exp(2 * self.rng.standard_normal(len(size)))
        gain = _of_concentration(tried, size, after) - _of_concentration(self.concentration, size, after)
        self.concentration = np.where(np.log(self.rng.random(len(size))) < gain, tried, self.concentration)


def _of_concentration(a: Floats, size: Ints, after: Ints) -> Floats:
    """Log density of log a, a ~ Gamma(1/4, 1/4), times that of the sizes of the classes (chains,), their sticks Beta(1, a) summed out."""
    each = np.log(a)[:, None] + gammaln(a[:, None] + after) - gammaln(1 + size + a[:, None] + after)
    return np.asarray(np.log(a) / 4 - a / 4 + each.sum(axis=1))


def agreement(trace: Floats) -> tuple[float, float]:
    """Split R-hat and effective sample size of draws (steps, chains) (Gelman et al. 2013, 11.4-11.5)."""
    half = len(trace) // 2
    parts = np.concatenate([trace[:half], trace[half : 2 * half]], axis=1)
    within = parts.var(axis=0, ddof=1).mean()
    between = half * parts.mean(axis=0).var(ddof=1)
    if within <= 0:
        return (1.0 if between <= 0 else float("inf")), float(parts.size)
    plus = (half - 1) / half * within + between / half
    rhat = float(np.sqrt(plus / within))
    centred = parts - parts.mean(axis=0)
    spectrum = np.fft.rfft(centred, n=2 * half, axis=0)
    covariance = np.fft.irfft(np.abs(spectrum) ** 2, n=2 * half, axis=0)[:half].mean(axis=1) / half
    correlation = 1 - (within - covariance) / plus
    pairs = correlation[: half // 2 * 2].reshape(-1, 2).sum(axis=1)
    stop = int(np.argmax(pairs < 0)) if (pairs < 0).any() else len(pairs)
    length = max(1.0, 2 * float(np.minimum.accumulate(pairs[:stop]).sum()) - 1)
    return rhat, float(parts.size / length)
