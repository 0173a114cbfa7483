"""Sums of a money ledger: what was promised, paid, claimed, agreed and received, each currency for itself. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from spean.kernel.text import decimal

NOTHING = Decimal(0)
MOST = Decimal(10) ** 12
#: the kinds in which the other side has to pay although nobody has claimed yet
OWED = frozenset({"wages", "compensation"})


@dataclass(frozen=True, slots=True)
class Sums:
    """What one matter, or one currency, comes to."""

    promised: Decimal = NOTHING
    paid: Decimal = NOTHING
    claimed: Decimal = NOTHING
    agreed: Decimal = NOTHING
    received: Decimal = NOTHING
    open: Decimal = NOTHING  # what the person still has to get

    def __add__(self, other: "Sums") -> "Sums":
        """Both together; what is open adds up, for no matter's surplus pays another's debt."""
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def summed(kind: str, amounts: Iterable[tuple[str, Decimal]]) -> Sums:
    """Of (what, amount) pairs of one matter in one currency. The order does not matter.

    What is open: what was agreed, else what was claimed, else of wages and compensation what was promised and not paid; less
    what was received; never below nothing.
    """
    found = dict.fromkeys(("promised", "paid", "claimed", "agreed", "received"), NOTHING)
    for what, amount in amounts:
        found[what] += amount
    unpaid = found["promised"] - found["paid"] if kind in OWED else NOTHING
    due = found["agreed"] or found["claimed"] or unpaid
    return Sums(**found, open=max(due - found["received"], NOTHING))


def by_currency(matters: Iterable[tuple[str, Sums]]) -> dict[str, Sums]:
    """The sums of each currency; two currencies are never added."""
    found: dict[str, Sums] = {}
    for currency, sums in matters:
        found[currency] = found.get(currency, Sums()) + sums
    return found


def band(amount: Decimal) -> str:
    """The size of an amount in its own currency, as a code: how many digits it has, no more."""
    for code, below in (("nothing", 1), ("hundreds", 10**3), ("thousands", 10**4), ("ten_thousands", 10**5), ("lakhs", 10**6)):
        if amount < below:
            return code
    return "millions"


def amount_of(typed: str) -> Decimal | None:
    """An amount as people write it; None for anything else, and for what is not above nothing or too much to be meant."""
    amount = decimal(typed)
    return amount if amount is not None and NOTHING < amount < MOST else None
