"""Django's entry to the app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Home."""

    name = "entraide.desk"
    label = "desk"
