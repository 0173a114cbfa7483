"""Sealed files on the disk, each named by the id of its row. Durable when `store` returns."""

import os
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings

from spean.privacy.sealing import Context
from spean.privacy.streams import open_file, seal_file


def file_path(file_id: UUID) -> Path:
    """Where the sealed bytes of a file are."""
    return Path(settings.SEALED_FILES_DIR) / file_id.hex[:2] / f"{file_id}.sealed"


def store(file_id: UUID, key: bytes, data: bytes, context: Context) -> None:
    """Seal and write; the file and its folder's entry are on the disk before the row is."""
    path = file_path(file_id)
    _make_folder(path.parent)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as target:
        seal_file(key, BytesIO(data), target, context)
        target.flush()
        os.fsync(target.fileno())
    partial.rename(path)
    _sync_folder(path.parent)


def read(file_id: UUID, key: bytes, context: Context) -> bytes:
    """The bytes in clear."""
    with file_path(file_id).open("rb") as source:
        return b"".join(open_file(key, source, context))


def _make_folder(folder: Path) -> None:
    """The folder, and its name in the one above, are on the disk."""
    if folder.exists():
        return
    if folder != Path(settings.SEALED_FILES_DIR):
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
