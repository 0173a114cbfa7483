"""A town whose writes are really on the disk, and a log that is really written."""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town


@pytest.fixture
def town(transactional_db: None) -> "Town":
    """Places, organisations, people and their keys, committed."""
    from town import make_town

    return make_town()


@pytest.fixture
def thing_town(db: None) -> "Town":
    """The same, undone at the end."""
    from town import make_town

    return make_town()


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Everything that the application logs, as its own settings write it, at the most talkative level."""
    from django.conf import settings

    from spean.config.logs import IdsOnly, JsonLines

    assert settings.LOGGING["handlers"]["stderr"] == {
        "class": "logging.StreamHandler",
        "formatter": "json",
        "filters": ["ids_only"],
    }
    path, root = tmp_path / "application.log", logging.getLogger()
    handler, level = logging.FileHandler(path, encoding="utf-8"), root.level
    handler.setFormatter(JsonLines())
    handler.addFilter(IdsOnly())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield path
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process and its children put temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
