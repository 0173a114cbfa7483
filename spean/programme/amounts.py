"""Numbers with their unit. People and contacts are never one figure: adding or comparing them is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid
from spean.programme.result_enums import ADDS, ONCE, Unit

NOTHING, WHOLE, TENTH = Decimal(0), Decimal(1), Decimal("0.1")


class MixedUnits(Invalid):
    """Two numbers that count different things, or the same people twice."""

    message = _("These numbers count different things. People, contacts and cases are never added or compared with one another.")


class CountedTwice(MixedUnits):
    """The same person may be in both."""

    message = _("The same person may be in both projects. People are counted once in each project, and projects are not added.")


@dataclass(frozen=True)
class Amount:
    """A number of one unit. `out_of` is of a per cent; `more`: at least that, for something was too small to be told."""

    value: Decimal
    unit: str
    out_of: int | None = None
    more: bool = False

    def __add__(self, other: "Amount") -> "Amount":
        """Of two periods or two places of one project."""
        if self.unit != other.unit or (self.unit not in ADDS and not self._pools(other)):
            raise MixedUnits
        more = self.more or other.more
        if self.unit == Unit.PERCENT and self.out_of and other.out_of:
            whole = self.out_of + other.out_of
            return Amount((self.value * self.out_of + other.value * other.out_of) / whole, self.unit, whole, more)
        return Amount(self.value + other.value, self.unit, None, more)

    def _pools(self, other: "Amount") -> bool:
        """Two per cents, each of how many is known, are one per cent of all of them."""
        return self.unit == Unit.PERCENT and bool(self.out_of and other.out_of)

    def beside(self, other: "Amount") -> "Amount":
        """The sum over two projects."""
        if self.unit == other.unit and self.unit in ONCE:
            raise CountedTwice
        return self + other

    def of(self, target: "Amount", start: "Amount | None" = None, *, rising: bool = True) -> int | None:
        """The per cent of a target that is reached; None where that says nothing. Fewer is better: from the start downwards."""
        if self.unit != target.unit or (start is not None and start.unit != self.unit):
            raise MixedUnits
        if rising:
            way, whole = self.value, target.value
        elif start is None:
            return None
        else:
            way, whole = start.value - self.value, start.value - target.value
        if whole <= NOTHING:
            return None
        return int((max(way, NOTHING) * 100 / whole).quantize(WHOLE, ROUND_HALF_UP))

    def rounded(self) -> "Amount":
        """To a tenth."""
        return replace(self, value=self.value.quantize(TENTH, ROUND_HALF_UP))


def together(amounts: Iterable[Amount]) -> Amount | None:
    """The sum; None of nothing."""
    found: Amount | None = None
    for amount in amounts:
        found = amount if found is None else found + amount
    return found
