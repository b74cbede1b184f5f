"""Does a model have a finite and unique maximum-likelihood estimate on this table?

Existence (Fienberg & Rinaldo 2012): maximise s subject to A x = A n, x ≥ s, over the cells and terms that stay in the fit; finite iff
s > 0. Identifiable iff A has as many independent rows as terms. The verdict depends only on which cells are empty and on the terms.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from entraide.engines.estimation.loglinear import NONE, Fits, present
from entraide.engines.estimation.refusal import Kind, Refused
from entraide.engines.estimation.subsets import Floats, Ints, above, named
from entraide.engines.sentence import gettext_noop as _

FINE = 0
INFINITE = 1  # no finite estimate
AMBIGUOUS = 2  # not identifiable
KINDS: dict[int, Kind] = {INFINITE: "no-finite-estimate", AMBIGUOUS: "not-identifiable"}
WHY = {  # by kind, and whether the model has interactions
    (AMBIGUOUS, True): _(
        "The model with the interactions %(terms)s leaves more unknowns than the table can tell apart, so many answers fit equally well."
    ),
    (AMBIGUOUS, False): _(
        "The model of independent lists leaves more unknowns than the table can tell apart, so many answers fit equally well."
    ),
    (INFINITE, True): _("The model with the interactions %(terms)s has no finite answer on this table: some overlaps it needs are empty."),
    (INFINITE, False): _("The model of independent lists has no finite answer on this table: some overlaps it needs are empty."),
}


class Verdicts:
    """Verdicts of models on tables, remembered by which cells are empty."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], int] = {}
        self._ranks: dict[tuple[bytes, bytes], bool] = {}

    def __call__(self, counts: Floats, terms: Ints, fits: Fits | None = None) -> Ints:
        """(B,) of FINE, INFINITE, AMBIGUOUS for counts (B, 2**t) or (1, 2**t) and terms (B, p).

        A fit that settled with all means well above zero and the score equations satisfied is itself the x with s > 0: the linear
        programme is solved only for the others.
        """
        counts = np.broadcast_to(counts, (len(terms), counts.shape[-1]))
        out = np.zeros(len(terms), dtype=np.int64)
        cells, kept = (fits.cells, fits.kept) if fits else present(counts, terms)
        proved = self._proved(counts, terms, fits) if fits else np.zeros(len(terms), dtype=bool)
        bits = np.packbits(counts[:, 1:] > 0, axis=1)
        for at in range(len(terms)):
            held = np.sort(terms[at][kept[at]])
            key = (held.tobytes(), np.packbits(cells[at]).tobytes())
            if key not in self._ranks:
                self._ranks[key] = _identifiable(held, np.nonzero(cells[at])[0])
            if not self._ranks[key]:
                out[at] = AMBIGUOUS
            elif not proved[at]:
                known = (np.sort(terms[at][terms[at] != NONE]).tobytes(), bits[at].tobytes())
                if known not in self._known:
                    self._known[known] = FINE if interior(counts[at], held, np.nonzero(cells[at])[0]) else INFINITE
                out[at] = self._known[known]
        return out

    @staticmethod
    def _proved(counts: Floats, terms: Ints, fits: Fits) -> np.ndarray:
        mu = np.where(fits.cells, fits.mu, 0.0)
        least = np.where(fits.cells, fits.mu, np.inf).min(axis=1)
        off = above(np.where(fits.cells, counts - mu, 0.0))
        worst = np.where(fits.kept, np.abs(np.take_along_axis(off, np.where(fits.kept, terms, 0), axis=1)), 0.0).max(axis=1)
        total = counts[:, 1:].sum(axis=1)
        return np.asarray(fits.settled & (least > np.maximum(1e-6, 1e-9 * total)) & (worst * 100 < least))


def design(terms: Sequence[int] | Ints, cells: Sequence[int] | Ints) -> Floats:
    """The 0/1 matrix (terms, cells): 1 where the cell contains the term."""
    t, c = np.asarray(terms)[:, None], np.asarray(cells)[None, :]
    return np.asarray((t & c) == t, dtype=np.float64)


def interior(counts: Floats, terms: Ints, cells: Ints) -> bool:
    """Whether some x > 0 has the same sufficient statistics as the counts: the linear programme itself.

    With x = y + s it reads: maximise s subject to A y + (A 1) s = A n, y ≥ 0; s = 0 is always allowed, because n itself is such an x.
    """
    matrix = design(terms, cells)
    scale = counts[cells].max(initial=0.0)
    if not scale > 0:
        return False
    right = matrix @ (counts[cells] / scale)
    equal = np.column_stack([matrix, matrix.sum(axis=1)])
    goal = np.zeros(len(cells) + 1)
    goal[-1] = -1.0
    found = linprog(goal, A_eq=equal, b_eq=right, bounds=(0, None), method="highs")
    least = 0.0 if found.x is None else float(found.x[-1])
    return found.status == 0 and least * scale > 1e-7 and least > 1e-10


def _identifiable(terms: Ints, cells: Ints) -> bool:
    if len(cells) < len(terms):
        return False
    return int(np.linalg.matrix_rank(design(terms, cells))) == len(terms)


def refusal(kind: int, counts: Floats, terms: Ints, names: Sequence[str]) -> Refused:
    """The refusal of one model on one table (2**t), with the lists that overlap too little named."""
    lists = len(names)
    own = above(np.where(np.arange(counts.shape[-1]) > 0, counts, 0.0))
    alone = [names[i] for i in range(lists) if not any(own[1 << i | 1 << j] > 0 for j in range(lists) if j != i)]
    if alone:
        return Refused(
            KINDS[kind],
            _("No one on the list %(list)s is on another list, so the table says nothing about who is on none."),
            _("Drop %(list)s, or merge it with the list it resembles most."),
            list=alone[0],
        )
    pairs = [named(int(term), names) for term in terms if int(term).bit_count() > 1]
    thin = min(((own[1 << i | 1 << j], i, j) for i in range(lists) for j in range(i)), default=(0.0, 0, 0))
    return Refused(
        KINDS[kind],
        WHY[kind, bool(pairs)],
        _("Merge %(one)s and %(other)s, which overlap least, or drop one of them."),
        terms=pairs,
        one=names[thin[2]],
        other=names[thin[1]],
    )
