"""Screening: what answers to the indicators of trafficking point to, explained. Pure functions; the tables are data."""

from spean.checks.screening.tables import Answer, Dimension, Profile, Weight, gate, indicators, of, triage, urgent, version
from spean.checks.screening.weighing import Class, Screening, screen

__all__ = [
    "Answer", "Class", "Dimension", "Profile", "Screening", "Weight",
    "gate", "indicators", "of", "screen", "triage", "urgent", "version",
]  # fmt: skip
