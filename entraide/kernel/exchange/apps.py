"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    """Messages between bodies."""

    name = "entraide.kernel.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Collects each room's `messages.py`."""
        autodiscover_modules("messages")
