"""Django's entry to the app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API and its tokens."""

    name = "entraide.kernel.api"
    label = "api"

    def ready(self) -> None:
        """Tells the room below what ends with an old password."""
        from entraide.kernel.api import services  # noqa: F401
