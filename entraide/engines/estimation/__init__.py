"""Multiple systems estimation: how many are undetected, from lists of who was seen (Chan, Silverman & Vincent 2021).

>>> from pathlib import Path
>>> from entraide.engines.estimation import Order, Refused, read, study
>>> table = read(Path("lists.csv"))                                   # doctest: +SKIP
>>> result = study(table, Order(methods=["stepwise", "dga"], seed=1))  # doctest: +SKIP
>>> for family in result.families:                                    # doctest: +SKIP
...     print(family.method, family.estimate, family.interval, family.refusal)

A table is `Histories(names, counts)`: counts has shape (2**lists,), persons on exactly that set of lists, bit i being list i; cell 0 is
unused. Estimates count all persons, on the lists or on none. Whatever cannot be believed is a `Refused` with a kind (input,
not-identifiable, no-finite-estimate, unstable, too-large), the reason and what would help: raised by `read`, carried by a `Family`.
Sentences are said in any language by a `Voice`.

`stepwise` and `best_by_bic` answer for many tables (B, 2**lists) at once and return arrays; refusals are nan there.
"""

from entraide.engines.estimation.answers import METHODS, TITLES, Family, Order, Study
from entraide.engines.estimation.bootstrap import Interval, bca, draw
from entraide.engines.estimation.checks import Found, Relinked, internal_consistency, linkage
from entraide.engines.estimation.decomposable import Averaged, average
from entraide.engines.estimation.hierarchical import Best, best_by_bic
from entraide.engines.estimation.histories import Histories, read, read_bytes, read_draws
from entraide.engines.estimation.latent import Sampled, sample
from entraide.engines.estimation.picture import as_png, as_svg, as_table
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.stepwise import Chosen, stepwise
from entraide.engines.estimation.study import compiled, study
from entraide.engines.sentence import ENGLISH, Sentence, Voice

__all__ = [
    "ENGLISH",
    "METHODS",
    "TITLES",
    "Averaged",
    "Best",
    "Chosen",
    "Family",
    "Found",
    "Histories",
    "Interval",
    "Order",
    "Refused",
    "Relinked",
    "Sampled",
    "Sentence",
    "Study",
    "Voice",
    "as_png",
    "as_svg",
    "as_table",
    "average",
    "bca",
    "best_by_bic",
    "compiled",
    "draw",
    "internal_consistency",
    "linkage",
    "read",
    "read_bytes",
    "read_draws",
    "sample",
    "stepwise",
    "study",
]
