"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.accounts"
    label = "accounts"
