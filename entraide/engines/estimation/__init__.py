"""Multiple systems estimation: how many are undetected.

>>> from entraide.engines.estimation import Order, read, study
>>> result = study(read(Path("lists.csv")), Order(methods=["stepwise", "dga"]))  # doctest: +SKIP
"""

from entraide.engines.estimation.histories import Histories, read, read_bytes, read_draws
from entraide.engines.estimation.picture import as_png, as_svg, as_table
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.study import METHODS, TITLES, Family, Order, Study, study

__all__ = [
    "METHODS",
    "TITLES",
    "Family",
    "Histories",
    "Order",
    "Refused",
    "Study",
    "as_png",
    "as_svg",
    "as_table",
    "read",
    "read_bytes",
    "read_draws",
    "study",
]
