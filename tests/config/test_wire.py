# ruff: noqa: E501 - bytes as they go over the line
"""B-10: what no browser sends, to the real server over a real socket: it is refused or waits, and everybody else is served."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection

pytestmark = pytest.mark.once

HELD = 60
MANY = "&".join(f"f{n}=1" for n in range(2000))
HOST = b"Host: localhost\r\n"
#: what is sent -> the beginnings of the answers that are right; b"" is a connection that ends, or waits for the rest
LIES = {
    "two lengths": (b"POST /km/report/ HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 30\r\n\r\na=1", (b"400", b"")),
    "a length that is no number": (b"POST /km/report/ HTTP/1.1\r\n" + HOST + b"Content-Length: -5\r\n\r\na=1", (b"400", b"")),
    "length and chunks": (
        b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (b"400", b"403", b"405", b""),
    ),
    "a chunk of no number": (
        b"POST /km/report/ HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", (b"4", b""),
    ),
    "a chunk as large as the sea": (
        b"POST /km/report/ HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc", (b"4", b""),
    ),
    "a NUL in a header": (b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n", (b"400", b"")),
    "a header without end": (b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 700_000 + b"\r\n\r\n", (b"4", b"")),
    "headers without end": (b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: 1\r\n" * 20_000 + b"\r\n", (b"4", b"")),
    "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(200), (b"400", b"")),
    "a forged host": (b"GET /km/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", (b"400",)),
    "a method of one's own": (b"BREW /km/ HTTP/1.1\r\n" + HOST + b"\r\n", (b"405",)),
    # these two broke the connection without a word, before config/wsgi.py had a request of its own
    "many fields beside a charset": (
        f"GET /en/said/?{MANY} HTTP/1.1\r\nContent-Type: a/b; charset=utf-8\r\n".encode() + HOST + b"\r\n", (b"400",),
    ),
    "a type without end": (
        b"GET /en/said/ HTTP/1.1\r\n" + HOST + b"Content-Type: a/b; x=" + b"a" * 20_000 + b"\r\n\r\n", (b"400",),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The server of `spean serve` with a folder of its own, and a copy of the empty database of these tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("wire")
    env = {**os.environ, "SPEAN_DATA_DIR": str(folder), "SPEAN_DATABASE_URL": ""}
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "spean.sqlite3")])
    command = [sys.executable, "-m", "spean.config.serving", "127.0.0.1", str(port)]
    running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 300
        while not served(port) and time.monotonic() < until and running.poll() is None:
            time.sleep(0.2)
        yield port
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)


def served(port: int) -> bool:
    """Whether somebody else gets an answer now."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
            return answer.status == 200
    except OSError:
        return False


def talk(port: int, sent: bytes) -> bytes:
    """The status that comes back for these bytes; b"" when the connection ends, or waits, without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        try:
            line.sendall(sent)
            return line.recv(200).partition(b" ")[2][:3]
        except (ConnectionError, TimeoutError):
            return b""


@pytest.mark.parametrize("what", LIES)
def test_a_lie_on_the_wire_is_refused_and_others_are_served(port, what):
    sent, right = LIES[what]

    answer = talk(port, sent)

    assert any(answer.startswith(r) if r else answer == b"" for r in right), answer
    assert served(port)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /km/ HTTP/1.1\r\nHost: localh",
        b"POST /km/report/ HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10737418240\r\n\r\ntold=a",
        b"POST /km/report/ HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n5\r\ntold=\r\n",
    ],
    ids=["open and silent", "half a header", "ten gigabytes promised", "chunks that never end"],
)
def test_many_who_never_finish_keep_nobody_waiting(port, record_property, begun):
    with ExitStack() as held:
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)) for _n in range(HELD)]
        for line in lines:
            line.sendall(begun)

        assert [served(port) for _n in range(5)] == [True] * 5

    assert served(port)
    record_property("connections that never finish", HELD)
