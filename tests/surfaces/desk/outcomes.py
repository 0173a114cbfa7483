"""A half-year of outcomes as it might have been told, for the tests of its page."""

from datetime import UTC, date, datetime

from spean.kernel import clock

FIRST = date(2027, 1, 1)
COLUMNS = (("on_time",), ("late",), ("declined", "missed"))


def line(path, numbers, *, parent="team", reason="", columns=COLUMNS):
    cells = [{"groups": ("",), "columns": c, "voices": n} for c, n in zip(columns, numbers, strict=True)]
    total = {"path": path, "parent": parent, "level": "line", "name_km": "", "name_en": "", "reason": reason}
    return {**total, "total": 61, "cells": cells, "medians": ()}


def tell_outcomes(town):
    """A half-year of the team with a hidden number, and tables of which nothing could be told."""
    from spean.evidence.models import Table, TeamRelease
    from spean.evidence.outcomes import TABLES

    whole = line("team", (31, 13, 17), parent="")
    ended = line("team", (9, 8), parent="", columns=(("certificate",), ("finished", "work")))
    rows = {
        Table.FOLLOW_UPS: [whole, line("3", (21, None, 12)), line("team", (10, None, 5), reason="together")],
        Table.COURSES: [ended],
        Table.DELIVERED: [line("legal", (6, 7), columns=(("yes",), ("partly", "no", "unasked")))],
    }
    with clock.at(datetime(2027, 8, 1, 3, tzinfo=UTC)):
        for table in TABLES:
            TeamRelease.objects.create(
                team=town.teams["team"],
                table=table,
                period=FIRST,
                released_on=clock.today(),
                threshold=5,
                cells=rows.get(table, []),
            )
