"""Django's entry to the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "entraide.features.cases"
    label = "cases"
