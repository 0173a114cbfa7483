"""Small numbers: which parts of one total are not told inside an organisation, so that nobody works a hidden one out.

The one rule for every list of parts under one total (`evidence.within`, `evidence.groups`, `programme.told`). Tables of two
dimensions, whose rows and columns are both told, are `evidence.grids`.
"""

from collections.abc import Callable, Mapping

#: fewest that a number shown within an organisation, or to an office, may stand for: protection.md 2g
INSIDE_THRESHOLD = 5
#: the same of a number that leaves the organisation
PUBLIC_THRESHOLD = 11


def few(number: float, k: int = INSIDE_THRESHOLD) -> bool:
    """Whether somebody is behind it, and fewer than k."""
    return 0 < number < k


def hidden[K](sizes: Mapping[K, int], k: int = INSIDE_THRESHOLD, together: Callable[[set[K]], int] | None = None) -> set[K]:
    """The parts that are too small; with them the smallest others, until what is hidden is two parts at least, of k at least.

    `together`: how many stand behind several parts, where that is not their sum. Of parts as large the later one is told.
    """
    size = together or (lambda parts: sum(sizes[part] for part in parts))
    filled = sorted((part for part in sizes if sizes[part]), key=lambda part: sizes[part])
    found = {part for part in filled if few(sizes[part], k)}
    for part in filled:
        if not found or (len(found) > 1 and size(found) >= k):
            break
        found.add(part)
    return found
