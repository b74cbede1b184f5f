"""How far the released rows are from the persons: for the holder of the data only, because it is measured on the persons without noise."""

from dataclasses import asdict, dataclass
from itertools import combinations

import numpy as np

from entraide.engines.release.arrays import Codes, Progress, count, quiet
from entraide.engines.release.domains import RARE
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

METRIC = _(
    "mass kept = 1 - ½ Σ|released/rows - original/rows| of a table, averaged over all tables of that many columns; "
    "fabricated = share of the combinations in the release that no person has; missing counts as a value"
)


@dataclass(frozen=True)
class Kept:
    """What became of all combinations of `length` columns."""

    length: int
    tables: int
    mass_kept: float
    mass_kept_worst: float
    combinations: int  # that persons have
    preserved: float  # share of them that the release has
    fabricated: float
    rare: int  # combinations of 1 to k-1 persons
    rare_preserved: float


def compare(
    original: list[Codes], released: list[Codes], sizes: list[int], *, k: int, order: int = 3, progress: Progress = quiet
) -> list[Kept]:
    """One line per length of combinations, 1 to `order`. Both tables in the same codes; n × tables × order steps."""
    return [_kept(original, released, sizes, length, k, progress) for length in range(1, min(order, len(sizes)) + 1)]


def _kept(original: list[Codes], released: list[Codes], sizes: list[int], length: int, k: int, progress: Progress) -> Kept:
    masses: list[float] = []
    sums = np.zeros(5, dtype=np.int64)
    wanted = list(combinations(range(len(sizes)), length))
    for columns in wanted:
        true, made = count(original, columns, sizes).ravel(), count(released, columns, sizes).ravel()
        masses.append(1 - 0.5 * float(np.abs(true / true.sum() - made / max(1, made.sum())).sum()))
        has, shows, rare = true > 0, made > 0, (true > 0) & (true < k)
        sums += [int(part.sum()) for part in (has, shows, has & shows, rare, rare & shows)]
        progress(say(_("Comparing combinations of %(length)s"), length=length), len(masses) / len(wanted))
    has_, shows_, both, rares, rare_shown = (int(value) for value in sums)
    return Kept(
        length, len(wanted), float(np.mean(masses)), min(masses), has_, both / has_, (shows_ - both) / max(1, shows_), rares,
        rare_shown / max(1, rares),
    )  # fmt: skip


def recoded(values: list[list[str]], codes: list[Codes], to: list[list[str]]) -> list[Codes]:
    """Codes for `values` as codes for `to`; what `to` does not have becomes its `(rare)`, or one code more."""
    done = []
    for old, column, new in zip(values, codes, to, strict=True):
        place = {value: number for number, value in enumerate(new)}
        other = place.get(RARE, len(new))
        done.append(np.array([place.get(value, other) for value in old], dtype=np.uint16)[column])
    return done


def as_facts(kept: list[Kept]) -> list[dict[str, object]]:
    """For JSON, with shares to five places."""
    return [{name: round(value, 5) if isinstance(value, float) else value for name, value in asdict(one).items()} for one in kept]
