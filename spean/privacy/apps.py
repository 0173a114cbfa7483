"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Put the check of protected fields among Django's system checks."""
        from spean.privacy import checks  # noqa: F401 - importing it registers it, once models are loaded
