"""The collect app."""

from django.apps import AppConfig


class CollectConfig(AppConfig):
    """What comes in from outside."""

    name = "spean.collect"
    label = "collect"
