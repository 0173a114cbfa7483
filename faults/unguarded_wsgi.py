"""The server's entry point without Spean's own look at the disk: the system itself refuses."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "faults.settings"

from spean.collect import room
from spean.config.wsgi import application

room.FILES_SHARE = room.WORDS_SHARE = 0.0

__all__ = ["application"]
