"""No number is shown before somebody has called it, and none that was found wrong."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.directory.models import Phone, TestCall
from spean.directory.operations import calling, writing
from spean.directory.queries import desk, public
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours

from .conftest import a_draft, call_all


def call(actor, pk, heard="right", *, days_ago=0, sent_id=None):
    phone = Phone.objects.get(entry=pk, listed=True)
    on = clock.today() - timedelta(days=days_ago)
    calling.record(actor, phone.id, heard=heard, on=on, words="A woman answered in Khmer", sent_id=sent_id or uuid4())


def shown(pk):
    return [n.shown for n in public.one(pk).numbers]


def test_a_number_is_shown_after_a_call_and_not_before(publish, coordinator):
    pk = publish(call=False)
    assert (shown(pk), public.one(pk).unproven) == ([], True)
    call(coordinator, pk)
    assert (shown(pk), public.one(pk).unproven) == (["+855 12 311 112"], False)
    assert public.one(pk).numbers[0].checked.on == clock.today()


@pytest.mark.parametrize("heard", ["other", "dead"])
def test_what_is_wrong_disappears(publish, coordinator, heard):
    pk = publish()
    call(coordinator, pk, heard)
    assert (shown(pk), public.one(pk).unproven) == ([], False)


def test_nobody_answered_changes_nothing(publish, coordinator):
    pk = publish()
    call(coordinator, pk, "nobody")
    assert shown(pk) == ["+855 12 311 112"]


def test_who_wrote_the_number_does_not_call_it_right(publish, manager):
    pk = publish(call=False)
    with pytest.raises(NotYours):
        call(manager, pk)
    assert not TestCall.objects.exists()


def test_an_older_call_says_nothing_against_a_newer_one(publish, coordinator):
    pk = publish()
    call(coordinator, pk, "dead", days_ago=9)
    assert shown(pk) == ["+855 12 311 112"]


def test_sent_twice_it_is_one_call(publish, coordinator):
    pk, sent = publish(call=False), uuid4()
    call(coordinator, pk, sent_id=sent)
    call(coordinator, pk, "dead", sent_id=sent)
    assert (TestCall.objects.count(), shown(pk)) == (1, ["+855 12 311 112"])


@pytest.mark.parametrize("days", [-1, calling.PHONE_DAYS + 1])
def test_a_call_is_of_these_days(publish, coordinator, days):
    with pytest.raises(Invalid):
        call(coordinator, publish(call=False), days_ago=days)


def test_what_was_called_long_ago_says_so(publish):
    pk = publish()
    with clock.at(clock.now() + timedelta(days=calling.PHONE_DAYS + 1)):
        assert public.one(pk).numbers[0].checked.overdue


def test_numbers_that_disagree_stand_side_by_side(publish, manager, coordinator):
    pk = publish()
    writing.propose(manager, pk, a_draft(numbers=("077 455 516",), source="Another list"))
    other = writing.write(manager, a_draft(name_en="Somebody else"), uuid4())
    numbers = desk.entry_page(coordinator, pk).numbers
    assert [(n.shown, n.listed, n.source) for n in numbers] == [
        ("+855 12 311 112", True, "A visit"), ("+855 77 455 516", False, "Another list"),
    ]  # fmt: skip
    assert numbers[0].others == (desk.entry_page(coordinator, other).row.name,)


def test_a_number_that_only_waits_is_not_shown_even_when_it_was_called(publish, manager, coordinator):
    pk = publish()
    writing.propose(manager, pk, a_draft(numbers=("012 311 112", "077 455 516")))
    call_all(coordinator, pk)
    assert shown(pk) == ["+855 12 311 112"]
    writing.publish(coordinator, pk, 2)
    assert shown(pk) == ["+855 12 311 112", "+855 77 455 516"]
