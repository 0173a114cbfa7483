"""What was sent and what was read of it, sealed on the disk: a folder for each reading, outside of every backup."""

import contextlib
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from spean.collect.pages import Page, Word
from spean.kernel import disk
from spean.privacy.sealing import BrokenSeal, Context, open_sealed, seal
from spean.privacy.streams import open_file, seal_file

NOBODY = UUID(int=0)  # no organisation holds it
ORPHANS_WAIT_SECONDS = 3600


def folder(reading: UUID) -> Path:
    """Where the files of one reading are."""
    return Path(settings.READING_DIR) / str(reading)


def _context(reading: UUID, cls: str, number: int) -> Context:
    return Context(NOBODY, reading, UUID(int=number), cls)


def store(reading: UUID, key: bytes, cls: str, number: int, data: bytes) -> None:
    """Seal and write; on the disk when this returns. `cls` is sent or shown."""
    context = _context(reading, cls, number)
    _write(reading, f"{number}.{cls}", lambda target: seal_file(key, BytesIO(data), target, context))


def _write(reading: UUID, name: str, fill: Callable[[BinaryIO], object]) -> None:
    disk.write(folder(reading) / name, fill, below=Path(settings.READING_DIR))


def fetch(reading: UUID, key: bytes, cls: str, number: int) -> bytes:
    """The bytes in clear; BrokenSeal also where they are gone."""
    try:
        with (folder(reading) / f"{number}.{cls}").open("rb") as source:
            return b"".join(open_file(key, source, _context(reading, cls, number)))
    except FileNotFoundError:
        raise BrokenSeal from None


def store_page(reading: UUID, key: bytes, number: int, page: Page) -> None:
    """The words of a page."""
    blob = seal(key, asdict(page), _context(reading, "words", number))
    _write(reading, f"{number}.words", lambda target: target.write(blob))


def fetch_page(reading: UUID, key: bytes, number: int) -> Page:
    """The words of a page that was read."""
    try:
        blob = (folder(reading) / f"{number}.words").read_bytes()
    except FileNotFoundError:
        raise BrokenSeal from None
    told = open_sealed(key, blob, _context(reading, "words", number))
    return Page(**{**told, "words": tuple(Word(*each) for each in told["words"])})


def drop(reading: UUID, cls: str, number: int) -> None:
    """What was sent goes as soon as its last page is read."""
    (folder(reading) / f"{number}.{cls}").unlink(missing_ok=True)


def drop_all(reading: UUID) -> None:
    """Everything of a reading."""
    shutil.rmtree(folder(reading), ignore_errors=True)


def orphans(known: set[str]) -> list[Path]:
    """Folders of readings that have no row: a stop between the two."""
    before = time.time() - ORPHANS_WAIT_SECONDS
    with contextlib.suppress(FileNotFoundError):
        return [p for p in Path(settings.READING_DIR).iterdir() if p.name not in known and p.stat().st_mtime < before]
    return []
