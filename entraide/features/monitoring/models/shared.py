"""The abstract rows of this room: each carries who holds it and who sees it; what has been sent or published is closed."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from entraide.kernel.access.principals import EVERYBODY
from entraide.kernel.base.models import Record


class Shared(Record):
    """A row that its audience sees; its holder's body writes it."""

    holder = models.UUIDField(editable=False)
    audience = ArrayField(models.UUIDField(), editable=False)

    class Meta:
        abstract = True

    @property
    def public(self) -> bool:
        """Whether everybody sees it."""
        return EVERYBODY in self.audience


class Root(Shared):
    """A row under which others stand; closed, neither it nor they change any more, except who sees them."""

    open = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Part(Root):
    """A row under a root; takes its holder, audience and openness when made, and follows them by its foreign key."""

    root: ClassVar[str] = ""

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own signature
        parent = kwargs.get(self.root)
        if parent is not None and "holder" not in kwargs:
            kwargs.update(holder=parent.holder, audience=list(parent.audience), open=parent.open)
        super().__init__(*args, **kwargs)
