"""Processes and disks: what the rig starts, kills by its id, mounts, cuts off, and always cleans up."""

import contextlib
import fcntl
import os
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2  # EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """A program that must succeed; its own words when it does not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
    return done


# -- processes ------------------------------------------------------------------------------------------
def family(pid: int) -> list[int]:
    """A process and all its descendants, the eldest first."""
    found, left = [], [pid]
    while left:
        at = left.pop(0)
        found.append(at)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{at}/task").iterdir():
                left += [int(child) for child in (task / "children").read_text().split()]
    return found


def words_of(pid: int) -> str:
    """Its command line; nothing of one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def send(pids: list[int], number: int) -> None:
    """A signal to each; who has ended already does not mind."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def is_there(pid: int) -> bool:
    """Whether it runs: a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def kill_all(pids: list[int]) -> None:
    """End these at once, and wait until the last is gone."""
    send(pids, signal.SIGKILL)
    until = time.monotonic() + 20
    while any(is_there(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.01)


def end(process: "subprocess.Popen[Any] | None", number: int = signal.SIGKILL, also: list[int] | None = None) -> None:
    """End a process of ours with all its descendants, and wait until the last is gone."""
    if process is None:
        return
    everyone = [*(family(process.pid) if process.poll() is None else []), *(also or [])]
    send(everyone[:1] if number != signal.SIGKILL else everyone, number)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    kill_all([pid for pid in everyone if is_there(pid)])
    process.wait(20)


# -- disks ----------------------------------------------------------------------------------------------
def why_no_mounts(folder: Path) -> str:
    """Why no disk of our own can be mounted and cut off here; nothing when it can."""
    if os.geteuid():
        return "mounting a disk needs root"
    missing = [name for name in ("mkfs.ext4", "e2fsck", "mount", "umount") if not shutil.which(name)]
    if missing:
        return f"{', '.join(missing)} is missing"
    probe = folder / "probe"
    probe.mkdir()
    try:
        with Disk(folder / "probe.img", probe, megabytes=16) as disk:
            disk.cut()
    except OSError as error:
        return f"this kernel mounts and cuts no loop device: {error}"
    return ""


class Disk:
    """An ext4 file system in a file, mounted through a loop device; `cut` is the power cut."""

    def __init__(self, image: Path, at: Path, megabytes: int) -> None:
        self.image, self.at, self.megabytes = image, at, megabytes

    def __enter__(self) -> Self:
        with self.image.open("wb") as file:
            file.truncate(self.megabytes * 1024 * 1024)
        run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", self.image)
        self.mount()
        return self

    def __exit__(self, *_error: object) -> None:
        unmount(self.at)
        self.image.unlink(missing_ok=True)

    def mount(self) -> None:
        """Through a loop device, with ext4's own defaults; what its journal holds is replayed."""
        run("mount", "-o", "loop", self.image, self.at)

    def cut(self) -> None:
        """From this moment nothing more reaches the disk, not even what the journal has in memory."""
        folder = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(folder)

    def power_returns(self) -> str:
        """Unmount, mount (which replays the journal), and look: what `e2fsck` found wrong, or nothing."""
        unmount(self.at)
        self.mount()
        unmount(self.at)
        done = subprocess.run(["e2fsck", "-f", "-n", self.image], capture_output=True, text=True, check=False)
        self.mount()
        return "" if done.returncode == 0 else done.stdout.strip()


def unmount(at: Path) -> None:
    """Once nobody uses it; a process that was just killed may need a moment."""
    if not os.path.ismount(at):
        return
    for _attempt in range(100):
        if subprocess.run(["umount", at], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    run("umount", "--lazy", at)


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[Path]:
    """A file system in memory of this size."""
    run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0755", "spean-faults", at)
    try:
        yield at
    finally:
        unmount(at)


def free_bytes(at: Path) -> int:
    """What is left for everybody."""
    found = os.statvfs(at)
    return found.f_bavail * found.f_frsize
