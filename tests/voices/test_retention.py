"""What was closed five years ago is erased, in every backup too; what is younger stays."""

import os
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock


def closed(town):
    """A concern that was answered and closed today."""
    from spean.voices.operations import triage

    concern = town.concern()
    worker = town.actor("worker")
    triage.read(worker, concern.id)
    triage.close(worker, concern.id, "ចប់", uuid4())
    return concern


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("days", "erased"), [(1825, 0), (1828, 1)])
def test_after_five_years_nothing_opens_it(town, days, erased):
    from spean.kernel.errors import NotYours
    from spean.voices.operations import retention, triage

    concern = closed(town)
    with clock.at(datetime.now(UTC) + timedelta(days=days)):
        assert retention.erase_expired() == erased
        assert retention.erase_expired() == 0
        if erased:
            with pytest.raises(NotYours):
                triage.read(town.actor("worker"), concern.id)
            with pytest.raises(NotYours):
                town.actor("worker").ring.data_key(concern.thread_id)
        else:
            assert triage.read(town.actor("worker"), concern.id).messages[0].text == "ចប់"


def test_a_file_without_a_report_is_swept_after_a_day(town, settings, tmp_path):
    from spean.voices.operations import retention

    settings.SEALED_FILES_DIR = tmp_path
    new, old = tmp_path / "aa" / f"{uuid4()}.sealed", tmp_path / "bb" / f"{uuid4()}.0a1b2c3d-partial"
    for path in (new, old):
        path.parent.mkdir()
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 90_000,) * 2)

    assert retention.sweep_files() == 1
    assert (new.exists(), old.exists()) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_a_closing_on_a_day_long_ago_is_held_against_the_trail(town):
    from spean.voices.models import Concern
    from spean.voices.operations import retention

    concern = closed(town)
    Concern.objects.filter(pk=concern.pk).update(moved_on=clock.today() - timedelta(days=3653))  # as a clock gone back writes it

    assert retention.erase_expired() == 0
    with clock.at(datetime.now(UTC) + timedelta(days=1828)):
        assert retention.erase_expired(passed=clock.today() - timedelta(days=10)) == 0
        assert retention.erase_expired() == 1
