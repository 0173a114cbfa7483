"""`make faults`: every fault on SQLite and on PostgreSQL, with a ledger of what was promised, and one table at the end."""

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql")
FAULTS = ("kills", "uploads", "cuts", "controls", "order", "full", "clocks", "gone", "refusing")
HEAD = "| fault | database | n | acknowledged | lost | doubled | half | untrue words | loss a fault, at most (95%) | verdict |"


def options() -> argparse.Namespace:
    """What can be asked for."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, help="one database only (default both)")
    parser.add_argument("--only", nargs="*", choices=FAULTS, default=list(FAULTS), help="some faults only")
    parser.add_argument("--kills", type=int, default=20, help="F-01: kill -9 under load (default 20; a long run: 1000)")
    parser.add_argument("--uploads", type=int, default=10, help="F-08: kills of whoever makes photos harmless (default 10)")
    parser.add_argument("--cuts", type=int, default=30, help="F-02: power cuts (default 30; a nightly run: 200)")
    parser.add_argument("--controls", type=int, default=3, help="F-03: cuts with careless settings, each kind (default 3)")
    parser.add_argument("--orders", type=int, default=100, help="F-04: acknowledgements followed by strace (default 100)")
    parser.add_argument("--points", type=int, default=20, help="F-05: points at which the disk is full (default 20)")
    parser.add_argument("--rounds", type=int, default=1, help="F-06: rounds of six leaps of the clock (default 1)")
    parser.add_argument("--gone", type=float, default=30.0, help="F-07: seconds without a database (default 30; a real run: 600)")
    parser.add_argument("--refused", type=int, default=10, help="F-09: reports and reads while the trail refuses (default 10)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    fault: str
    number: int
    verdict: "object"
    control: bool = False


def main() -> int:
    """Each database in a process of its own; the worst exit code."""
    asked = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything is ended and unmounted then, too
    if asked.here:
        return here(asked)
    command = [sys.executable, "-m", "faults", *sys.argv[1:], "--here"]
    wanted = [asked.database] if asked.database else list(DATABASES)
    print(f"{HEAD}\n{'| --- ' * 10}|", flush=True)
    return max(subprocess.run([*command, "--database", name], check=False, cwd=ROOT).returncode for name in wanted)


def here(asked: argparse.Namespace) -> int:
    """All faults on one database. What cannot be done on this machine is skipped, and the reason is told."""
    from faults.world import world

    worst = 0
    with tempfile.TemporaryDirectory(prefix="spean-faults-") as folder:
        home = Path(folder)
        impossible = reasons(home)
        tell(f"a town on {asked.database} is made")
        with world(home, postgresql=asked.database == "postgresql") as town:
            for name in FAULTS:
                if name not in asked.only:
                    continue
                if name in impossible:
                    print(f"| {name} | {town.database} | 0 | | | | | | | skipped: {impossible[name]} |", flush=True)
                    continue
                worst |= max(one(name, run, town.database) for run in runs(name, town, asked))
    tell(f"{asked.database}: done on {date.today().isoformat()}")  # noqa: DTZ011 - the day on this machine
    return worst


def reasons(home: Path) -> dict[str, str]:
    """Fault -> why it cannot be done here."""
    from faults import clocks, machine

    found = {}
    no_mounts = machine.why_no_mounts(home)
    if no_mounts:
        found = dict.fromkeys(("cuts", "controls", "full"), no_mounts)
    if not shutil.which("strace"):
        found["order"] = "strace is missing"
    if not clocks.library():
        found["clocks"] = "libfaketime is missing"
    return found


Run = tuple[str, int, Callable, bool]


def runs(name: str, town, asked: argparse.Namespace) -> list[Run]:
    """(what it is called, how many, what does it, whether it is a control that must lose)."""
    from faults import clocks, cuts, full, gone, kills, order, refusing
    from faults.world import CARELESS

    def careless(how: str) -> Callable:
        def run(number: int, tells: Callable) -> object:
            if town.cluster:
                town.cluster.fsync = False
            try:
                return cuts.power_cuts(town, number, tells, target=CARELESS, FAULTS_SYNCHRONOUS=how)
            finally:
                if town.cluster:
                    town.cluster.fsync = True

        return run

    def simple(work: Callable, what: str, number: int) -> list[Run]:
        return [(what, number, lambda n, tells: work(town, n, tells), False)]

    def unordered(number: int, tells: Callable) -> object:
        return order.order(town, number, tells, target=CARELESS, FAULTS_SYNCHRONOUS="NORMAL")

    controls = [("F-03 control: fsync=off", asked.controls, careless("FULL"), True)]
    if not town.cluster:
        controls = [(f"F-03 control: synchronous={how}", asked.controls, careless(how), True) for how in ("OFF", "NORMAL")]
    in_order = simple(order.order, "F-04 order by strace", asked.orders)
    if not town.cluster:
        in_order.append(("F-04 control: synchronous=NORMAL", 10, unordered, True))
    every: dict[str, list[Run]] = {
        "kills": simple(kills.kills, "F-01 kill -9 under load", asked.kills),
        "uploads": simple(kills.upload_kills, "F-08 photos' process killed or out of memory", asked.uploads),
        "cuts": simple(cuts.power_cuts, "F-02 power cut", asked.cuts),
        "controls": controls,
        "order": in_order,
        "full": simple(full.full, "F-05 disk full", asked.points),
        "clocks": simple(clocks.clocks, "F-06 clock leaps", asked.rounds),
        "gone": simple(lambda w, _n, t: gone.gone(w, asked.gone, t), f"F-07 database gone {asked.gone:.0f} s, slow, storm", 1),
        "refusing": simple(refusing.refusing, "F-09 trail refuses writes", asked.refused),
    }
    return every[name]


def one(name: str, run: Run, database: str) -> int:
    """Run it, print its line and its notes; 0 when the verdict is as it should be."""
    what, number, work, control = run
    done = [0]

    def tells(at: int, so_far) -> None:
        done[0] = at
        tell(f"{what}, {database}: {at}, {so_far.lost} lost, {so_far.untrue} untrue")

    try:
        verdict = work(number, tells)
    except (OSError, AssertionError, httpx.TransportError) as error:
        print(f"| {what} | {database} | {done[0]} | | | | | | | THE RIG BROKE: {error!r:.200} |", flush=True)
        return 1
    good = not verdict.is_good if control else verdict.is_good
    words = ("as it should: it loses" if good else "THE RIG IS BLIND") if control else ("passed" if good else "FAILED")
    bound = "" if control or not good else f"{3 / max(1, done[0]):.2g}"
    counts = f"{verdict.acknowledged} | {verdict.lost} | {verdict.doubled} | {verdict.half} | {verdict.untrue}"
    print(f"| {what} | {database} | {done[0]} | {counts} | {bound} | {words} |", flush=True)
    left = (
        f"harmless: {verdict.unasked} saved and not told, {verdict.keys_left} keys and {verdict.files_left} files without a row",
        f"answered after the cut, as no machine without power does: {verdict.late}, of these not there: {verdict.late_missing}",
    )
    for note in [*[*dict.fromkeys(verdict.notes)][: 3 if control else 12], *left]:
        tell(f"  {note}")
    return 0 if good else 1


def tell(words: str) -> None:
    """Progress goes to standard error: the table stands alone."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
