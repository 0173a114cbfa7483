"""Sealed files on the disk, each named by the id of its row. Durable when `store` returns."""

import logging
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings

from spean.kernel import disk
from spean.kernel.errors import Unavailable
from spean.privacy.sealing import Context
from spean.privacy.streams import open_file, seal_file

log = logging.getLogger(__name__)


def file_path(file_id: UUID) -> Path:
    """Where the sealed bytes of a file are."""
    return Path(settings.SEALED_FILES_DIR) / file_id.hex[:2] / f"{file_id}.sealed"


def store(file_id: UUID, key: bytes, data: bytes, context: Context) -> None:
    """Seal and write; the file and its folder's entry are on the disk before the row is. Unavailable where the disk refuses."""
    root = Path(settings.SEALED_FILES_DIR)
    try:
        disk.write(file_path(file_id), lambda target: seal_file(key, BytesIO(data), target, context), below=root)
    except OSError as error:  # no row is written then, so it is sure that nothing was saved
        log.exception("the disk refused a file")
        raise Unavailable from error


def read(file_id: UUID, key: bytes, context: Context) -> bytes:
    """The bytes in clear."""
    with file_path(file_id).open("rb") as source:
        return b"".join(open_file(key, source, context))
