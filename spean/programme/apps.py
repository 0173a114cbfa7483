"""The programme app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the audit verbs and the rules."""

    name = "spean.programme"
    label = "programme"

    def ready(self) -> None:
        """Make known what has to be known before the first request."""
        from spean.programme import activity_rules, activity_verbs, rules, verbs  # noqa: F401  the rules register themselves

        verbs.register()
        activity_verbs.register()
