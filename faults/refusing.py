"""F-09: the trail takes no entry; then nothing sealed is read, nothing is taken in, and it is said."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from faults.clients import Load, honest_sentences, somewhere
from faults.verdict import Verdict, look
from faults.world import Server, World

Tell = Callable[[int, Verdict], None]
SQL = {
    "sqlite": (
        "CREATE TRIGGER faults_refuse BEFORE INSERT ON privacy_auditentry BEGIN SELECT RAISE(ABORT, 'no room'); END",
        "DROP TRIGGER faults_refuse",
    ),
    "postgresql": (
        (
            "CREATE FUNCTION faults_refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$ LANGUAGE plpgsql; "
            "CREATE TRIGGER faults_refuse BEFORE INSERT ON privacy_auditentry FOR EACH ROW EXECUTE FUNCTION faults_refuse()"
        ),
        "DROP TRIGGER faults_refuse ON privacy_auditentry; DROP FUNCTION faults_refuse",
    ),
}


def refusing(world: World, number: int, tell: Tell) -> Verdict:
    """`number` reports, as many reads by receipt and as many by the team while the trail refuses; then all of it again."""
    total, ledger = Verdict(), world.fresh()
    if world.cluster:
        world.cluster.start()
    with world.server() as server:
        load = Load(server.port, ledger, clients=0)
        while len(ledger.codes) < number:
            load.once()
        codes = list(ledger.codes.values())
        with _refused():
            before = len(ledger.codes)
            read = sum(_opens(server, code) for code in codes) + sum(_team_reads(world))
            for at in range(1, number + 1):
                load.once()
                tell(at, total)
            taken = len(ledger.codes) - before
        total.untrue += read + taken
        total.notes.append(
            f"while the trail refused: {read} of {2 * number} sealed reads opened, {taken} of {number} reports taken"
        )
        load.settle(30)
        by_team = list(_team_reads(world))
        again, all_of_them = sum(_opens(server, code) for code in codes) + sum(by_team), number + len(by_team)
        total.untrue += (all_of_them - again) + len(ledger.waiting())
        total.notes.append(f"afterwards {again} of {all_of_them} opened, answers {dict(load.answers)}")
        load.judge(total)
    total.add(look(world.town, ledger))
    world.end()
    return total


@contextmanager
def _refused() -> Iterator[None]:
    from django.db import connection

    begin, end = SQL[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(end)


def _opens(server: Server, code: str) -> bool:
    """Whether the receipt's number shows its thread; a refusal must be honest."""
    body = urllib.parse.urlencode({"code": code}).encode()
    address = f"http://127.0.0.1:{server.port}/en/receipt/"
    try:
        asked = urllib.request.Request(address, body, {"X-Forwarded-For": somewhere()})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        page = error.read().decode("utf-8", "replace")
        if error.code != 503 or not any(words in page for words in honest_sentences()):
            raise OSError(f"a sealed read was answered with {error.code}: {page[-900:]}") from error
        return False


def _team_reads(world: World) -> Iterator[bool]:
    """Whether the operation that shows a concern to its team shows it."""
    from spean.kernel.errors import Unavailable
    from spean.voices.models import Concern
    from spean.voices.operations import triage

    assert world.town is not None
    for pk in Concern.objects.values_list("pk", flat=True):
        try:
            triage.read(world.town.actor, pk)
        except Unavailable:
            yield False
        else:
            yield True
