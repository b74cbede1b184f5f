"""Disclosure control: tables and synthetic rows that expose nobody.

>>> from pathlib import Path
>>> from entraide.engines.release import Order, Refused, release
>>> order = Order(Path("persons.csv"), Path("edition-1"), epsilon=1.0, delta=1e-6)  # doctest: +SKIP
>>> done = release(order, on="2026-01-31")                                         # doctest: +SKIP
>>> done.facts["rows"], done.standing.epsilon, done.internal                       # doctest: +SKIP

`release` makes a whole edition in a new folder: rows, tables, data dictionary, CTDC's shape, facts; beside it the ledger of what was told
and the internal report, which is as sensitive as the data. Everything that can be refused is a `Refused` before anything is spent.

For tables alone, without files: `cube.cube` counts columns of codes, each (n,), with all margins; `suppress.suppress` withholds small
cells and what protects them; `rounded` and `perturbed` are the alternatives. `synthesize` makes rows from `Microdata` at a `price`. Counts
are persons; ε and δ are those of differential privacy for adding or removing one person.
"""

from entraide.engines.release.cellkey import perturbed
from entraide.engines.release.compare import METRIC, Kept
from entraide.engines.release.cube import Cube
from entraide.engines.release.edition import Done, Order, release
from entraide.engines.release.ledger import Entry, Standing, spend
from entraide.engines.release.microdata import Microdata, read
from entraide.engines.release.randomness import Secret, Seeded, Source
from entraide.engines.release.refusal import Refused
from entraide.engines.release.rounding import rounded
from entraide.engines.release.suppress import Withheld
from entraide.engines.release.synthesis import Price, Synthetic, price, synthesize

__all__ = [
    "METRIC",
    "Cube",
    "Done",
    "Entry",
    "Kept",
    "Microdata",
    "Order",
    "Price",
    "Refused",
    "Secret",
    "Seeded",
    "Source",
    "Standing",
    "Synthetic",
    "Withheld",
    "perturbed",
    "price",
    "read",
    "release",
    "rounded",
    "spend",
    "synthesize",
]
