"""Django's entry to the app."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Monitoring."""

    name = "entraide.features.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Adds what monitoring says on the pages of provisions."""
        from entraide.features.monitoring import cited  # noqa: F401 - registers itself
