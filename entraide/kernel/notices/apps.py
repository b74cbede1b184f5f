"""Django's entry to the app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices by mail."""

    name = "entraide.kernel.notices"
    label = "notices"
