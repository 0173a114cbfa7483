"""What the database adds is what comes out where each number is read: whatever the numbers are, and whoever reads them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spean.kernel.small import INSIDE_THRESHOLD, PUBLIC_THRESHOLD
from spean.programme.models import Indicator, Result, Value
from spean.programme.queries import progress
from spean.programme.result_enums import Unit
from tests.surfaces.desk.test_results import Q1, Q2, Q3, running

numbers = st.fixed_dictionaries({
    "days": st.sampled_from([Q1, Q2, Q3]),
    "amount": st.none() | st.decimals(0, 60, places=2) | st.integers(0, 12).map(Decimal),
    "out_of": st.none() | st.integers(0, 40),
    "counted": st.booleans(),
    "threshold": st.sampled_from([0, 5, 11]),
    "state": st.sampled_from(["confirmed", "confirmed", "confirmed", "waiting", "corrected"]),
})  # fmt: skip


@pytest.fixture
def indicators(town):
    """One of each unit, about people who were harmed and not; by (unit, guarded)."""
    project = running(town)
    Indicator.objects.filter(project=project).delete()
    result = Result.objects.filter(project=project).first()
    made = {}
    for unit in Unit:
        for guarded in (True, False):
            same = {"name_km": "ក", "definition_km": "ក", "source_km": "ក", "unit": unit, "guarded": guarded, "rising": True}
            made[unit, guarded] = Indicator.objects.create(project=project, result=result, code=f"{unit}-{guarded:d}", **same)
    return town, project, made


def rounded(line):
    """Without what stands beside the sums, and to a tenth: two ways of dividing differ behind it."""
    periods = tuple(replace(p, actual=p.actual and replace(p.actual.rounded(), out_of=None)) for p in line.periods)
    return line.code, periods, line.actual and replace(line.actual.rounded(), out_of=None), line.reached


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from([(u, g) for u in Unit for g in (True, False)]), st.lists(numbers, max_size=6), max_size=5))
def test_added_at_once_is_added_one_by_one(indicators, given_):
    town, project, made = indicators
    Value.objects.filter(indicator__project=project).delete()
    manager = town.actor("manager")
    Value.objects.bulk_create(
        Value(
            indicator=made[which],
            starts_on=one["days"][0],
            ends_on=one["days"][1],
            amount=one["amount"],
            out_of=one["out_of"],
            counted_on=date(2014, 1, 1) if one["counted"] else None,
            threshold=one["threshold"],
            state=one["state"],
            entered_by_id=manager.id,
            entered_on=date(2014, 1, 1),
        )
        for which, written in given_.items()
        for one in written
    )
    for k in (INSIDE_THRESHOLD, PUBLIC_THRESHOLD):
        for days in (None, (Q1[0], Q2[1])):
            at_once, waiting = progress.groups_of(project, days, k=k)
            one_by_one, same = progress.groups_of(project, days, whole=True, k=k)
            assert waiting == same
            assert [list(map(rounded, g.lines)) for g in at_once] == [list(map(rounded, g.lines)) for g in one_by_one]
