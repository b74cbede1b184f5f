"""Django's entry to the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "entraide.features.cases"
    label = "cases"

    def ready(self) -> None:
        """Tells the ground what becomes of cases when a post ends."""
        from entraide.features.cases import leaving  # noqa: F401
