"""Hours of a week: over midnight, in the time of their country, at every minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from spean.directory import hours
from spean.directory.enums import Day

MINUTES = st.integers(0, hours.MIDNIGHT - 1)
WEEK = st.sets(st.sampled_from([d.value for d in Day]), min_size=1)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)  # a Monday


def test_office_hours_end():
    week = hours.spans(["MO"], 8 * 60, 17 * 60)
    at = lambda hour: hours.is_open(week, "Asia/Phnom_Penh", MONDAY + timedelta(hours=hour - 7))  # noqa: E731
    assert [at(h) for h in (7, 8, 16, 17, 8 + 24)] == [False, True, True, False, False]


def test_a_night_ends_on_the_next_day_also_from_sunday_to_monday():
    night = hours.spans(["SU"], 20 * 60, 6 * 60)
    assert night == (hours.Span("MO", 0, 360), hours.Span("SU", 1200, 1440))
    assert hours.is_open(night, "Asia/Bangkok", MONDAY - timedelta(hours=3))  # 04:00 of Monday in Bangkok


def test_each_country_has_its_own_time():
    nine_to_five = hours.spans(["MO"], 9 * 60, 17 * 60)
    moment = MONDAY + timedelta(hours=1)  # 08:00 in Phnom Penh, 10:00 in Seoul
    assert [hours.is_open(nine_to_five, zone, moment) for zone in ("Asia/Phnom_Penh", "Asia/Seoul")] == [False, True]


@given(WEEK, MINUTES, st.integers(0, hours.MIDNIGHT), st.integers(0, 7 * hours.MIDNIGHT - 1))
def test_spans_say_the_same_as_the_hours_that_were_typed(days, opens, closes, minute):
    if opens == closes:
        return
    moment = MONDAY - timedelta(hours=7) + timedelta(minutes=minute)
    today, before = Day(list(Day)[minute // hours.MIDNIGHT]), list(Day)[minute // hours.MIDNIGHT - 1]
    now = minute % hours.MIDNIGHT
    wanted = (today in days and opens <= now < closes) if opens < closes else (
        (today in days and now >= opens) or (before in days and now < closes)
    )  # fmt: skip
    assert hours.is_open(hours.spans(days, opens, closes), "Asia/Phnom_Penh", moment) == wanted


@given(WEEK, MINUTES, MINUTES)
def test_no_span_goes_over_midnight(days, opens, closes):
    if opens != closes:
        assert all(0 <= s.opens < s.closes <= hours.MIDNIGHT for s in hours.spans(days, opens, closes))


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001
def test_day_and_night_is_always(moment):
    assert all(hours.is_open(hours.always(), zone, moment) for zone in hours.ZONES.values())
