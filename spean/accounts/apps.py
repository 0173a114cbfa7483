"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make the rules known before the first question."""
        from spean.accounts import rules  # noqa: F401  the rules register themselves
