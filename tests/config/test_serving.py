"""What a worker had begun when it was killed is done by the next one."""

import os
import subprocess
import sys

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
