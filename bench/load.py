"""A server of our own on loopback and clients that post to it for a bounded time."""

import http.client
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path


@dataclass(frozen=True)
class Rate:
    """Answers a second, and the 95th percentile of their times in milliseconds."""

    per_second: float
    p95_ms: float
    refused: int


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@dataclass(frozen=True)
class Running:
    """A server of ours: where it answers, who it is, and how long it took to answer its first page."""

    port: int
    pid: int
    seconds: float

    def largest(self) -> float:
        """Memory (RSS) of its largest process, in MB."""
        return max(_memory(pid) for pid in (self.pid, *_children(self.pid)))


@contextmanager
def server(data_dir: Path) -> Iterator[Running]:
    """The web server of `spean serve`, with bench.settings; ended by its process id."""
    port = free_port()
    env = os.environ | {"SPEAN_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "spean.config.serving", "127.0.0.1", str(port), "bench.wsgi:application"]
    began = time.monotonic()
    running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Running(port, running.pid, time.monotonic() - began)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def _wait(port: int) -> None:
    """Until the first page has been answered."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/km/report/")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError("the server did not start")


def _children(pid: int) -> list[int]:
    named = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in named.read_text().split()] if named.exists() else []


def _memory(pid: int) -> float:
    """0 where the system does not tell (/proc is Linux's)."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _somewhere() -> str:
    """An address in a neighbourhood of its own, as a proxy would pass it on: the bench measures work, not the limits."""
    return ".".join(str(random.randint(1, 254)) for _ in range(4))


def post(port: int, path: str, body: Callable[[], str], *, clients: int, seconds: float, good: int = 200) -> Rate:
    """`clients` that post one after the other for `seconds`."""
    times: list[float] = []
    refused = [0]
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        mine, bad = [], 0
        while time.monotonic() < end:
            began = time.perf_counter()
            headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": _somewhere()}
            connection.request("POST", path, body(), headers)
            answer = connection.getresponse()
            answer.read()
            bad += answer.status != good
            mine.append(time.perf_counter() - began)
        with lock:
            times.extend(mine)
            refused[0] += bad

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return Rate(len(times) / seconds, statistics.quantiles(times, n=20)[-1] * 1000, refused[0])
