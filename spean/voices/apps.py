"""The voices app."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.voices"
    label = "voices"
