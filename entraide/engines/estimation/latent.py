"""Latent classes (Manrique-Vallier 2016): persons fall in classes, within a class the lists are independent; a Dirichlet process mixture.

Gibbs sampling, all chains at once; prior on N proportional to 1/N, lists' rates uniform, concentration Gamma(1/4, 1/4), at most ten
classes. Nothing is printed where the chains disagree (split R-hat of log undetected above 1.1) or say too little.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused, refuse_wide
from entraide.engines.estimation.sentence import Decimals
from entraide.engines.estimation.sentence import gettext_noop as _
from entraide.engines.estimation.subsets import Floats

CLASSES = 10
CHAINS = 8
AGREE = 1.1
ENOUGH = 100
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
    burn: int = 4_000,
    keep: int = 16_000,
    levels: tuple[float, ...] = (0.025, 0.975),
    progress: Progress | None = None,
) -> Sampled:
    """Samples the posterior; refuses where the chains have not met."""
    table.refuse_unshared()
    rng = np.random.default_rng(seed)
    cells = np.nonzero(table.counts)[0]
    lists = len(table.names)
    counts = table.counts[cells].astype(np.int64)
    on = (cells[:, None] >> np.arange(lists)[None, :] & 1).astype(np.float64)
    total = int(table.total)
    rate = rng.beta(1, 1, size=(CHAINS, CLASSES, lists))
    share = rng.dirichlet(np.ones(CLASSES), size=CHAINS)
    concentration = np.full(CHAINS, 1.0)
    trace = np.empty((keep, CHAINS))
    for step in range(burn + keep):
        rate = np.clip(rate, 1e-9, 1 - 1e-9)
        log = np.log(share + 1e-300)[:, None, :] + on @ np.log(rate).transpose(0, 2, 1) + (1 - on) @ np.log1p(-rate).transpose(0, 2, 1)
        chance = np.exp(log - log.max(axis=2, keepdims=True))
        held = rng.multinomial(counts[None, :], chance / chance.sum(axis=2, keepdims=True))
        none = share * np.prod(1 - rate, axis=2)
        rho = np.minimum(none.sum(axis=1), 1 - 1e-12)
        missing = rng.negative_binomial(total, 1 - rho)
        unseen = rng.multinomial(missing, none / none.sum(axis=1, keepdims=True))
        size = held.sum(axis=1) + unseen
        listed = np.einsum("cwk,wj->ckj", held, on)
        rate = rng.beta(1 + listed, 1 + size[:, :, None] - listed)
        after = np.cumsum(size[:, ::-1], axis=1)[:, ::-1] - size
        stick = np.clip(rng.beta(1.0 + size, concentration[:, None] + after), 1e-12, 1 - 1e-12)
        left = np.cumsum(np.log1p(-stick[:, :-1]), axis=1)
        share = np.concatenate([stick[:, :1], stick[:, 1:-1] * np.exp(left[:, :-1]), np.exp(left[:, -1:])], axis=1)
        concentration = rng.gamma(0.25 + CLASSES - 1, 1 / (0.25 - left[:, -1]))
        if step >= burn:
            trace[step - burn] = missing
        if progress and step % 500 == 0:
            progress(step / (burn + keep))
    rhat, effective = agreement(np.log(trace + 0.5))
    if rhat > AGREE or effective < ENOUGH:
        raise Refused(
            "unstable",
            _("The chains of the latent class model do not agree (R-hat %(rhat)s, effective sample size %(effective)s)."),
            _("Merge the lists that overlap least, or rely on the other families."),
            rhat=Decimals(rhat, 2),
            effective=effective,
        )
    everyone = total + np.sort(trace.ravel())
    refuse_wide(*(float(np.quantile(everyone, level)) for level in (0.025, 0.975)))
    limits = {level: float(np.quantile(everyone, level)) for level in levels}
    return Sampled(float(np.median(everyone)), limits, rhat, effective, keep * CHAINS)


def agreement(trace: Floats) -> tuple[float, float]:
    """Split R-hat and effective sample size of draws (steps, chains) (Gelman et al. 2013, 11.4-11.5)."""
    half = len(trace) // 2
    parts = np.concatenate([trace[:half], trace[half : 2 * half]], axis=1)
    within = parts.var(axis=0, ddof=1).mean()
    between = half * parts.mean(axis=0).var(ddof=1)
    if within <= 0:
        return 1.0, float(parts.size)
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
