"""The abstract record that every table of ours descends from; no tables here."""

from typing import ClassVar

from django.db import models

from entraide.kernel.base import clock, ids


class Record(models.Model):
    """A row with an identifier that holds everywhere and the moment it was made."""

    urn_kind: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def urn(self) -> str:
        """The record's address on every node."""
        return ids.urn(self.urn_kind or self._meta.model_name or "", self.id)
