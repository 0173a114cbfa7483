"""Settings of the rig's own process, which looks at what is left: no connection outlives a look."""

from faults.settings import *  # noqa: F403
from faults.settings import DATABASES

DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["CONN_MAX_AGE"] = 0
