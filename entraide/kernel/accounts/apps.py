"""Django's entry to the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and posts."""

    name = "entraide.kernel.accounts"
    label = "accounts"
