"""A few power cuts and kills in the suite; `make faults` is the whole rig."""

import os
import subprocess
import sys

import pytest

ON = "postgresql" if os.environ.get("SPEAN_DATABASE_URL") else "sqlite"


def rig(*arguments: str) -> list[list[str]]:
    """Its table, line by line; skipped with its reason where this machine cannot do it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SPEAN_", "DJANGO_", "PYTEST_"))}
    command = [sys.executable, "-m", "faults", "--database", ON, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()[2:]]
    skipped = [line[-1] for line in lines if line[-1].startswith("skipped")]
    if skipped:
        pytest.skip(skipped[0])
    assert done.returncode == 0, done.stdout + done.stderr
    return lines


def test_no_power_cut_loses_what_was_acknowledged_and_a_careless_database_does():
    lines = rig("--only", "cuts", "controls", "--cuts", "3", "--controls", "2")

    cuts, *controls = lines
    assert (cuts[2], cuts[4:8], cuts[-1]) == ("3", ["0"] * 4, "passed")
    assert int(cuts[3]) > 0
    assert [line[-1] for line in controls] == ["as it should: it loses"] * len(controls) != []


def test_what_was_acknowledged_outlives_a_kill():
    (line,) = rig("--only", "kills", "--kills", "1")

    assert (line[2], line[4:8], line[-1]) == ("1", ["0"] * 4, "passed")
    assert int(line[3]) > 0
