"""How a figure is protected that stays inside one's own organisation: no number of 1 to k-1 people, nor one that others tell.

The unit of protection is the person, or the issue, behind what is counted: three documents of one person are one person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from spean.kernel import small


@dataclass(frozen=True)
class Item:
    """One thing that is counted: whose it is, how many days it took, in which part of which breakdown it lies."""

    whose: Any
    days: int | None = None
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """What was counted, before protection. `of`: all of which these are a share; `beside`: wider counts that are told as well."""

    items: Sequence[Item]
    of: Sequence[Item] | None = None
    days: bool = False  # the median of the days is told, not how many there are
    beside: tuple[Sequence[Item], ...] = ()


@dataclass(frozen=True)
class Inside:
    """A figure for one's own organisation, after protection; only `disclosure.inside` makes them. None: too few to be told."""

    amount: Decimal | None
    out_of: int | None
    parts: Mapping[tuple[str, str], Decimal | None]
    threshold: int


def protect(figures: Figures, k: int) -> Inside:
    """The figure with what may not be told taken out."""
    items, wider = figures.items, [*figures.beside, *([figures.of] if figures.of is not None else [])]
    hidden = few(items, k) or any(few(_rest(wide, items), k) or few(wide, k) for wide in wider)
    if figures.days:
        hidden = hidden or not items
    if figures.of is not None:
        hidden = hidden or not figures.of
    if hidden:
        return Inside(None, None, {}, k)
    amount = _amount(figures, items)
    out_of = len(figures.of) if figures.of is not None else len(items) if figures.days else None
    return Inside(amount, out_of, _parts(figures, k), k)


def few(items: Iterable[Item], k: int) -> bool:
    """Whether somebody is behind these, and fewer than k."""
    return small.few(len({item.whose for item in items}), k)


def _rest(wide: Sequence[Item], items: Sequence[Item]) -> list[Item]:
    inside = {item.whose for item in items}
    return [item for item in wide if item.whose not in inside]


def _amount(figures: Figures, items: Sequence[Item]) -> Decimal:
    if figures.days:
        return Decimal(str(median(item.days for item in items if item.days is not None)))
    if figures.of is not None:
        return (Decimal(len(items)) * 100 / len(figures.of)).quantize(Decimal("0.01"))
    return Decimal(len(items))


def _parts(figures: Figures, k: int) -> dict[tuple[str, str], Decimal | None]:
    """The parts of each breakdown; the whole gives none away that is hidden: these hold k people together, and are two at least.

    Parts of a share are not told: how many each is of would have to be told too.
    """
    if figures.of is not None:
        return {}
    cells: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in figures.items:
        for by, code in item.parts.items():
            cells[by][code].append(item)
    found: dict[tuple[str, str], Decimal | None] = {}
    for by, own in cells.items():
        inside = {id(item) for items in own.values() for item in items}
        own[""] = [item for item in figures.items if id(item) not in inside]  # in no part: the reader works them out
        hidden = _hidden(own, k)
        for code, items in sorted(own.items()):
            if code:
                found[by, code] = None if code in hidden else _amount(figures, items)
    return found


def _hidden(own: Mapping[str, Sequence[Item]], k: int) -> set[str]:
    """Cells with too few people, and those that would give them away."""
    behind = {code: {item.whose for item in own[code]} for code in sorted(own)}

    def together(codes: set[str]) -> int:
        return len({who for code in codes for who in behind[code]})

    return small.hidden({code: len(who) for code, who in behind.items()}, k, together)
