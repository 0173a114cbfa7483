"""The audit verbs of the network, each with its meaning for the person who reads the trail."""

from typing import Any

from spean.privacy import audit

VERBS: dict[str, Any] = {}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
