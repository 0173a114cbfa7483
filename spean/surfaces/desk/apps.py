"""The desk door."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the door's templates and static files."""

    name = "spean.surfaces.desk"
    label = "desk"
