"""What is told of a number that somebody wrote down about people who were harmed: the same as of one that was counted.

Whoever wrote it down, and whoever confirms it, reads it whole. Everybody else, and every sum and picture, gets what is told here.
What was counted from cases was protected before it was kept. What leaves the organisation, a report or a file, is told from more
on (`PUBLIC_THRESHOLD`), counted or written down. Of documents and referrals that is their number: counted ones are of five people
at least, of written-down ones nobody knows how many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from spean.kernel.small import INSIDE_THRESHOLD, few, hidden
from spean.programme.models import Indicator
from spean.programme.result_enums import ADDS, Unit, ValueState

Parts = Mapping[tuple[str, str], Decimal | None]
REST = ("", "")  # of a breakdown: those in no part, whom a reader would work out


class Written(Protocol):
    """What of a number is looked at before it is told: a `Value` has it, and so has a row of its columns."""

    @property
    def amount(self) -> Decimal | None:
        """None: too few to be told, as it was counted."""

    @property
    def out_of(self) -> int | None:
        """Of how many, where somebody said so."""

    @property
    def counted_on(self) -> date | None:
        """None: it was written down by hand."""

    @property
    def threshold(self) -> int:
        """Fewest that a counted number may stand for."""

    @property
    def state(self) -> str:
        """A `ValueState`."""


@dataclass(frozen=True)
class Told:
    """A number as it is told. `amount` None: too few, or of nobody knows how many. `guarded`: something may be hidden in it."""

    amount: Decimal | None
    out_of: int | None
    parts: Parts = field(default_factory=dict)
    guarded: bool = False


def whole(value: Written, parts: Parts) -> Told:
    """As it was written down."""
    return Told(value.amount, value.out_of, parts)


def told(value: Written, indicator: Indicator, parts: Parts, k: int = INSIDE_THRESHOLD) -> Told:
    """As everybody may read it. One that does not stand is not told: compared with the one that does, it would tell of a few."""
    if not indicator.guarded or (value.counted_on and value.threshold >= k):
        return whole(value, parts)
    if value.state != ValueState.CONFIRMED or _is_few(value.amount, value.out_of, indicator.unit, k):
        return Told(None, None, {}, guarded=True)
    return Told(value.amount, value.out_of, _parts(value.amount, parts, k), guarded=True)


def baseline(indicator: Indicator, k: int = INSIDE_THRESHOLD) -> Decimal | None:
    """What it was before the project, as everybody may read it: a number as well, of which nobody wrote down of how many."""
    known = indicator.baseline
    if known is None or not indicator.guarded:
        return known
    return None if _is_few(known, None, indicator.unit, k) else known


def _is_few(amount: Decimal | None, out_of: int | None, unit: str, k: int) -> bool:
    """Whether too few stand behind it. Days, dollars and measures do not say how many: without that they are not told."""
    if amount is None:
        return True
    if unit == Unit.PERCENT:
        of = out_of or 0
        done = round(amount * of / 100)
        return of < k or few(done, k) or few(of - done, k)
    if unit in ADDS - {Unit.MONEY}:
        return few(float(amount), k)
    return bool(amount or out_of) and (out_of or 0) < k


def _parts(amount: Decimal | None, parts: Parts, k: int) -> dict[tuple[str, str], Decimal | None]:
    """Each breakdown by itself: its parts, and those in no part, make the whole."""
    found = dict(parts)
    for by in {by for by, _code in parts}:
        own = {key: int(part or 0) for key, part in parts.items() if key[0] == by}
        sizes = {**own, REST: int(amount or 0) - sum(own.values())}
        found |= dict.fromkeys(hidden(sizes, k) - {REST}, None)
    return found


def parts_of(rows: Iterable[Any]) -> dict[tuple[str, str], Decimal | None]:
    """The parts of a value, by breakdown and code."""
    return {(part.by, part.code): part.amount for part in rows}
