"""F-01 and F-08: `kill -9` of whoever works, under load, also while photos are made harmless."""

import os
import random
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from faults import machine
from faults.clients import PHOTO_MARK, TELLS, Load
from faults.verdict import Verdict, look
from faults.world import Server, World

Tell = Callable[[int, Verdict], None]
SERVING, WORKING, PHOTOS = "spean.config.serving", "db_worker", "spean.collect.worker"


def kills(world: World, number: int, tell: Tell) -> Verdict:
    """`number` kills at random: one web process, all of them, `spean serve` itself, its worker, a backend, the postmaster."""
    total, ledger = Verdict(), world.fresh()
    if world.cluster:
        world.cluster.start()
    victims = [one_web, all_web, supervisor, worker, *([backend, postmaster] if world.cluster else [])]
    with world.server(supervised=True) as server, Load(server.port, ledger, photos=0.03, patience=30, plans=0.1) as load:
        for at in range(1, number + 1):
            load.wait_for(random.randint(3, 40), seconds=30)
            time.sleep(random.random() / 4)
            victim = victims[(at - 1) % len(victims)]
            note = victim(world, server)
            total.notes += [note] if note else []
            tell(at, total)
        load.stop()
        unanswered = load.settle(60)
        total.notes.append(f"all answered {unanswered:.0f} s after the last kill" if not ledger.waiting() else "")
        plans = sum(one.is_plan for one in ledger.acknowledged())
        total.notes.append(f"among them {plans} travel plans; {len(ledger.signed)} signs by short codes thanked for")
        total.notes = [note for note in total.notes if note]
        load.judge(total)
        total.untrue += len(ledger.waiting())
    total.add(look(world.town, ledger))
    world.end()
    return total


# -- whom ------------------------------------------------------------------------------------------------
def _with(server: Server, words: str) -> list[int]:
    return [pid for pid in server.family() if words in machine.words_of(pid)]


def _workers_of_web(server: Server) -> list[int]:
    """The processes that answer: children of the web server's first process, without those that make photos harmless."""
    first = _with(server, SERVING)[:1]
    below = machine.family(first[0])[1:] if first else []
    return [pid for pid in below if SERVING in machine.words_of(pid) or "multiprocessing.spawn" in machine.words_of(pid)]


def one_web(world: World, server: Server) -> str:
    """One of the two; the other goes on, and a new one comes."""
    found = _workers_of_web(server)
    machine.send(random.sample(found, min(1, len(found))), signal.SIGKILL)
    return "" if found else "no web process was found to kill"


def all_web(world: World, server: Server) -> str:
    """The web server's first process alone: its children must not outlive it, lest they hold the port."""
    machine.send(_with(server, SERVING)[:1], signal.SIGKILL)
    return _starts_again(server)


def supervisor(world: World, server: Server) -> str:
    """`spean serve` itself: its children are told to end."""
    assert server.process is not None
    machine.send([server.process.pid], signal.SIGKILL)
    return _starts_again(server)


def _starts_again(server: Server, seconds: float = 40) -> str:
    """As a service manager does when the unit has ended. What is still there after a while is a finding."""
    assert server.process is not None
    until = time.monotonic() + seconds
    while (server.process.poll() is None or server.orphans()) and time.monotonic() < until:
        time.sleep(0.05)
    left = [machine.words_of(pid)[:60] for pid in server.orphans()]
    server.end()
    server.start()
    return f"outlived their parent: {left}" if left else ""


def worker(world: World, server: Server) -> str:
    """The background worker; another is started."""
    found = _with(server, WORKING)
    machine.send(found, signal.SIGKILL)
    return ""


def backend(world: World, server: Server) -> str:
    """One connection's process of PostgreSQL: it then restarts all others."""
    assert world.cluster is not None
    found = world.cluster.backends()
    machine.send(random.sample(found, min(1, len(found))), signal.SIGKILL)
    return ""


def postmaster(world: World, server: Server) -> str:
    """PostgreSQL's first process; it is started again, as its service manager does."""
    assert world.cluster is not None
    world.cluster.kill()
    world.cluster.start()
    return ""


# -- photos ----------------------------------------------------------------------------------------------
def upload_kills(world: World, number: int, tell: Tell) -> Verdict:
    """F-08: whoever makes photos harmless is killed, or has no memory left; no plaintext may be on the disk."""
    total, ledger = Verdict(), world.fresh()
    if world.cluster:
        world.cluster.start()
    with world.server() as server, Load(server.port, ledger, clients=4, photos=1.0) as load, _hunt(server, number) as hunted:
        while (at := len(hunted)) < number and load.is_on:
            time.sleep(0.2)
            found = plaintext(world)
            total.untrue += len(found)
            total.notes += found[:3]
            tell(at, total)
        tell(len(hunted), total)
        _kill_web_in_the_midst(server)
        load.stop()
        load.settle(240)
        total.untrue += len(ledger.waiting())
        load.judge(total)
    total.notes += plaintext(world)[:3]
    total.untrue += len(plaintext(world))
    total.add(look(world.town, ledger))
    total.notes.append(_swept(world))
    world.end()
    return total


@contextmanager
def _hunt(server: Server, number: int) -> Iterator[list[int]]:
    """Kill them as they come: every second one at once, the others by taking their memory away."""
    hunted: list[int] = []
    ended = threading.Event()

    def hunt() -> None:
        known: set[int] = set()
        while not ended.is_set() and len(hunted) < number:
            for pid in [p for p in server.family() if p not in known and PHOTOS in machine.words_of(p)]:
                known.add(pid)
                if random.random() < 0.5:
                    time.sleep(random.random() / 2)
                    machine.send([pid], signal.SIGKILL)
                else:
                    with suppress(OSError):
                        resource.prlimit(pid, resource.RLIMIT_AS, (48 * 1024 * 1024, 48 * 1024 * 1024))
                hunted.append(pid)
            time.sleep(0.01)

    thread = threading.Thread(target=hunt)
    thread.start()
    try:
        yield hunted
    finally:
        ended.set()
        thread.join()


def _kill_web_in_the_midst(server: Server) -> None:
    machine.send(server.family(), signal.SIGKILL)
    server.end()
    server.start()


def plaintext(world: World) -> list[str]:
    """Files of the installation and of its temporary folder that hold words, a photo's mark, or any picture in clear."""
    marks = (TELLS.encode(), PHOTO_MARK, b"\xff\xd8\xff\xe0")
    found = []
    for folder in (world.mount, world.temporary):
        for path in (Path(at) / name for at, _folders, names in os.walk(folder) for name in names):
            with suppress(OSError):
                data = path.read_bytes()
                if any(mark in data for mark in marks):
                    found.append(f"in clear: {path.relative_to(world.home)}")
    return found


def _swept(world: World) -> str:
    """`spean daily` a day later takes away the sealed files that belong to no report, and only those."""
    from django.conf import settings

    from spean.voices.models import Attachment
    from spean.voices.operations import retention

    for path in settings.SEALED_FILES_DIR.glob("*/*"):
        os.utime(path, (0, 0))
    swept, owned = retention.sweep_files(), Attachment.objects.count()
    left = len(list(settings.SEALED_FILES_DIR.glob("*/*")))
    assert left == owned, f"{left} sealed files for {owned} rows"
    return f"{swept} orphaned sealed files swept"
