"""The server and the worker as two children of one process: started, watched, ended by their own process ids."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

PROCESSES, THREADS = 2, 16
LONGEST_PAUSE = 30.0  # seconds before a worker that keeps dying is started again
TO_END = 15.0  # seconds for a child to finish what it does
FIRST_ROUND, NEXT_ROUND, ROUND_AGAIN = 60.0, 3600.0, 300.0  # seconds to the hourly work: at first, then, after a failure
_LINUX_PARENT_DIES = 1  # PR_SET_PDEATHSIG


def _end_with_parent() -> Callable[[], None] | None:
    """Linux: a child is told to end even if this process is killed without a word."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_LINUX_PARENT_DIES, signal.SIGTERM)


def end_with_parent() -> None:
    """The same, asked for by the child itself; nothing where the system does not know it."""
    ask, parent = _end_with_parent(), multiprocessing.parent_process()
    if ask is not None:
        ask()
    if parent is not None and not parent.is_alive():  # it ended before we could ask
        raise SystemExit(1)


class Server:
    """`with Server(host, port) as server: server.wait_until_ready(); server.run()`."""

    def __init__(self, host: str = "127.0.0.1", port: int = 8000) -> None:
        self.host, self.port = host, port
        self.web: subprocess.Popen[bytes] | None = None
        self.workers: dict[str, subprocess.Popen[bytes] | None] = {}
        self.round: subprocess.Popen[bytes] | None = None
        self.round_due = time.monotonic() + FIRST_ROUND
        self._ending = False

    @property
    def address(self) -> str:
        """Where a reader on this machine finds it."""
        return f"http://{'127.0.0.1' if self.host in {'0.0.0.0', '::'} else self.host}:{self.port}"  # noqa: S104 - compared, not bound

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_end)
        self.web = self._start_web()
        begin_again()
        for name in worker_names():
            self.workers[name] = self._start_worker(name)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        self.end()

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Return when `/readyz` answers 200; otherwise say what is missing."""
        last = "no answer"
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._ending:
            if self.web is not None and self.web.poll() is not None:
                raise SystemExit(f"The server ended while it started; is port {self.port} in use?")
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except urllib.error.HTTPError as error:
                last = error.read(500).decode(errors="replace") or str(error.code)
                time.sleep(1)
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"The server is not ready: {last}")

    def run(self) -> int:
        """Stay until a signal comes or the server ends; a worker that dies is started again. The server's exit code."""
        pauses, due = dict.fromkeys(self.workers, 1.0), dict[str, float]()
        while not self._ending:
            if self.web is None or self.web.poll() is not None:
                return self.web.returncode if self.web else 1
            for name, worker in self.workers.items():
                if worker is not None and worker.poll() is not None:
                    self.workers[name], due[name] = None, time.monotonic() + pauses[name]
                    sys.stderr.write(f"The worker ended; it starts again in {pauses[name]:.0f} s.\n")
                    pauses[name] = min(pauses[name] * 2, LONGEST_PAUSE)
                elif worker is None and time.monotonic() >= due[name]:
                    begin_again(name)
                    self.workers[name] = self._start_worker(name)
            self.come_round()
            time.sleep(0.2)
        return 0

    def come_round(self) -> None:
        """The hourly work by itself: a timer that was forgotten must cost nobody who is missed. One beside it does no harm."""
        now = time.monotonic()
        if self.round is not None and self.round.poll() is not None:
            self.round_due = now + (ROUND_AGAIN if self.round.returncode else NEXT_ROUND)
            self.round = None
        elif self.round is None and now >= self.round_due:
            self.round = self._start("-m", "spean", "hourly")

    def end(self) -> None:
        """Ask both to finish, wait, and only then insist."""
        self._ending = True
        children = [c for c in (self.web, self.round, *self.workers.values()) if c is not None and c.poll() is None]
        for child in children:
            child.terminate()
        until = time.monotonic() + TO_END
        for child in children:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        _forget()

    def _asked_to_end(self, number: int, frame: FrameType | None) -> None:
        if self._ending:
            raise SystemExit(128 + number)
        self._ending = True

    def _start_web(self) -> subprocess.Popen[bytes]:
        return self._start("-m", "spean.config.serving", self.host, str(self.port))

    def _start_worker(self, name: str) -> subprocess.Popen[bytes]:
        queue, pace = name.partition("-")[0], ("--interval", "0.5") if name != "default" else ()
        return self._start("-m", "django", "db_worker", "--verbosity", "0", "--queue-name", queue, "--worker-id", name, *pace)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "spean.config.settings"}
        # a session of its own: Ctrl-C reaches this process only, which then ends its children in order
        return subprocess.Popen(
            [sys.executable, *arguments], env=environment, start_new_session=True, preexec_fn=_end_with_parent()
        )


def worker_names() -> list[str]:
    """One worker for the tasks of the house, and as many as an operator wants for photos; none where tasks are done at once."""
    from django.conf import settings

    if "immediate" in settings.TASKS["default"]["BACKEND"]:
        return []
    return ["default", *(f"{settings.READING_QUEUE}-{n}" for n in range(1, settings.READERS + 1))]


def begin_again(worker: str = "") -> int:
    """What a worker (the last ones, all of them) had begun and not ended is done again: each task may be done twice. How many."""
    from django.db import DatabaseError
    from django.tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    try:
        begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        if worker:
            mine = [pk for pk, ids in begun.values_list("pk", "worker_ids") if ids[-1:] == [worker]]
            begun = begun.filter(pk__in=mine)
        return begun.update(status=TaskResultStatus.READY)
    except DatabaseError:  # it is gone at this moment; the worker itself will end, and be started again
        return 0


def _forget() -> None:
    """What the processes remembered together goes with them."""
    from spean.kernel.memory import memory

    memory().remove()


def serve_web(host: str, port: int, target: str = "spean.config.wsgi:application") -> None:
    """The web server itself: docs/decisions/0011 says why so many processes and threads."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    quiet = {"handlers": ["stderr"], "level": "WARNING", "propagate": False}
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        log_level=LogLevels.warning,
        # its own words, and an error's, pass the same filter as ours
        log_dictconfig={
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"ids_only": {"()": "spean.config.logs.IdsOnly"}},
            "formatters": {"json": {"()": "spean.config.logs.JsonLines"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["ids_only"]}},
            "loggers": {"_granian": quiet, "granian.access": quiet},
        },
    ).serve()


if __name__ == "__main__":
    serve_web(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
