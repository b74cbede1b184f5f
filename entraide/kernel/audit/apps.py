"""Django's entry to the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of what was done."""

    name = "entraide.kernel.audit"
    label = "audit"
