"""Imports go down only; foreign keys named by string and reverse names are imports too."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
# lowest first; what stands in one line does not know its neighbours
LAYERS = (
    ("kernel",), ("privacy", "places"), ("accounts",), ("library", "directory", "checks", "collect", "handed"),
    ("voices", "programme"), ("network",), ("cases",), ("evidence",), ("surfaces",),
)  # fmt: skip
HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}


def app_of(model: type[models.Model]) -> str | None:
    """The house's own app that a model lives in."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "spean" else None


def relations() -> list[models.Field]:
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if app_of(model) and isinstance(field, models.Field) and field.is_relation and field.related_model
    ]


def across() -> list[tuple[models.Field, str, str]]:
    """The relations between two apps of ours."""
    pairs = [(field, app_of(field.model), app_of(field.related_model)) for field in relations()]
    return [(field, mine, theirs) for field, mine, theirs in pairs if theirs and mine != theirs]


def test_imports_keep_the_contracts():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_app_has_its_layer():
    ours = {config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("spean.")}
    assert ours <= HEIGHT.keys()


def test_a_relation_points_down():
    assert [str(field) for field, mine, theirs in across() if HEIGHT[theirs] >= HEIGHT[mine]] == []


def test_a_relation_across_apps_has_no_way_back():
    assert [str(field) for field, _mine, _theirs in across() if not field.remote_field.hidden] == []


def test_privacy_and_places_know_no_users():
    low = [field for field in relations() if app_of(field.model) in {"privacy", "places"}]
    assert [str(field) for field in low if app_of(field.related_model) != app_of(field.model)] == []


def using(words: str) -> set[str]:
    """The files of ours that say so."""
    files = (path for path in (ROOT / "spean").rglob("*.py") if words in path.read_text(encoding="utf-8"))
    return {path.relative_to(ROOT / "spean").as_posix() for path in files}


def test_the_house_itself_asks_in_commands_and_tasks_alone():
    asks = using("acting.house") | using("kernel.acting import")
    assert {name for name in asks if not name.endswith("tasks.py")} == {
        "commands/rounds.py", "config/migrating.py", "demo/showing.py",
    }  # fmt: skip


def test_one_operation_writes_in_a_case_of_others_and_one_door_holds_a_packet():
    assert using("acting.across") == {"cases/operations/two_sides.py"}
    assert using("acting.holder") == {"cases/operations/outside.py"}
    assert using("acting.become") == {"surfaces/middleware.py"}
