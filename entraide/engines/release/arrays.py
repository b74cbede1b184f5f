"""Names for the arrays that travel between the modules."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from entraide.engines.sentence import Sentence

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint16]
Pair = tuple[int, int]
Columns = tuple[int, ...]
Progress = Callable[[Sentence, float], None]


def quiet(step: Sentence, share: float) -> None:
    """Tells nobody how far it is."""


def index(codes: "list[Codes]", columns: Columns, sizes: list[int]) -> Ints:
    """The cell of each row in the table of `columns`, in row-major order. (rows,)"""
    cell = codes[columns[0]].astype(np.int64)
    for column in columns[1:]:
        cell *= sizes[column]
        cell += codes[column]
    return cell


def count(codes: "list[Codes]", columns: Columns, sizes: list[int]) -> Ints:
    """The contingency table of `columns`: rows per cell, with one axis per column."""
    shape = [sizes[column] for column in columns]
    flat = np.bincount(index(codes, columns, sizes), minlength=int(np.prod(shape)))
    return np.asarray(flat.reshape(shape), dtype=np.int64)
