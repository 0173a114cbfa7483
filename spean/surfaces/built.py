"""The built files of both doors: what a page wears, and scripts that have an address of their own."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static

BUILT = Path(settings.DJANGO_VITE["default"]["manifest_path"]).parent


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    return dict(json.loads((BUILT / "manifest.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=4)
def script(entry: str) -> str:
    """A worker's script. It has one address without a hash, for a browser asks it again for its newer self."""
    return (BUILT / _manifest()[entry]["file"]).read_text(encoding="utf-8")


def files(*entries: str) -> list[str]:
    """The addresses of what these bring with them: style, script, letters."""
    found: dict[str, None] = {}
    for name in entries:
        entry = _manifest()[name]
        found |= dict.fromkeys(static(f"built/{part}") for part in (entry["file"], *entry.get("assets", [])))
        found |= dict.fromkeys(files(*entry.get("imports", [])))
    return list(found)
