"""Positive control: SQLite without the waiting for the disk. In the rig only; FAULTS_SYNCHRONOUS is OFF or NORMAL."""

import os

from faults.settings import *  # noqa: F403
from faults.settings import DATABASES

_database = DATABASES["default"]
if "init_command" in _database["OPTIONS"]:
    _pragmas = _database["OPTIONS"]["init_command"]
    _careless = _pragmas.replace("synchronous=FULL", f"synchronous={os.environ['FAULTS_SYNCHRONOUS']}")
    assert _careless != _pragmas, "the pragma that the control changes is gone"
    _database["OPTIONS"]["init_command"] = _careless
