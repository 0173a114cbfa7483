"""Files as a thief reads them: from outside."""

import subprocess
from pathlib import Path


def file_bytes(*paths: Path) -> bytes:
    """What is in these files, one after the other, read by another process.

    A process that opens a database's file besides SQLite and closes it again loses all its locks on it, and the next one
    that comes takes the log away under those who still write to it (SQLite, "How To Corrupt An SQLite Database File", 2.2).
    """
    return subprocess.run(["/bin/cat", "--", *paths], stdout=subprocess.PIPE, check=True).stdout if paths else b""


def files_in(*folders: Path) -> list[Path]:
    """Every file in them."""
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
