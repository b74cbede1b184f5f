"""Where a table is from, and the states of tables."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.moves import Machine, Move
from entraide.kernel.accounts.choices import Function

READERS = frozenset({Function.ANALYST, Function.COORDINATOR, Function.SECRETARIAT, Function.DATA_PROTECTION})
"""Who reads what a body's analysts make, and may review it."""
WRITERS = frozenset({Function.ANALYST})


class Origin(models.TextChoices):
    """Where the numbers of a table come from."""

    COUNTED = "counted", _("Counted from our own files")
    IMPORTED = "imported", _("Imported from a file")


class TableState(models.TextChoices):
    """Where a table stands; one that is counted is filed at once."""

    TRIED = "tried", _("Tried, not filed")
    FILED = "filed", _("Filed")
    DISCARDED = "discarded", _("Thrown away")


def _table(name: str, target: str, label: str | Promise) -> Move:
    return Move(name=name, sources=frozenset({"tried"}), target=target, by="analyst", label=label, functions=WRITERS)


TABLE_MACHINE = Machine("table", TableState, (_table("file", "filed", _("File")), _table("discard", "discarded", _("Throw away"))))
