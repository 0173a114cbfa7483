"""Rows poured into a table are what the ORM reads: ids, days, moments, bytes, nothing, and what the database computes."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from spean.kernel.pouring import columns_of, pour


@pytest.mark.django_db
def test_a_poured_row_reads_as_one_that_was_saved():
    from spean.privacy.models import AuditEntry

    org, at = uuid4(), datetime(2026, 3, 1, 23, 30, 5, 123456, tzinfo=UTC)
    assert columns_of(AuditEntry) == ("org", "index", "at", "actor", "verb", "subject_type", "subject_id", "reason", "leaf")
    assert pour(AuditEntry, ((org, n, at, "system", "a.b", "", "1", "", bytes([n, 0, 255])) for n in range(3))) == 3
    rows = list(AuditEntry.objects.filter(org=org).order_by("index"))
    assert [(r.index, r.at, bytes(r.leaf)) for r in rows] == [(n, at, bytes([n, 0, 255])) for n in range(3)]
    assert len({r.pk for r in rows}) == 3


@pytest.mark.django_db
def test_a_day_and_nothing_are_kept_and_a_computed_column_is_not_given():
    from django.db import connection

    from spean.accounts.models import Organisation, Team
    from spean.voices.models import Concern

    org = Organisation.objects.create(kind="ngo", level="national", name_km="ក", name_en="K")
    team = Team.objects.create(organisation=org, name_km="ក", name_en="K")
    names = columns_of(Concern)
    assert "urgency" not in names
    given = {
        "id": uuid4(), "thread_id": uuid4(), "org_id": org.id, "team_id": team.id, "received_on": date(2026, 2, 28),
        "moved_on": date(2026, 2, 28), "told": b"\\x00\n\t", "urgent_words": True, "sealed_in_page": False,
    }  # fmt: skip
    pour(Concern, [tuple(given.get(n, None if n in NOTHING else "no") for n in names)])
    kept = Concern.objects.get()
    assert (kept.id, kept.received_on, kept.place_id, kept.told, kept.urgency) == (
        given["id"],
        given["received_on"],
        None,
        given["told"],
        1,
    )
    connection.check_constraints()


NOTHING = {"place_id", "assigned_to_id", "reported_by_id", "alike"}


@pytest.mark.django_db
def test_nothing_poured_is_no_row():
    from spean.privacy.models import AuditEntry

    assert pour(AuditEntry, iter(())) == 0
