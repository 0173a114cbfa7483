"""The work with one person: a case of 200 entries as a page, a note that is saved; lists and board of 100,000 cases."""

import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.workloads import Row, Town, by_turns, count_rows, desk
from spean.kernel import clock
from spean.kernel.pouring import columns_of, pour

CASES, WAITING, NOTES, COLLEAGUES = 100_000, 1_000, 80, 40
PAGE_MS, SAVE_MS, LIST_MS = 250, 200, 200
SAID = "គាត់ចង់បានលិខិតឆ្លងដែនវិញ ហើយសុំឱ្យយើងទូរសព្ទមកនៅពេលល្ងាច។ " * 4
LISTS = (
    ("cases, what is due first", "/en/desk/cases/"),
    ("cases in danger now", "/en/desk/cases/?view=danger"),
    ("cases of one danger, what moved last", "/en/desk/cases/?risk=high&sort=moved"),
    ("closed cases, page of the middle", "/en/desk/cases/?view=closed&sort=moved"),
    ("the board by danger", "/en/desk/cases/board/?by=risk"),
    ("the board by who looks after them", "/en/desk/cases/board/?by=who"),
    ("the queue of a crossing", "/en/desk/cases/border/queue/?crossing=poipet"),
    ("Today of a supervisor", "/en/desk/"),
)


def work(town: Town) -> Iterator[Row]:
    """All of it, on one database."""
    _store(town)
    client = desk(town)
    _unlock(client, town)
    case = _busy_case(town)
    yield from _page(client, case)
    yield from _save(client, case)
    for name, address in LISTS:
        yield from _list(client, town, name, address)


def _page(client: Client, case: UUID) -> Iterator[Row]:
    """The page of a case with 200 entries, beside the opening of what is sealed of it."""
    from spean.cases.models import Case

    path = f"/en/desk/cases/{case}/"
    entries = sum(getattr(Case.objects.get(pk=case), name).count() for name in ("steps", "notes", "tasks"))
    ours, peer = by_turns(lambda: _ok(client.get(path)), _bare(case))
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    p95, queries = statistics.quantiles(ours, n=20)[-1], len(asked)
    what = f"case page, {entries} entries, {queries} queries"
    bare = f"its rows by bare SQL {statistics.median(peer):.1f} ms"
    yield what, f"{statistics.median(ours):.0f} ms p95 {p95:.0f} ms", f"{bare}; limit {PAGE_MS} ms", p95 / PAGE_MS


def _save(client: Client, case: UUID) -> Iterator[Row]:
    path = f"/en/desk/cases/{case}/note/"

    def ours() -> None:
        sent = {"kind": "note", "readers": "team", "text": SAID, "sent_id": str(uuid4())}
        answer = client.post(path, sent)
        if answer.status_code != 302:
            raise SystemExit(f"A note was not saved: {answer.status_code}. The bench's form no longer fits.")

    times, _ = by_turns(ours, lambda: None)
    p95 = statistics.quantiles(times, n=20)[-1]
    yield "a note is saved", f"{statistics.median(times):.0f} ms p95 {p95:.0f} ms", f"limit {SAVE_MS} ms", p95 / SAVE_MS


def _list(client: Client, town: Town, name: str, path: str) -> Iterator[Row]:
    with CaptureQueriesContext(connection) as asked:
        _ok(client.get(path))
    queries = len(asked)
    ours, peer = by_turns(lambda: _ok(client.get(path)), _bare_list(town))
    p95 = statistics.quantiles(ours, n=20)[-1]
    bare = f"bare SQL {statistics.median(peer):.1f} ms; limit {LIST_MS} ms"
    what = f"{name}, {queries} queries ({CASES:,} cases)" if name == LISTS[0][0] else f"{name}, {queries} queries"
    yield what, f"{statistics.median(ours):.0f} ms p95 {p95:.0f} ms", bare, p95 / LIST_MS


def _ok(answer: Any) -> None:
    if answer.status_code != 200:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}.")


def _bare(case: UUID) -> Any:
    key = case.hex if connection.vendor == "sqlite" else case
    tables = ("cases_step", "cases_note", "cases_task")

    def ask() -> None:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT * FROM {table} WHERE case_id = %s", [key])  # noqa: S608 - three names of ours
                cursor.fetchall()

    return ask


def _bare_list(town: Town) -> Any:
    key = town.team.hex if connection.vendor == "sqlite" else town.team
    sql = "SELECT id, number, risk, state, due_on FROM cases_case WHERE team_id=%s AND state='open' ORDER BY due_on, id LIMIT 26"

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [key])
            cursor.fetchall()

    return ask


