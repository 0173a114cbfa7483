"""The command line: its help reads well, and an audit export is verified without database and keystore."""

import subprocess
import sys

import pytest

from spean.cli import main, parser


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    words = capsys.readouterr().out
    assert ended.value.code == 0
    assert [
        name for name in ("demo", "serve", "migrate", "gazetteer", "audit", "keys", "check") if f"    {name}" not in words
    ] == []


def test_the_demo_s_options():
    options = parser().parse_args(["demo", "--port", "8123", "--reset", "--no-serve"])
    assert (options.port, options.reset, options.serve, options.size) == (8123, True, False, 1.0)


def test_an_export_is_verified_without_a_setting(tmp_path):
    export = tmp_path / "trail"
    export.write_text("not a trail\n")
    command = [sys.executable, "-m", "spean", "audit", "verify", "--export", str(export), "--public-key", "00" * 32]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": ""}, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "export: 0 entries, 0 checkpoints: NOT WHOLE\n  - the export cannot be read\n")


def test_a_misspelt_setting_stops_the_start():
    command = [sys.executable, "-m", "spean", "keys", "status"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "", "SPEAN_DATABSE_URL": "x"})
    assert done.returncode == 1
    assert done.stderr.startswith("spean: Unknown settings: SPEAN_DATABSE_URL.")
