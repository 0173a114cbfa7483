"""What was reached in each period of an indicator: the numbers of all its places as one.

What may be told as it stands the database adds. A number about people who were harmed is looked at by itself, as `told` says.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, DecimalField, F, Max, Q, Sum

from spean.programme.amounts import NOTHING, Amount, MixedUnits, together
from spean.programme.models import Indicator, Value
from spean.programme.result_enums import ADDS, Unit, ValueState
from spean.programme.told import told

#: None: there is a number, and it is too small to be told, or several of them make none
ByPeriod = dict[tuple[date, date], Amount | None]
WEIGHED = DecimalField(max_digits=24, decimal_places=2)


class Number(NamedTuple):
    """What of a number is looked at before it is told."""

    indicator_id: UUID
    starts_on: date
    ends_on: date
    amount: Decimal | None
    out_of: int | None
    counted_on: date | None
    threshold: int
    state: str


def of(indicators: Iterable[Indicator], within: dict[str, Any], k: int) -> dict[UUID, ByPeriod]:
    """By indicator and period what was reached. Two queries at most."""
    known = {one.id: one for one in indicators}
    harmed = [one.id for one in known.values() if one.guarded]
    rows = Value.objects.filter(state=ValueState.CONFIRMED, **within).order_by()
    found: dict[UUID, ByPeriod] = defaultdict(dict)
    if len(harmed) < len(known):
        _add(found, known, rows.filter(indicator__in=known.keys() - set(harmed)))
    if harmed:
        _look(found, known, rows.filter(indicator__in=harmed), k)
    return found


def _add(found: dict[UUID, ByPeriod], known: dict[UUID, Indicator], rows: Any) -> None:
    has = Q(amount__isnull=False)
    added = rows.values_list("indicator_id", "starts_on", "ends_on").annotate(
        numbers=Count("id"),
        told=Count("amount"),
        sum=Sum("amount"),
        of=Sum("out_of", filter=has),
        pooled=Count("id", filter=has & Q(out_of__gt=0)),
        weighed=Sum(F("amount") * F("out_of"), output_field=WEIGHED, filter=has),
        one_of=Max("out_of", filter=has),
    )
    for pk, first, last, numbers, told_, sum_, of_, pooled, weighed, one_of in added:
        unit = known[pk].unit
        amount: Amount | None = None
        if told_ == 1:
            amount = Amount(sum_, unit, one_of, more=unit in ADDS and numbers > 1)
        elif told_ and unit in ADDS:
            amount = Amount(sum_, unit, None, more=numbers > told_)
        elif told_ and unit == Unit.PERCENT and pooled == told_:
            amount = Amount(weighed / of_, unit, of_)
        found[pk][first, last] = amount


def _look(found: dict[UUID, ByPeriod], known: dict[UUID, Indicator], rows: Any, k: int) -> None:
    each: dict[tuple[UUID, date, date], list[tuple[Decimal | None, int | None]]] = defaultdict(list)
    for number in map(Number._make, rows.values_list(*Number._fields)):
        said = told(number, known[number.indicator_id], {}, k)
        each[number.indicator_id, number.starts_on, number.ends_on].append((said.amount, said.out_of))
    for (pk, first, last), numbers in each.items():
        found[pk][first, last] = of_one_period(known[pk].unit, numbers)


def of_one_period(unit: str, numbers: Sequence[tuple[Decimal | None, int | None]]) -> Amount | None:
    """The numbers (amount, of how many) of one period in its places; None of nothing, and where two make no number."""
    seen = [Amount(amount, unit, out_of) for amount, out_of in numbers if amount is not None]
    try:
        found = together(seen)
    except MixedUnits:
        return None
    if found is None or len(seen) == len(numbers):
        return found
    return found + Amount(NOTHING, unit, None, more=True) if unit in ADDS else found