def _unlock(client: Client, town: Town) -> None:
    """Open keys, as the supervisor has them all day."""
    from django.conf import settings

    from spean.privacy import sessions

    session, handle = client.session, "bench-handle-of-one-browser-only"
    session["unlock"] = handle
    session.save()
    client.cookies[settings.UNLOCK_COOKIE_NAME] = sessions.open_for(handle, town.actor.ring)


def _store(town: Town) -> None:
    """Headers of cases: unsealed, for lists read nothing sealed. A few wait at a crossing."""
    from spean.accounts.models import Team, User
    from spean.cases.models import Arrival, Case
    from spean.places.models import Place

    others = [User.objects.create(username=f"bench{n}", name=f"Bench {n}", language="km").pk for n in range(1, COLLEAGUES)]
    workers = [town.actor.id, *others]
    team = Team.objects.get(pk=town.team)
    place = Place.objects.filter(level="commune").values_list("pk", flat=True).first()
    same = {"org_id": team.organisation_id, "team_id": team.id, "opened_by_id": town.actor.id, "place_id": place, "indicated": ""}
    same |= {"closed_for": "", "revision": 0, "person": b"\0" * 900, "source": "self", "sex": "woman", "age": "25-59"}
    names, ids = columns_of(Case), []
    risks = ("some", "high", "low", "not_known", "some", "some", "now")

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(CASES):
            on = date(2023, 1, 1) + timedelta(n * 7919 % 1400)
            more = {
                "id": uuid4(), "number": n + 1, "state": "closed" if n % 3 else "open", "country": ("TH", "KH", "MY")[n % 3],
                "risk": risks[n * 31 % len(risks)], "opened_on": on, "moved_on": on, "sent_hash": f"w{n:063d}",
                "due_on": clock.today() + timedelta(n % 200 - 60) if n % 3 == 0 else None,
                "assigned_to_id": None if n >= CASES - WAITING else workers[n // 3 % COLLEAGUES],
            }  # fmt: skip
            ids.append(more["id"])
            yield tuple((more if name in more else same).get(name) for name in names)

    with transaction.atomic():
        _pour(Case, rows())
        _pour(Arrival, (_waiting(team, pk, n) for n, pk in enumerate(ids[-WAITING:])))
    count_rows()


def _pour(model: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    """PostgreSQL copies into no table with a policy: into one beside it, and from there."""
    if connection.vendor == "sqlite":
        pour(model, rows)
        return
    table, names = model._meta.db_table, ", ".join(map(connection.ops.quote_name, columns_of(model)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE poured_{table} (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP")
        with cursor.copy(f"COPY poured_{table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} SELECT * FROM poured_{table}")  # noqa: S608 - names of tables


def _waiting(team: Any, case: UUID, n: int) -> tuple[Any, ...]:
    from spean.cases.models import Arrival

    row = {"id": uuid4(), "case_id": case, "org_id": team.organisation_id, "team_id": team.id, "crossing": "poipet"}
    row |= {"on": clock.today(), "state": "waiting", "number": n + 1, "rank": n % 3, "child": n % 5 == 0, "sick": False}
    return tuple(row[name] for name in columns_of(Arrival))


def _busy_case(town: Town) -> UUID:
    """A person with whom somebody has worked for two years: notes, tasks, money, a way home, all with their steps."""
    from spean.cases.operations import homecoming, money, opening, working

    worker = town.actor
    person = opening.Person("ចាន់ សុភា", "Chan Sophea", ("Phea",), {"phone": "012 345 678", "may_call": "yes"}, story=SAID)
    pk = opening.open_case(worker, town.team, person, opening.Facts("self", "woman", "25-59", "TH", "some"), uuid4())
    for n in range(NOTES):
        working.note(worker, pk, SAID, uuid4(), kind=("note", "call", "visit")[n % 3])
        if n % 4 == 0:
            working.task(worker, pk, SAID, uuid4(), kind="call", response="day")
    owed = money.begin(worker, pk, {"kind": "wages", "currency": "THB", "other": "employer"}, "តៃកុង", "", uuid4())
    for what in ("promised", "paid", "claimed"):
        money.add(worker, pk, owed, what, Decimal(9000), clock.today().replace(day=1), "", uuid4())
    homecoming.plan(worker, pk, "TH", homecoming.Planned("assisted"), uuid4())
    return pk
