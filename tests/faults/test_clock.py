"""A clock that leaps destroys nothing: not ahead, not back, not to and fro."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from spean.accounts.access import SYSTEM
from spean.kernel import clock
from spean.privacy import audit, days
from spean.privacy.keystore import keystore

DAY = timedelta(days=1)


@pytest.fixture
def noted(db):
    days.note_today()
    yield clock.today()
    keystore().note("daily", "")


@pytest.mark.parametrize(("leap", "passed"), [(-1, -1), (0, 0), (1, 0), (4, 0)])
def test_what_may_be_destroyed_was_due_at_the_run_before(noted, leap, passed):
    with clock.at(timezone.now() + leap * DAY):
        assert days.passed() == noted + passed * DAY


@pytest.mark.parametrize("leap", [-3653, -2, 5, 3653])
def test_a_leap_stops_the_daily_work_until_somebody_has_looked_at_the_clock(noted, leap):
    with clock.at(timezone.now() + leap * DAY):
        with pytest.raises(days.WrongClock) as refused:
            days.passed()
        assert str(noted) in refused.value.message
        assert days.passed(confirmed=True) == noted + leap * DAY


def test_the_first_run_is_held_against_the_day_the_tables_were_made(db):
    keystore().note("daily", "")
    assert days.passed() == clock.today()
    with clock.at(timezone.now() + 3653 * DAY), pytest.raises(days.WrongClock):
        days.passed()


def test_the_trail_knows_that_a_closing_was_not_ten_years_ago(db):
    org, concern = uuid4(), uuid4()
    now = datetime.now(UTC)
    for moment, verb in ((now - DAY, "concern.receive"), (now - 3653 * DAY, "concern.close"), (now + 3653 * DAY, "concern.read")):
        from django.db import transaction

        with clock.at(moment), transaction.atomic():
            audit.record(SYSTEM, verb, concern, org=org)

    assert audit.newest_before(org, concern, ["concern.close"]) == now - DAY
    assert audit.newest_before(org, concern, ["concern.read"]) == now - DAY, "what lies ahead of now is not believed"
    assert audit.newest_before(org, uuid4(), ["concern.close"]) is None
