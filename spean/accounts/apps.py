"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app, its rules and its audit verbs."""

    name = "spean.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Fill the table of rules and the register of verbs, once the models are there."""
        from spean.accounts import rules, verbs  # noqa: F401 - the rules register themselves

        verbs.register()
