"""Attendances by group for a paper that may leave: small numbers, and what would give them away, are hidden.

All that a reader knows is the total and the groups that are shown. What is hidden together is never one group alone, and never
less than the threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: fewest that a number on an organisation's own paper may stand for: protection.md 2g
INSIDE_THRESHOLD = 5


@dataclass(frozen=True)
class ToldGroup:
    """One group as a paper tells it; no number where it is hidden."""

    label: str
    number: int | None


def tell(counted: Sequence[tuple[str, int]], k: int = INSIDE_THRESHOLD) -> tuple[ToldGroup, ...]:
    """Groups of one total, each with its number or none."""
    groups = [(label, number) for label, number in counted if number]
    hidden = {at for at, (_label, number) in enumerate(groups) if number < k}
    rest = sorted(set(range(len(groups))) - hidden, key=lambda at: groups[at][1], reverse=True)
    while hidden and rest and (len(hidden) == 1 or sum(groups[at][1] for at in hidden) < k):
        hidden.add(rest.pop())
    return tuple(ToldGroup(label, None if at in hidden else number) for at, (label, number) in enumerate(groups))
