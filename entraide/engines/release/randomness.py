"""Where chance comes from: the operating system, or a seed in the test mode that is unsafe for release."""

import secrets
from typing import Protocol

import numpy as np
import numpy.typing as npt

from entraide.engines.release.arrays import Ints


class Source(Protocol):
    """Uniform 64-bit words."""

    unsafe: bool

    def words(self, amount: int) -> npt.NDArray[np.uint64]:
        """`amount` independent uniform words."""
        ...


class Secret:
    """Words from the operating system's generator: the only source for a release."""

    unsafe = False

    def words(self, amount: int) -> npt.NDArray[np.uint64]:
        return np.frombuffer(secrets.token_bytes(8 * amount), dtype=np.uint64)


class Seeded:
    """Words from a seed, for tests: whoever knows the seed can subtract the noise."""

    unsafe = True

    def __init__(self, seed: int) -> None:
        self._draw = np.random.Generator(np.random.PCG64(seed))

    def words(self, amount: int) -> npt.NDArray[np.uint64]:
        return self._draw.integers(0, 2**64, size=amount, dtype=np.uint64)


def below(source: Source, bound: int, amount: int) -> Ints:
    """`amount` integers uniform on 0 … bound-1, exactly: words are masked and those too large drawn again. bound ≤ 2**62."""
    if not 0 < bound <= 2**62:
        raise ValueError("bound must lie in 1 … 2**62")
    mask = np.uint64((1 << (bound - 1).bit_length()) - 1)
    drawn = source.words(amount) & mask
    while (again := np.flatnonzero(drawn >= bound)).size:
        drawn = drawn.copy()
        drawn[again] = source.words(again.size) & mask
    return drawn.astype(np.int64)


def below_any(source: Source, bound: int) -> int:
    """One integer uniform on 0 … bound-1 for a bound of any size."""
    bits = (bound - 1).bit_length()
    words = -(-bits // 64) or 1
    while True:
        value = int.from_bytes(source.words(words).tobytes(), "little") & ((1 << bits) - 1)
        if value < bound:
            return value


def generator(source: Source) -> np.random.Generator:
    """A fast generator for what happens after the noise, which costs no privacy: seeded with 256 bits of `source`."""
    return np.random.Generator(np.random.PCG64([int(word) for word in source.words(4)]))
