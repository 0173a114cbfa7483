"""F-05: the disk is full, at many points; nothing is acknowledged that is not kept, and all goes on when there is room."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from faults import machine
from faults.clients import Load
from faults.verdict import Verdict, look
from faults.world import Server, World

Tell = Callable[[int, Verdict], None]
KILOBYTES = {"SQLite": 24_000, "PostgreSQL": 120_000}
UNGUARDED = "faults.unguarded_wsgi:application"
RECOVERS = 60


def full(world: World, points: int, tell: Tell) -> Verdict:
    """Half of the points with Spean's own guard (files stop first, then words), half without it, until the system refuses."""
    total = Verdict()
    with machine.small_disk(world.mount, KILOBYTES[world.database]):
        for target in ("faults.wsgi:application", UNGUARDED):
            ledger = world.fresh()
            if world.cluster:
                world.cluster.start()
            with world.server(target=target) as server:
                if target != UNGUARDED:
                    _words_outlive_files(world, server, total)
                for at in range(1, points // 2 + 1):
                    _one_point(world, server, total)
                    tell(at + (points // 2) * (target == UNGUARDED), total)
            total.add(look(world.town, ledger))
            world.end()
    return total


def _one_point(world: World, server: Server, total: Verdict) -> None:
    """Reports come while the room goes; at a random moment there is room again, and everybody is answered."""
    ledger, ballast = world.ledger, world.mount / "ballast"
    assert ledger is not None
    with Load(server.port, ledger, clients=6, photos=0.08, patience=60) as load:
        load.wait_for(2, seconds=20)
        _fill(world, ballast, leave=random.choice((0, 0, 4, 16, 64, 256, 700)) * 1024 + random.randint(0, 8192))
        time.sleep(0.5 + random.random())
        if server.health("/readyz", 30) not in {200, 503}:
            total.untrue += 1
            total.notes.append("/readyz said neither yes nor no")
        ballast.unlink()
        if world.cluster and (world.cluster.process is None or world.cluster.process.poll() is not None):
            total.notes.append("PostgreSQL had ended for want of room and was started again")
            world.cluster.start()
        _drains(load, total)
        load.judge(total)


def _drains(load: Load, total: Verdict) -> None:
    began = time.monotonic()
    load.ask_to_stop()
    load.settle(RECOVERS)
    if load.ledger.waiting():
        total.untrue += len(load.ledger.waiting())
        total.notes.append(f"not answered {time.monotonic() - began:.0f} s after there was room again")


def _fill(world: World, ballast: Path, leave: int) -> None:
    """All room but so many bytes."""
    step = 256 * 1024
    with ballast.open("wb", buffering=0) as file:
        while (more := min(step, machine.free_bytes(world.mount) - leave)) > 0:
            try:
                file.write(bytes(more))
            except OSError:
                break


def _words_outlive_files(world: World, server: Server, total: Verdict) -> None:
    """At 10% free a photo is refused and words are taken; at 2% words are refused too, and readiness says so."""
    ledger, ballast = world.ledger, world.mount / "ballast"
    assert ledger is not None
    load, size = Load(server.port, ledger, clients=0), KILOBYTES[world.database] * 1024
    seen = []
    for share in (0.10, 0.02):
        _fill(world, ballast, leave=int(size * share))
        seen.append((load.once(photo=True), load.once(photo=False), server.health("/readyz")))
        ballast.unlink()
    _drains(load, total)
    load.judge(total)
    if seen != [(503, 200, 200), (503, 503, 503)]:
        total.untrue += 1
        total.notes.append(f"with 10% and 2% free: (photo, words, ready) = {seen}")
