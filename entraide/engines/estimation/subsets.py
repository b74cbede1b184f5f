"""Sets of lists as bit masks: list i is bit i, so cell 0b101 is "on the first and the third list, on no other"; arrays end in 2**lists."""

from collections.abc import Iterable
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def above(values: Floats) -> Floats:
    """For each set, the sum over the sets that contain it. Shape (…, 2**t) in and out."""
    return _swept(values, 0)


def below(values: Floats) -> Floats:
    """For each set, the sum over its own subsets. Shape (…, 2**t) in and out."""
    return _swept(values, 1)


def _swept(values: Floats, into: int) -> Floats:
    out = np.array(values, dtype=np.float64, order="C")
    step = 1
    while step < out.shape[-1]:
        halves = out.reshape(*out.shape[:-1], -1, 2, step)
        halves[..., into, :] += halves[..., 1 - into, :]
        step *= 2
    return out


@cache
def of_size(lists: int, size: int) -> tuple[int, ...]:
    """All sets of that many lists, in the order 12, 13, …, 23, …"""
    return tuple(sum(1 << each for each in some) for some in combinations(range(lists), size))


def members(mask: int) -> list[int]:
    """The lists in a set, lowest first."""
    return [each for each in range(mask.bit_length()) if mask >> each & 1]


def named(mask: int, names: Iterable[str]) -> str:
    """A set in words, as R writes an interaction: A:B."""
    every = list(names)
    return ":".join(every[each] for each in members(mask))
