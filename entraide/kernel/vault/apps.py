"""Django's entry to the app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Keys, seals and erasures."""

    name = "entraide.kernel.vault"
    label = "vault"
