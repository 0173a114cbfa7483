"""Spean's settings with one more address: a bare durable insert through the same server, the peer of a public report."""

from spean.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
