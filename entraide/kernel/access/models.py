"""The abstract rows that row policies protect; no tables of its own."""

from typing import Any, ClassVar, TypedDict
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from entraide.kernel.access.sides import Side
from entraide.kernel.base.models import Record


class Carried(TypedDict):
    """The columns that decide who sees a row."""

    holder: UUID
    side: str
    audience: list[UUID]


class Protected(Record):
    """A row that only its audience sees, on its own side of the firewall.

    The migration says `Protect(model)` for a root, `Protect(model, parent="case")` for a row that carries its parent's columns.
    """

    carried_from: ClassVar[str] = ""

    holder = models.UUIDField(editable=False)
    side = models.CharField(max_length=20, choices=Side.choices, editable=False)
    audience = ArrayField(models.UUIDField(), editable=False)

    class Meta:
        abstract = True

    @property
    def carried(self) -> Carried:
        """What a child row must repeat."""
        return Carried(holder=self.holder, side=self.side, audience=list(self.audience))


class Child(Protected):
    """A protected row under a protected parent; takes the parent's columns when it is made."""

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own signature
        parent = kwargs.get(self.carried_from)
        if parent is not None and "holder" not in kwargs:
            kwargs.update(parent.carried)
        super().__init__(*args, **kwargs)
