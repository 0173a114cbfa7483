"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.privacy"
    label = "privacy"
