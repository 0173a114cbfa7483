"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the app, its rules and its audit verbs."""

    name = "spean.directory"
    label = "directory"

    def ready(self) -> None:
        """Fill the table of rules and the register of verbs, once the models are there."""
        from spean.directory import rules, verbs  # noqa: F401 - the rules register themselves

        verbs.register()
