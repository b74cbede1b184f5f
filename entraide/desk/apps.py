"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeskConfig(AppConfig):
    """Home."""

    name = "entraide.desk"
    label = "desk"

    def ready(self) -> None:
        """Collects each room's `desk.py`."""
        autodiscover_modules("desk")
