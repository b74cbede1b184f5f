"""Django's entry to the app."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Texts and their provisions."""

    name = "entraide.features.texts"
    label = "texts"
