"""F-07: the database is gone, slow, or has no connection left: no wrong answers, honest words, and then all drains."""

import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from faults import machine
from faults.clients import Load
from faults.verdict import Verdict, look
from faults.world import Server, World

Tell = Callable[[int, Verdict], None]
DRAINS, SLOW = 60, 5.0
STORM = 200


def gone(world: World, seconds: float, tell: Tell) -> Verdict:
    """Gone for `seconds`, slow for 5 s, then a storm of readers and, on PostgreSQL, no connection left."""
    total, ledger = Verdict(), world.fresh()
    if world.cluster:
        world.cluster.start()
    with world.server() as server:
        cases = [("gone", _gone, seconds), ("slow", _slow, SLOW)]
        cases += [("no connection left", _crowded, 10.0)] if world.cluster else []
        for at, (name, trouble, length) in enumerate(cases, 1):
            _one(world, server, total, name, trouble, length)
            tell(at, total)
        _storm(server, total)
        tell(len(cases) + 1, total)
    total.add(look(world.town, ledger))
    world.end()
    return total


def _one(world: World, server: Server, total: Verdict, name: str, trouble: Callable, length: float) -> None:
    assert world.ledger is not None
    with Load(server.port, world.ledger, clients=8, patience=90) as load:
        load.wait_for(5, seconds=30)
        with trouble(world):
            began, before = time.monotonic(), len(world.ledger.codes)
            time.sleep(min(length, 3.0))
            states = (server.health("/healthz", 60), server.health("/readyz", 60))
            time.sleep(max(0.0, length - (time.monotonic() - began)))
            meanwhile = len(world.ledger.codes) - before
        load.ask_to_stop()
        took = load.settle(DRAINS)
        load.judge(total)
        total.notes.append(
            f"{name} for {length:.0f} s: healthz and readyz {states}, {meanwhile} acknowledged meanwhile, "
            f"answers {dict(load.answers)}, drained in {took:.1f} s"
        )
    total.untrue += len(world.ledger.waiting())
    if name == "gone" and world.cluster and states[1] != 503:  # a locked SQLite can still be read
        total.untrue += 1
        total.notes.append("/readyz did not say that the database is gone")


@contextmanager
def _gone(world: World) -> Iterator[None]:
    """PostgreSQL stands still for good; SQLite's file is locked by somebody else."""
    if world.cluster:
        world.cluster.kill()
        try:
            yield
        finally:
            world.cluster.start()
    else:
        with _locked(world):
            yield


@contextmanager
def _slow(world: World) -> Iterator[None]:
    """Every process of PostgreSQL stands still, and goes on; SQLite's file is locked for so long."""
    if not world.cluster:
        with _locked(world):
            yield
        return
    everyone = world.cluster.family()
    machine.send(everyone, signal.SIGSTOP)
    try:
        yield
    finally:
        machine.send(everyone, signal.SIGCONT)


@contextmanager
def _locked(world: World) -> Iterator[None]:
    held = sqlite3.connect(world.data / "spean.sqlite3", isolation_level=None, timeout=30)
    held.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        held.execute("ROLLBACK")
        held.close()


@contextmanager
def _crowded(world: World) -> Iterator[None]:
    """Somebody else holds every connection that PostgreSQL gives; those of the server were closed."""
    import psycopg

    assert world.cluster is not None
    machine.send(world.cluster.backends(), signal.SIGTERM)
    held = []
    try:
        while True:
            held.append(psycopg.connect(world.cluster.url, connect_timeout=5))
    except psycopg.OperationalError:
        pass
    try:
        yield
    finally:
        for connection in held:
            connection.close()


def _storm(server: Server, total: Verdict) -> None:
    """Many readers at once."""
    ledger = server.world.ledger
    assert ledger is not None
    with Load(server.port, ledger, clients=STORM, patience=120) as load:
        load.wait_for(STORM, seconds=60)
        load.ask_to_stop()
    took = load.settle(DRAINS)
    load.judge(total)
    total.untrue += len(ledger.waiting())
    total.notes.append(
        f"{STORM} at once: answers {dict(load.answers)}, the longest {load.longest:.1f} s, drained in {took:.1f} s"
    )
