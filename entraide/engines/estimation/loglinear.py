"""Poisson log-linear models of capture histories, many at once.

Model: N_w ~ Poisson(mu_w) for each non-empty set w of lists, log mu_w = sum of alpha_theta over theta ⊆ w. The information matrix at
(theta, phi) is the sum of mu over the sets containing theta ∪ phi, so one pass of subset sums gives every matrix of a batch.
A term whose own count is zero has alpha → -∞: the cells containing it and the term leave the fit (Chan, Silverman & Vincent 2021).
Iterations start and stop as R's `glm` does, so that what it published can be compared figure by figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from entraide.engines.estimation.subsets import Flags, Floats, Ints, above, below

ROUNDS = 25  # of R's glm.fit
CLOSE = 1e-8  # relative change of the deviance, of R's glm.fit
EXACT = 1e-13
NONE = -1  # fills up rows of terms


@dataclass(frozen=True)
class Fits:
    """A batch of B fitted models.

    mu: (B, 2**t) fitted counts, zero where a cell left the fit; cell 0 holds the undetected.
    deviance: (B,); cells: (B, 2**t) which were fitted; kept: (B, p) which terms were; variance: (B,) of log mu_0; settled: (B,).
    """

    mu: Floats
    deviance: Floats
    cells: Flags
    kept: Flags
    variance: Floats
    settled: Flags

    @property
    def undetected(self) -> Floats:
        """exp(alpha_∅): persons on no list."""
        return self.mu[:, 0]


def rows_of(models: Sequence[Sequence[int]]) -> Ints:
    """Models as rows of terms of one width, filled up with -1."""
    width = max(map(len, models))
    out = np.full((len(models), width), NONE, dtype=np.int64)
    for at, model in enumerate(models):
        out[at, : len(model)] = model
    return out


def present(counts: Floats, terms: Ints) -> tuple[Flags, Flags]:
    """Which cells (B, 2**t) and which terms (B, p) stay in the fit: those in no term, and no term itself, whose own count is zero."""
    real = terms != NONE
    own = np.take_along_axis(above(counts), np.where(real, terms, 0), axis=1)
    empty = real & (own <= 0) & (terms != 0)
    gone = np.zeros(counts.shape)
    at, which = np.nonzero(empty)
    gone[at, terms[at, which]] = 1.0
    cells = below(gone) == 0
    cells[:, 0] = False
    held = np.take_along_axis(below(gone), np.where(real, terms, 0), axis=1) == 0
    return cells, real & held


def fit(counts: Floats, terms: Ints, *, exact: bool = True) -> Fits:
    """Fits B models at once.

    counts: (B, 2**t) or (1, 2**t), cell 0 ignored. terms: (B, p) of bit masks, 0 the constant, filled up with -1. With exact the
    iterations go on from where R's would stop until nothing changes; without, the last figures are R's.
    """
    models = terms.shape[0]
    counts = np.broadcast_to(counts, (models, counts.shape[-1])).astype(np.float64)
    counts[:, 0] = 0.0
    cells, kept = present(counts, terms)
    columns = np.where(kept, terms, 0)
    unions = np.asarray(columns[:, :, None] | columns[:, None, :], dtype=np.int64)
    both = kept[:, :, None] & kept[:, None, :]
    idle = np.eye(terms.shape[1])[None] * ~kept[:, :, None]

    mu = np.where(cells, counts + 0.1, 0.0)
    eta = np.log(np.where(cells, mu, 1.0))
    alpha = np.zeros(terms.shape)
    deviance = _deviance(counts, mu, eta, cells)
    settled = np.zeros(models, dtype=bool)
    done = np.zeros(models, dtype=bool)
    for step in range(ROUNDS + (8 if exact else 0)):
        live = np.nonzero(~done)[0]
        if not live.size:
            break
        m, c = mu[live], counts[live]
        working = (m * eta[live] if step == 0 else 0.0) + np.where(cells[live], c - m, 0.0)
        right = np.where(kept[live], np.take_along_axis(above(working), columns[live], axis=1), 0.0)
        matrix = _gather(above(m), unions[live]) * both[live] + idle[live]
        change = _solve(matrix, right)
        alpha[live] = change if step == 0 else alpha[live] + change
        new_eta, new_mu, _ = _means(alpha[live], columns[live], kept[live], cells[live])
        new_deviance = _deviance(c, new_mu, new_eta, cells[live])
        moved = np.abs(new_deviance - deviance[live]) / (np.abs(new_deviance) + 0.1)
        near = ~(moved >= CLOSE)
        eta[live], mu[live], deviance[live] = new_eta, new_mu, new_deviance
        settled[live] |= near
        still = np.abs(change).max(axis=1) < EXACT * (1 + np.abs(alpha[live]).max(axis=1))
        done[live] = still | ((step + 1 >= ROUNDS) & ~near) if exact else near
    _, mu, zero = _means(alpha, columns, kept, cells)
    information = _gather(above(mu), unions) * both + idle
    mu[:, 0] = zero
    return Fits(mu, deviance, cells, kept, _variance(information, terms), settled)


def _means(alpha: Floats, columns: Ints, kept: Flags, cells: Flags) -> tuple[Floats, Floats, Floats]:
    spread = np.zeros(cells.shape)
    at, which = np.nonzero(kept)
    spread[at, columns[at, which]] = alpha[at, which]
    eta = below(spread)
    with np.errstate(over="ignore"):
        zero = np.exp(np.minimum(eta[:, 0], 700.0))
        return eta, np.where(cells, np.exp(np.clip(eta, -700.0, 700.0)), 0.0), zero


def _gather(sums: Floats, unions: Ints) -> Floats:
    count, width, _ = unions.shape
    return np.take_along_axis(sums, unions.reshape(count, width * width), axis=1).reshape(unions.shape)


def _solve(matrix: Floats, right: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(matrix, right[..., None])[..., 0])
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(matrix, hermitian=True) @ right[..., None])[..., 0])


def _variance(information: Floats, terms: Ints) -> Floats:
    unit = (terms == 0).astype(np.float64)
    return np.asarray((_solve(information, unit) * unit).sum(axis=1))


def _deviance(counts: Floats, mu: Floats, eta: Floats, cells: Flags) -> Floats:
    """(B,), as R sums it: an empty cell gives 2 mu."""
    log = np.log(np.where(counts > 0, counts, 1.0))
    each = counts * (log - eta) - (counts - mu)
    return np.asarray(2.0 * np.where(cells, each, 0.0).sum(axis=1))
