"""Statistical tables as people send them, read without losing a unit: what is not placed is listed with row, column and reason.

>>> from entraide.engines.tables import read
>>> read(b"Country,Year,Value\\nPT,2021,<5\\n", "t.csv").cells[0].high
4
"""

from entraide.engines.tables.reader import Asked, Placed, Reading, read
from entraide.engines.tables.refusal import REASONS, Unplaced, Unreadable

__all__ = ["REASONS", "Asked", "Placed", "Reading", "Unplaced", "Unreadable", "read"]
