"""From (ε, δ) to zero-concentrated privacy (ρ) and back.

Bun, Steinke 2016; the conversion is proposition 12 of Canonne, Kamath, Steinke 2020. Every α > 1 gives a valid ε, so searching for the
best α with floating point numbers can only answer too large an ε; ρ is rounded down to a fraction.
"""

from fractions import Fraction
from math import inf, log, log1p

from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _

FINE = 2**40
SMALLEST, LARGEST = 1e-4, 100.0


def epsilon_of(rho: Fraction, delta: float) -> float:
    """The ε at `delta` of a mechanism with ρ-zCDP; never too small but for rounding in the last digits."""
    if delta <= 0:
        return inf
    if rho == 0:
        return 0.0
    given = float(rho)

    def bound(over: float) -> float:  # α - 1
        alpha = 1 + over
        return given * alpha + (-log(delta) + over * log(over) - alpha * log1p(over)) / over

    low, high = -30.0, 30.0  # log2(α - 1); the bound has one valley
    for _turn in range(200):
        third = (high - low) / 3
        if bound(2 ** (low + third)) < bound(2 ** (high - third)):
            high -= third
        else:
            low += third
    return max(0.0, bound(2**low)) * (1 + 1e-12)


def rho_of(epsilon: float, delta: float) -> Fraction:
    """The largest ρ (in steps of 2**-40) whose ε at `delta` is at most `epsilon`."""
    low, high = 0, int(epsilon * FINE) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if epsilon_of(Fraction(middle, FINE), delta) <= epsilon:
            low = middle
        else:
            high = middle
    return Fraction(low, FINE)


def check(epsilon: float, delta: float) -> None:
    """Refuses what cannot be a privacy budget."""
    if not SMALLEST <= epsilon <= LARGEST:  # also refuses what is not a number
        raise Refused(_("--epsilon must lie between %(least)s and %(most)s; 1 is usual."), least=str(SMALLEST), most=f"{LARGEST:g}")
    if not 1e-15 <= delta < 0.01:
        raise Refused(_("--delta must lie between 1e-15 and 0.01, and well under one over the number of persons."))


def variance_for(rho: Fraction) -> int:
    """The smallest whole variance of Gaussian noise on a count that one person moves by 1, for ρ."""
    return max(1, -(-rho.denominator // (2 * rho.numerator)))
