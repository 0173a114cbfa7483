"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the audit verbs and listens to the voices."""

    name = "spean.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Connect what has to be known before the first request."""
        from spean.evidence import handlers, rules, verbs  # noqa: F401  the rules register themselves

        verbs.register()
        handlers.connect()
