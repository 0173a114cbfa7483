"""The library app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Registers the rules and the audit verbs."""

    name = "spean.library"
    label = "library"

    def ready(self) -> None:
        """Connect what has to be known before the first request."""
        from spean.library import rules, verbs  # noqa: F401  the rules register themselves

        verbs.register()
