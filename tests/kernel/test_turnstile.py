"""Processes pass one after the other; who died inside leaves the room."""

import subprocess
import sys
from pathlib import Path

from spean.kernel.turnstile import Turnstile

WORK = """
import sys, time
from pathlib import Path
from spean.kernel.turnstile import Turnstile
folder = Path(sys.argv[1])
for _n in range(20):
    with Turnstile(folder / "t").turn():
        count = int((folder / "count").read_text())
        time.sleep(0.001)
        (folder / "count").write_text(str(count + 1))
"""
DIE = """
import os, signal, sys
from pathlib import Path
from spean.kernel.turnstile import Turnstile
with Turnstile(Path(sys.argv[1]) / "t").turn():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_take_turns(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    running = [subprocess.Popen([sys.executable, "-c", WORK, str(tmp_path)]) for _each in range(3)]
    assert [r.wait(60) for r in running] == [0, 0, 0]
    assert (tmp_path / "count").read_text() == "60"


def test_a_process_that_dies_inside_keeps_nobody_out(tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", DIE, str(tmp_path)], check=False).returncode < 0
    with Turnstile(tmp_path / "t").turn():
        assert sorted(p.name for p in tmp_path.iterdir()) == ["t.gate", "t.room"]
