"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    """People and posts."""

    name = "entraide.kernel.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Collects each app's `menu.py`."""
        autodiscover_modules("menu")
