"""Screening: what answers to the indicators of trafficking point to, explained. Pure functions; the tables are data."""

from spean.checks.screening.tables import (
    Answer,
    Dimension,
    Profile,
    Weight,
    gate,
    indicators,
    of,
    triage,
    triage_version,
    urgent,
    version,
)
from spean.checks.screening.triaging import Next, Triaged, weigh_triage
from spean.checks.screening.weighing import Class, Screening, screen

__all__ = [
    "Answer", "Class", "Dimension", "Next", "Profile", "Screening", "Triaged", "Weight",
    "gate", "indicators", "of", "screen", "triage", "triage_version", "urgent", "version", "weigh_triage",
]  # fmt: skip
