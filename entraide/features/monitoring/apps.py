"""Django's entry to the app."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Monitoring."""

    name = "entraide.features.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Adds what monitoring says on the pages of provisions, and to the publication of replies."""
        from entraide.features.monitoring import cited, replies  # noqa: F401 - register themselves
