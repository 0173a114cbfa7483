"""The server's entry point for the positive controls."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "faults.careless"

from spean.config.wsgi import application

__all__ = ["application"]
