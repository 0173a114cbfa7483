"""Money of a case: sums are true in any order, currencies never meet, amounts are sealed, a mistake stays and counts no more."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.cases import ledger_enums as codes
from spean.cases.money import NOTHING, Sums, amount_of, band, by_currency, summed
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.text import khmer_digits

START = datetime(2027, 3, 15, 3, 0, tzinfo=UTC)
MONTH = date(2027, 1, 1)
AMOUNTS = st.decimals(min_value=1, max_value=10**9, places=2)
PARTS = st.lists(st.tuples(st.sampled_from(codes.AmountKind.values), AMOUNTS), max_size=12)


# -- sums -------------------------------------------------------------------------------------------------------------------
@given(st.sampled_from(codes.MoneyKind.values), PARTS, st.randoms())
def test_the_order_of_amounts_does_not_matter_and_nothing_is_lost(kind, parts, shuffled):
    turned = list(parts)
    shuffled.shuffle(turned)
    sums = summed(kind, parts)

    assert sums == summed(kind, turned)
    assert sum(amount for _what, amount in parts) == sums.promised + sums.paid + sums.claimed + sums.agreed + sums.received
    assert sums.open >= NOTHING


@given(st.sampled_from(codes.MoneyKind.values), PARTS, AMOUNTS)
def test_what_is_received_makes_the_gap_smaller_by_as_much_until_it_is_closed(kind, parts, more):
    before, after = summed(kind, parts), summed(kind, [*parts, ("received", more)])
    if before.open:
        assert after.open == max(before.open - more, NOTHING)
    else:
        assert after.open == NOTHING


@given(st.lists(st.tuples(st.sampled_from(codes.Currency.values), PARTS), max_size=8))
def test_two_currencies_are_never_added(matters):
    sums = [(currency, summed("wages", parts)) for currency, parts in matters]
    found = by_currency(sums)

    assert set(found) == {currency for currency, _sums in sums}
    for currency, total in found.items():
        alone = [one for name, one in sums if name == currency]
        assert total.open == sum((one.open for one in alone), NOTHING)
        assert total == sum(alone, Sums())


EXAMPLES = [
    ("wages", [("promised", 60), ("paid", 12)], 48),
    ("wages", [("promised", 60), ("paid", 12), ("claimed", 40)], 40),
    ("wages", [("claimed", 40), ("agreed", 30), ("received", 10)], 20),
    ("fee", [("promised", 30), ("paid", 65)], 0),
    ("fee", [("paid", 65), ("claimed", 35)], 35),
    ("compensation", [("agreed", 10), ("received", 25)], 0),
]


@pytest.mark.parametrize(("kind", "parts", "still"), EXAMPLES)
def test_what_is_still_to_be_received(kind, parts, still):
    assert summed(kind, [(what, Decimal(amount)) for what, amount in parts]).open == still


# -- what is typed ------------------------------------------------------------------------------------------------------------
@given(st.decimals(min_value=Decimal("0.01"), max_value=10**11, places=2))
def test_an_amount_is_read_as_it_was_meant(amount):
    for typed in (f"{amount:,.2f}", f"{amount:.2f}", khmer_digits(f"{amount:,.2f}"), f" {amount:,.2f} ".replace(",", " ")):
        assert amount_of(typed) == amount
    assert band(amount) in codes.Size


@given(st.text(max_size=20))
def test_whatever_is_typed_is_an_amount_or_nothing(typed):
    found = amount_of(typed)
    assert found is None or found > NOTHING


@pytest.mark.parametrize("typed", ["", "-5", "0", "1.234.567", "12,00,0", "1e5", "10%", "5 000 000 000 000", "1,5", "twelve"])
def test_what_could_be_misread_is_not_guessed(typed):
    assert amount_of(typed) is None


# -- keeping ------------------------------------------------------------------------------------------------------------------
@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case()


def begin(town, case, sent=None, **more):
    from spean.cases.operations import money

    about = {"kind": "wages", "currency": "THB", "other": "captain", **more}
    return money.begin(town.actor("worker"), case.id, about, "Captain WHO", "Each month", sent or uuid4())


def add(town, case, pk, what, amount, sent=None, month=MONTH):
    from spean.cases.operations import money

    money.add(town.actor("worker"), case.id, pk, what, Decimal(amount), month, "By HAND", sent or uuid4())


def opened(town, case, pk):
    from spean.cases.operations import money

    return money.read(town.actor("worker"), case.id).matters[pk]


def test_wages_from_the_promise_to_a_part_received(town, case):
    sent, twice = uuid4(), uuid4()
    pk = {begin(town, case, sent) for _twice in range(2)}.pop()
    for _twice in range(2):
        add(town, case, pk, "promised", 60000, twice)
    add(town, case, pk, "paid", 12000)
    add(town, case, pk, "received", "8000.50")
    told, row = opened(town, case, pk), case.money.get()

    assert (told.who, told.sums.open, row.open) == ("Captain WHO", Decimal("39999.50"), "ten_thousands")
    assert [a.amount for a in told.amounts if a.what == "promised"] == [Decimal(60000)]
    assert b"WHO" not in bytes(row.words)
    assert not [a for a in row.amounts.all() if b"60000" in bytes(a.said)]


def test_a_mistake_stays_and_counts_no_more(town, case):
    from spean.cases.operations import money

    pk = begin(town, case)
    add(town, case, pk, "claimed", 500)
    wrong = case.money.get().amounts.get()
    for _twice in range(2):
        money.mistake(town.actor("worker"), case.id, pk, wrong.id)
    told = opened(town, case, pk)

    assert ([a.mistaken for a in told.amounts], told.sums.open, case.money.get().open) == ([True], NOTHING, "nothing")
    assert case.steps.filter(kind="money").count() == 3


def test_each_currency_has_its_own_total(town, case):
    from spean.cases.operations import money

    for currency, amount in (("THB", 500), ("THB", 200), ("USD", 9)):
        add(town, case, begin(town, case, currency=currency, kind="fee"), "claimed", amount)
    totals = money.read(town.actor("worker"), case.id).totals

    assert [sums.open for _currency, sums in totals] == [700, 9]


def test_what_cannot_be_is_refused(town, case):
    with pytest.raises(Invalid):
        begin(town, case, currency="XYZ")
    pk, other = begin(town, case), town.case()
    for what, amount, month in (("x", 5, MONTH), ("paid", 0, MONTH), ("paid", 10**12, MONTH), ("paid", 5, date(2027, 4, 1))):
        with pytest.raises(Invalid):
            add(town, case, pk, what, amount, month=month)
    with pytest.raises(NotYours):
        add(town, other, pk, "paid", 5)


def test_erasing_the_case_erases_every_amount(town, case):
    from spean.cases.operations import retention

    pk = begin(town, case)
    add(town, case, pk, "paid", 5)
    retention._erase(case.pk)

    row = case.money.get()
    assert (bytes(row.words), bytes(row.amounts.get().said)) == (b"", b"")
