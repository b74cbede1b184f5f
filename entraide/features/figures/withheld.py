"""How many numbers of a release are withheld, and why: told from the released ranges alone, so that it tells nothing that they do not.

Why each wide range is withheld is not said: that exactly one of two withheld numbers is small would narrow both.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from entraide.features.figures.definitions import definition
from entraide.features.figures.models import Number
from entraide.features.figures.shown import plain


def withheld(numbers: Iterable[Number], k: int) -> tuple[int, int]:
    """Numbers told as a range: those below the threshold, and the wider ones. Rates and estimates are none."""
    ranges = [each for each in numbers if not each.exact and each.best is None and not definition(each.indicator).rate]
    small = sum(each.high is not None and each.high < k for each in ranges)
    return small, len(ranges) - small


def said(numbers: Iterable[Number], k: int) -> list[str]:
    """The same in sentences; none where nothing is withheld."""
    small, wider = withheld(numbers, k)
    lines = []
    if small:
        lines.append(
            _("Numbers withheld, here or at their source, because they are below the threshold of %(smallest)s: %(count)s.")
            % {"smallest": k, "count": plain(small)}
        )
    if wider:
        lines.append(
            _(
                "Numbers withheld in a wider range: %(count)s. They are small or would let a small number be worked out (secondary "
                "suppression), or their source gave a range; which of these is not said, because that would narrow them."
            )
            % {"count": plain(wider)}
        )
    return lines
