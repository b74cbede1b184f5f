"""Personal tokens: what a program carries to act for a post."""

from django.db import models
from django.db.models import F, Q

from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock
from entraide.kernel.base.models import Record


class Token(Record):
    """One post's key for programs; only a digest of it is kept, so it is shown once."""

    account = models.UUIDField(editable=False)
    body = models.UUIDField(editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80, help_text="what it is for, in the holder's words")
    digest = models.BinaryField(unique=True, help_text="SHA-256 of the token, which is 256 random bits")
    until = models.DateField(help_text="the first day on which it opens nothing")
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("created_at__date")), name="token_ends_after_it_begins")]

    @property
    def state(self) -> str:
        """revoked, ended or valid."""
        return "revoked" if self.revoked_at else "ended" if self.until <= clock.today() else "valid"
