"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FiguresConfig(AppConfig):
    """Figures."""

    name = "entraide.features.figures"
    label = "figures"

    def ready(self) -> None:
        """Collects each room's `figures.py`."""
        autodiscover_modules("figures")
