"""Small counts in tables that came in files and are not public yet: withheld, and with them what would give them away.

What is counted here is protected when it is counted. A table from a file has whatever sums its source chose. Its small counts become
ranges from 1 to k-1; where sums, or what its body has published before, narrow these, the release engine chooses what else to withhold,
and all of it is told as the range that anybody could work out. What is public already stays as it is and counts as known.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.engines.release import linked
from entraide.engines.release.arrays import Bools, Floats, Progress, quiet
from entraide.features.figures.adding import Places, Web, webs
from entraide.features.figures.codes import DIMENSIONS, TOTAL, word
from entraide.features.figures.definitions import definition
from entraide.features.figures.models import Figure, Key, Number, key_of
from entraide.kernel.access.rules import Refused, refuse, require

MOST = 1_500
PATIENCE, PROGRAM = 10.0, 5.0
"""Seconds that a page waits for all programs of a step together, and for one of them."""
Why = tuple[str, Promise]
TOO_MANY = refuse(
    "too_many",
    _("One of these tables has more numbers that hang together than can be checked here. Bring it in smaller tables, or grouped."),
)
TOO_LONG = refuse(
    "too_long",
    _(
        "Protecting the small counts of these tables takes longer than a page may take; nothing was made. "
        "Draft the release from fewer tables, or bring them in smaller tables or larger groups."
    ),
)
OVERLAPS: Why = (
    "overlaps",
    _(
        "A small count stands beside parts that overlap or exceed their total (%(what)s): what adds up to what is not known here, so that "
        "it cannot be protected. Bring a table whose parts are apart: ages or groups of ages but not both, States or regions but not both."
    ),
)
UNEVEN: Why = (
    "uneven",
    _(
        "The parts do not add up to their total, and a small count stands among them (%(what)s): whoever takes them for the whole works it "
        "out. Bring the missing part too (for example “not known”), or leave the total out."
    ),
)
EXPOSED: Why = (
    "exposed",
    _(
        "A small count cannot be protected (%(what)s): what it adds up with is public already or was published before. "
        "Leave this line out, or bring it in larger groups."
    ),
)


class Watch:
    """Breaks off with a sentence what takes longer than a page may take."""

    def __init__(self) -> None:
        self.until = time.monotonic() + PATIENCE

    def __call__(self, _step: object = None, _share: float = 0) -> None:
        if time.monotonic() > self.until:
            require(TOO_LONG)


@contextmanager
def watched() -> Iterator[Watch]:
    """A program that takes too long is refused like all of them together."""
    try:
        yield Watch()
    except linked.Unanswered:
        raise Refused(TOO_LONG) from None


def protect(new: Iterable[Figure], earlier: Mapping[Key, Figure], k: int, watch: Progress = quiet) -> None:
    """Withholds in place, or refuses with the sentence that says what would help. `earlier`: what its body has told before, by its key."""
    mine = {key_of(each): each for each in new}
    known = dict(earlier) | mine
    brought = list(webs(known.values()))
    for web in brought:
        small = np.array([each.protected and each.exact and 0 < each.low < k for each in web.numbers])
        if any(key_of(each) in mine for each in web.numbers) and (small.any() or aims(web).any()):
            _require_checkable(web, small | aims(web))
            low, high = _Protection(web, earlier, small, k, watch).told()
            for each, least, most in zip(web.numbers, low, high, strict=True):
                if key_of(each) in mine:
                    each.low, each.high = Decimal(int(least)), None if np.isinf(most) else Decimal(int(most))
    _require_even(known.values(), {each for web in brought for each in web.named}, watch)


def _require_even(told: Iterable[Figure], sums: set[tuple[int, Places]], watch: Progress) -> None:
    """Ranges must not make parts reach a total that they do not reach: whoever believes it narrows them, and is wrong by a few persons."""
    for web in webs(told):
        if web.named - sums and (found := narrowed(web, *ends(web), watch)).any():
            raise refusal(UNEVEN, web.numbers[int(np.argmax(found))])


def aims(web: Web) -> Bools:
    """Ranges of persons that nobody may narrow. (numbers,)"""
    return np.array([each.protected and not each.exact for each in web.numbers])


def ends(web: Web) -> tuple[Floats, Floats]:
    """The numbers as they are told. (numbers,) each"""
    highs = [np.inf if each.high is None else float(each.high) for each in web.numbers]
    return np.array([float(each.low) for each in web.numbers]), np.array(highs)


def narrowed(web: Web, low: Floats, high: Floats, watch: Progress = quiet) -> Bools:
    """Which ranges of persons can be narrowed by what sums and other numbers say: counts are whole. (numbers,)"""
    found = np.zeros(len(low), dtype=np.bool_)
    places = np.flatnonzero([each.protected for each in web.numbers] & (low < high)) if web.sums else np.array([], dtype=np.intp)
    every = np.ones(len(low), dtype=np.bool_)
    least, most = linked.intervals(_table(web, low, low, high), every, places, whole=True, progress=watch)
    found[places] = (least > low[places]) | (most < high[places])
    return found


def _table(web: Web, counts: Floats, low: Floats, high: Floats, price: Floats | None = None) -> linked.Linked:
    untold = low < high
    return linked.Linked(counts, web.matrix, low, high, np.full(len(low), np.inf) if price is None else price, untold, PROGRAM)


class _Protection:
    """One web being protected: what is told of each number, beginning with ranges for what is small."""

    def __init__(self, web: Web, earlier: Mapping[Key, Figure], small: Bools, k: int, watch: Progress) -> None:
        self.web, self.small, self.k, self.watch = web, small.copy(), k, watch
        self.brought = ends(web)
        self.low, self.high = (end.copy() for end in self.brought)
        self.low[small], self.high[small] = 1, k - 1
        self.known = np.array([key_of(each) in earlier for each in web.numbers])
        self.free = np.array([each.protected and each.exact for each in web.numbers]) & ~self.known
        for at, each in enumerate(web.numbers):  # what was withheld before stays withheld, in the same range
            before = earlier.get(key_of(each))
            if before is not None and each.protected and not before.exact and before.low <= each.low <= (before.high or each.low):
                self.low[at], self.high[at] = float(before.low), np.inf if before.high is None else float(before.high)
                self.small[at] = False

    def told(self) -> tuple[Floats, Floats]:
        """What is told of each number. (numbers,) each"""
        if narrowed(self.web, self.low, self.high, self.watch).any():
            self._suppress()
        return self.low, self.high

    def _suppress(self) -> None:
        """Withholds until no range is narrowed; ranges of the source that would be are withheld like small counts."""
        counts = linked.fitting(self.web.matrix, *self.brought, longest=PROGRAM)
        if counts is None:
            raise refusal(UNEVEN, self.web.numbers[int(np.argmax(self.small | aims(self.web)))])
        sourced = aims(self.web) & ~self.known
        while True:
            self._withhold(counts)
            more = narrowed(self.web, self.low, self.high, self.watch) & sourced & ~self.small
            if not more.any():
                return
            self.small |= more
            self.free |= more

    def _withhold(self, counts: Floats) -> None:
        roots = np.isin(np.arange(len(counts)), sorted(self.web.roots))
        low, high = np.where(self.free, 0, self.low), np.where(self.free, np.inf, self.high)
        high[roots & self.free & (counts < self.k)] = 2 * self.k - 1  # room enough, and a range that says something
        price = np.where(self.free, np.where(roots, 1 + 10 * counts, 1 + np.sqrt(counts)), np.inf)
        table = linked.Linked(counts, self.web.matrix, low, high, price, ~self.free & (low < high))
        try:
            hidden = linked.withhold(table, self.small, self.k, self.watch)
        except linked.Exposed as found:
            raise refusal(EXPOSED, self.web.numbers[found.cell]) from None
        places = np.flatnonzero(hidden & self.free)
        self.low[self.free], self.high[self.free] = counts[self.free], counts[self.free]
        self.low[places], self.high[places] = linked.intervals(table, hidden, places, whole=True, progress=self.watch)


def _require_checkable(web: Web, at_risk: Bools) -> None:
    if len(web.numbers) > MOST:
        require(TOO_MANY)
    if web.overlapping:
        raise refusal(OVERLAPS, web.numbers[int(np.argmax(at_risk))])


def refusal(why: Why, number: Number) -> Refused:
    """Says of what, never how many."""
    told = [str(definition(number.indicator).label), word("area", number.area) if number.area != TOTAL else "", str(number.year or "")]
    told += [word(name, code) for name in DIMENSIONS if (code := getattr(number, name)) != TOTAL]
    return Refused(refuse(why[0], why[1] % {"what": ", ".join(part for part in told if part)}))
