"""Attendances by group for a paper that may leave: small numbers, and what would give them away, are hidden.

All that a reader knows is the total and the groups that are shown. What is hidden together is never one group alone, and never
less than the threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spean.kernel.small import INSIDE_THRESHOLD, hidden


@dataclass(frozen=True)
class ToldGroup:
    """One group as a paper tells it; no number where it is hidden."""

    label: str
    number: int | None


def tell(counted: Sequence[tuple[str, int]], k: int = INSIDE_THRESHOLD) -> tuple[ToldGroup, ...]:
    """Groups of one total, each with its number or none."""
    groups = [(label, number) for label, number in counted if number]
    kept = hidden({at: number for at, (_label, number) in enumerate(groups)}, k)
    return tuple(ToldGroup(label, None if at in kept else number) for at, (label, number) in enumerate(groups))
