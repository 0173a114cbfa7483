"""The server's entry point with bench.settings."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from spean.config.wsgi import application

__all__ = ["application"]
