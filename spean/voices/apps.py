"""The voices app."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Registers the audit verbs and the reactions to other apps."""

    name = "spean.voices"
    label = "voices"

    def ready(self) -> None:
        """Connect what has to be known before the first request."""
        from spean.voices import handlers, rules, verbs  # noqa: F401  the rules register themselves

        verbs.register()
        handlers.connect()
