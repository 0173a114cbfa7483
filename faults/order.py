"""F-04: by strace, at the moment an acknowledgement leaves nothing that it promises is still on its way to the disk."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from faults import machine
from faults.clients import Load
from faults.verdict import Verdict, look
from faults.world import World

Tell = Callable[[int, Verdict], None]
CALLS = (
    "write,writev,sendto,sendmsg,pwrite64,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat,unlink,close"
)
_LINE = re.compile(r"^(\d+)\s+(\d+\.\d+) (.*)$")
_FILE = re.compile(r"^\w+\(\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]+)"')
_TOOK = re.compile(r"<(\d+\.\d+)>$")


@dataclass
class Trace:
    """What is written and not yet on the disk, seen event by event."""

    dirty: dict[str, float] = field(default_factory=dict)  # path -> when it was last written
    synced: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    acknowledged: int = 0
    early: list[str] = field(default_factory=list)


def order(world: World, number: int, tell: Tell, **more: str) -> Verdict:
    """One client, one report after the other, every system call that matters written down; then read from the front."""
    ledger, trace_file = world.fresh(), world.home / "trace"
    if world.cluster:
        world.cluster.start()
    server = world.server(**more)
    server.before = ["strace", "-f", "-q", "-y", "-ttt", "-T", "-s", "24", "-e", f"trace={CALLS}", "-o", str(trace_file)]
    database = _follow_database(world)
    total = Verdict()
    with server:
        load = Load(server.port, ledger, clients=0)
        for at in range(1, number + 1):
            load.once(photo=at % 5 == 0)
            tell(at, total)
        load.settle(30)
        load.judge(total)
        time.sleep(0.2)
    machine.end(database, also=None)
    total.add(look(world.town, ledger))
    seen = read([trace_file, world.home / "trace-database"], world)
    total.untrue += len(seen.early) + max(0, len(ledger.codes) - seen.acknowledged)
    total.notes += seen.early[:5]
    total.notes.append(f"{len(ledger.codes)} acknowledgements, {len(seen.early)} too early; synced: {_summary(seen)}")
    world.end()
    return total


def _follow_database(world: World):  # noqa: ANN202 - a process, or None
    import subprocess

    if not world.cluster or world.cluster.process is None:
        return None
    command = ["strace", "-f", "-q", "-y", "-ttt", "-T", "-s", "24", "-e", f"trace={CALLS}"]
    process = subprocess.Popen([*command, "-o", str(world.home / "trace-database"), "-p", str(world.cluster.process.pid)])
    time.sleep(1)
    return process


def read(files: list[Path], world: World) -> Trace:
    """All events of all processes in the order in which they began; an end counts when it came."""
    trace = Trace()
    events = sorted(event for path in files if path.exists() for event in _events(path.read_text(errors="replace")))
    for when, what, target in events:
        if what == "send":
            _acknowledges(trace, when)
        elif _is_kept(target, world):
            if what == "wrote":
                trace.dirty[target] = when
            elif what.startswith("synced"):
                began = float(what.split()[1])
                trace.synced[_kind(target)] += 1
                if trace.dirty.get(target, 0.0) <= began:
                    trace.dirty.pop(target, None)
            elif what == "gone":
                trace.dirty.pop(target, None)
    return trace


def _acknowledges(trace: Trace, when: float) -> None:
    trace.acknowledged += 1
    if trace.dirty:
        trace.early.append(f"number {trace.acknowledged} left while on its way to the disk: {sorted(map(_kind, trace.dirty))}")


def _events(text: str) -> Iterator[tuple[float, str, str]]:
    """(moment, what, path): a write when it began, a sync when it had ended, an answer when it began to leave."""
    begun: dict[str, tuple[float, str]] = {}
    for line in text.splitlines():
        parts = _LINE.match(line)
        if not parts:
            continue
        pid, moment, rest = parts[1], float(parts[2]), parts[3]
        if rest.endswith("<unfinished ...>"):
            begun[pid] = (moment, rest.removesuffix("<unfinished ...>"))
            yield from _as_begun(moment, rest)
            continue
        if rest.startswith("<... "):
            began, first = begun.pop(pid, (moment, ""))
            yield from _as_ended(began, moment, first, rest)
            continue
        took = _TOOK.search(rest)
        yield from _as_begun(moment, rest)
        yield from _as_ended(moment, moment + (float(took[1]) if took else 0.0), rest, rest)


def _as_begun(moment: float, call: str) -> Iterator[tuple[float, str, str]]:
    name, found = call.partition("(")[0], _FILE.match(call)
    path = found[1] if found else ""
    if '"HTTP/1.1 200' in call:
        yield moment, "send", path
    elif name in {"write", "writev", "pwrite64", "pwritev", "ftruncate"} and path.startswith("/"):
        yield moment, "wrote", path
    elif name.startswith(("rename", "mkdir")) and (names := _NAMES.findall(call)):
        yield moment, "wrote", str(Path(names[-1]).parent)
        if name.startswith("rename"):
            yield moment, "gone", names[0]


def _as_ended(began: float, ended: float, first: str, last: str) -> Iterator[tuple[float, str, str]]:
    name, found = first.partition("(")[0], _FILE.match(first)
    if name in {"fsync", "fdatasync"} and found and ") = 0" in last.replace("  ", " "):
        yield ended, f"synced {began}", found[1]


def _is_kept(path: str, world: World) -> bool:
    """What an acknowledgement promises: both logs, the sealed files, the folders that name them. Pages come from the logs."""
    data = str(world.mount)
    return path.startswith(data) and (path.endswith(("-wal", "-partial")) or "/pg_wal/" in path or "/sealed" in path)


def _kind(path: str) -> str:
    if "/pg_wal/" in path:
        return "PostgreSQL's log"
    if "/sealed" in path:
        return "sealed file" if "." in Path(path).name else "folder of sealed files"
    return Path(path).name


def _summary(trace: Trace) -> str:
    with suppress(ValueError):
        return ", ".join(f"{name} {count}" for name, count in sorted(trace.synced.items()))
    return ""
