"""Numbers with their unit: what is added, what is refused, what per cent of a target is."""

from decimal import Decimal

import pytest

from spean.programme import ready
from spean.programme.amounts import Amount, CountedTwice, MixedUnits, together
from spean.programme.result_enums import ADDS, BOOKS, UNDER, ResultKind, Unit


def of(value, unit, out_of=None):
    return Amount(Decimal(value), unit, out_of)


@pytest.mark.parametrize("unit", sorted(ADDS))
def test_two_periods_of_one_unit_add_up(unit):
    assert of(3, unit) + of(4, unit) == of(7, unit)


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in Unit for b in Unit if a != b])
def test_no_two_units_are_ever_added_or_compared(one, other):
    for refused in (
        lambda: of(1, one) + of(1, other),
        lambda: of(1, one).beside(of(1, other)),
        lambda: of(1, one).of(of(1, other)),
        lambda: of(1, one).of(of(1, one), of(1, other)),
    ):
        with pytest.raises(MixedUnits):
            refused()


@pytest.mark.parametrize("unit", ["days", "score", "percent"])
def test_medians_measures_and_bare_per_cents_are_not_added(unit):
    with pytest.raises(MixedUnits):
        of(1, unit) + of(2, unit)


def test_two_per_cents_of_known_numbers_are_one_of_all():
    assert of(50, "percent", 10) + of(80, "percent", 30) == of("72.5", "percent", 40)


def test_people_of_two_projects_may_be_the_same():
    for unit in ("people", "households"):
        with pytest.raises(CountedTwice):
            of(3, unit).beside(of(4, unit))
    assert of(3, "contacts").beside(of(4, "contacts")) == of(7, "contacts")


def test_at_least_stays_at_least():
    assert (of(3, "cases") + Amount(Decimal(0), "cases", None, more=True)).more
    assert together([]) is None


@pytest.mark.parametrize(
    ("actual", "target", "start", "rising", "reached"),
    [
        (50, 200, None, True, 25), (300, 200, None, True, 150), (5, 0, None, True, None), (0, 10, None, True, 0),
        (30, 20, 60, False, 75), (70, 20, 60, False, 0), (20, 20, 60, False, 100), (30, 20, None, False, None),
        (30, 60, 60, False, None),
    ],
)  # fmt: skip
def test_the_per_cent_of_a_target(actual, target, start, rising, reached):
    begin = None if start is None else of(start, "days")
    assert of(actual, "days").of(of(target, "days"), begin, rising=rising) == reached


def test_the_ready_set_holds_together():
    results = {one.key: one for one in ready.results()}
    figures = ready.indicators()
    assert sorted({one.number for one in figures}) == [f"I{n:02}" for n in range(1, 26)]
    assert len({one.code for one in figures}) == len(figures)
    for result in results.values():
        above = results[result.under].kind if result.under else ""
        assert above in UNDER[ResultKind(result.kind)]
    for one in figures:
        assert one.result in results
        assert one.unit in Unit
        assert set(one.by) <= BOOKS.keys()
        assert all((one.name_km, one.name_en, one.definition_km, one.definition_en, one.source_km, one.source_en))
