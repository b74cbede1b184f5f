"""Django's entry to the app."""

from django.apps import AppConfig


class TreatiesConfig(AppConfig):
    """Treaties."""

    name = "entraide.features.treaties"
    label = "treaties"

    def ready(self) -> None:
        """Adds what treaties say on the pages of provisions."""
        from entraide.features.treaties import cited  # noqa: F401 - registers itself
