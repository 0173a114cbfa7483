"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.evidence"
    label = "evidence"
