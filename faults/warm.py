"""The same application without a cold start: `python -m faults.warm MODULE` has everything imported and forks on demand.

A cut needs a server that has just started, and a start costs seconds; 200 of them cost an hour. Nothing of the installation
is open in the process that forks: each server begins as a new one does. It reads ports, and answers process ids.
"""

import os
import signal
import subprocess
import sys
from importlib import import_module
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bench.load import free_port
from faults import machine
from faults.postgres import ROOT

PROCESSES = 2


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_where: object) -> None:
        """A client that is gone."""


def main(module: str) -> None:
    """Import, then fork for each port that comes."""
    from django.urls import get_resolver

    application = import_module(module).application
    _everything(get_resolver().url_patterns)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _serve(application, int(line))
            os._exit(0)
        print(pid, flush=True)


def _everything(patterns: list[Any]) -> None:
    for pattern in patterns:
        _everything(getattr(pattern, "url_patterns", []))


def _serve(application: Any, port: int) -> None:
    """Two processes at one socket."""
    server = make_server("127.0.0.1", port, _whole(application), server_class=_Threads, handler_class=_Quiet)
    for _n in range(PROCESSES - 1):
        if os.fork() == 0:
            break
    server.serve_forever()


def _whole(application: Any) -> Any:
    """Answers in one piece, so that each says its length: one that a kill cuts short is then seen to be no answer."""

    def answer(environment: dict[str, Any], start: Any) -> list[bytes]:
        made = application(environment, start)
        try:
            return [b"".join(made)]
        finally:
            made.close()

    return answer


class Warm:
    """The rig's side of it: `start` gives a port, `kill` ends what answers there."""

    def __init__(self, world: Any, target: str, **environment: str) -> None:
        module = target.partition(":")[0]
        told = os.environ | world.environment() | {"DJANGO_SETTINGS_MODULE": "faults.settings"} | environment
        self._log = world.log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.warm", module],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True, env=told, cwd=ROOT,
        )  # fmt: skip
        self._serving: list[int] = []
        self._world = world

    def start(self) -> int:
        """A server on a new port, once it answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        port = free_port()
        self._process.stdin.write(f"{port}\n")
        self._process.stdin.flush()
        first = int(self._process.stdout.readline())
        self._world.until_it_answers(port)
        self._serving = machine.family(first)
        return port

    def kill(self) -> None:
        """Both processes, at once."""
        machine.kill_all(self._serving)

    def close(self) -> None:
        """No more servers."""
        self.kill()
        machine.end(self._process)
        self._log.close()


if __name__ == "__main__":
    main(sys.argv[1])
