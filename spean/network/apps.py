"""The network app."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Registers the audit verbs and the rules."""

    name = "spean.network"
    label = "network"

    def ready(self) -> None:
        """Make known what has to be known before the first request."""
        from spean.network import practice_rules, practice_verbs, rules, verbs  # noqa: F401 - the rules register themselves

        verbs.register()
        practice_verbs.register()
