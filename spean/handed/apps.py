"""The handed app."""

from django.apps import AppConfig


class HandedConfig(AppConfig):
    """What is handed to somebody who has no account."""

    name = "spean.handed"
    label = "handed"
