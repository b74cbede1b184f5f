"""Django's entry to the app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API and its tokens."""

    name = "entraide.kernel.api"
    label = "api"
