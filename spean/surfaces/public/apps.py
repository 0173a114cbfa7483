"""The public door."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Registers the door's templates and static files."""

    name = "spean.surfaces.public"
    label = "public"
