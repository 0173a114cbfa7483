"""Spean's settings for the server under test; only passwords are cheap, because what they cost is measured elsewhere."""

from spean.config.settings import *  # noqa: F403

SPEAN_ARGON2 = (1, 1024)
