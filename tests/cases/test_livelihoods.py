"""Livelihoods: thought about, begun, ended for a reason; what was given, what comes in; amounts sealed, their size counted."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from spean.cases.rebuild_enums import Earned
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
MONTH = date(2027, 2, 1)


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case()


def consider(town, case, kind="business", words="A shop by the road", sent_id=None):
    from spean.cases.operations import livelihoods

    pk = livelihoods.consider(town.actor("worker"), case.id, kind, words, sent_id or uuid4())
    return case.livelihoods.get(pk=pk)


def move(town, case, one, *verbs, why=""):
    from spean.cases.operations import livelihoods

    for verb in verbs:
        livelihoods.move(town.actor("worker"), case.id, one.id, verb, why)
    one.refresh_from_db()
    return one.state


def earn(town, case, amount, month=MONTH, currency="KHR", sent_id=None):
    from spean.cases.operations import livelihoods

    livelihoods.earn(town.actor("worker"), case.id, month, Decimal(amount), currency, "From the shop", sent_id or uuid4())
    return case.incomes.order_by("-id").first()


def read(town, case):
    from spean.cases.operations import livelihoods

    return livelihoods.read(town.actor("worker"), case.id)


def test_it_is_thought_about_begun_goes_on_and_ends_for_a_reason(town, case):
    sent = uuid4()
    one = consider(town, case, sent_id=sent)
    assert consider(town, case, "job", sent_id=sent) == one
    assert move(town, case, one, "begin", "begin", "go_on") == "going"
    with pytest.raises(Invalid):
        move(town, case, one, "end")
    assert (move(town, case, one, "end", why="away"), one.ended_for) == ("ended", "away")
    with pytest.raises(Conflict):
        move(town, case, one, "go_on")
    assert (move(town, case, one, "begin"), one.ended_for) == ("begun", "")


def test_it_goes_on_after_the_case_is_closed(town, case):
    from spean.cases.operations import closing

    one = consider(town, case)
    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    assert move(town, case, one, "begin") == "begun"
    earn(town, case, 5)


def test_money_that_is_given_stands_in_its_matter_and_nowhere_else(town, case):
    from spean.cases.operations import livelihoods, money
    from spean.cases.queries import livelihoods as queries

    worker, one, sent = town.actor("worker"), consider(town, case), uuid4()
    codes = {"kind": "start", "currency": "USD", "other": "other"}
    grant = money.begin(worker, case.id, codes, "Us", "", uuid4())
    for _twice in range(2):
        livelihoods.support(worker, case.id, one.id, livelihoods.Given("money", MONTH, grant, "For the stall"), sent)
    (seen,) = queries.livelihoods(worker, case.id)
    assert [bool(given.money) for given in seen.supports] == [True]
    (given,) = one.supports.all()
    assert read(town, case).words == {one.id: "A shop by the road", given.id: "For the stall"}
    matter = money.begin(worker, town.case().id, codes, "", "", uuid4())
    for wrong in (("x", MONTH, None), ("tools", date(2027, 4, 1), None), ("money", MONTH, matter)):
        with pytest.raises(Invalid):
            livelihoods.support(worker, case.id, one.id, livelihoods.Given(*wrong), uuid4())


@pytest.mark.parametrize(
    ("amount", "size"),
    [("0", "nothing"), ("250", "hundreds"), ("1500", "thousands"), ("400000", "lakhs"), ("1200000", "millions")],
)
def test_how_much_came_in_is_sealed_and_its_size_counted(town, case, amount, size):
    kept = earn(town, case, amount)
    assert kept.size == size == Earned(size)
    assert f'"{amount}"'.encode() not in bytes(kept.said)
    assert [came.amount for came in read(town, case).incomes] == [Decimal(amount)]


def test_nothing_strange_comes_in(town, case):
    for wrong in (("-1", MONTH, "KHR"), ("1e12", MONTH, "KHR"), ("5", date(2027, 4, 1), "KHR"), ("5", MONTH, "gold")):
        with pytest.raises(Invalid):
            earn(town, case, *wrong)
    sent = uuid4()
    earn(town, case, 5, sent_id=sent)
    earn(town, case, 7, sent_id=sent)
    assert [came.amount for came in read(town, case).incomes] == [Decimal(5)]


def test_what_was_a_mistake_stays_and_counts_no_more(town, case):
    from spean.cases.operations import livelihoods

    kept = earn(town, case, 5)
    for _twice in range(2):
        livelihoods.mistake(town.actor("worker"), case.id, kept.id)
    assert [came.mistaken for came in read(town, case).incomes] == [True]
    with pytest.raises(NotYours):
        livelihoods.mistake(town.actor("worker"), town.case().id, kept.id)
