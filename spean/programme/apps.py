"""The programme app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the audit verbs and the rules."""

    name = "spean.programme"
    label = "programme"

    def ready(self) -> None:
        """Make known what has to be known before the first request."""
        from spean.programme import (  # the rules register themselves
            activity_rules,  # noqa: F401
            activity_verbs,
            rules,  # noqa: F401
            verbs,
            volunteer_rules,  # noqa: F401
            volunteer_verbs,
        )

        verbs.register()
        activity_verbs.register()
        volunteer_verbs.register()
