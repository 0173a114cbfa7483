"""A PostgreSQL of the rig's own, whose cluster lies where the faults happen."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from faults import machine

ROOT = Path(__file__).resolve().parent.parent
FEW_CONNECTIONS = 60


def _script() -> ModuleType:
    """scripts/with_postgres knows where the programs are, and who may run them."""
    loader = SourceFileLoader("with_postgres", str(ROOT / "scripts/with_postgres"))
    spec = spec_from_loader("with_postgres", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


class Cluster:
    """`make`, `start`, `stop`, and what kills it."""

    def __init__(self, home: Path, data: Path) -> None:
        script = _script()
        found = script.programs()
        if found is None:
            raise OSError("PostgreSQL 15 or newer is missing")
        self.programs: Path = found
        somebody = script.owner()
        self.data, self.log, self.home = data, home / "postgresql.log", home
        self.user: dict[str, Any] = {"cwd": home}
        self.ids = (somebody.pw_uid, somebody.pw_gid) if somebody else (os.getuid(), os.getgid())
        if somebody:
            self.user |= {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}
        self.port = script.free_port()
        self.password = secrets.token_hex(16)
        self.process: subprocess.Popen[bytes] | None = None
        self.fsync = True

    @property
    def url(self) -> str:
        """For SPEAN_DATABASE_URL."""
        return f"postgres://spean:{self.password}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """A new cluster with checksums and small segments of its log."""
        secret = self.home / "password"
        secret.write_text(self.password, encoding="ascii")
        os.chown(secret, *self.ids)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        os.chown(self.data.parent, *self.ids)
        options = ["-U", "spean", "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "-k", "--wal-segsize=1"]
        command = [str(self.programs / "initdb"), *options, f"--pwfile={secret}", "-D", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self.user)
        if done.returncode:
            raise OSError(f"initdb: {done.stderr.strip()}")

    def start(self, seconds: float = 60) -> None:
        """Start, and wait until it has recovered; an older postmaster's children may have to end first."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                self.process = self._started()
            ready = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise OSError("PostgreSQL did not start:\n" + self.last_words())

    def _started(self) -> "subprocess.Popen[bytes]":
        values = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "on" if self.fsync else "off",
            "max_connections": FEW_CONNECTIONS,
            "shared_buffers": "32MB",
            "max_wal_size": "16MB",
            "min_wal_size": "2MB",
        }
        flags = [part for name, value in values.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return subprocess.Popen([self.programs / "postgres", "-D", self.data, *flags], stdout=log, stderr=log, **self.user)

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:]) if self.log.exists() else ""

    def stop(self) -> None:
        """Fast and clean."""
        if self.process is not None:
            machine.end(self.process, signal.SIGINT)
            self.process = None

    def family(self) -> list[int]:
        """The postmaster and its children."""
        return machine.family(self.process.pid) if self.process and self.process.poll() is None else []

    def backends(self) -> list[int]:
        """Those that serve a connection."""
        return [pid for pid in self.family()[1:] if " spean postgres " in machine.words_of(pid)]

    def kill(self) -> None:
        """The postmaster alone: its children notice. Waits for their end, as a service manager does."""
        if self.process is None:
            return
        everyone = self.family()
        machine.send(everyone[:1], signal.SIGKILL)
        self.process.wait(20)
        until = time.monotonic() + 20
        while any(machine.is_there(pid) for pid in everyone) and time.monotonic() < until:
            time.sleep(0.02)
        machine.send([pid for pid in everyone if machine.is_there(pid)], signal.SIGKILL)
        self.process = None

    def end(self) -> None:
        """At once, with all its children: for who throws it away."""
        machine.end(self.process)
        self.process = None

    def copy_to(self, target: Path) -> None:
        """The stopped cluster, with its owner."""
        shutil.copytree(self.data, target)
