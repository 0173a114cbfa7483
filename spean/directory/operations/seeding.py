"""The entries with which a new installation begins: from a file, not checked by anybody, each with its source."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from spean.directory.drafts import Draft
from spean.directory.models import Entry
from spean.directory.operations.writing import begin

SOURCE = Path(__file__).parent.parent / "seeds.toml"


def read_seeds() -> list[dict[str, Any]]:
    """The rows of the file."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["entry"]


@transaction.atomic
def load_seeds(rows: Iterable[Mapping[str, Any]] | None = None) -> tuple[int, int]:
    """(added, there already). A row that was loaded once is never touched again: people may have changed it since."""
    added = there = 0
    for row in read_seeds() if rows is None else rows:
        key = f"seed:{row['key']}"
        if Entry.objects.filter(key=key).exists():
            there += 1
            continue
        begin(key, Draft.of({name: value for name, value in row.items() if name != "key"}), None)
        added += 1
    return added, there
