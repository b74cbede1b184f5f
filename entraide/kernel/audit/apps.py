"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """The record of what was done."""

    name = "entraide.kernel.audit"
    label = "audit"

    def ready(self) -> None:
        """Collects each app's `actions.py`."""
        autodiscover_modules("actions")
