"""F-02 and F-03: the power is cut under load; whatever was acknowledged has to be there. Careless settings must lose."""

import random
import time
from collections.abc import Callable
from uuid import UUID

from faults import machine
from faults.clients import Load
from faults.ledger import Ledger
from faults.verdict import Verdict, late, look
from faults.warm import Warm
from faults.world import HONEST, World

MEGABYTES = {"SQLite": 96, "PostgreSQL": 256}
Tell = Callable[[int, Verdict], None]


def power_cuts(world: World, cuts: int, tell: Tell, *, target: str = HONEST, **environment: str) -> Verdict:
    """Cut by cut on one disk, which is written on each time; words and photos both."""
    total, seen = Verdict(), set[UUID]()
    with machine.Disk(world.home / "disk.img", world.mount, MEGABYTES[world.database]) as disk:
        ledger = world.fresh()
        warm = Warm(world, target, **environment)
        try:
            for number in range(1, cuts + 1):
                found = _one_cut(world, disk, ledger, warm)
                _look(world, disk, ledger, seen, found)
                total.add(found)
                tell(number, total)
                if not found.is_good:  # the next cut begins with a whole installation
                    world.end()
                    ledger, seen = world.fresh(), set()
        finally:
            warm.close()
            world.end()
    return total


def _one_cut(world: World, disk: machine.Disk, ledger: Ledger, warm: Warm) -> Verdict:
    """Load, the cut in the midst of it, then everybody is dead.

    What is emulated is a disk without power under a machine that still runs: an answer may leave after the cut. A machine
    without power sends none, so such an answer promises nothing; it is judged for its honesty, and counted apart.
    """
    if world.cluster and world.cluster.process is None:
        world.cluster.start()
    port, found = warm.start(), Verdict()
    with Load(port, ledger, photos=0.04, patience=5) as load:
        load.wait_for(random.randint(3, 40), seconds=30)
        time.sleep(random.random() / 5)
        ledger.power_goes_off()
        disk.cut()
        time.sleep(0.2)
        load.ask_to_stop()
        warm.kill()
    if world.cluster:
        world.cluster.end()
    load.judge(found)
    ledger.power_is_back()
    return found


def _look(world: World, disk: machine.Disk, ledger: Ledger, seen: set[UUID], found: Verdict) -> None:
    """The power returns. What cannot be opened any more at all has lost everything that was acknowledged."""
    wrong = disk.power_returns()
    if wrong:
        found.broken += 1
        found.notes.append(f"e2fsck: {wrong[:200]}")
    try:
        if world.cluster:
            world.cluster.start()
        found.add(look(world.town, ledger, seen))
        found.late, found.late_missing = late(ledger)
    except Exception as error:  # noqa: BLE001 - a database that does not start, or is no database any more
        gone = len(ledger.codes.keys() - seen)
        found.acknowledged += gone
        found.lost += gone
        found.broken += 1
        found.notes.append(f"{type(error).__name__}: {error}"[:300])
    world.let_go()
