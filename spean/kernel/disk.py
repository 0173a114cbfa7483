"""Files that are on the disk before a row says that they are there."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write(path: Path, fill: Callable[[BinaryIO], object], *, below: Path) -> None:
    """Whole or not at all; the file and its folder's entry are on the disk when this returns. `below`: the folder of all."""
    make_folder(path.parent, below=below)
    partial = path.with_suffix(f".{secrets.token_hex(4)}-partial")  # two may write the same at once
    with partial.open("wb") as target:
        fill(target)
        target.flush()
        os.fsync(target.fileno())
    partial.rename(path)
    _sync(path.parent)


def make_folder(folder: Path, *, below: Path) -> None:
    """The folder, and its name in the one above, are on the disk."""
    if folder.exists():
        return
    if folder != below:
        make_folder(folder.parent, below=below)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
