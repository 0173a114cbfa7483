"""The server's entry point with the rig's settings."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faults.settings")

from spean.config.wsgi import application

__all__ = ["application"]
