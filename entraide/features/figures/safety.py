"""What may be told beside everything told before: no withheld count of persons can be worked out, and none moves by a few."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from entraide.engines.release.arrays import Progress, quiet
from entraide.features.figures.adding import webs
from entraide.features.figures.models import Figure, Key, Number, key_of
from entraide.features.figures.withholding import MOST, TOO_MANY, aims, ends, narrowed
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse

WORKED_OUT = refuse(
    "worked_out",
    _(
        "From the totals of one of these tables a withheld small count could be worked out. "
        "Bring it without those totals, or with wider ranges."
    ),
)
MOVED = refuse(
    "moved",
    _(
        "A table that you published before has changed by only a few persons. Whoever compares the two releases would find them. "
        "Wait until more has changed, or leave the table out."
    ),
)


def may_tell(new: Sequence[Figure], earlier: Iterable[Figure], k: int, watch: Progress = quiet) -> Verdict:
    """Whether somebody who reads a release beside everything told before learns of a few persons: by what changed, or by what adds up."""
    before = list(earlier)
    verdict = steady([each for each in new if each.protected], [each for each in before if each.protected], k)
    mine = {key_of(each): each for each in new}
    for web in webs(({key_of(each): each for each in before} | mine).values()) if verdict else ():
        if not aims(web).any() or not any(key_of(each) in mine for each in web.numbers):
            continue
        if len(web.numbers) > MOST:
            return TOO_MANY
        if narrowed(web, *ends(web), watch).any():
            return WORKED_OUT
    return verdict


def steady(new: Iterable[Number], earlier: Iterable[Number], k: int) -> Verdict:
    """Between two releases of the same body a number of persons stays as it was or moves by `k` or more, and what was withheld stays so."""
    before: dict[Key, list[Number]] = {}
    for each in earlier:
        before.setdefault(key_of(each), []).append(each)
    for each in new:
        for other in before.get(key_of(each), []):
            if (each.low, each.high) == (other.low, other.high):
                continue
            if not each.exact or not other.exact or abs(each.low - other.low) < k:
                return MOVED
    return ALLOWED
