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

from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench.load import Running, post

PASSWORD = secrets.token_urlsafe(24)
TOLD = "ឈ្មួញកណ្តាលយកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយមិនព្រមប្រគល់មកវិញទេ។ " * 4
BATCH = 5_000
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
    """Migrate, make one organisation with a team that has a key, and store `concerns` headers."""
    from spean.accounts import operations as people
    from spean.accounts import queries
    from spean.accounts.access import SYSTEM
    from spean.privacy import keys

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        number = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
        cursor.execute(f"CREATE TABLE bench_bare (id {number}, body TEXT)")
    org = people.found_organisation(SYSTEM, kind="ngo", level="national", name_km="សាកល្បង", name_en="Bench")
    team = people.add_team(SYSTEM, org.id, name_km="ក្រុម", name_en="Team", receives_reports=True)
    user, _code = people.accept_invitation(
        people.invite(SYSTEM, team, "supervisor"), username="bench", name="Bench", password=PASSWORD, language="km"
    )
    people.start_team_key(queries.actor_for(user, keys.unlock(user.id, PASSWORD)), team.id)
    _store(org.id, team.id, concerns)
    return Town(folder, team.id, queries.actor_for(user, keys.unlock(user.id, PASSWORD)))


def _store(org: UUID, team: UUID, concerns: int) -> None:
    from spean.voices.models import Concern

    first, kinds = date(2023, 1, 1), ("fees", "scam", "agency")
    states = ("new", "open", "waiting", "answered", "joined", "closed")
    for begin in range(0, concerns, BATCH):
        Concern.objects.bulk_create(
            Concern(
                org_id=org,
                team_id=team,
                kind=kinds[n % 3],
                danger="now" if n % 97 == 0 else "no",
                happened="month",
                answer_wish="receipt",
                channel="public",
                state=states[n % 6],
                received_on=first + timedelta(n % 1400),
                moved_on=first + timedelta(n % 1400),
                sent_hash=f"{n:064d}",
                told=b"\0" * 512,
            )
            for n in range(begin, min(begin + BATCH, concerns))
        )
        print(f"\rstored {begin + BATCH:,} of {concerns:,} concerns", end="", flush=True)


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


def lists(town: Town) -> Iterator[Row]:
    """The inbox's first page and a page far in, beside the bare SQL of the same rows."""
    from spean.voices import queries
    from spean.voices.models import Concern

    order = "ORDER BY CASE WHEN danger='now' THEN 0 ELSE 1 END, received_on, id LIMIT 26"
    where = "FROM voices_concern WHERE team_id=%s AND state IN ('new','open','waiting')"
    key = town.team.hex if connection.vendor == "sqlite" else town.team

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, kind, danger, state, received_on {where} {order}", [key])
            cursor.fetchall()

    cursor = ""
    for _ in range(40):
        cursor = queries.inbox(town.actor, after=cursor).after
    count = Concern.objects.count()
    peer = _median_ms(bare)
    for name, after in (("first page", ""), ("page 40", cursor)):
        ours = _median_ms(lambda after=after: queries.inbox(town.actor, after=after))
        yield f"inbox of {count:,} concerns, {name}", f"{ours:.1f} ms", f"bare SQL {peer:.1f} ms", ours / peer


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
