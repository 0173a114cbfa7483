"""SQLite counts its tables, and keeps no more than numbers."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from spean.kernel import clock, engine


@pytest.mark.django_db
def test_tables_are_counted_without_keeping_what_stands_in_them():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    Session.objects.bulk_create(Session(session_key=f"{n:032d}", expire_date=clock.now()) for n in range(500))
    engine.count_rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'django_session'")
        counted = [int(row[0].split()[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM sqlite_stat4 WHERE tbl = 'django_session'")
        kept = cursor.fetchone()
    assert counted
    assert max(counted) >= 400
    assert kept == (0,)
