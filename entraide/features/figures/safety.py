"""Small counts in tables that came from elsewhere and are not public yet: withheld, or the table is refused.

What is counted here is protected when it is counted. A table from a file has whatever totals its source chose, so small counts become
ranges and a linear program then tries to work them out again from all the rest, as an attacker would: from the whole release and from
whatever its body has published before. Where it succeeds, nothing is published: which total would have to go is for a person to decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext_lazy as _
from scipy.optimize import linprog

from entraide.features.figures.codes import DIMENSIONS, TOTAL
from entraide.features.figures.models import Figure, Key, Number, key_of
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse

MOST = 1_500
NEARLY = 1e-6
Group = tuple[str, str, int | None]
WORKED_OUT = refuse(
    "worked_out",
    _(
        "From the totals of one of these tables a withheld small count could be worked out. "
        "Bring it without those totals, or with wider ranges."
    ),
)
TOO_MANY = refuse(
    "too_many", _("One of these tables has more small counts than can be checked here. Bring it in smaller tables, or grouped.")
)
MOVED = refuse(
    "moved",
    _(
        "A table that you published before has changed by only a few persons. Whoever compares the two releases would find them. "
        "Wait until more has changed, or leave the table out."
    ),
)


def groups(numbers: Iterable[Figure]) -> Mapping[Group, list[Figure]]:
    """Numbers that could be worked out from each other: of one indicator, State and year."""
    found: dict[Group, list[Figure]] = {}
    for each in numbers:
        found.setdefault((each.indicator, each.area, each.year), []).append(each)
    return found


def withhold(numbers: Sequence[Number], k: int) -> None:
    """Small counts of persons become ranges from 1 to k-1, in place."""
    for each in numbers:
        if each.exact and 0 < each.low < k:
            each.low, each.high = Decimal(1), Decimal(k - 1)


def may_tell(new: Iterable[Figure], earlier: Iterable[Figure], k: int) -> Verdict:
    """Whether somebody who reads a release beside everything told before learns of a few persons: by what changed, or by what adds up."""
    told, before = list(new), list(earlier)
    verdict = steady([each for each in told if each.protected], [each for each in before if each.protected], k)
    known = {key_of(each): each for each in (*before, *told)}
    for group in groups(known.values()).values() if verdict else ():
        verdict = verdict and _attacked(group, [place for place, each in enumerate(group) if each.protected and not each.exact])
    return verdict


def _attacked(group: Sequence[Number], aims: Sequence[int]) -> Verdict:
    """Whether any of these ranges can be narrowed by what totals and parts say together."""
    if not aims:
        return ALLOWED
    if len(group) > MOST:
        return TOO_MANY
    sums = _sums(group)
    if not sums:
        return ALLOWED
    matrix = np.zeros((len(sums), len(group)))
    for row, (total, parts) in enumerate(sums):
        matrix[row, total] = -1
        matrix[row, parts] = 1
    bounds = [(float(each.low), None if each.high is None else float(each.high)) for each in group]
    for place in aims:
        each = group[place]
        aim = np.zeros(len(group))
        aim[place] = 1
        for sign, end in ((1, float(each.low)), (-1, None if each.high is None else float(each.high))):
            answer = linprog(sign * aim, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds, method="highs")
            found = float(answer.fun) if answer.status == 0 and answer.fun is not None else None
            if found is not None and (end is None or abs(sign * found - end) > 1 - NEARLY):
                return WORKED_OUT
    return ALLOWED


def _sums(group: Sequence[Number]) -> list[tuple[int, list[int]]]:
    """Each total with the parts that add up to it, where they can; parts that cannot reach it are no whole and say nothing."""
    place = {key_of(each): at for at, each in enumerate(group)}
    parts: dict[int, dict[str, list[int]]] = {}
    for at, each in enumerate(group):
        for name in DIMENSIONS:
            if getattr(each, name) != TOTAL:
                total = place.get(_total(each, name))
                if total is not None:
                    parts.setdefault(total, {}).setdefault(name, []).append(at)
    return [(total, listed) for total, by in parts.items() for listed in by.values() if _reach(group, total, listed)]


def _total(each: Number, name: str) -> Key:
    codes = [TOTAL if one == name else str(getattr(each, one)) for one in DIMENSIONS]
    return (each.indicator, each.area, each.year, codes[0], codes[1], codes[2], codes[3], codes[4])


def _reach(group: Sequence[Number], total: int, listed: Sequence[int]) -> bool:
    low = sum(group[at].low for at in listed)
    highs = [group[at].high for at in listed]
    most = None if any(high is None for high in highs) else sum(high for high in highs if high is not None)
    top = group[total].high
    return (top is None or low <= top) and (most is None or most >= group[total].low)


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
