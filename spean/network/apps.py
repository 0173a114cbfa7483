"""The network app."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Registers the audit verbs and the rules."""

    name = "spean.network"
    label = "network"

    def ready(self) -> None:
        """Make known what has to be known before the first request."""
        from spean.network import (  # the rules register themselves
            agreement_rules,  # noqa: F401
            agreement_verbs,
            member_rules,  # noqa: F401
            member_verbs,
            practice_rules,  # noqa: F401
            practice_verbs,
        )

        member_verbs.register()
        agreement_verbs.register()
        practice_verbs.register()
