"""Django's entry to the app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """States, organisations, authorities, NGOs, networks, groups and missions."""

    name = "entraide.kernel.bodies"
    label = "bodies"
