"""Audit entries and their chain; no foreign keys, so that nothing they tell of can take them along."""

from django.db import models

from entraide.kernel.audit.choices import Outcome
from entraide.kernel.base.models import Record


class AuditEntry(Record):
    """One event: who, for which body, did what, to which record. Identifiers and codes only, never content."""

    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    body = models.UUIDField(null=True, help_text="the body for which somebody acted")
    holder = models.UUIDField(null=True, help_text="the body whose record it is")
    side = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["holder", "-id"], name="audit_by_holder"),
            models.Index(fields=["case", "-id"], name="audit_by_case"),
        ]


class AuditSeal(models.Model):
    """The place of an entry in the chain: digest = SHA-256(previous digest ‖ canonical text of the entry)."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField(unique=True)
    digest = models.BinaryField()
    sealed_at = models.DateTimeField()
