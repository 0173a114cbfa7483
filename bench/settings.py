"""Spean's settings with one more address: a bare durable insert through the same server, the peer of a public report."""

from spean.config.settings import *  # noqa: F403
from spean.config.settings import INSTALLED_APPS

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS]
SPEAN_REPORTS_A_MINUTE = 1_000_000
