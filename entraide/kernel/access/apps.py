"""Django's entry to the app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Row policies and rules."""

    name = "entraide.kernel.access"
    label = "access"
