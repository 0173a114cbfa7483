"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the audit verbs, the rules and the reactions to other apps."""

    name = "spean.cases"
    label = "cases"

    def ready(self) -> None:
        """Connect what has to be known before the first request."""
        from spean.cases import handlers, rules, verbs  # noqa: F401  the rules register themselves

        verbs.register()
        handlers.connect()
