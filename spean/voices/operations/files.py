"""Sealed files on the disk, each named by the id of its row. Durable when `store` returns."""

import logging
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from spean.kernel import disk
from spean.kernel.errors import Unavailable
from spean.privacy.sealing import Context
from spean.privacy.streams import open_file, seal_file
from spean.voices.models import Attachment, PlanPaper, Proof

log = logging.getLogger(__name__)


def file_path(file_id: UUID) -> Path:
    """Where the sealed bytes of a file are."""
    return Path(settings.SEALED_FILES_DIR) / file_id.hex[:2] / f"{file_id}.sealed"


#: the tables whose rows have a sealed file
KINDS: list[Any] = [Attachment, Proof, PlanPaper]


def has_row(file_id: str) -> bool:
    """Whether a file belongs to something: a stop between the file and its row leaves one that does not."""
    return any(kind.objects.filter(pk=file_id).exists() for kind in KINDS)


def unlink_with(*file_ids: UUID) -> None:
    """Delete files as soon as what is deleted with them is committed."""

    def unlink() -> None:
        for one in file_ids:
            file_path(one).unlink(missing_ok=True)

    transaction.on_commit(unlink)


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
