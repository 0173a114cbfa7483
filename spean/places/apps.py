"""The places app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the app and its system checks."""

    name = "spean.places"
    label = "places"
