"""What a worker had begun when it was killed is done by the next one."""

import os
import subprocess
import sys
import time

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from spean.config import serving


def test_a_task_that_a_killed_worker_had_begun_is_done_again(db):
    values = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "spean.voices.tasks.climb", "backend_name": "default"}
    states = (TaskResultStatus.RUNNING, TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY)
    rows = [DBTaskResult.objects.create(status=s, run_after=timezone.now(), **values) for s in states]

    assert serving.begin_again() == 1
    for row, state in zip(rows, ("READY", "SUCCESSFUL", "READY"), strict=True):
        row.refresh_from_db()
        assert row.status == state


def test_a_secret_that_a_power_cut_left_empty_is_made_anew(tmp_path):
    (tmp_path / "secret_key").touch()
    environment = {"PATH": os.environ["PATH"], "SPEAN_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", "from spean.config import settings; print(settings.SECRET_KEY)"]
    said = [subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout for _n in range(2)]

    assert said[0] == said[1]
    assert len(said[0]) > 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


class Brisk(serving.Server):
    """Starts nothing but a program that ends at once, with the code that is wanted."""

    code, started = 0, ()

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        self.started = (*self.started, arguments)
        return subprocess.Popen([sys.executable, "-c", f"raise SystemExit({self.code})"])


@pytest.mark.parametrize(("code", "pause"), [(0, serving.NEXT_ROUND), (1, serving.ROUND_AGAIN)])
def test_the_hourly_work_comes_round_by_itself_and_sooner_after_a_failure(code, pause):
    server = Brisk()
    server.code = code
    server.come_round()
    assert server.started == ()
    server.round_due = time.monotonic()
    server.come_round()
    server.come_round()
    assert server.started == (("-m", "spean", "hourly"),)
    server.round.wait(30)
    server.come_round()
    assert server.round_due - time.monotonic() == pytest.approx(pause, abs=30)
