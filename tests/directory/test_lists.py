"""The desk's lists: what needs a check, found by words, and always the same number of queries."""

from datetime import timedelta

import pytest

from spean.directory.operations import calling, writing
from spean.directory.queries import desk
from spean.kernel import clock

from .conftest import a_draft


def ids(actor, view, **more):
    return {row.id for row in desk.entries(actor, view=view, **more).rows}


def test_what_waits_for_me_is_what_another_wrote(write, manager, coordinator):
    pk = write()
    assert (ids(coordinator, "waits"), ids(manager, "waits")) == ({pk}, set())
    assert (ids(coordinator, "check"), ids(manager, "check")) == ({pk}, set())


def test_this_week_holds_what_ends_within_seven_days_and_what_nobody_called(publish, manager):
    good = publish()
    uncalled = publish(call=False, numbers=("077 455 516",))
    assert ids(manager, "check") == ids(manager, "uncalled") == {uncalled}
    with clock.at(clock.now() + timedelta(days=calling.PHONE_DAYS - 6)):
        assert ids(manager, "check") == {good, uncalled}
        assert ids(manager, "overdue") == set()
    with clock.at(clock.now() + timedelta(days=calling.PHONE_DAYS + 1)):
        assert ids(manager, "overdue") == {good}
    with clock.at(clock.now() + timedelta(days=writing.ENTRY_DAYS + 1)):
        assert ids(manager, "overdue") == {good, uncalled}


def test_by_state_country_and_words(publish, write, manager, coordinator):
    legal, thai = publish(name_km="មេធាវី"), write(country="TH", areas=("TH",), numbers=("1694",), provider_en="Thai House")
    assert ids(manager, "verified") == {legal}
    assert ids(manager, "unverified") == {thai}
    assert ids(manager, "all", country="TH") == {thai}
    assert ids(manager, "all", words="thai house") == {thai}
    assert ids(manager, "all", words="មេធាវី") == {legal}
    assert desk.count(manager, "all") == 2
    assert desk.tallies(coordinator) == {"check": 1, "waits": 1, "overdue": 0, "uncalled": 0}


def test_nobody_else_sees_the_list(write, town):
    write()
    assert ids(town.actor("worker"), "all") == set()


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_one_query_and_an_entry_seven(write, manager, coordinator, number, django_assert_num_queries):
    for _n in range(number):
        pk = write(numbers=("012 311 112", "077 455 516")[: max(number - 1, 1)])
    with django_assert_num_queries(1):
        desk.entries(manager, view="check")
    with django_assert_num_queries(2):
        desk.count(manager, "all")
        desk.tallies(manager)
    if number > 1:
        writing.propose(coordinator, pk, a_draft())
    with django_assert_num_queries(10):
        desk.entry_page(manager, pk)


def test_pages_by_key(write, manager):
    made = {write(name_en=f"n{n}") for n in range(desk.PAGE + 1)}
    first = desk.entries(manager, view="all")
    second = desk.entries(manager, view="all", after=first.after)
    assert {r.id for r in (*first.rows, *second.rows)} == made
    assert second.after == ""
